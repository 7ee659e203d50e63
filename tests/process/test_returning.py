"""Going back while effects have to be undone, and what may happen meanwhile."""

from postroad.process.sound import problems
from tests.process.staging import Instance, approval, definition, task_elsewhere


def branches(*branches: list[dict[str, object]], **more: object) -> dict[str, object]:
    return {"parallel": "both", "branches": branches, **more}


def send_back(play: Instance, person: str, target: str) -> None:
    task = play.task_of(person)
    play.press(person, "return", task=task, target=target, opinion="重来", confirmed=True)


def test_the_target_is_asked_only_when_everything_since_is_undone() -> None:
    book = task_elsewhere("book", undo="cancel")
    play = Instance(definition(approval("first", "a"), book, approval("second", "b")))
    play.click("a", "approve")
    play.confirm()
    send_back(play, "b", "first")

    assert (play.asked, play.effects) == ([], ["book/1:undo"])
    play.confirm()
    assert play.asked == ["first:a"]


def test_a_task_says_where_it_may_be_sent_back_to() -> None:
    asks = approval("second", "b", "c", reject="ask", allow=[])
    play = Instance(definition(approval("first", "a"), {"cc": "told", "who": [{"person": "d"}]}, asks))
    first = play.tasks[play.task_of("a")]
    play.click("a", "approve")
    second = play.tasks[play.task_of("b")]
    play.click("b", "approve")

    assert [one.node for one in first.back_to] == ["initiator"]
    assert [(one.node, str(one.title)) for one in second.back_to] == [("initiator", "发起人"), ("first", "first")]
    assert play.tasks[second.id].back_to == ()


def test_an_effect_under_way_is_waited_for_and_then_undone() -> None:
    left, right = [task_elsewhere("book", undo="cancel")], [approval("right", "b")]
    play = Instance(definition(approval("first", "a"), branches(left, right)))
    play.click("a", "approve")
    send_back(play, "b", "first")

    assert (play.asked, play.effects) == ([], ["book/1"])
    play.confirm("book/1")
    assert (play.asked, play.effects) == ([], ["book/1:undo"])
    play.confirm()
    assert play.asked == ["first:a"]


def test_what_cannot_be_undone_after_all_is_a_trouble_and_the_way_back_waits_for_it() -> None:
    book = task_elsewhere("book", undo="cancel")
    play = Instance(definition(approval("first", "a"), book, approval("second", "b")))
    play.click("a", "approve")
    play.confirm()
    send_back(play, "b", "first")
    play.refuse("book/1:undo")

    assert play.asked == ["book!:owner"]
    play.click("owner", "skip")
    assert play.asked == ["first:a"]


def test_other_branches_go_on_while_one_is_on_its_way_back() -> None:
    left = [approval("left", "a"), task_elsewhere("book", undo="cancel"), approval("left_two", "c")]
    play = Instance(definition(branches(left, [approval("right", "b")])))
    play.click("a", "approve")
    play.confirm()
    send_back(play, "c", "left")
    play.click("b", "approve")

    assert (play.asked, play.outcome) == ([], None)
    play.confirm()
    assert play.asked == ["left:a"]


def test_a_way_back_into_branches_that_are_through_meanwhile_leads_nowhere() -> None:
    left = [approval("left", "a"), task_elsewhere("book", undo="cancel"), approval("left_two", "c")]
    play = Instance(definition(branches(left, [approval("right", "b")], join="any"), approval("last", "d")))
    play.click("a", "approve")
    play.confirm()
    send_back(play, "c", "left")
    play.click("b", "approve")
    play.confirm()

    assert play.asked == ["last:d"]


def test_a_withdrawal_on_the_way_back_undoes_the_rest_and_ends() -> None:
    book, pay = task_elsewhere("book", undo="cancel"), task_elsewhere("pay", undo="cancel")
    play = Instance(definition(approval("first", "a"), book, pay, approval("second", "b"), withdraw="while_running"))
    play.click("a", "approve")
    play.confirm()
    send_back(play, "b", "first")
    play.withdraw()
    play.confirm()

    assert (play.outcome, play.asked) == ("withdrawn", [])
    assert {"book/1:undo", "pay/1:undo"} <= set(play.asked_for)


def test_a_rejection_that_could_lead_nowhere_is_refused_before_publishing() -> None:
    beside = branches([approval("left", "a")], [approval("right", "b", reject={"to_node": "left"})])
    later = approval("early", "a", reject={"to_node": "late"})

    assert [one.code for one in problems(definition(beside), {})] == ["no_way_back"]
    assert [one.code for one in problems(definition(later, approval("late", "b")), {})] == ["no_way_back"]
    assert problems(definition(approval("early", "a"), approval("late", "b", reject={"to_node": "early"})), {}) == []
