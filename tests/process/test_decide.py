import pytest

from postroad.model.table import Status
from tests.process.staging import Instance, actions_of, definition

ROUTED = ({"decide": "route", "table": "t"}, {"approval": "boss", "who": {"from": "route.approver"}})


def test_the_outcome_of_a_rule_says_who_decides() -> None:
    play = Instance(definition(*ROUTED), rules={"t": {"approver": {"person": "b"}}})

    assert play.asked == ["boss:b"]
    assert play.said("decided") == ["按规则表 t 命中 r1"]


def test_a_rule_that_collects_may_name_several() -> None:
    rows = [{"approver": {"person": "b"}}, {"approver": [{"person": "c"}, {"person": "b"}]}]
    play = Instance(definition(*ROUTED), rules={"t": rows})

    assert play.asked == ["boss:b", "boss:c"]


def test_a_rule_may_be_asked_about_chosen_inputs_only() -> None:
    play = Instance(definition({"decide": "route", "table": "t", "inputs": {"sum": "amount"}}))

    assert play.state.pending["route/1"].inputs == {"sum": "100"}  # type: ignore[union-attr]


@pytest.mark.parametrize("status", [Status.NO_MATCH, Status.INPUT_ERROR, Status.CONFLICT])
def test_a_rule_without_an_answer_is_a_task_for_the_owner_and_never_a_guess(status: Status) -> None:
    play = Instance(definition(*ROUTED), rules={"t": status})

    assert (play.asked, actions_of(play, play.task_of("owner"))) == (["route!:owner"], ["retry", "skip"])


def test_when_the_document_was_mended_the_rule_is_asked_again() -> None:
    play = Instance(definition(*ROUTED), rules={"t": Status.INPUT_ERROR})
    play.rules["t"] = {"approver": {"person": "b"}}
    play.click("owner", "retry")

    assert play.asked == ["boss:b"]


def test_without_the_rules_answer_the_approval_goes_to_an_administrator() -> None:
    play = Instance(definition(*ROUTED), rules={"t": Status.NO_MATCH})
    play.click("owner", "skip")

    assert play.asked == ["boss:admin"]


@pytest.mark.parametrize("outcome", [{"approver": {"nonsense": 1}}, {"other": 1}, {"approver": "somebody"}])
def test_an_outcome_that_names_nobody_readable_is_a_trouble(outcome: object) -> None:
    assert Instance(definition(*ROUTED), rules={"t": outcome}).asked == ["boss!:owner"]


def test_the_answer_of_the_first_walk_does_not_reach_into_the_second() -> None:
    rule, boss = {"decide": "route", "table": "t", "when": {"amount": "< 500"}}, {**ROUTED[1], "reject": "to_initiator"}
    play = Instance(definition(rule, boss), rules={"t": {"approver": {"person": "b"}}})
    play.click("b", "reject", opinion="改")
    play.confirm()
    play.change(amount="900")
    play.click("li", "resubmit")
    play.confirm()

    assert play.asked == ["boss!:owner"]
