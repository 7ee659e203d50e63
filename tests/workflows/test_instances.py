import asyncio
import itertools
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowFailureError, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from postroad.model.decision import Action, Answer, Click, Verdict
from postroad.model.effect import EffectResult, EffectStatus
from postroad.model.event import AdminAct, ErpNews
from postroad.model.start import Finished, Start
from postroad.model.task import InstanceStatus, InstanceView, TaskKind
from tests.workflows.acts import decide, press
from tests.workflows.world import World
from workflows.queues import CORE

Handle = WorkflowHandle[Any, Any]


async def start(client: Client, world: World, *, events_per_run: int = 4000, **fields: object) -> Handle:
    number = f"PR-{uuid4().hex[:8]}"
    begin = Start(
        release="purchase-approval@1",
        process=world.process,
        document=world.submit(number, **fields),
        events_per_run=events_per_run,
    )
    identity = f"purchase-approval:erp:{number}:1"
    return await client.start_workflow("purchase-approval", begin, id=identity, task_queue=CORE, result_type=Finished)


def cause_of(failure: WorkflowFailureError | WorkflowUpdateFailedError) -> str | None:
    return failure.cause.type if isinstance(failure.cause, ApplicationError) else None


async def continued(handle: Handle) -> None:
    """Wait until the instance is in another run than its first."""
    async with asyncio.timeout(20):
        while (await handle.describe()).run_id == handle.first_execution_run_id:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.02)


async def steps_of(handle: Handle) -> list[str]:
    """The names of the activities an instance asked for, in order."""
    events = (await handle.fetch_history()).events
    scheduled = [event.activity_task_scheduled_event_attributes for event in events]
    return [attributes.activity_type.name for attributes in scheduled if attributes.activity_type.name]


def number_of(handle: Handle) -> str:
    return handle.id.split(":")[2]


async def test_a_small_purchase_goes_to_the_head_of_department_and_back_to_the_erp(
    client: Client, worker: World
) -> None:
    handle = await start(client, worker, amount="3800", material="office")
    answer = await decide(handle, press(await worker.asked("zhang"), Action.APPROVE, "同意"))

    assert answer.verdict is Verdict.ACCEPTED
    assert (await handle.result()).outcome == "approved"
    assert list(worker.effects.values()) == [1]


async def test_a_rejected_purchase_is_amended_and_goes_its_way_anew(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="120000", material="production")
    await decide(handle, press(await worker.asked("wang"), Action.REJECT, "超预算"))
    worker.change(number_of(handle), amount="28000")
    await handle.signal("event", ErpNews(event_id="erp-2", mode="updated", version="3"))
    await decide(handle, press(await worker.asked("li"), Action.RESUBMIT))
    await decide(handle, press(await worker.asked("chen"), Action.APPROVE))

    assert (await handle.result()).outcome == "approved"
    assert [key.split(":")[-2] for key in worker.effects] == ["@returned", "@resubmitted", "write_back"]


async def test_a_high_purchase_copies_finance_and_makes_the_follow_up_task(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="120000", material="production")
    await decide(handle, press(await worker.asked("wang"), Action.APPROVE))
    await handle.result()

    assert [task.person for task in worker.tasks.values() if task.kind is TaskKind.CC] == ["zhao"]
    assert sorted(key.split(":")[-2] for key in worker.effects) == ["follow_up", "write_back"]


async def test_cards_come_with_the_record_and_cost_no_step_of_their_own(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="3800", material="office")
    await decide(handle, press(await worker.asked("zhang"), Action.APPROVE))
    await handle.result()

    assert "chat.sync_cards" not in await steps_of(handle)
    assert worker.shown[handle.id] == sum(bool(one.record.tasks or one.record.answers) for one in worker.records)


async def test_a_slow_chat_platform_gets_a_step_of_its_own_and_never_two_at_once(client: Client, worker: World) -> None:
    worker.chat_is_slow = True
    worker.chat_is_back.clear()
    handle = await start(client, worker, amount="3800", material="office")
    await worker.until(lambda: worker.syncing == 1)
    await decide(handle, press(await worker.asked("zhang"), Action.APPROVE))
    await worker.until(lambda: worker.views[handle.id].instance.status is InstanceStatus.FINISHED)
    tried = [order.show for order in worker.records]
    worker.chat_is_back.set()
    await handle.result()

    assert (tried[0], set(tried[1:])) == (True, {False})
    assert (await steps_of(handle)).count("chat.sync_cards") == worker.shown[handle.id] == 2


async def test_the_same_click_by_update_and_by_signal_counts_once(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="28000", material="production")
    click = press(await worker.asked("chen"), Action.APPROVE)
    await asyncio.gather(decide(handle, click), handle.signal("decide_signal", click), decide(handle, click))
    await handle.result()

    lines = worker.lines[handle.id].values()
    assert [line.kind for line in lines].count("clicked") == 1


