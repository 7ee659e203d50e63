"""Running instances go on in another release, on a real server."""

from typing import Any

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowUpdateFailedError

from postroad.model.decision import Action, Verdict
from postroad.model.move import Considered, Destination, Fitness
from postroad.model.task import InstanceView
from tests.workflows.acts import decide, move, press
from tests.workflows.test_instances import Handle, cause_of, continued, start
from tests.workflows.world import World

DIRECTOR = {"approval": "director", "title": "总监审批", "who": {"role": "purchasing_director"}}


def release(world: World, *, without: str = "", renamed: dict[str, str] | None = None) -> Destination:
    """The next release of the purchase: the director approves after the approver, whatever the amount."""
    said = world.process.model_dump(mode="json")
    steps: list[dict[str, Any]] = [step for step in said["steps"] if without not in step.values()]
    for step in steps:
        kind, name = next(iter(step.items()))
        step[kind] = (renamed or {}).get(name, name)
    place = next((n for n, step in enumerate(steps) if "approval" in step), len(steps) - 1)
    steps.insert(place + 1, DIRECTOR)
    return Destination(release="purchase-approval@2", process={**said, "steps": steps}, mapping=renamed or {})


async def moved_purchase(client: Client, worker: World, **more: Any) -> Handle:
    handle = await start(client, worker, amount="28000", material="production", **more)
    await worker.asked("chen")
    return handle


async def updates(handle: Handle) -> int:
    """How many updates the history of an instance holds."""
    kinds = [event.event_type for event in (await handle.fetch_history()).events]
    return kinds.count(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)


async def test_a_moved_instance_goes_the_new_way_to_its_end(client: Client, worker: World) -> None:
    handle = await moved_purchase(client, worker)
    answer = await move(handle, release(worker))
    await decide(handle, press(await worker.asked("chen"), Action.APPROVE))
    view: InstanceView = await handle.query("progress", result_type=InstanceView)
    await decide(handle, press(await worker.asked("wang"), Action.APPROVE))

    assert (answer.verdict, view.release) == (Verdict.ACCEPTED, "purchase-approval@2")
    assert (await handle.result()).outcome == "approved"
    story = [line for line in worker.lines[handle.id].values() if line.kind == "moved"]
    assert [(line.person, line.text.zh) for line in story] == [
        ("admin", "迁移到新版本 purchase-approval@2（原 purchase-approval@1）：流程改版")
    ]
    assert worker.views[handle.id].instance.release == "purchase-approval@2"


async def test_a_card_from_before_the_move_still_decides_the_renamed_step(client: Client, worker: World) -> None:
    handle = await moved_purchase(client, worker)
    before = await worker.asked("chen")
    await move(handle, release(worker, renamed={"approve": "check"}))
    answer = await decide(handle, press(before, Action.APPROVE))
    await decide(handle, press(await worker.asked("wang"), Action.APPROVE))

    assert answer.verdict is Verdict.ACCEPTED
    assert (await handle.result()).outcome == "approved"
    assert worker.tasks[before.id].node == "check"


async def test_a_bad_move_is_refused_with_the_reason_and_leaves_no_trace(client: Client, worker: World) -> None:
    handle = await moved_purchase(client, worker)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await move(handle, release(worker, without="approve"))

    assert cause_of(refused.value) == "NotMoved"
    assert "正在进行的“采购审批”不在新版本中" in str(refused.value.cause)
    assert await updates(handle) == 0
    await decide(handle, press(await worker.asked("chen"), Action.APPROVE))
    assert (await handle.result()).outcome == "approved"


async def test_considering_a_move_writes_nothing_into_the_history(client: Client, worker: World) -> None:
    handle = await moved_purchase(client, worker)
    fits: Considered = await handle.query("consider_move", release(worker), result_type=Considered)
    lacks: Considered = await handle.query("consider_move", release(worker, without="approve"), result_type=Considered)

    assert (fits.verdict, [change.code for change in fits.changes]) == (Fitness.SAFE, ["new_ahead"])
    assert (lacks.verdict, [reason.code for reason in lacks.reasons]) == (Fitness.NEEDS_MAPPING, ["gone"])
    assert await updates(handle) == 0
    await handle.terminate()


async def test_the_same_order_moves_once(client: Client, worker: World) -> None:
    handle = await moved_purchase(client, worker)
    first, second = await move(handle, release(worker)), await move(handle, release(worker))

    assert (first.verdict, second.verdict) == (Verdict.ACCEPTED, Verdict.DUPLICATE)
    assert [line.kind for line in worker.lines[handle.id].values()].count("moved") == 1
    await handle.terminate()


async def test_a_moved_instance_that_continues_as_new_stays_in_its_release(client: Client, worker: World) -> None:
    handle = await moved_purchase(client, worker, events_per_run=30)
    await move(handle, release(worker))
    for receiver in ("a", "b", "c", "d", "e"):
        task = next(t for t in worker.tasks.values() if t.node == "approve" and t.actions)
        await decide(handle, press(task, Action.TRANSFER, to=receiver))
        await worker.asked(receiver)
        if (await handle.describe()).run_id != handle.first_execution_run_id:
            break
    await continued(handle)
    task = next(t for t in worker.tasks.values() if t.node == "approve" and t.actions)
    await decide(handle, press(task, Action.APPROVE))
    await decide(handle, press(await worker.asked("wang"), Action.APPROVE))

    assert (await handle.result()).outcome == "approved"
