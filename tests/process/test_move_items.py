"""Instances that are in the midst of a list, or of several ways, and a new release."""

from typing import Any

from postroad.model.decision import Verdict
from postroad.model.move import Fitness
from tests.process.moving import Mover, codes, edition
from tests.process.staging import approval, task_elsewhere

LINES = [{"sku": "A", "quantity": 5}, {"sku": "B", "quantity": 20}]


def each(*steps: dict[str, Any], name: str = "line", **more: Any) -> dict[str, Any]:
    return {"each": name, "items": "lines", "item_title": "{line.sku}", "steps": list(steps), **more}


def count(name: str = "count") -> dict[str, Any]:
    return {"work": name, "who": {"person": "a"}, "fields": ["counted"]}


def book(**more: Any) -> dict[str, Any]:
    return task_elsewhere("book", args={"title": "{line.sku} {counted}"}, undo="cancel", **more)


def test_an_item_goes_on_in_the_new_release_and_keeps_what_was_filled_in_for_it() -> None:
    mover = Mover(edition(1, each(count(), approval("check", "b"), book())), lines=LINES)
    mover.click("a", "complete", counted=19)
    changed = edition(2, each(count(), approval("check", "b"), approval("more", "c"), book()))
    considered = mover.consider(changed)
    mover.move(changed)
    mover.click("b", "approve")
    mover.click("c", "approve")

    assert considered.verdict is Fitness.SAFE
    assert [mover.state.deeds[key].intent.args for key in mover.effects] == [{"title": "B 19"}]


def test_a_step_of_the_list_that_is_called_otherwise_keeps_its_tasks() -> None:
    mover = Mover(edition(1, each(count())), lines=LINES)
    task = mover.task_of("a")
    mover.move(edition(2, each(count("recount"))), {"count": "recount"})

    assert mover.asked == ["recount-1:a", "recount-2:a"]
    assert mover.click("a", "complete", task=task, counted=1).verdict is Verdict.ACCEPTED


def test_the_list_that_is_called_otherwise_keeps_its_items() -> None:
    mover = Mover(edition(1, each(count()), approval("last", "b")), lines=LINES)
    renamed = each(count(), name="item", item_title="{item.sku}")
    mover.move(edition(2, renamed, approval("last", "b")), {"line": "item"})
    for _ in LINES:
        mover.click("a", "complete", counted=1)

    assert [one["sku"] for one in mover.state.variables["item"]] == ["A", "B"]
    assert mover.asked == ["last:b"]


def test_a_list_that_needs_fewer_items_than_are_through_stays_in_its_release() -> None:
    three = [*LINES, {"sku": "C"}]
    mover = Mover(edition(1, each(count())), lines=three)
    mover.click("a", "complete", counted=1)
    considered = mover.consider(edition(2, each(count(), join="any")))

    assert (considered.verdict, codes(considered)[0]) == (Fitness.MUST_STAY, ("join_met line",))


def test_a_step_under_way_for_an_item_has_to_be_there() -> None:
    mover = Mover(edition(1, each(count())), lines=LINES)
    considered = mover.consider(edition(2, each(approval("check", "b"))))

    assert (considered.verdict, codes(considered)[0]) == (Fitness.NEEDS_MAPPING, ("gone count-1",))
    assert considered.reasons[0].text.zh.endswith("（共 2 项）")


def ways(*conditions: str, inclusive: bool = True) -> dict[str, Any]:
    taken = [{"when": {"amount": one}, "steps": [approval(f"over_{one[2:]}", "a")]} for one in conditions]
    return {"branch": "checks", "inclusive": inclusive, "branches": taken}


def test_ways_under_way_go_on_wherever_the_new_release_has_them() -> None:
    mover = Mover(edition(1, ways("> 10", "> 50", "> 500"), approval("last", "b")))
    mover.move(edition(2, ways("> 500", "> 50", "> 10"), approval("last", "b")))
    mover.click("a", "approve")
    before = mover.asked
    mover.click("a", "approve")

    assert (before, mover.asked) == (["over_10:a"], ["last:b"])


def test_several_ways_under_way_do_not_fit_where_one_is_taken() -> None:
    mover = Mover(edition(1, ways("> 10", "> 50")))
    considered = mover.consider(edition(2, ways("> 10", "> 50", inclusive=False)))

    assert (considered.verdict, codes(considered)[0]) == (Fitness.MUST_STAY, ("one_way checks",))


def test_the_one_way_taken_is_enough_where_several_could_be() -> None:
    mover = Mover(edition(1, ways("> 10", "> 50", inclusive=False), approval("last", "b")))
    mover.move(edition(2, ways("> 10", "> 50"), approval("last", "b")))
    mover.click("a", "approve")

    assert mover.asked == ["last:b"]


def test_a_process_that_was_called_before_the_move_is_heard_after_it() -> None:
    check = {"process": "quality-check"}
    mover = Mover(edition(1, {"call": "quality", **check}, approval("last", "b")))
    mover.begun("quality/1")
    mover.move(edition(2, {"call": "inspection", **check}, approval("last", "b")), {"quality": "inspection"})
    mover.ended("quality/1", "passed")

    assert mover.asked == ["last:b"]
