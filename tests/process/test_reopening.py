"""C1, C2: asking anew what was decided. Nothing that was decided changes."""

from collections.abc import Callable

from postroad.model.label import Label
from postroad.process import flow, reopening
from postroad.process.state import Activation
from postroad.process.turn import Turn
from tests.process.staging import Instance, approval, definition

AGAIN = Label(zh="请再看一次", en="Please look again")


def _states(activation: Activation) -> list[str]:
    return [f"{slot.actor}:{slot.state}" for slot in activation.slots]


def _meanwhile(play: Instance, change: Callable[[Turn], object]) -> None:
    turn = Turn(play.process, play.state, play.now)
    play.state.revision += 1
    change(turn)
    flow.settle(turn)


def _reopen(play: Instance, key: str, *numbers: int) -> None:
    activation = play.state.activations[key]
    _meanwhile(play, lambda turn: reopening.reopen_slots(turn, activation, numbers, AGAIN))


def _visit_again(play: Instance, key: str, *numbers: int) -> None:
    play.state.runs.clear()
    _meanwhile(play, lambda turn: reopening.reopen_activation(turn, key, numbers, AGAIN))


def test_a_new_slot_takes_the_place_of_the_old_one_which_stays_as_it_was() -> None:
    play = Instance(definition(approval("x", "a", "b")))
    play.click("a", "approve", opinion="好")
    before = play.state.activations["x/1"].slots[0].model_copy()

    _reopen(play, "x/1", 1)

    activation = play.state.activations["x/1"]
    assert activation.slots[0] == before
    assert [slot.number for slot in activation.counting] == [3, 2]
    assert str(activation.slots[2].cause) == "请再看一次"


def test_weights_count_once_whoever_is_asked_anew() -> None:
    people = [{"person": "a"}, {"person": "b"}, {"person": "c"}]
    play = Instance(definition({"approval": "x", "who": people, "mode": "votes", "pass": "60%"}))
    play.click("a", "approve")
    _reopen(play, "x/1", 1)

    play.click("b", "approve")
    assert play.outcome is None

    play.press("a", "approve", task="order:erp:O-1:1/x/1/4")
    assert play.outcome == "approved"


def test_in_a_sequence_the_earliest_has_the_turn_and_those_after_it_wait_again() -> None:
    play = Instance(definition(approval("x", "a", "b", "c", mode="sequence")))
    play.click("a", "approve")

    _reopen(play, "x/1", 1)

    assert _states(play.state.activations["x/1"]) == ["a:approved", "b:wait", "c:wait", "a:active"]

    play.press("a", "approve", task="order:erp:O-1:1/x/1/4")
    assert _states(play.state.activations["x/1"])[1] == "b:active"


def test_whoever_waits_in_a_sequence_does_not_get_the_turn_by_an_opinion_that_comes_in() -> None:
    play = Instance(definition(approval("x", "a", "b", mode="sequence")))
    play.click("a", "approve")
    play.click("b", "delegate", to="c")
    _reopen(play, "x/1", 1)

    play.click("c", "advise", opinion="可以")

    assert _states(play.state.activations["x/1"]) == ["a:approved", "b:wait", "c:done", "a:active"]


def test_who_agreed_with_others_to_be_asked_after_decides_again_and_they_are_asked_after_that() -> None:
    play = Instance(definition(approval("x", "a", "b")))
    play.press("a", "add_signers", task=play.task_of("a"), signers={"place": "after", "people": ["c", "d"]})
    play.click("a", "approve")
    play.click("c", "approve")

    _reopen(play, "x/1", 1)
    assert _states(play.state.activations["x/1"])[4:] == ["a:active", "c:wait", "d:wait"]

    play.press("a", "approve", task="order:erp:O-1:1/x/1/5")
    assert _states(play.state.activations["x/1"])[4:] == ["a:held", "c:active", "d:active"]


def test_who_was_asked_before_is_asked_anew_before_the_one_who_wanted_it_so() -> None:
    play = Instance(definition(approval("x", "a", "b")))
    play.press("a", "add_signers", task=play.task_of("a"), signers={"place": "before", "people": ["c", "d"]})
    play.click("c", "approve")
    play.click("d", "approve")
    play.click("a", "approve")

    _reopen(play, "x/1", 3)

    activation = play.state.activations["x/1"]
    assert _states(activation)[4:] == ["a:wait", "c:active", "d:approved"]
    assert activation.slots[6].source == "x/1/4"


def test_after_the_end_a_new_visit_copies_what_still_holds_and_asks_the_others() -> None:
    play = Instance(definition(approval("x", "a", "b", "c"), approval("y", "d")))
    for person in "abc":
        play.click(person, "approve")

    _visit_again(play, "x/1", 2)

    again = play.state.activations["x/2"]
    assert _states(again) == ["a:approved", "b:active", "c:approved"]
    assert [slot.source for slot in again.slots] == ["x/1/1", None, "x/1/3"]
    assert _states(play.state.activations["x/1"]) == ["a:approved", "b:approved", "c:approved"]


def test_who_was_cut_short_by_the_decision_of_another_is_asked_with_him() -> None:
    play = Instance(definition(approval("x", "a", "b", mode="any"), approval("y", "d")))
    play.click("a", "approve")

    _visit_again(play, "x/1", 1)

    assert _states(play.state.activations["x/2"]) == ["a:active", "b:active"]


def test_a_claimed_task_is_the_claimers_again_and_may_be_put_back() -> None:
    play = Instance(definition(approval("x", "a", "b", assign="claim"), approval("y", "d")))
    play.click("a", "claim")
    play.click("a", "approve")

    _visit_again(play, "x/1", 1)

    again = play.state.activations["x/2"]
    assert (_states(again), again.claimed) == (["a:active", "b:wait"], 1)


def test_somebody_removed_is_not_asked_anew() -> None:
    play = Instance(definition(approval("x", "a"), approval("y", "d")))
    play.press("a", "add_signers", task=play.task_of("a"), signers={"place": "parallel", "people": ["c"]})
    play.press("a", "remove_signer", task=play.task_of("a"), to="c")
    play.click("a", "approve")

    _visit_again(play, "x/1", 1)

    assert _states(play.state.activations["x/2"]) == ["a:active"]
