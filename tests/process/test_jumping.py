"""跳转 in what the cases of tests/vectors cannot say: effects under way, ways back that hang, the story."""

from postroad.model.decision import Verdict
from postroad.model.process import Process
from tests.process.staging import Instance, approval, definition, task_elsewhere, write_back

NOTE = task_elsewhere("note", undo="cancel")


def test_the_story_says_where_it_went_and_what_was_not_completed() -> None:
    play = Instance(definition(approval("one", "a"), approval("two", "b"), approval("three", "c")))
    play.admin("jump", node="three")

    assert play.said("admin_jump") == ["管理员：跳转到“three”，未完成 “one”、“two”（出差）"]


def test_an_effect_under_way_is_waited_for_and_stands_when_it_goes_on() -> None:
    play = Instance(definition(NOTE, approval("boss", "a")))
    play.admin("jump", node="boss")

    assert play.asked == []

    play.confirm("note/1")

    assert (play.asked, play.effects) == (["boss:a"], [])
    assert play.said("effect") == ["“note”在离开该步骤后完成"]


def test_an_effect_that_fails_after_it_was_left_keeps_nobody_and_the_story_says_so() -> None:
    play = Instance(definition(NOTE, approval("boss", "a")))
    play.admin("jump", node="boss")
    play.refuse("note/1")

    assert (play.asked, play.said("effect")) == (["boss:a"], ["“note”在离开该步骤后没有完成：单据状态已变"])


def test_an_effect_in_trouble_is_passed_by() -> None:
    play = Instance(definition(NOTE, approval("boss", "a")))
    play.refuse("note/1")
    play.admin("jump", node="boss")

    assert (play.asked, play.state.troubles) == (["boss:a"], {})


def test_a_way_back_that_hangs_is_left_for_another_one() -> None:
    process = definition(approval("one", "a"), NOTE, approval("two", "b"), approval("three", "c"))
    play = Instance(process)
    play.click("a", "approve")
    play.confirm()
    play.press("b", "return", task=play.task_of("b"), target="one", opinion="重来", confirmed=True)
    play.refuse("note/1:undo")
    play.admin("jump", node="three")

    assert (play.asked, play.state.returning) == (["three:c"], [])


def test_nobody_is_named_by_a_rule_that_was_passed_by() -> None:
    routed = {"approval": "boss", "who": {"from": "route.approver"}}
    play = Instance(definition(approval("one", "a"), {"decide": "route", "table": "t"}, routed))
    play.admin("jump", node="boss")

    assert play.asked == ["boss:admin"]


def test_approvals_given_before_still_spare_people_when_it_goes_on() -> None:
    process = definition(approval("one", "a"), approval("two", "b"), approval("three", "a", dedupe="all"))
    play = Instance(process)
    play.click("a", "approve")
    play.admin("jump", node="three")

    assert play.outcome == "approved"


def test_a_returned_document_is_submitted_again_on_behalf_of_the_administrator() -> None:
    play = Instance(definition(approval("one", "a", reject="to_initiator"), approval("two", "b")))
    play.click("a", "reject", opinion="改")
    play.confirm()
    play.admin("jump", node="two", by_name="管理员甲")

    intent = play.state.deeds["@resubmitted/1"].intent
    assert (intent.action, intent.actor and intent.actor.name, intent.args) == ("submit", "管理员甲", {"note": "出差"})

    play.confirm()

    assert play.asked == ["two:b"]


def test_a_document_that_is_being_read_again_leads_to_where_it_was_moved() -> None:
    play = Instance(definition(approval("one", "a", reject="to_initiator"), approval("two", "b")), readings_wait=True)
    play.read("@document/1")
    play.click("a", "reject", opinion="改")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()
    play.admin("jump", node="two")
    play.read("@document/2")

    assert play.asked == ["two:b"]


def test_while_things_are_undone_and_before_the_document_is_known_it_cannot_be_moved() -> None:
    process = definition(approval("one", "a"), write_back(undo="reopen"), approval("two", "b"))
    play = Instance(process, readings_wait=True)

    assert play.admin("jump", node="two").message.zh == "单据尚未读取，请稍后再跳转"

    play.read("@document/1")
    play.click("a", "approve")
    play.confirm()
    play.click("b", "reject", opinion="不行")

    assert play.admin("jump", node="two").verdict is Verdict.FORBIDDEN


def test_one_branch_is_moved_and_what_was_done_beside_it_stands() -> None:
    left: list[object] = [approval("l1", "a"), NOTE, approval("l2", "b")]
    right: list[object] = [task_elsewhere("beside", undo="cancel"), approval("r1", "c")]
    play = Instance(_fork(left, right))
    play.confirm()
    play.click("a", "approve")
    play.confirm()
    play.admin("jump", node="l1")
    play.confirm()

    assert (play.asked_for, play.asked) == (["beside/1", "note/1", "note/1:undo"], ["r1:c", "l1:a"])


def _fork(*branches: list[object]) -> Process:
    return definition({"parallel": "fork", "branches": list(branches)})


def test_while_an_approval_is_being_revoked_it_cannot_be_moved() -> None:
    play = Instance(definition(approval("one", "a"), revoke="7d"))
    play.click("a", "approve")
    play.click("li", "revoke", task=play.state.instance)

    assert play.admin("jump", node="one").message.zh == "正在撤销审批，不能跳转"
