from typing import Any

import pytest

from tests.process.staging import Instance, approval, definition, task_elsewhere, write_back


def way(condition: str, *steps: dict[str, Any]) -> dict[str, Any]:
    return {"title": condition, "when": {"amount": condition}, "steps": list(steps)}


def branch(*ways: dict[str, Any], otherwise: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"branch": "size", "branches": list(ways), "otherwise": list(otherwise)}


def parallel(join: object, *branches: list[dict[str, Any]]) -> dict[str, Any]:
    return {"parallel": "both", "join": join, "branches": list(branches)}


@pytest.mark.parametrize(("amount", "asked"), [("100", "small:a"), ("5000", "middle:b"), ("50000", "large:c")])
def test_exactly_one_way_is_taken_and_the_first_that_holds(amount: str, asked: str) -> None:
    ways = way("< 5000", approval("small", "a")), way("< 50000", approval("middle", "b"))
    play = Instance(definition(branch(*ways, otherwise=(approval("large", "c"),))), amount=amount)

    assert play.asked == [asked]


def test_without_a_way_that_holds_an_empty_otherwise_goes_straight_on() -> None:
    play = Instance(definition(branch(way("> 5000", approval("large", "a"))), approval("last", "b")))

    assert play.asked == ["last:b"]
    assert play.said("branch") == ["进入“其他情况”"]


def test_every_way_that_holds_is_taken_where_the_branch_is_inclusive() -> None:
    ways = way("> 10", approval("some", "a")), way("> 50", approval("more", "b")), way("> 500", approval("most", "c"))
    play = Instance(definition({**branch(*ways), "inclusive": True}, approval("last", "d")), amount="100")
    play.click("b", "approve")
    before = play.asked
    play.click("a", "approve")

    assert (before, play.asked) == (["some:a"], ["last:d"])
    assert play.said("branch") == ["进入“> 10”", "进入“> 50”"]


def test_ways_that_were_cut_short_by_a_return_come_straight_back() -> None:
    more = approval("more", "b", reject="to_initiator", resubmit="direct")
    ways = way("> 10", approval("some", "a")), way("> 50", more), way("> 500", approval("most", "c"))
    play = Instance(definition({**branch(*ways), "inclusive": True}, approval("last", "d")), amount="100")
    play.click("b", "reject", opinion="重来")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()
    before = play.asked
    play.click("b", "approve")
    play.click("a", "approve")

    assert (before, play.asked) == (["some:a", "more:b"], ["last:d"])


def test_ways_without_steps_hold_up_no_other() -> None:
    play = Instance(definition({**branch(way("> 10"), way("> 50")), "inclusive": True}, approval("last", "d")))

    assert play.asked == ["last:d"]


def test_after_a_branch_the_process_goes_on_behind_it() -> None:
    play = Instance(definition(branch(way("< 5000", approval("small", "a"))), approval("last", "b")))
    play.click("a", "approve")

    assert play.asked == ["last:b"]


def test_a_node_whose_condition_fails_is_passed_over_and_the_story_says_so() -> None:
    play = Instance(definition(approval("large", "a", when={"amount": "> 5000"}), approval("last", "b")))

    assert play.asked == ["last:b"]
    assert play.said("skipped") == ["条件不满足，跳过“large”"]


def test_a_condition_on_something_unknown_is_a_trouble_and_never_a_guess() -> None:
    play = Instance(definition(approval("boss", "a", when={"colour": "red"}), approval("last", "b")))

    assert play.asked == ["boss!:owner"]
    assert "colour" in str(play.tasks[play.task_of("owner")].cause)


def test_a_condition_that_became_decidable_is_tried_again() -> None:
    play = Instance(definition(branch(way("< 5000", approval("small", "a")))), amount="?")
    play.change(amount="10")
    play.click("owner", "retry")

    assert play.asked == ["small:a"]


def test_a_join_of_all_waits_for_the_last_branch() -> None:
    play = Instance(definition(parallel("all", [approval("x", "a")], [approval("y", "b")]), approval("last", "c")))
    play.click("b", "approve")
    assert play.asked == ["x:a"]

    play.click("a", "approve")
    assert play.asked == ["last:c"]


