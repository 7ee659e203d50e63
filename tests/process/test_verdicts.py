"""R0 and C13: every click has one outcome, checked in the order duplicate, late, stale form, forbidden, accepted."""

import pytest

from postroad.model.decision import Verdict
from postroad.process import clicks
from tests.process.staging import Instance, approval, definition, write_back


@pytest.fixture
def play() -> Instance:
    return Instance(definition(approval("boss", "a", "b", reject="to_initiator"), write_back()))


def test_the_same_press_again_is_told_the_first_outcome_and_changes_nothing(play: Instance) -> None:
    first = play.click("a", "approve", press="p1")
    before = play.state
    again = play.click("a", "approve", press="p1")

    assert (first.verdict, again.verdict, again.first) == (Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.ACCEPTED)
    assert play.state == before


def test_a_refused_press_repeated_is_told_that_it_was_refused(play: Instance) -> None:
    play.click("c", "approve", task=play.task_of("a"), press="p1")
    again = play.click("c", "approve", task=play.task_of("a"), press="p1")

    assert (again.verdict, again.first) == (Verdict.DUPLICATE, Verdict.FORBIDDEN)


def test_pressing_the_same_button_on_two_chats_counts_once(play: Instance) -> None:
    task = play.task_of("a")
    play.click("a", "approve", task=task, press="dingtalk")
    again = play.click("a", "approve", task=task, press="feishu")

    assert (again.verdict, again.first) == (Verdict.DUPLICATE, Verdict.ACCEPTED)


def test_changing_ones_mind_after_deciding_is_late_and_says_what_stands(play: Instance) -> None:
    task = play.task_of("a")
    play.click("a", "approve", task=task)
    answer = play.click("a", "reject", task=task, opinion="改主意")

    assert (answer.verdict, answer.message.zh) == (Verdict.LATE, "A 已同意，不能再改")


def test_a_button_of_an_old_epoch_is_late_after_a_return(play: Instance) -> None:
    old = play.task_of("b")
    play.click("a", "reject", opinion="改")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()
    answer = play.click("b", "approve", task=old)

    assert (answer.verdict, answer.message.zh) == (Verdict.LATE, "已由 A 决定")
    assert play.asked == ["boss:a", "boss:b"]


def test_a_decision_on_a_form_that_has_changed_is_stale(play: Instance) -> None:
    seen = play.tasks[play.task_of("a")].form_hash
    play.change(amount="999")

    assert play.click("a", "approve", form=seen).verdict is Verdict.STALE_FORM
    assert play.click("a", "approve", form=play.tasks[play.task_of("a")].form_hash).verdict is Verdict.ACCEPTED


def test_late_comes_before_stale_and_stale_before_forbidden(play: Instance) -> None:
    task, seen = play.task_of("a"), play.state.form_hash
    play.change(amount="999")
    stranger = play.click("c", "approve", task=task, form=seen)
    play.click("a", "approve")
    after = play.click("c", "approve", task=task, form=seen)

    assert (stranger.verdict, after.verdict) == (Verdict.STALE_FORM, Verdict.LATE)


def test_somebody_elses_task_is_forbidden(play: Instance) -> None:
    answer = play.click("c", "approve", task=play.task_of("a"))

    assert (answer.verdict, answer.message.zh) == (Verdict.FORBIDDEN, "您不是此任务的处理人")


@pytest.mark.parametrize("action", ["complete", "resubmit", "withdraw", "retry", "skip"])
def test_what_an_approval_does_not_offer_is_forbidden(play: Instance, action: str) -> None:
    assert play.click("a", action).verdict is Verdict.FORBIDDEN


@pytest.mark.parametrize("place", ["boss/1/3", "boss/1/0", "boss/1/²", "boss/2/1", "other/1/1", "boss/1", ""])
def test_a_task_that_never_was_is_unknown(play: Instance, place: str) -> None:
    task = f"{play.state.instance}/{place}"

    assert not clicks.known(play.state, task)
    assert play.click("a", "approve", task=task).verdict is Verdict.FORBIDDEN


def test_a_task_of_another_instance_is_unknown(play: Instance) -> None:
    assert not clicks.known(play.state, "order:erp:O-2:1/boss/1/1")
    assert clicks.known(play.state, play.state.instance)


def test_after_the_end_every_click_is_late(play: Instance) -> None:
    task = play.task_of("a")
    play.admin("withdraw")
    play.confirm()

    assert play.click("a", "approve", task=task).verdict is Verdict.LATE
    assert play.withdraw().verdict is Verdict.LATE
