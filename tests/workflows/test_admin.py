"""What administrators do, on a real server."""

from temporalio.client import Client

from postroad.model.decision import Action, Answer, Verdict
from postroad.model.event import ActName, AdminAct
from postroad.model.task import InstanceStatus
from tests.workflows.acts import decide, press
from tests.workflows.test_instances import Handle, continued, start
from tests.workflows.world import World


async def administer(handle: Handle, act: ActName, node: str | None = None) -> Answer:
    order = AdminAct(id=f"{act}-{node}", act=act, by="admin", by_name="管理员", reason="核查", node=node)
    answer: Answer = await handle.execute_update("admin", order, result_type=Answer)
    return answer


async def test_a_suspended_instance_shows_so_and_goes_on_when_it_is_resumed(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="28000", material="production")
    task = await worker.asked("chen")
    await administer(handle, "suspend")
    refused = await decide(handle, press(task, Action.APPROVE, "一"))
    await worker.until(lambda: worker.views[handle.id].instance.status is InstanceStatus.SUSPENDED)
    await administer(handle, "resume")
    await decide(handle, press(await worker.asked("chen"), Action.APPROVE, "二"))

    assert refused.verdict is Verdict.FORBIDDEN
    assert (await handle.result()).outcome == "approved"


async def test_a_suspended_instance_stays_suspended_when_it_continues_as_new(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="28000", material="production", events_per_run=10)
    await worker.asked("chen")
    await administer(handle, "suspend")
    await continued(handle)

    assert (await administer(handle, "resume")).verdict is Verdict.ACCEPTED

    await decide(handle, press(await worker.asked("chen"), Action.APPROVE))

    assert (await handle.result()).outcome == "approved"


async def test_an_instance_is_moved_past_a_step(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="28000", material="production")
    await worker.asked("chen")
    await administer(handle, "jump", node="write_back")

    assert (await handle.result()).outcome == "approved"
    assert any("未完成" in line.text.zh for line in worker.lines[handle.id].values())


async def test_a_terminated_instance_ends_at_once(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="28000", material="production")
    await worker.asked("chen")
    await administer(handle, "terminate")

    assert (await handle.result()).outcome == "terminated"
