import pytest

from postroad.model.decision import Verdict
from tests.process.staging import Instance, approval, definition, task_elsewhere


def started(rule: str = "before_first_decision", *, readings_wait: bool = False) -> Instance:
    steps = (approval("one", "a"), approval("two", "b", reject="to_initiator"))
    return Instance(definition(*steps, withdraw=rule), readings_wait=readings_wait)


def test_the_initiator_withdraws_before_anybody_has_decided_and_the_erp_is_told_in_the_same_words() -> None:
    play = started()
    answer = play.withdraw(opinion="不买了")
    told = play.state.pending["@withdrawn/1"].intent  # type: ignore[union-attr]
    play.confirm()

    assert (answer.verdict, play.outcome, play.asked) == (Verdict.ACCEPTED, "withdrawn", [])
    assert (told.action, told.actor.person, told.args) == ("withdraw", "li", {"note": "不买了"})


@pytest.mark.parametrize(
    ("rule", "verdict"), [("before_first_decision", "forbidden"), ("while_running", "accepted"), ("never", "forbidden")]
)
def test_after_the_first_decision_it_depends_on_the_process(rule: str, verdict: str) -> None:
    play = started(rule)
    play.click("a", "approve")

    assert play.withdraw().verdict == verdict


def test_where_withdrawing_is_forbidden_it_is_so_from_the_start() -> None:
    assert started("never").withdraw().verdict is Verdict.FORBIDDEN


def test_nobody_but_the_initiator_withdraws() -> None:
    assert started().withdraw("a").verdict is Verdict.FORBIDDEN


def test_after_a_new_submission_the_decisions_of_the_first_walk_forbid_nothing() -> None:
    play = started()
    play.click("a", "approve")
    play.click("b", "reject", opinion="改")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()

    assert play.withdraw().verdict is Verdict.ACCEPTED


def test_withdrawing_while_the_process_turns_back_waits_for_what_is_under_way() -> None:
    play = started("while_running")
    play.click("a", "approve")
    play.click("b", "reject", opinion="改")
    answer = play.withdraw()
    play.confirm()

    assert (answer.verdict, play.outcome) == (Verdict.ACCEPTED, "withdrawn")
    assert play.asked_for == ["@returned/1", "@withdrawn/1"]


def test_an_administrator_withdraws_whatever_the_process_says_and_the_reason_is_passed_on() -> None:
    play = started("never")
    play.admin("withdraw")
    told = play.state.pending["@withdrawn/1"].intent  # type: ignore[union-attr]
    play.confirm()

    assert (told.actor.person, told.args, play.outcome) == ("admin", {"note": "出差"}, "withdrawn")


def test_what_was_done_elsewhere_is_undone_before_the_erp_hears_of_the_withdrawal() -> None:
    play = Instance(definition(task_elsewhere("follow", undo="cancel"), approval("one", "a")))
    play.confirm()
    play.withdraw()
    play.confirm()

    assert play.asked_for == ["follow/1", "follow/1:undo", "@withdrawn/1"]


def test_before_the_document_is_known_only_an_administrator_can_withdraw() -> None:
    play = started(readings_wait=True)
    refused = play.withdraw()
    play.admin("withdraw")

    assert (refused.verdict, play.outcome, play.asked_for) == (Verdict.FORBIDDEN, "withdrawn", [])
