"""What keeps an instance where it is, as those see it who look after all of them."""

from typing import Any

import pytest

from postroad.model.task import Halt
from postroad.process.views import instance_view
from tests.process.staging import Instance, approval, definition

LINES = [{"sku": "A", "parts": ["x", "y"]}, {"sku": "B", "parts": ["z"]}]
DELIVERY = {"wait": "delivery", "event": "delivered"}


def each(*steps: dict[str, Any], name: str = "line", items: str = "lines", title: str = "{line.sku}") -> dict[str, Any]:
    return {"each": name, "items": items, "item_title": title, "steps": list(steps)}


def halts(play: Instance) -> tuple[Halt, ...]:
    return instance_view(play.process, play.state).halts


def told(play: Instance) -> list[str]:
    return [f"{halt.kind} {halt.node}: {halt.text.zh}" for halt in halts(play)]


def test_every_item_that_waits_for_an_event_is_named() -> None:
    play = Instance(definition(each(DELIVERY)), lines=LINES)

    assert told(play) == ["event delivery-1: delivery（A）", "event delivery-2: delivery（B）"]
    assert [(halt.event, halt.since) for halt in halts(play)] == [("delivered", play.now)] * 2
    assert instance_view(play.process, play.state).waiting_for == "等待事件 delivered：delivery"


def test_items_within_items_are_named_with_those_around_them() -> None:
    parts = each(DELIVERY, name="part", items="line.parts", title="{part}")
    play = Instance(definition(each(parts)), lines=LINES)

    assert told(play) == [
        "event delivery-1-1: delivery（A · x）",
        "event delivery-1-2: delivery（A · y）",
        "event delivery-2-1: delivery（B · z）",
    ]


def test_an_item_whose_time_is_over_waits_for_its_people_and_no_longer_for_the_event() -> None:
    bounded = {**DELIVERY, "for": "2h", "timeout": [approval("look", "a")]}
    play = Instance(definition(each(approval("first", "b"), bounded)), lines=LINES)
    play.click("b", "approve")
    play.let_pass("3h")
    play.click("b", "approve")

    assert (play.asked, told(play)) == (["look-2:a"], ["event delivery-1: delivery（A）"])


def test_an_item_in_trouble_waits_for_whoever_sees_to_it_alone() -> None:
    until = {"wait": "delivery", "event": "delivered", "until": "line.due"}
    play = Instance(definition(each(until)), lines=[{"sku": "A"}, {"sku": "B", "due": "2099-01-01T00:00:00Z"}])

    assert [line.partition(":")[0] for line in told(play)] == ["trouble delivery-1", "event delivery-2"]


def test_a_called_process_that_is_waited_for_is_named_with_its_item() -> None:
    call = {"call": "quality", "process": "quality-check", "document": "{line.sku}"}
    play = Instance(definition(each(call)), lines=LINES)
    play.begun("quality-1/1")
    play.begun("quality-2/1")
    play.ended("quality-1/1", "passed")

    assert told(play) == ["call quality-2: quality（B）"]
    assert [halt.instance for halt in halts(play)] == ["called:quality-2/1"]
    assert instance_view(play.process, play.state).waiting_for == "等待流程：quality"


@pytest.mark.parametrize(("join", "expected"), [("all", ["call quality: quality"]), ("any", [])])
def test_one_that_is_called_off_keeps_its_caller_only_on_the_way_back(join: str, expected: list[str]) -> None:
    call = {"call": "quality", "process": "quality-check"}
    fork = {"parallel": "fork", "join": join, "branches": [[call], [approval("beside", "b")]]}
    play = Instance(definition(approval("first", "a"), fork, approval("last", "a")))
    play.click("a", "approve")
    play.begun("quality/1")
    if join == "all":
        play.press("b", "return", task=play.task_of("b"), target="first", opinion="重来")
    else:
        play.click("b", "approve")
    play.told_off("quality/1:off")

    assert told(play) == expected


def test_one_that_goes_its_own_way_keeps_nobody() -> None:
    call = {"call": "quality", "process": "quality-check", "document": "{number}-Q", "wait": False}
    play = Instance(definition(call, approval("last", "a")))
    play.begun("quality/1")

    assert told(play) == []
