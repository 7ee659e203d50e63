"""R17: what happens when a document that was returned to its initiator is submitted again."""

from postroad.process.sound import problems
from tests.process.staging import Instance, approval, definition, task_elsewhere


def returned(*more: dict[str, object], **settings: object) -> Instance:
    """Approved by A, returned by B."""
    second = approval("second", "b", reject="to_initiator", resubmit="direct", **settings)
    play = Instance(definition(approval("first", "a"), second, *more))
    play.click("a", "approve")
    play.click("b", "reject", opinion="请补充")
    play.confirm()
    return play


def test_it_goes_straight_back_when_it_is_submitted_in_its_own_system_as_well() -> None:
    play = returned()
    play.change("submitted")

    assert play.asked == ["second:b"]
    assert play.said("straight_back") == ["直接回到“second”"]


def test_the_story_says_why_all_steps_are_walked_again() -> None:
    play = returned(approval("third", "c", when={"amount": "> 1000"}))
    play.change(amount="2000")
    play.click("li", "resubmit")
    play.confirm()

    assert play.asked == ["first:a"]
    assert play.said("walks_again") == ["决定走向的内容已变更，从头审批"]


def test_an_effect_that_was_undone_is_named() -> None:
    book = task_elsewhere("book", undo="cancel")
    play = Instance(definition(book, approval("x", "a", reject="to_initiator", resubmit="direct")))
    play.confirm()
    play.click("a", "reject", opinion="改")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm("@resubmitted/1")

    assert (play.effects, play.said("walks_again")) == (["book/2"], ["“book”已撤销，从头审批"])


def test_what_was_returned_in_its_own_system_is_walked_again() -> None:
    play = Instance(definition(approval("first", "a"), approval("second", "b", resubmit="direct")))
    play.click("a", "approve")
    play.change("returned")
    play.change("submitted")

    assert play.asked == ["first:a"]


def test_an_effect_under_way_in_another_branch_is_not_done_twice() -> None:
    pay = task_elsewhere("pay")
    left = [approval("x", "a", reject="to_initiator", resubmit="direct")]
    play = Instance(definition({"parallel": "both", "branches": [left, [pay, approval("y", "b")]]}))
    play.click("a", "reject", opinion="改")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()

    assert (play.asked, play.asked_for.count("pay/1"), "pay/2" in play.asked_for) == (["x:a", "y:b"], 1, False)


def test_who_submitted_again_may_withdraw_until_somebody_decides_anew() -> None:
    play = Instance(definition(approval("x", "a", "b", reject="to_initiator", resubmit="direct")))
    play.click("a", "approve")
    play.click("b", "reject", opinion="改")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()

    assert play.withdraw().verdict == "accepted"


def test_a_rejection_leads_where_the_one_says_whose_rejection_decided() -> None:
    asks = approval("x", "b", "c", reject="ask", mode="any", or_reject="all")
    play = Instance(definition(approval("first", "a"), asks))
    play.click("a", "approve")
    added = {"place": "before", "people": ["d"], "advisory": True}
    play.press("b", "add_signers", task=play.task_of("b"), signers=added)
    play.press("c", "reject", task=play.task_of("c"), target="initiator", opinion="不行")
    play.press("d", "reject", task=play.task_of("d"), target="initiator", opinion="不行")
    play.press("b", "reject", task=play.task_of("b"), target="first", opinion="再看")

    assert play.asked == ["first:a"]


def test_a_step_that_was_passed_only_the_time_before_is_no_way_back() -> None:
    play = Instance(definition(approval("first", "a"), approval("second", "b", reject="to_initiator")))
    play.click("a", "approve")
    play.click("b", "reject", opinion="改")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()

    assert play.press("a", "return", task=play.task_of("a"), target="second", opinion="先看").verdict == "forbidden"


def test_a_process_with_a_direct_resubmission_is_sound() -> None:
    assert problems(definition(approval("x", "a", resubmit="direct")), {}) == []
