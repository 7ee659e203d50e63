import pytest

from tests.process.staging import Instance, actions_of, approval, definition, task_elsewhere, write_back


def test_the_next_node_is_entered_when_the_effect_is_confirmed_and_not_before() -> None:
    play = Instance(definition(write_back(), approval("last", "a")))
    assert play.asked == []

    play.confirm()
    assert play.asked == ["last:a"]


def test_an_effect_names_who_decided_and_in_which_words() -> None:
    play = Instance(definition(approval("boss", "a"), write_back()))
    play.click("a", "transfer", to="b", opinion="你来")
    play.click("b", "approve", opinion="同意")
    intent = play.state.pending["write/1"].intent  # type: ignore[union-attr]

    assert (intent.actor.person, intent.args, intent.key) == ("b", {"note": "同意"}, "order:erp:O-1:1:write:1")
    assert intent.document == play.state.ref


def test_an_effect_elsewhere_creates_and_names_no_document() -> None:
    play = Instance(definition(task_elsewhere("follow", args={"title": "跟进 {number}"})))
    intent = play.state.pending["follow/1"].intent  # type: ignore[union-attr]

    assert (intent.document, intent.args) == (None, {"title": "跟进 O-1"})


def test_the_person_an_effect_is_for_is_found_first() -> None:
    steps = task_elsewhere("follow", assignee={"person": "b"}, args={"for": "{assignee.person} {assignee.name}"})
    play = Instance(definition(steps))

    assert play.state.pending["follow/1"].intent.args == {"for": "b B"}  # type: ignore[union-attr]


def test_what_an_effect_made_can_be_named_later() -> None:
    play = Instance(definition(task_elsewhere("follow"), write_back(args={"note": "见 {follow.ref}"})))
    play.confirm("follow/1")

    assert play.state.pending["write/1"].intent.args == {"note": "见 ref-follow/1"}  # type: ignore[union-attr]


@pytest.mark.parametrize("status", ["conflict", "rejected"])
def test_an_effect_that_is_refused_becomes_a_task_for_the_owner_and_never_the_end(status: str) -> None:
    play = Instance(definition(write_back()))
    play.refuse("write/1", status, "单据已被占用")
    task = play.tasks[play.task_of("owner")]

    assert (play.asked, play.state.status, play.outcome) == (["write!:owner"], "troubled", None)
    assert (str(task.cause), actions_of(play, task.id)) == ("单据已被占用", ["retry", "skip"])


def test_an_effect_that_cannot_be_carried_out_at_all_says_why() -> None:
    play = Instance(definition(write_back()))
    play.fail("write/1", "没有连接器 erp")

    assert str(play.tasks[play.task_of("owner")].cause) == "没有连接器 erp"


def test_trying_again_carries_the_same_key_and_goes_on_when_it_is_confirmed() -> None:
    play = Instance(definition(write_back()))
    first = play.state.pending["write/1"]
    play.refuse("write/1")
    play.click("owner", "retry")
    again = play.state.pending["write/1"]
    play.confirm()

    assert (first, play.outcome) == (again, "approved")


def test_an_effect_may_fail_again_and_asks_again() -> None:
    play = Instance(definition(write_back()))
    for epoch in (1, 2, 3):
        play.refuse("write/1")
        assert play.task_of("owner").endswith(f"/write!/{epoch}/1")
        play.click("owner", "retry")
    play.confirm()

    assert play.outcome == "approved"


def test_skipping_goes_on_without_the_effect_and_nothing_is_undone_later() -> None:
    play = Instance(definition(task_elsewhere("follow", undo="cancel"), approval("boss", "a")))
    play.refuse("follow/1")
    play.click("owner", "skip", opinion="已手工建立")
    play.click("a", "reject", opinion="不行")
    play.confirm()

    assert (play.outcome, play.asked_for) == ("rejected", ["follow/1", "@rejected/1"])


