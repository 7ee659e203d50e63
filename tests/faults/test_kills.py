"""SIGKILL at the worst moments: the instance goes on where it was, within seconds, and nothing happens twice."""

import asyncio
import time

import pytest

from tests.faults.case import LARGE, SMALL, Case
from tests.stack import Json, Stack, until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("kills"), pytest.mark.drill]
LONGEST_HOLD_UP = 10.0


async def test_a_worker_killed_between_the_erps_commit_and_its_own_note_of_it_does_nothing_twice(mortal: Stack) -> None:
    case = await Case.submitted(mortal)
    card = await case.card("zhang", "approve")
    # looking, approving and looking again take two seconds each: the approval is in, its confirmation is under way
    await mortal.fault("erp", "latency", seconds=2, times=3, match=case.number)
    await case.press_on(card, "zhang", "approve")
    await until("the approval in the ERP", lambda: is_in(case, "approved"))

    await mortal.kill("worker")
    noted = await case.confirmed()
    await mortal.start("worker")

    back = time.monotonic()
    await case.finished()
    assert noted == []
    assert time.monotonic() - back <= LONGEST_HOLD_UP
    assert (await case.done_in_erp(), await case.confirmed()) == ({"approve": 1}, ["approve"])


async def test_a_worker_killed_after_the_project_system_made_the_task_makes_no_second_one(mortal: Stack) -> None:
    case = await Case.submitted(mortal, LARGE)
    card = await case.card("wang", "approve")
    await mortal.fault("pms", "latency", seconds=2, times=3)
    await case.press_on(card, "wang", "approve")
    await until("the follow-up task", lambda: follow_up(case))

    await mortal.restart("worker")

    await case.finished()
    await mortal.no_more_faults()
    assert len(await mortal.outside.project_tasks(case.number)) == 1
    assert await case.done_in_erp() == {"approve": 1}


async def test_a_press_without_a_worker_is_received_and_decided_when_there_is_one(mortal: Stack) -> None:
    case = await Case.submitted(mortal)
    card = await case.card("zhang", "approve")
    await mortal.kill("worker")

    outcome = await case.press_on(card, "zhang", "approve")
    assert outcome["card"]["params"]["status"] == "已收到，处理中"
    await mortal.start("worker")

    await case.finished()
    shown = await until("the decided card", lambda: decided(case))
    assert shown["params"]["status"] == "已同意"
    assert len(await case.story("clicked")) == 1


async def test_a_press_while_temporal_is_dead_is_received_and_decided_when_it_is_back(mortal: Stack) -> None:
    case = await Case.submitted(mortal)
    card = await case.card("zhang", "approve")
    await mortal.kill("temporal")

    outcome = await case.press_on(card, "zhang", "approve")
    assert outcome["card"]["params"]["status"] == "已收到，处理中"
    await mortal.start("temporal")

    back = time.monotonic()
    await case.finished()
    assert time.monotonic() - back <= LONGEST_HOLD_UP
    assert len(await case.story("clicked")) == 1
    assert await case.done_in_erp() == {"approve": 1}


async def test_temporal_killed_in_the_middle_of_a_write_back_does_it_once(mortal: Stack) -> None:
    case = await Case.submitted(mortal)
    card = await case.card("zhang", "approve")
    await mortal.fault("erp", "latency", seconds=2, times=3, match=case.number)
    await case.press_on(card, "zhang", "approve")
    await until("the approval in the ERP", lambda: is_in(case, "approved"))

    await mortal.restart("temporal", after=2)

    await case.finished()
    assert (await case.done_in_erp(), await case.confirmed()) == ({"approve": 1}, ["approve"])


async def test_a_document_submitted_while_temporal_is_dead_is_started_when_it_is_back(mortal: Stack) -> None:
    await mortal.kill("temporal")
    case = await Case.submitted(mortal)
    await mortal.start("temporal")

    await case.press("zhang", "approve")

    await case.finished()
    assert await case.done_in_erp() == {"approve": 1}


async def test_a_press_on_a_dead_api_fails_visibly_and_the_next_one_counts(mortal: Stack) -> None:
    case = await Case.submitted(mortal)
    card = await case.card("zhang", "approve")
    await mortal.kill("api")

    failed = await case.press_on(card, "zhang", "approve")
    submitted_meanwhile = await Case.submitted(mortal, {**SMALL, "title": "停机时提交"})
    await mortal.start("api")

    assert (failed["delivered"], failed["error"]) == (False, "操作失败，请稍后重试")
    assert (await case.press_on(card, "zhang", "approve"))["card"]["params"]["status"] == "已同意"
    await case.finished()
    await submitted_meanwhile.press("zhang", "approve")
    await submitted_meanwhile.finished()
    assert await case.done_in_erp() == await submitted_meanwhile.done_in_erp() == {"approve": 1}


async def test_everything_killed_at_once_comes_back_as_if_nothing_had_been(mortal: Stack) -> None:
    cases = [await Case.submitted(mortal, draft) for draft in (SMALL, LARGE, SMALL)]
    await cases[1].press("wang", "reject", "请补充比价")

    await mortal.restart("temporal", "api", "worker", after=1)

    await cases[1].press("li", "resubmit")
    await asyncio.gather(
        *(case.press(who, "approve") for case, who in zip(cases, ("zhang", "wang", "zhang"), strict=True))
    )
    assert [(await case.finished())["instance"]["outcome"] for case in cases] == ["approved"] * 3
    assert [await case.done_in_erp() for case in cases] == [
        {"approve": 1},
        {"return": 1, "submit": 1, "approve": 1},
        {"approve": 1},
    ]


async def is_in(case: Case, state: str) -> Json | None:
    """As the ERP's own screen shows it: looking there is never struck by a fault, and uses none up."""
    shown = (await case.stack.sandbox.get("/erp/ui/requisitions")).raise_for_status().json()["requisitions"]
    return next((one for one in shown if one["number"] == case.number and one["state"] == state), None)


async def follow_up(case: Case) -> Json | None:
    shown = (await case.stack.sandbox.get("/pms/ui/tasks")).raise_for_status().json()
    return next((task for task in shown if case.number in task["title"]), None)


async def decided(case: Case) -> Json | None:
    cards = await case.cards("zhang")
    return next((card for card in cards if card["params"]["status_kind"] not in {"open", "pending"}), None)
