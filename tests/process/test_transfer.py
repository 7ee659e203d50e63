import pytest

from postroad.model.decision import Verdict
from postroad.model.task import TaskState
from tests.process.staging import Instance, approval, definition


@pytest.fixture
def play() -> Instance:
    return Instance(definition(approval("both", "a", "b")))


def test_a_task_handed_over_belongs_to_the_receiver_for_good(play: Instance) -> None:
    old = play.task_of("a")
    answer = play.click("a", "transfer", to="c")

    assert (answer.verdict, play.asked) == (Verdict.ACCEPTED, ["both:b", "both:c"])
    assert (play.tasks[old].state, play.tasks[old].action) == (TaskState.CANCELLED, "transfer")
    assert str(play.tasks[play.task_of("c")].reason) == "A 转交"


def test_the_receiver_decides_in_the_place_of_the_first_owner(play: Instance) -> None:
    play.click("a", "transfer", to="c")
    play.click("b", "approve")
    play.click("c", "approve")

    assert play.outcome == "approved"


def test_the_first_owner_can_no_longer_decide(play: Instance) -> None:
    old = play.task_of("a")
    play.click("a", "transfer", to="c")

    assert play.click("a", "approve", task=old).verdict is Verdict.LATE
    assert play.click("a", "transfer", task=old, to="d").first is Verdict.ACCEPTED


@pytest.mark.parametrize("receiver", ["a", "b", None, ""])
def test_nobody_hands_over_to_himself_or_to_one_who_has_a_part_or_to_nobody(
    play: Instance, receiver: str | None
) -> None:
    assert play.click("a", "transfer", to=receiver).verdict is Verdict.FORBIDDEN
    assert play.asked == ["both:a", "both:b"]


def test_a_task_is_handed_over_five_times_at_most() -> None:
    play = Instance(definition(approval("boss", "a")))
    for owner, receiver in zip("abcdea", "bcdeaf", strict=True):
        last = play.click(owner, "transfer", to=receiver)

    assert (last.verdict, play.asked) == (Verdict.FORBIDDEN, ["boss:a"])


def test_the_clock_of_a_task_runs_on_when_it_is_handed_over(play: Instance) -> None:
    began = play.tasks[play.task_of("a")].opened_at
    play.let_pass("3h")
    play.click("a", "transfer", to="c")

    assert play.tasks[play.task_of("c")].opened_at == began