def test_what_was_done_is_undone_in_reverse_before_the_document_is_returned() -> None:
    first, second = task_elsewhere("first", undo="cancel"), task_elsewhere("second", undo="cancel")
    play = Instance(definition(first, second, approval("boss", "a", reject="to_initiator")))
    play.confirm()
    play.click("a", "reject", opinion="改")
    undo = play.state.pending["second/1:undo"].intent  # type: ignore[union-attr]
    play.confirm()

    assert play.asked_for == ["first/1", "second/1", "second/1:undo", "first/1:undo", "@returned/1"]
    assert (undo.action, undo.args, undo.key) == ("cancel", {"ref": "ref-second/1"}, "order:erp:O-1:1:second:1:undo")
    assert play.asked == ["@resubmit:li"]


def test_what_was_undone_is_done_again_on_the_second_walk() -> None:
    play = Instance(definition(task_elsewhere("follow", undo="cancel"), approval("boss", "a", reject="to_initiator")))
    play.confirm()
    play.click("a", "reject", opinion="改")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()
    play.click("a", "approve")

    assert play.asked_for == ["follow/1", "follow/1:undo", "@returned/1", "@resubmitted/1", "follow/2"]


def test_what_cannot_be_undone_is_not_done_twice_and_the_story_says_why() -> None:
    play = Instance(definition(task_elsewhere("mail"), approval("boss", "a", reject="to_initiator")))
    play.confirm()
    play.click("a", "reject", opinion="改")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()

    assert (play.asked, play.asked_for) == (["boss:a"], ["mail/1", "@returned/1", "@resubmitted/1"])
    assert "“mail”此前已执行且不可撤销，不再重复" in play.said("effect")


def test_an_undo_that_is_refused_is_the_owners_before_anything_else_is_told() -> None:
    play = Instance(definition(task_elsewhere("follow", undo="cancel"), approval("boss", "a")))
    play.confirm()
    play.click("a", "reject", opinion="不行")
    play.refuse("follow/1:undo", "rejected", "任务已完成")
    assert (play.asked, play.effects) == (["follow!:owner"], [])

    play.click("owner", "retry")
    play.confirm()
    assert (play.outcome, play.asked_for[-2:]) == ("rejected", ["follow/1:undo", "@rejected/1"])


def test_going_on_without_the_undo_is_possible() -> None:
    play = Instance(definition(task_elsewhere("follow", undo="cancel"), approval("boss", "a")))
    play.confirm()
    play.click("a", "reject", opinion="不行")
    play.refuse("follow/1:undo")
    play.click("owner", "skip")
    play.confirm()

    assert play.outcome == "rejected"


def test_an_effect_under_way_is_waited_for_and_then_undone() -> None:
    side = [task_elsewhere("follow", undo="cancel")], [approval("boss", "a")]
    play = Instance(definition({"parallel": "both", "branches": list(side)}))
    play.click("a", "reject", opinion="不行")
    assert play.effects == ["follow/1"]

    play.confirm("follow/1")
    assert play.effects == ["follow/1:undo"]


def test_an_effect_under_way_that_fails_on_the_way_back_needs_nobody() -> None:
    side = [task_elsewhere("follow", undo="cancel")], [approval("boss", "a")]
    play = Instance(definition({"parallel": "both", "branches": list(side)}))
    play.click("a", "reject", opinion="不行")
    play.refuse("follow/1")
    play.confirm()

    assert (play.outcome, play.asked_for) == ("rejected", ["follow/1", "@rejected/1"])


def test_a_word_to_the_erp_that_is_refused_is_the_owners_too() -> None:
    play = Instance(definition(approval("boss", "a", reject="to_initiator")))
    play.click("a", "reject", opinion="改")
    play.refuse("@returned/1")
    task = play.tasks[play.task_of("owner")]
    play.click("owner", "skip")

    assert (task.node, actions_of(play, task.id)) == ("@returned!", [])
    assert play.asked == ["@resubmit:li"]


def test_an_outcome_that_comes_twice_or_for_nothing_changes_nothing() -> None:
    play = Instance(definition(write_back(), approval("last", "a")))
    play.confirm("write/1")
    before = play.state
    play.refuse("write/1")
    play.refuse("other/9")

    assert play.state == before


def test_arguments_that_name_something_unknown_are_a_trouble() -> None:
    play = Instance(definition(task_elsewhere("follow", args={"title": "{nothing.here}"})))

    assert play.asked == ["follow!:owner"]
    assert "nothing.here" in str(play.tasks[play.task_of("owner")].cause)