async def test_an_unknown_task_is_refused_without_a_trace(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="3800", material="office")
    task = await worker.asked("zhang")
    click = press(task.model_copy(update={"id": f"{handle.id}/approve/9/1"}), Action.APPROVE)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await decide(handle, click)

    assert cause_of(refused.value) == "UnknownTask"
    kinds = {event.event_type for event in (await handle.fetch_history()).events}
    assert EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED not in kinds
    await handle.terminate()


async def test_an_unreadable_start_fails_at_once_and_says_why(client: Client, worker: World) -> None:
    handle = await client.start_workflow(
        "purchase-approval", {"nonsense": True}, id=f"bad-{uuid4().hex}", task_queue=CORE
    )
    with pytest.raises(WorkflowFailureError) as failed:
        await handle.result()

    assert cause_of(failed.value) == "BadStart"


async def test_a_document_that_is_not_there_ends_the_instance_and_says_so(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="1", material="office")
    await handle.terminate()
    begin = Start(release="purchase-approval@1", process=worker.process, document=worker.submit("PR-GONE"))
    del worker.documents["PR-GONE"]
    gone = await client.start_workflow(
        "purchase-approval", begin, id=f"gone-{uuid4().hex}", task_queue=CORE, result_type=Finished
    )

    assert await gone.result() == Finished(outcome="document_missing", status="failed")
    assert worker.views[gone.id].instance.status is InstanceStatus.FAILED


async def test_a_conflict_at_the_write_back_becomes_a_task_for_the_owner(client: Client, worker: World) -> None:
    conflict = EffectResult(status=EffectStatus.CONFLICT, message="单据已在 ERP 中驳回")
    worker.refuse = lambda intent: conflict if intent.action == "approve" else None
    handle = await start(client, worker, amount="28000", material="production")
    await decide(handle, press(await worker.asked("chen"), Action.APPROVE))
    trouble = await worker.asked("qian")
    worker.refuse = lambda _intent: None
    await decide(handle, press(trouble, Action.RETRY))

    assert str(trouble.cause) == "单据已在 ERP 中驳回"
    assert (await handle.result()).outcome == "approved"


async def test_a_withdrawal_in_the_erp_closes_the_task(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="28000", material="production")
    task = await worker.asked("chen")
    worker.change(number_of(handle), state="draft")
    await handle.signal("event", ErpNews(event_id="erp-9", mode="withdrawn"))

    assert (await handle.result()).outcome == "withdrawn"
    assert "撤回" in str(worker.tasks[task.id].cause)


async def test_what_an_administrator_does_twice_is_done_once(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="28000", material="production")
    task = await worker.asked("chen")
    act = AdminAct(id="act-1", act="reassign", by="admin", reason="出差", task=task.id, to="zhou")
    first: Answer = await handle.execute_update("admin", act, result_type=Answer)
    second: Answer = await handle.execute_update("admin", act, result_type=Answer)
    await decide(handle, press(await worker.asked("zhou"), Action.APPROVE))

    assert (first.verdict, second.verdict) == (Verdict.ACCEPTED, Verdict.DUPLICATE)
    assert (await handle.result()).outcome == "approved"


async def test_a_long_history_continues_as_new_and_forgets_nothing(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="28000", material="production", events_per_run=30)
    people = ["chen", "a", "b", "c", "d", "e"]
    clicks = []
    for person, receiver in itertools.pairwise(people):
        clicks.append(press(await worker.asked(person), Action.TRANSFER, to=receiver))
        await decide(handle, clicks[-1])
    await continued(handle)
    again = await decide(handle, clicks[0])
    await decide(handle, press(await worker.asked("e"), Action.APPROVE))
    await handle.result()

    numbers = sorted(worker.lines[handle.id])
    assert again.verdict is Verdict.DUPLICATE
    assert numbers == list(range(1, len(numbers) + 1))
    assert list(worker.effects.values()) == [1]


async def test_a_press_that_comes_with_the_start_is_answered_like_any_other(client: Client, worker: World) -> None:
    document = worker.submit(f"PR-{uuid4().hex[:8]}", amount="28000", material="production")
    begin = Start(release="purchase-approval@1", process=worker.process, document=document)
    instance = f"purchase-approval:erp:{document.id}:1"
    early = Click(id="early", task=instance, actor="li", action=Action.WITHDRAW, at=datetime.now(UTC))

    handle = await client.start_workflow(
        "purchase-approval",
        begin,
        id=instance,
        task_queue=CORE,
        start_signal="decide_signal",
        start_signal_args=[early],
    )
    await worker.asked("chen")

    answers = [answer for order in worker.records for answer in order.record.answers]
    assert [(answer.click, answer.verdict) for answer in answers] == [("early", Verdict.FORBIDDEN)]
    await handle.terminate()


async def test_progress_tells_an_engineer_whom_the_instance_waits_for(client: Client, worker: World) -> None:
    handle = await start(client, worker, amount="28000", material="production")
    await worker.asked("chen")
    view: InstanceView = await handle.query("progress", result_type=InstanceView)

    assert view.waiting_for == "chen：采购审批"
    await handle.terminate()
