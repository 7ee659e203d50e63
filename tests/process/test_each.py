from typing import Any

import pytest

from postroad.model.process import Process
from postroad.process.commands import Evaluate
from postroad.process.each import MOST
from postroad.process.sound import problems
from tests.process.staging import Instance, approval, definition, task_elsewhere

LINES = [{"sku": "A", "quantity": 5}, {"sku": "B", "quantity": 20}]


def each(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"each": "line", "items": "lines", "item_title": "{line.sku}", "steps": list(steps), **more}


def counted(*after: dict[str, Any]) -> Process:
    """Somebody counts every line, and something is booked for it."""
    count = {"work": "count", "who": {"person": "a"}, "fields": ["counted"]}
    book = task_elsewhere("book", args={"title": "{line.sku}: {counted}"}, undo="cancel")
    return definition(each(count, book), *after)


def task(place: str) -> str:
    return f"order:erp:O-1:1/{place}"


def test_every_item_has_a_task_that_says_which_one_it_is() -> None:
    play = Instance(counted(), lines=LINES)

    assert play.asked == ["count-1:a", "count-2:a"]
    assert [str(one.title) for one in play.tasks.values()] == ["count（A）", "count（B）"]


def test_what_is_filled_in_for_one_item_is_used_for_that_one_only() -> None:
    play = Instance(counted(), lines=LINES)
    play.click("a", "complete", task=task("count-2/1/1"), counted=19)
    play.click("a", "complete", task=task("count-1/1/1"), counted=4)
    titles = [play.state.deeds[key].intent.args["title"] for key in ("book-1/1", "book-2/1")]

    assert titles == ["A: 4", "B: 19"]
    assert "counted" not in play.state.variables


def test_after_the_join_the_list_holds_what_was_found_for_each_item() -> None:
    play = Instance(counted(approval("last", "b")), lines=LINES)
    play.click("a", "complete", task=task("count-1/1/1"), counted=4)
    play.click("a", "complete", task=task("count-2/1/1"), counted=19)
    play.confirm()

    found = [(one["sku"], one["counted"], one["book"]["ref"]) for one in play.state.variables["line"]]
    assert found == [("A", 4, "ref-book-1/1"), ("B", 19, "ref-book-2/1")]


def test_a_rule_is_asked_about_each_item() -> None:
    rule = {"decide": "route", "table": "route", "inputs": {"quantity": "line.quantity"}}
    process = definition(each(rule, {"approval": "check", "who": {"from": "route.approver"}}))
    asked = [one.inputs for one in Instance(process, lines=LINES).state.pending.values() if isinstance(one, Evaluate)]
    play = Instance(process, rules={"route": {"approver": {"person": "c"}}}, lines=LINES)

    assert asked == [{"quantity": 5}, {"quantity": 20}]
    assert play.asked == ["check-1:c", "check-2:c"]


def test_a_list_that_changes_later_changes_nothing_that_is_under_way() -> None:
    play = Instance(counted(approval("last", "b")), lines=LINES)
    play.change(lines=[{"sku": "C"}])

    assert play.asked == ["count-1:a", "count-2:a"]


def test_a_withdrawal_undoes_in_reverse_what_was_done_for_the_items() -> None:
    play = Instance(definition(each(task_elsewhere("book", undo="cancel")), approval("last", "b")), lines=LINES)
    play.confirm()
    play.withdraw()
    play.confirm()

    assert play.asked_for[:4] == ["book-1/1", "book-2/1", "book-2/1:undo", "book-1/1:undo"]


@pytest.mark.parametrize(
    ("lines", "more", "said"),
    [
        ("A, B", {}, "不是列表"),
        ([{"sku": "A"}] * (MOST + 1), {}, f"最多 {MOST} 项"),
        ([{"sku": "A"}, {"sku": "A"}], {"item_key": "sku"}, "sku 为 A 的有两项"),
        ([{"sku": "A"}, {}], {"item_key": "sku"}, "没有 sku"),
    ],
)
def test_what_is_no_proper_list_is_a_trouble_for_the_owner(lines: object, more: dict[str, Any], said: str) -> None:
    play = Instance(definition(each(approval("check", "a"), **more)), lines=lines)

    assert play.asked == ["line!:owner"]
    assert said in str(play.tasks[play.task_of("owner")].cause)


def test_gone_on_without_its_list_it_has_no_items() -> None:
    play = Instance(definition(each(approval("check", "a")), approval("last", "b")), lines="?")
    play.click("owner", "skip")

    assert play.asked == ["last:b"]
    assert play.state.variables["line"] == []