def test_a_join_of_any_goes_on_with_the_first_and_cancels_the_others() -> None:
    play = Instance(definition(parallel("any", [approval("x", "a")], [approval("y", "b")]), approval("last", "c")))
    task = play.task_of("a")
    play.click("b", "approve")

    assert play.asked == ["last:c"]
    assert str(play.tasks[task].cause) == "其他分支已完成"


def test_a_join_of_two_of_three_goes_on_with_the_second() -> None:
    branches = [approval("x", "a")], [approval("y", "b")], [approval("z", "c")]
    play = Instance(definition(parallel(2, *branches), approval("last", "d")))
    play.click("a", "approve")
    assert play.asked == ["y:b", "z:c"]

    play.click("c", "approve")
    assert play.asked == ["last:d"]


@pytest.mark.parametrize("join", ["all", "any", 1, 2])
def test_branches_without_steps_are_through_at_once(join: object) -> None:
    play = Instance(definition(parallel(join, [], []), approval("last", "a")))

    assert play.asked == ["last:a"]


@pytest.mark.parametrize("empty_first", [True, False])
def test_an_empty_branch_is_enough_for_a_join_of_any(*, empty_first: bool) -> None:
    branches = [[], [approval("x", "a")]] if empty_first else [[approval("x", "a")], []]
    play = Instance(definition(parallel("any", *branches), approval("last", "b")))

    assert play.asked == ["last:b"]


def test_a_join_of_any_leaves_nothing_running_behind() -> None:
    never = {"amount": "> 5000"}
    long, short = [approval("x", "a", when=never), approval("y", "b")], [approval("z", "c", when=never)]
    play = Instance(definition(parallel("any", long, short), approval("last", "d")))

    assert play.asked == ["last:d"]
    assert set(play.state.runs) == {"last"}


def test_a_rejection_in_one_branch_ends_the_others_too() -> None:
    play = Instance(definition(parallel("all", [approval("x", "a")], [approval("y", "b")])))
    play.click("a", "reject", opinion="不行")
    play.confirm()

    assert (play.outcome, play.asked) == ("rejected", [])


def test_an_end_finishes_the_whole_instance_with_its_outcome() -> None:
    play = Instance(definition(branch(way("< 5000", {"end": "small", "outcome": "too_small"})), approval("last", "a")))

    assert (play.outcome, play.asked) == ("too_small", [])


def test_an_end_in_one_branch_waits_for_an_effect_under_way_in_another() -> None:
    steps = parallel("all", [task_elsewhere("follow")], [approval("x", "a"), {"end": "stop", "outcome": "stopped"}])
    play = Instance(definition(steps, write_back()))
    play.click("a", "approve")
    assert (play.outcome, play.state.status) == (None, "unwinding")

    play.confirm()
    assert (play.outcome, play.asked_for) == ("stopped", ["follow/1"])


def test_the_process_ends_with_its_own_outcome_after_the_last_node() -> None:
    assert Instance(definition({"cc": "told", "who": {"initiator": True}}, outcome="noted")).outcome == "noted"


def test_a_branch_in_a_parallel_in_a_branch_finds_its_way_out() -> None:
    inner = parallel("all", [branch(way("< 5000", approval("x", "a")))], [approval("y", "b")])
    outer = {"branch": "outer", "branches": [{"when": {"amount": "< 5000"}, "steps": [inner, approval("z", "c")]}]}
    play = Instance(definition(outer, approval("last", "d")))
    for person in "abc":
        play.click(person, "approve")

    assert play.asked == ["last:d"]


def test_a_return_from_a_parallel_with_one_branch_done_asks_both_again() -> None:
    sides = [approval("x", "a")], [approval("y", "b", reject="to_initiator")]
    play = Instance(definition(parallel("all", *sides), approval("last", "c")))
    play.click("a", "approve")
    play.click("b", "reject", opinion="改")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()
    assert play.asked == ["x:a", "y:b"]

    play.click("b", "approve")
    assert play.asked == ["x:a"]
