"""Why an instance does not move, in words, and what can be done."""

from datetime import timedelta
from typing import Any

import pytest

from postroad.model.label import Label
from postroad.model.stuck import Effort, Handler, Standing, Stuck
from postroad.model.task import Halt, TaskKind, TaskState
from postroad.reports.stuck import Patience, stuck
from tests.store.samples import INSTANCE, NOW, a_task, an_instance

MUCH_LATER = NOW + timedelta(days=4)
CHEN = {"chen": Handler(name="陈静")}
KEY = f"{INSTANCE}:write_back:1"


def found(*, now: Any = NOW, halts: tuple[Halt, ...] = (), **facts: Any) -> Stuck | None:
    return stuck(Standing(instance=an_instance(halts=halts), **facts), now, Patience())


def told(one: Stuck | None) -> list[str]:
    return [f"{why.cause}: {why.text.zh}" for why in one.causes] if one else []


def acts(one: Stuck | None) -> list[str]:
    return [repair.act for why in one.causes for repair in why.repairs] if one else []


def trouble(**facts: Any) -> Halt:
    return Halt(kind="trouble", text=Label.of("单据状态已变"), since=NOW, node="write_back", **facts)


def test_an_instance_that_goes_its_way_is_not_stuck() -> None:
    assert found(tasks=(a_task(),), handlers=CHEN) is None


def test_a_person_is_waited_for_for_three_days_at_most() -> None:
    one = found(tasks=(a_task(),), handlers=CHEN, now=MUCH_LATER)

    assert (told(one), acts(one)) == (["person: 等待 陈静 办理：采购审批"], ["urge", "reassign"])


def test_a_task_that_waits_for_others_is_not_waited_for() -> None:
    assert found(tasks=(a_task(state=TaskState.WAITING),), handlers=CHEN, now=MUCH_LATER) is None


@pytest.mark.parametrize("handlers", [{}, {"chen": Handler(name="陈静", is_active=False)}])
def test_a_task_of_somebody_who_has_left_goes_to_another(handlers: dict[str, Handler]) -> None:
    one = found(tasks=(a_task(),), handlers=handlers)

    assert (told(one), acts(one)) == (["left: 陈静 已离职：采购审批"], ["reassign"])


def test_a_task_of_somebody_who_is_away_and_whose_agent_has_left_goes_to_another() -> None:
    one = found(tasks=(a_task(),), handlers={"chen": Handler(name="陈静", away_until=MUCH_LATER)})

    assert told(one) == ["absent: 陈静 外出至 2026-03-06，代理人已离职：采购审批"]


def test_a_trouble_says_who_has_it_and_an_effect_can_be_retried_or_skipped() -> None:
    task = a_task(node="write_back!", kind=TaskKind.EXCEPTION)
    one = found(halts=(trouble(effect=KEY),), tasks=(task,), handlers=CHEN)

    assert told(one) == ["trouble: 异常待 陈静 处理：单据状态已变"]
    assert acts(one) == ["retry_effect", "skip_effect", "reassign", "jump"]
    assert one is not None
    assert one.causes[0].repairs[0].effect == KEY


def test_a_trouble_that_nobody_holds_is_nudged() -> None:
    one = found(halts=(trouble(),))

    assert (told(one), acts(one)) == (["nobody: 异常无人处理：单据状态已变"], ["nudge", "jump"])


def test_a_called_process_that_does_not_end_is_named() -> None:
    halt = Halt(kind="call", text=Label.of("质量检验"), since=NOW, node="quality", instance="quality-check:erp:Q-1:1")
    one = found(halts=(halt,), now=MUCH_LATER)

    assert (told(one), acts(one)) == (["call: 等待流程 quality-check:erp:Q-1:1：质量检验"], ["jump"])
    assert found(halts=(halt,)) is None


def test_an_event_that_does_not_come_can_be_delivered() -> None:
    halt = Halt(kind="event", text=Label.of("到货"), since=NOW, node="wait", event="delivered")
    one = found(halts=(halt,), now=MUCH_LATER)

    assert (told(one), acts(one)) == (["event: 等待事件 delivered：到货"], ["event", "jump"])
    assert found(halts=(halt,)) is None


def test_a_suspended_instance_can_be_resumed() -> None:
    one = found(halts=(Halt(kind="suspended", text=Label.of("流程已挂起：核查（管理员）"), since=NOW),))

    assert (told(one), acts(one)) == (["suspended: 流程已挂起：核查（管理员）"], ["resume"])


def test_an_effect_that_does_not_end_names_the_system() -> None:
    effort = Effort(key=KEY, connector="erp", action="approve", attempts=3, since=NOW)

    assert found(efforts=(effort,)) is None
    assert told(found(efforts=(effort,), now=NOW + timedelta(minutes=10))) == [
        "effect: erp 的 approve 一直没有完成（已发出 3 次），系统会继续重试；请检查 erp"
    ]


def test_presses_without_outcome_are_counted() -> None:
    one = found(unanswered=2, unanswered_since=NOW, now=NOW + timedelta(minutes=5))

    assert told(one) == ["unanswered: 2 次办理尚未得到结果；系统会继续送达，请检查 worker 和 Temporal"]


@pytest.mark.parametrize("state", ["missing", "failed", "ended", "failing"])
def test_a_workflow_that_temporal_has_trouble_with_is_told(state: Any) -> None:
    one = found(workflow=state, checked_at=NOW)

    assert one is not None
    assert one.causes[0].cause == "lost"


def test_the_oldest_cause_comes_first() -> None:
    old = a_task(opened_at=NOW - timedelta(days=9))
    one = found(tasks=(old,), handlers=CHEN, halts=(trouble(),), now=MUCH_LATER)

    assert one is not None
    assert [why.cause for why in one.causes] == ["person", "nobody"]
