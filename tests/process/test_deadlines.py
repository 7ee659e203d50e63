"""R22 where a vector does not reach: what people read, what is asked of the world, and what goes wrong."""

from datetime import UTC, datetime
from typing import Any

from postroad.model.calendar import WorkingCalendar
from postroad.process import views
from postroad.process.commands import Act, Sleep
from tests.process.moving import Mover, edition
from tests.process.staging import Instance, approval, definition, write_back


def ladder(*rungs: Any, after: str = "1d", **more: Any) -> dict[str, Any]:
    return {"deadline": {"after": after, "ladder": list(rungs), **more}}


def test_a_task_says_when_it_is_due_and_one_handed_over_keeps_that() -> None:
    play = Instance(definition(approval("boss", "a", **ladder("remind"))))
    due = datetime(2026, 1, 6, 1, tzinfo=UTC)

    assert play.tasks[play.task_of("a")].due_at == due
    play.let_pass("2h")
    play.click("a", "transfer", to="b")
    assert play.tasks[play.task_of("b")].due_at == due


def test_a_task_without_a_deadline_is_never_due() -> None:
    play = Instance(definition(approval("boss", "a")))

    assert play.tasks[play.task_of("a")].due_at is None
    assert play.state.pending == {}


def test_those_whose_turn_comes_together_share_one_timer() -> None:
    play = Instance(definition(approval("boss", "a", "b", "c", **ladder("remind"))))

    assert [type(command) for command in play.state.pending.values()] == [Sleep]


def test_the_timer_is_void_once_everybody_is_done() -> None:
    play = Instance(definition(approval("boss", "a", "b", **ladder("remind")), approval("then", "c")))

    play.click("a", "approve")
    assert len(play.state.pending) == 1
    play.click("b", "approve")
    assert play.state.pending == {}


def test_what_the_instance_waits_for_does_not_speak_of_its_timers() -> None:
    play = Instance(definition(approval("boss", "a", title="审批", **ladder("remind"))))

    assert views.instance_view(play.process, play.state).waiting_for == "A：审批"


def test_a_reminder_is_seen_on_the_task_until_the_task_waits_for_somebody_else() -> None:
    play = Instance(definition(approval("boss", "a", **ladder("remind"))))
    play.let_pass("1d")
    mine = play.task_of("a")

    assert str(play.tasks[mine].cause) == "已超时，请尽快处理（第 1 次提醒）"
    play.click("a", "delegate", to="b")
    assert str(play.tasks[mine].cause) == "等待 b 的意见"


def test_a_task_counts_its_reminders_the_warning_and_the_urging_too() -> None:
    play = Instance(definition(approval("boss", "a", **ladder("remind", "pass"))))
    mine = play.task_of("a")
    play.click("li", "urge", task=play.state.instance)
    play.let_pass("47h")

    assert play.tasks[mine].reminders == 3


def test_what_passed_by_itself_is_written_back_as_nobodys_decision() -> None:
    play = Instance(definition(approval("boss", "a", **ladder("pass")), write_back()))
    play.let_pass("1d")
    asked = play.state.pending[play.effects[0]]

    assert isinstance(asked, Act)
    assert (asked.intent.actor, asked.intent.args) == (None, {"note": "超时自动通过"})
    assert play.said("auto") == ["A 未在期限内处理，超时自动通过"]


def test_the_initiator_reads_that_it_came_back_because_time_was_over() -> None:
    play = Instance(definition(approval("boss", "a", **ladder("return"))))
    play.let_pass("1d")
    play.confirm()
    reason = play.tasks[play.task_of("li")].reason

    assert reason is not None
    assert reason.zh == "您是发起人；系统：超时自动退回发起人"


def test_people_are_warned_before_it_passes_by_itself() -> None:
    play = Instance(definition(approval("boss", "a", **ladder("remind", "pass"))))
    play.let_pass("47h")

    assert play.said("reminded") == ["超时提醒 A"]
    assert play.said("warned") == ["即将超时自动通过，已提醒 A"]
    assert play.asked == ["boss:a"]


def test_with_nobody_to_hand_it_to_the_task_stays_and_the_story_says_why() -> None:
    play = Instance(definition(approval("boss", "a", **ladder("superior"))))
    play.let_pass("1d")

    assert play.said("not_escalated") == ["A 超时，不能转交上级：没有找到人"]
    assert play.asked == ["boss:a"]


def test_a_key_control_that_is_to_pass_by_itself_goes_to_an_administrator_without_a_warning() -> None:
    play = Instance(definition(approval("boss", "a", key_control=True, **ladder("pass"))))
    play.let_pass("1d")

    assert play.asked == ["boss:admin"]
    assert play.said("warned") == []


def test_a_deadline_that_cannot_be_reckoned_reminds_nobody_and_says_so() -> None:
    hardly = WorkingCalendar(hours=("09:00-09:01",))
    play = Instance(definition(approval("boss", "a", **ladder("remind", after="20000h"))), calendar=hardly)

    assert "无法计算期限，不会催促" in play.said("no_deadline")[0]
    assert play.asked == ["boss:a"]


def test_a_clock_that_runs_keeps_its_ladder_in_another_release() -> None:
    mover = Mover(edition(1, approval("boss", "a", **ladder("remind", "admin"))))
    mover.move(edition(2, approval("head", "a")), {"boss": "head"})
    mover.let_pass("2d")

    assert mover.said("reminded") == ["超时提醒 A"]
    assert mover.asked == ["head:admin"]
