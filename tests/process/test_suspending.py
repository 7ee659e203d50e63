"""挂起 and 终止 in what the cases of tests/vectors cannot say: words, effects under way, and news from the ERP."""

from postroad.model.decision import Verdict
from postroad.model.task import InstanceStatus, TaskState
from tests.process.staging import Instance, actions_of, approval, definition, task_elsewhere, write_back


def suspended(*steps: dict[str, object], **more: object) -> Instance:
    play = Instance(definition(*steps, **more))
    play.admin("suspend", by_name="管理员甲")
    return play


def test_who_presses_is_told_why_it_does_not_count_and_who_says_so() -> None:
    play = suspended(approval("boss", "a"))
    answer = play.click("a", "approve")

    assert answer.verdict is Verdict.FORBIDDEN
    assert answer.message.zh == "流程已挂起：出差（管理员甲），恢复后再处理"
    assert play.state.status is InstanceStatus.SUSPENDED


def test_a_task_says_that_it_waits_and_offers_nothing() -> None:
    play = suspended(approval("boss", "a"))
    task = play.task_of("a")

    assert (play.tasks[task].state, actions_of(play, task)) == (TaskState.WAITING, [])
    assert play.tasks[task].cause is not None
    assert play.tasks[task].cause.zh == "流程已挂起：出差（管理员甲）"

    play.admin("resume")

    assert (play.tasks[task].state, play.tasks[task].cause) == (TaskState.OPEN, None)


def test_an_effect_under_way_ends_and_the_next_step_waits() -> None:
    play = suspended(task_elsewhere("note"), approval("boss", "a"))
    play.confirm()

    assert (play.said("effect"), play.asked) == (["已完成“note”"], [])

    play.admin("resume")

    assert play.asked == ["boss:a"]


def test_a_request_that_nobody_could_decide_is_rejected_after_the_resumption() -> None:
    process = definition(task_elsewhere("note"), {"approval": "boss", "who": {"role": "nobody"}, "empty": "reject"})
    play = Instance(process)
    play.admin("suspend")
    play.confirm()

    assert play.outcome is None

    play.admin("resume")
    play.confirm()

    assert play.outcome == "rejected"


def test_a_document_withdrawn_in_the_erp_ends_a_suspended_instance() -> None:
    play = suspended(approval("boss", "a"))
    play.change("draft")

    assert (play.outcome, play.state.suspended) == ("withdrawn", False)


def test_a_document_returned_in_the_erp_is_followed_after_the_resumption() -> None:
    play = suspended(approval("boss", "a"))
    play.change("returned")

    assert play.state.status is InstanceStatus.SUSPENDED

    play.admin("resume")

    assert play.asked == ["@resubmit:li"]


def test_a_form_that_changes_meanwhile_is_shown_at_once() -> None:
    play = suspended(approval("boss", "a"))
    play.change(amount="900")

    assert play.said("changed") == ["单据已变更：amount"]


def test_what_is_being_undone_is_finished_before_it_can_be_suspended() -> None:
    play = Instance(definition(task_elsewhere("note", undo="cancel"), approval("boss", "a")))
    play.confirm()
    play.click("a", "reject", opinion="不行")

    assert play.admin("suspend").verdict is Verdict.FORBIDDEN


def test_the_story_begins_with_what_the_administrator_did() -> None:
    play = Instance(definition(approval("boss", "a")))
    play.admin("terminate")

    assert [line.text.zh for line in play.lines[-2:]] == [
        "管理员：终止流程，已做的操作不撤销（出差）",
        "流程结束：已终止",
    ]


def test_a_termination_waits_for_what_is_under_way_and_lists_what_stays() -> None:
    play = Instance(definition(task_elsewhere("note", undo="cancel"), write_back(undo="reopen"), approval("boss", "a")))
    play.confirm("note/1")
    play.admin("terminate")

    assert play.outcome is None

    play.confirm("write/1")

    assert (play.outcome, play.asked_for) == ("terminated", ["note/1", "write/1"])
    assert play.said("stays") == ["保留在业务系统中，未撤销：“note”、“write”"]


def test_an_instance_that_cannot_undo_what_it_should_is_terminated_all_the_same() -> None:
    play = Instance(definition(task_elsewhere("note", undo="cancel"), approval("boss", "a")))
    play.confirm()
    play.click("a", "reject", opinion="不行")
    play.refuse("note/1:undo")

    assert (play.state.status, play.admin("terminate").verdict) == (InstanceStatus.TROUBLED, Verdict.ACCEPTED)
    assert play.outcome == "terminated"


def test_an_undoing_that_fails_keeps_no_instance_from_its_termination() -> None:
    play = Instance(definition(task_elsewhere("note", undo="cancel"), approval("boss", "a")))
    play.confirm()
    play.click("a", "reject", opinion="不行")
    play.admin("terminate")
    play.refuse("note/1:undo")

    assert (play.outcome, play.said("stays")) == ("terminated", ["保留在业务系统中，未撤销：“note”"])
