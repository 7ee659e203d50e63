from typing import Any

import pytest

from postroad.model.decision import Verdict
from postroad.process.commands import Sleep
from postroad.process.views import instance_view
from tests.process.staging import MONDAY, Instance, approval, definition


def waiting(**how: Any) -> Instance:
    return Instance(definition({"wait": "pause", **how}, approval("last", "a")), due="2026-01-06T01:00:00+00:00")


@pytest.mark.parametrize("how", [{"for": "1d"}, {"until": "due"}])
def test_a_wait_goes_on_when_its_time_has_come_and_not_a_second_earlier(how: dict[str, str]) -> None:
    play = waiting(**how)
    play.let_pass("86399s")
    assert play.asked == []

    play.let_pass("1s")
    assert play.asked == ["last:a"]


def test_a_time_that_has_passed_already_is_due_at_once() -> None:
    play = Instance(definition({"wait": "pause", "until": "due"}, approval("last", "a")), due="2020-01-01T00:00:00Z")
    sleep = play.state.pending["pause/1"]
    play.let_pass("0s")

    assert isinstance(sleep, Sleep)
    assert sleep.until < MONDAY
    assert play.asked == ["last:a"]


@pytest.mark.parametrize("due", ["2026-01-06T01:00:00", "tomorrow", None])
def test_a_time_without_a_zone_or_no_time_at_all_is_a_trouble(due: object) -> None:
    play = Instance(definition({"wait": "pause", "until": "due"}, approval("last", "a")), due=due)
    assert play.asked == ["pause!:owner"]

    play.click("owner", "skip")
    assert play.asked == ["last:a"]


def test_an_event_wakes_the_node_that_waits_for_it_and_leaves_its_data() -> None:
    play = waiting(event="delivered")
    stranger = play.admin("event", event="paid")
    answer = play.admin("event", event="delivered", data={"quantity": 3})

    assert (stranger.verdict, answer.verdict, play.asked) == (Verdict.FORBIDDEN, Verdict.ACCEPTED, ["last:a"])
    assert play.state.variables["pause"] == {"quantity": 3}


def test_what_an_instance_waits_for_can_be_read_while_it_waits_for_an_event() -> None:
    play = Instance(definition(approval("first", "b"), {"wait": "pause", "event": "delivered", "title": "到货"}))
    play.click("b", "approve")

    assert instance_view(play.process, play.state).waiting_for == "等待事件 delivered：到货"


def test_an_event_in_time_makes_the_timer_void() -> None:
    late = [approval("chase", "b")]
    play = waiting(event="delivered", **{"for": "2d"}, timeout=late)
    play.admin("event", event="delivered")
    play.let_pass("3d")

    assert play.asked == ["last:a"]


def test_an_event_that_does_not_come_in_time_leads_through_the_timeout_branch() -> None:
    play = waiting(event="delivered", **{"for": "2d"}, timeout=[approval("chase", "b")])
    play.let_pass("2d")
    late = play.admin("event", event="delivered")
    assert (play.asked, late.verdict) == (["chase:b"], Verdict.FORBIDDEN)

    play.click("b", "approve")
    assert play.asked == ["last:a"]


def test_without_a_timeout_branch_the_process_just_goes_on() -> None:
    play = waiting(event="delivered", **{"for": "2d"})
    play.let_pass("2d")

    assert play.asked == ["last:a"]


def test_an_event_settles_a_trouble_of_the_node_that_waited_for_it() -> None:
    play = Instance(definition({"wait": "pause", "event": "delivered", "until": "due"}, approval("last", "a")))
    assert play.asked == ["pause!:owner"]

    play.admin("event", event="delivered")
    assert play.asked == ["last:a"]


def test_a_timer_is_forgotten_when_the_instance_goes_another_way() -> None:
    steps = {"parallel": "both", "branches": [[{"wait": "pause", "for": "1d"}], [approval("boss", "a")]]}
    play = Instance(definition(steps))
    play.click("a", "reject", opinion="不行")

    assert "pause/1" not in play.state.pending
