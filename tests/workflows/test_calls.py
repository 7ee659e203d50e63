"""A process that calls another one, on a real Temporal server."""

from textwrap import dedent
from typing import Any
from uuid import uuid4

import pytest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle

from postroad.files import load_yaml
from postroad.model.call import Unwanted
from postroad.model.decision import Action, Verdict
from postroad.model.label import Label
from postroad.model.process import Process
from postroad.model.start import Finished, Start
from tests.workflows.acts import decide, press
from tests.workflows.test_instances import continued, steps_of
from tests.workflows.world import World
from workflows.queues import CORE

Handle = WorkflowHandle[Any, Any]

_HEAD = """
    process: {key}
    title: {title}
    owner: {{role: process_owner}}
    document:
      system: erp
      kind: {kind}
      starts_on: called
      states: {{open: [submitted], returned: [returned], withdrawn: [draft], approved: [approved]}}
      actions: {{returned: return, resubmitted: submit, withdrawn: withdraw, rejected: reject}}
"""
CHECK = """
    steps:
      - {effect: book, connector: pms, entity: task, action: create, args: {title: "{supplier}"}, undo: cancel}
      - {approval: inspect, title: 检验, who: {role: buyer}, reject: end}
"""
ORDER = """
    steps:
      - {approval: first, who: {role: purchasing_director}}
      - {call: quality, title: 质量检验, process: quality-check, document: "{number}-Q",
         inputs: {supplier: vendor.name}}
      - {approval: last, when: {quality.outcome: approved}, who: {role: finance_director}}
"""


def process(key: str, title: str, kind: str, steps: str) -> Process:
    return Process.model_validate(load_yaml(dedent(_HEAD).format(key=key, title=title, kind=kind) + dedent(steps)))


@pytest.fixture
def world(world: World) -> World:
    """One in which a purchase has its quality checked by a process of its own."""
    world.process = process("order", "采购", "purchase_requisition", ORDER)
    world.published["quality-check"] = process("quality-check", "质量检验", "inspection", CHECK)
    return world


async def start(client: Client, world: World, *, events_per_run: int = 4000) -> Handle:
    number = f"PR-{uuid4().hex[:8]}"
    document = world.submit(number, amount="100", vendor={"name": "ACME"})
    world.submit(f"{number}-Q", amount="100")
    begin = Start(release="order@1", process=world.process, document=document, events_per_run=events_per_run)
    return await client.start_workflow(
        "order", begin, id=f"order:erp:{number}:1", task_queue=CORE, result_type=Finished
    )


async def under_way(client: Client, world: World, handle: Handle) -> Handle:
    """The called process, as soon as somebody has to inspect."""
    await decide(handle, press(await world.asked("wang"), Action.APPROVE))
    task = await world.asked("chen")
    return client.get_workflow_handle(task.instance, result_type=Finished)


async def status(handle: Handle) -> WorkflowExecutionStatus | None:
    return (await handle.describe()).status


async def test_word_that_comes_as_a_run_begins_has_everything_undone_once(client: Client, worker: World) -> None:
    began = await _in_a_later_run(client, worker)
    off = Unwanted(instance=began.id, cause=Label.of("不再需要 / no longer wanted"))
    carried = await _told_at_its_start(client, began)
    await began.terminate()

    again = await client.start_workflow(
        "quality-check", carried, id=began.id, task_queue=CORE, result_type=Finished,
        start_signal="called_off", start_signal_args=[off],
    )  # fmt: skip

    assert (await again.result()).outcome == "called_off"
    assert (await steps_of(again)).count("effects.act") == 2  # the booking undone, the document withdrawn


