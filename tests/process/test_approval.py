from postroad.model.decision import Verdict
from postroad.model.task import TaskState
from tests.process.staging import Instance, actions_of, approval, definition, write_back


def test_all_have_to_approve_before_it_goes_on() -> None:
    play = Instance(definition(approval("both", "a", "b")))

    play.click("a", "approve")
    assert (play.asked, play.outcome) == (["both:b"], None)

    play.click("b", "approve")
    assert play.outcome == "approved"


def test_where_any_will_do_the_first_approval_is_enough_and_the_others_are_told_so() -> None:
    play = Instance(definition(approval("either", "a", "b", mode="any")))
    task = play.task_of("b")
    play.click("a", "approve")

    assert play.outcome == "approved"
    assert (play.tasks[task].state, str(play.tasks[task].cause)) == (TaskState.CANCELLED, "已由 A 决定")


def test_one_rejection_ends_a_countersigning_whatever_the_others_said() -> None:
    play = Instance(definition(approval("both", "a", "b", "c")))
    play.click("a", "approve")
    play.click("b", "reject", opinion="超预算")
    play.confirm()

    assert (play.outcome, play.asked) == ("rejected", [])
    assert play.asked_for == ["@rejected/1"]


def test_where_any_will_do_the_first_rejection_rejects() -> None:
    play = Instance(definition(approval("either", "a", "b", mode="any")))
    play.click("b", "reject", opinion="不需要")
    play.confirm()

    assert play.outcome == "rejected"


def test_a_rejection_needs_a_reason_unless_the_process_says_otherwise() -> None:
    strict, lenient = (
        Instance(definition(approval("x", "a"))),
        Instance(definition(approval("x", "a", opinion="optional"))),
    )

    assert strict.tasks[strict.task_of("a")].opinion_needed
    assert strict.click("a", "reject", opinion="  ").verdict is Verdict.FORBIDDEN
    assert lenient.click("a", "reject").verdict is Verdict.ACCEPTED


def test_a_rejection_to_the_initiator_returns_the_document_and_asks_for_a_new_submission() -> None:
    play = Instance(definition(approval("boss", "a", reject="to_initiator")))
    play.click("a", "reject", opinion="请补报价")
    returned = play.state.pending[play.effects[0]]
    play.confirm()

    assert (returned.intent.action, returned.intent.args) == ("return", {"note": "请补报价"})  # type: ignore[union-attr]
    assert (play.asked, play.state.status) == (["@resubmit:li"], "returned")
    assert actions_of(play, play.task_of("li")) == ["resubmit", "withdraw"]


def test_after_a_new_submission_all_nodes_are_walked_again_and_earlier_approvals_do_not_count() -> None:
    play = Instance(definition(approval("first", "a"), approval("second", "b", reject="to_initiator"), write_back()))
    play.click("a", "approve")
    play.click("b", "reject", opinion="改")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()

    assert play.asked == ["first:a"]
    assert play.task_of("a").endswith("/first/2/1")

    play.click("a", "approve")
    play.click("b", "approve")
    play.confirm()
    assert (play.outcome, play.asked_for) == ("approved", ["@returned/1", "@resubmitted/1", "write/1"])


def test_what_was_returned_may_be_withdrawn_instead() -> None:
    play = Instance(definition(approval("boss", "a", reject="to_initiator")))
    play.click("a", "reject", opinion="改")
    play.confirm()
    play.click("li", "withdraw", opinion="不买了")
    play.confirm()

    assert (play.outcome, play.asked_for) == ("withdrawn", ["@returned/1", "@withdrawn/1"])


def test_a_process_that_forbids_withdrawing_offers_only_to_submit_again() -> None:
    play = Instance(definition(approval("boss", "a", reject="to_initiator"), withdraw="never"))
    play.click("a", "reject", opinion="改")
    play.confirm()

    assert actions_of(play, play.task_of("li")) == ["resubmit"]