def test_an_amended_item_is_the_same_one_where_a_field_tells_items_apart() -> None:
    steps = approval("first", "a"), each(task_elsewhere("order"), item_key="sku"), approval("last", "b")
    play = Instance(definition(*steps), lines=LINES)
    play.click("a", "approve")
    play.confirm()
    play.change(lines=[{"sku": "B", "quantity": 1}, {"sku": "C", "quantity": 2}])
    play.press("b", "return", task=play.task_of("b"), target="first", opinion="再看", confirmed=True)
    play.click("a", "approve")
    play.confirm()

    assert play.asked_for == ["order-1/1", "order-2/1", "order-3/1"]
    assert [one["quantity"] for one in play.state.variables["line"]] == [1, 2]


def test_an_effect_for_an_item_carries_the_words_of_whoever_decided_about_that_item() -> None:
    said = task_elsewhere("tell", args={"note": "{decision.opinion}"}, assignee={"person": "d"})
    play = Instance(definition(each(approval("check", "a"), {"wait": "calm", "for": "1h"}, said)), lines=LINES)
    play.click("a", "approve", task=task("check-1/1/1"), opinion="好")
    play.click("a", "approve", task=task("check-2/1/1"), opinion="也好")
    play.let_pass("1h")

    assert [play.state.deeds[key].intent.args["note"] for key in ("tell-1/1", "tell-2/1")] == ["好", "也好"]


def test_what_was_returned_comes_straight_back_to_the_item_if_the_list_is_unchanged() -> None:
    check = approval("check", "a", reject="to_initiator", resubmit="direct")
    play = Instance(definition(each(check), approval("last", "b")), lines=LINES)
    play.click("a", "approve", task=task("check-1/1/1"))
    play.click("a", "reject", task=task("check-2/1/1"), opinion="数量不对")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()

    assert play.asked == ["check-2:a"]


def test_with_another_list_all_items_are_asked_anew() -> None:
    check = approval("check", "a", reject="to_initiator", resubmit="direct")
    play = Instance(definition(each(check), approval("last", "b")), lines=LINES)
    play.click("a", "approve", task=task("check-1/1/1"))
    play.click("a", "reject", task=task("check-2/1/1"), opinion="数量不对")
    play.confirm()
    play.change(lines=[*LINES, {"sku": "C"}])
    play.click("li", "resubmit")
    play.confirm()

    assert play.asked == ["check-1:a", "check-2:a", "check-3:a"]


def test_an_administrator_moves_it_to_one_item_or_to_the_list_but_to_no_item_of_a_list_that_has_not_begun() -> None:
    play = Instance(definition(approval("first", "b"), *counted(approval("last", "b")).steps), lines=LINES)
    refused = play.admin("jump", node="count")
    play.click("b", "approve")
    for place in ("count-1/1/1", "count-2/1/1"):
        play.click("a", "complete", task=task(place), counted=4)
    play.confirm()
    moved = play.admin("jump", node="count-2")
    play.confirm()

    assert (refused.verdict, moved.verdict) == ("forbidden", "accepted")
    assert play.asked == ["count-2:a"]


def test_who_decided_about_an_item_takes_it_back_for_that_item() -> None:
    process = definition(*counted(approval("last", "b")).steps, take_back=True)
    play = Instance(process, lines=LINES)
    for place in ("count-1/1/1", "count-2/1/1"):
        play.click("a", "complete", task=task(place), counted=4)
    play.confirm()
    play.click("a", "take_back", task=task("count-2/1/1"))
    play.confirm()

    assert play.asked == ["count-2:a"]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([each(approval("x", "a"), items="line.parts")], ("hides_list", "steps[0].items")),
        ([each(approval("x", "a"), item_title="{line.sku")], ("bad_template", "steps[0].item_title")),
        (
            [each({"decide": "route", "table": "t"}), {"approval": "x", "who": {"from": "route.approver"}}],
            ("known_for_an_item", "steps[1]"),
        ),
        (
            [each(task_elsewhere("book")), task_elsewhere("tell", args={"about": "{book.ref}"})],
            ("known_for_an_item", "steps[1]"),
        ),
        (
            [each(approval("count", "a")), approval("x", "b", reject={"to_node": "count"})],
            ("no_way_back", "steps[1].reject"),
        ),
    ],
)
def test_words_that_mean_one_item_are_refused_where_there_is_none(
    steps: list[dict[str, Any]], expected: tuple[str, str]
) -> None:
    assert expected in [(one.code, one.place) for one in problems(definition(*steps), {})]


def test_within_its_steps_an_each_may_lead_back_and_name_what_was_found() -> None:
    count, check = approval("count", "a"), approval("check", "b", reject={"to_node": "count"})
    tell = task_elsewhere("tell", args={"about": "{book.ref} {line.sku}"})

    assert problems(definition(each(count, task_elsewhere("book"), check, tell)), {}) == []