async def _in_a_later_run(client: Client, world: World) -> Handle:
    """A process that waits for an inspection after it has booked, in a run that took over from another."""
    called, number = world.published["quality-check"], f"PR-{uuid4().hex[:8]}"
    document = world.submit(number, supplier="ACME")
    begin = Start(release="quality-check@1", process=called, document=document, events_per_run=5)
    handle = await client.start_workflow(
        "quality-check", begin, id=f"quality-check:erp:{number}:1", task_queue=CORE, result_type=Finished
    )
    await world.asked("chen")
    await continued(handle)
    return client.get_workflow_handle(handle.id, result_type=Finished)


async def _told_at_its_start(client: Client, handle: Handle) -> dict[str, Any]:
    first = (await handle.fetch_history()).events[0].workflow_execution_started_event_attributes
    [start] = await client.data_converter.decode(first.input.payloads, [dict[str, Any]])
    told: dict[str, Any] = start
    return told


async def test_what_the_called_process_comes_to_is_known_to_its_caller(client: Client, worker: World) -> None:
    handle = await start(client, worker)
    child = await under_way(client, worker, handle)
    await decide(child, press(await worker.asked("chen"), Action.APPROVE))
    await decide(handle, press(await worker.asked("zhao"), Action.APPROVE))

    assert (await handle.result()).outcome == "approved"
    assert (await child.result()).outcome == "approved"
    assert [line.text.zh for line in worker.lines[handle.id].values() if line.kind == "call_over"] == [
        "“质量检验”结束：已通过"
    ]


async def test_a_rejection_in_the_called_process_is_an_outcome_like_any_other(client: Client, worker: World) -> None:
    handle = await start(client, worker)
    child = await under_way(client, worker, handle)
    await decide(child, press(await worker.asked("chen"), Action.REJECT, "不合格"))

    assert (await handle.result()).outcome == "approved"
    assert (await child.result()).outcome == "rejected"
    assert worker.open_task("zhao") is None


async def test_a_called_process_is_found_by_its_name_and_by_who_called_it(client: Client, worker: World) -> None:
    handle = await start(client, worker)
    child = await under_way(client, worker, handle)
    described = await child.describe()
    number = handle.id.split(":")[2]

    assert child.id.startswith(f"quality-check:erp:{number}-Q:quality.1.")
    assert (described.workflow_type, described.parent_id) == ("quality-check", handle.id)
    assert await described.static_summary() == f"质量检验 {number}-Q"
    first = worker.lines[child.id][1]
    assert (first.text.zh, first.data["caller"]) == (f"由“采购”发起：{number}-Q", handle.id)
    assert worker.views[child.id].instance.called_by == handle.id
    assert [halt.instance for halt in worker.views[handle.id].instance.halts] == [child.id]


async def test_a_withdrawal_calls_it_off_and_ends_when_it_has_undone_what_it_did(client: Client, worker: World) -> None:
    handle = await start(client, worker)
    child = await under_way(client, worker, handle)
    task = worker.open_task("chen")
    assert task is not None
    await handle.execute_update("admin", _withdrawal(), result_type=dict)

    assert (await handle.result()).outcome == "withdrawn"
    assert (await child.result()).outcome == "called_off"
    assert [key.rsplit(":", 2)[1:] for key in worker.effects if key.startswith(child.id)][:2] == [
        ["book", "1"],
        ["1", "undo"],
    ]
    assert worker.tasks[task.id].state == "cancelled"


def _withdrawal() -> dict[str, str]:
    return {"id": uuid4().hex, "act": "withdraw", "by": "admin", "reason": "不再需要"}


async def test_caller_and_called_may_go_on_in_new_runs_meanwhile(client: Client, worker: World) -> None:
    handle = await start(client, worker, events_per_run=10)
    child = await under_way(client, worker, handle)
    await continued(handle)
    await continued(child)
    await decide(child, press(await worker.asked("chen"), Action.APPROVE))
    await decide(handle, press(await worker.asked("zhao"), Action.APPROVE))

    assert (await handle.result()).outcome == "approved"


