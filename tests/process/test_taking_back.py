"""R23 拿回: what people see of it, and what has to be undone first."""

from tests.process.staging import Instance, actions_of, approval, definition, task_elsewhere


def play_of(*steps: dict[str, object]) -> Instance:
    return Instance(definition(*steps, take_back=True))


def test_a_decision_is_on_offer_to_be_taken_back_until_somebody_else_has_decided() -> None:
    play = play_of(approval("first", "a"), approval("second", "b"), approval("third", "c"))
    first = play.task_of("a")
    play.click("a", "approve")
    assert actions_of(play, first) == ["take_back"]

    second = play.task_of("b")
    play.click("b", "approve")
    assert (actions_of(play, first), actions_of(play, second)) == ([], ["take_back"])


def test_nothing_is_on_offer_where_the_process_says_nothing_of_it() -> None:
    play = Instance(definition(approval("first", "a"), approval("second", "b")))
    task = play.task_of("a")
    play.click("a", "approve")

    assert actions_of(play, task) == []


def test_nothing_is_on_offer_while_the_instance_is_suspended() -> None:
    play = play_of(approval("first", "a"), approval("second", "b"))
    task = play.task_of("a")
    play.click("a", "approve")
    play.admin("suspend")
    suspended = actions_of(play, task)
    play.admin("resume")

    assert (suspended, actions_of(play, task)) == ([], ["take_back"])


def test_nothing_is_on_offer_any_more_when_the_process_has_ended() -> None:
    play = play_of(approval("first", "a"))
    task = play.task_of("a")
    play.click("a", "approve")

    assert (play.outcome, actions_of(play, task)) == ("approved", [])


def test_who_took_it_back_is_asked_only_when_everything_since_is_undone() -> None:
    play = play_of(approval("first", "a"), task_elsewhere("book", undo="cancel"), approval("second", "b"))
    play.click("a", "approve")
    play.confirm()
    play.click("a", "take_back")

    assert (play.asked, play.effects) == ([], ["book/1:undo"])
    play.confirm()
    assert play.asked == ["first:a"]
    assert play.said("taken_back") == ["A 拿回"]


def test_an_effect_under_way_is_waited_for_and_then_undone() -> None:
    play = play_of(approval("first", "a"), task_elsewhere("book", undo="cancel"), approval("second", "b"))
    play.click("a", "approve")
    play.click("a", "take_back")
    play.confirm()

    assert (play.asked, play.asked_for) == (["first:a"], ["book/1", "book/1:undo"])


def test_an_effect_under_way_that_could_not_be_undone_stands_in_the_way() -> None:
    play = play_of(approval("first", "a"), task_elsewhere("pay"), approval("second", "b"))
    task = play.task_of("a")
    play.click("a", "approve")

    answer = play.click("a", "take_back", task=task)
    assert (answer.verdict, answer.message.zh) == ("late", "“pay”不能撤销，不能拿回")


def test_pressing_take_back_once_more_changes_nothing() -> None:
    play = play_of(approval("first", "a"), approval("second", "b"))
    task = play.task_of("a")
    play.click("a", "approve")
    play.click("a", "take_back", task=task)

    assert play.click("a", "take_back", task=task).verdict == "duplicate"
    assert play.click("b", "take_back", task=task).verdict == "late"
    assert play.asked == ["first:a"]


def test_a_join_waits_again_for_a_branch_whose_decision_was_taken_back() -> None:
    inner = {"parallel": "inner", "branches": [[approval("x", "a")], [approval("y", "b")]]}
    play = play_of({"parallel": "outer", "branches": [[inner], [approval("z", "c")]]}, approval("last", "d"))
    play.click("a", "approve")
    play.click("b", "approve")
    play.click("a", "take_back")
    play.click("c", "approve")
    assert play.asked == ["x:a"]

    play.click("a", "approve")
    assert play.asked == ["last:d"]
