"""R23 撤销 on a real server: an approved instance stays reachable, quietly, until the time for it is over."""

from temporalio.client import Client

from postroad.model.decision import Action, Answer, Click, Verdict
from postroad.model.task import InstanceStatus, InstanceView
from tests.workflows.acts import decide, press
from tests.workflows.test_instances import Handle, continued, start
from tests.workflows.world import World


def revocable(world: World, time: str) -> None:
    world.process = world.process.model_copy(update={"revoke": time})


async def approved(client: Client, world: World, *, events_per_run: int = 4000) -> Handle:
    """A small purchase that was approved and written back."""
    handle = await start(client, world, amount="28000", material="production", events_per_run=events_per_run)
    await decide(handle, press(await world.asked("chen"), Action.APPROVE))
    await world.until(lambda: world.views[handle.id].instance.status is InstanceStatus.FINISHED)
    return handle


async def _seen(handle: Handle) -> InstanceView:
    view: InstanceView = await handle.query("progress", result_type=InstanceView)
    return view


async def revoke(handle: Handle, press_id: str) -> Answer:
    at = (await handle.describe()).start_time
    return await decide(handle, Click(id=press_id, task=handle.id, actor="li", action=Action.REVOKE, at=at))


async def test_an_approved_instance_ends_when_the_time_for_a_revocation_is_over(client: Client, worker: World) -> None:
    revocable(worker, "1s")
    handle = await approved(client, worker)
    task = next(task for task in worker.tasks.values() if task.person == "chen")
    late = await decide(handle, press(task, Action.REJECT))

    assert late.verdict is Verdict.LATE
    assert (await handle.result()).outcome == "approved"


async def test_what_was_approved_is_undone_when_those_who_approved_agree(client: Client, worker: World) -> None:
    revocable(worker, "30d")
    handle = await approved(client, worker)
    asked = await revoke(handle, "revoke-1")
    assert (await _seen(handle)).status is InstanceStatus.RUNNING
    await decide(handle, press(await worker.asked("chen"), Action.APPROVE))

    assert (asked.verdict, (await handle.result()).outcome) == (Verdict.ACCEPTED, "revoked")
    assert [key.removeprefix(f"{handle.id}:") for key in worker.effects] == ["write_back:1", "write_back:1:undo"]


async def test_an_approved_instance_that_continues_as_new_is_still_revocable(client: Client, worker: World) -> None:
    revocable(worker, "30d")
    handle = await approved(client, worker, events_per_run=10)
    await continued(handle)
    assert (await _seen(handle)).outcome == "approved"

    again = await revoke(handle, "revoke-1")
    await decide(handle, press(await worker.asked("chen"), Action.REJECT))
    assert (again.verdict, (await handle.result()).outcome) == (Verdict.ACCEPTED, "approved")