async def test_a_process_that_was_never_published_is_a_task_for_the_owner(client: Client, worker: World) -> None:
    check = worker.published.pop("quality-check")
    handle = await start(client, worker)
    await decide(handle, press(await worker.asked("wang"), Action.APPROVE))
    trouble = await worker.asked("qian")
    worker.published["quality-check"] = check
    answer = await decide(handle, press(trouble, Action.RETRY))

    assert (answer.verdict, "没有发布过流程 quality-check" in str(trouble.cause)) == (Verdict.ACCEPTED, True)
    assert (await worker.asked("chen")).title.zh == "检验"
    await handle.terminate()


async def test_a_called_process_that_is_terminated_is_a_task_for_the_owner(client: Client, worker: World) -> None:
    handle = await start(client, worker)
    child = await under_way(client, worker, handle)
    await child.terminate()
    trouble = await worker.asked("qian")
    await decide(handle, press(trouble, Action.SKIP))

    assert (await handle.result()).outcome == "approved"


async def test_a_called_process_that_was_lost_unheard_is_called_anew_when_an_administrator_moves_there(
    client: Client, worker: World
) -> None:
    handle = await start(client, worker, events_per_run=10)
    child = await under_way(client, worker, handle)
    await continued(handle)
    await child.terminate()
    jump = {"id": uuid4().hex, "act": "jump", "by": "admin", "reason": "检验流程丢失", "node": "quality"}
    await handle.execute_update("admin", jump, result_type=dict)
    await worker.until(lambda: any(t.person == "chen" and t.instance != child.id for t in worker.tasks.values()))
    task = next(t for t in worker.tasks.values() if t.person == "chen" and t.instance != child.id)
    await decide(client.get_workflow_handle(task.instance), press(task, Action.APPROVE))
    await decide(handle, press(await worker.asked("zhao"), Action.APPROVE))

    assert (await handle.result()).outcome == "approved"
    assert task.instance.startswith(child.id.replace("quality.1.", "quality.2.").rpartition(".")[0])


async def test_a_process_that_is_not_waited_for_outlives_its_caller(client: Client, worker: World) -> None:
    steps = """
        steps:
          - {call: quality, process: quality-check, document: "{number}-Q", wait: false,
             inputs: {supplier: vendor.name}}
          - {cc: told, who: {role: finance_director}}
    """
    worker.process = process("order", "采购", "purchase_requisition", steps)
    handle = await start(client, worker)
    over = await handle.result()
    task = await worker.asked("chen")
    child = client.get_workflow_handle(task.instance, result_type=Finished)
    await decide(child, press(task, Action.APPROVE))

    assert (over.outcome, (await child.result()).outcome) == ("approved", "approved")


async def test_processes_that_call_each_other_stop_at_a_person_five_deep(client: Client, worker: World) -> None:
    back = '    steps: [{call: order, process: order, document: "{number}"}]'
    forth = '    steps: [{call: quality, process: quality-check, document: "{number}"}]'
    worker.published["quality-check"] = process("quality-check", "质量检验", "inspection", back)
    worker.published["order"] = worker.process = process("order", "采购", "purchase_requisition", forth)
    handle = await start(client, worker)
    trouble = await worker.asked("qian")
    depth = len(worker.views)
    await handle.execute_update("admin", _withdrawal(), result_type=dict)

    assert (depth, "超过 5 层" in str(trouble.cause)) == (6, True)
    assert (await handle.result()).outcome == "withdrawn"
    assert {await status(client.get_workflow_handle(one)) for one in worker.views} == {
        WorkflowExecutionStatus.COMPLETED
    }


async def test_a_caller_that_is_over_keeps_the_called_process_from_nothing(client: Client, worker: World) -> None:
    handle = await start(client, worker)
    child = await under_way(client, worker, handle)
    await handle.terminate()
    await decide(child, press(await worker.asked("chen"), Action.APPROVE))

    assert (await child.result()).outcome == "approved"
    assert await status(child) is WorkflowExecutionStatus.COMPLETED
