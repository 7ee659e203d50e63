"""A drawing that is not whole yet: every fault by its place, and as much as can be read."""

from typing import Any

import pytest

from postroad.process.drawn import Reading, read

ASKED = {"who": {"person": "chen"}}
Json = dict[str, Any]


def reading(*steps: Json, **settings: Any) -> Reading:
    drawn = {
        "process": "drawing",
        "title": "采购",
        "owner": {"person": "wang"},
        "document": {"system": "erp", "kind": "requisition", "starts_on": "submitted"},
        "steps": list(steps),
        **settings,
    }
    return read(drawn, {})


def faults(told: Reading) -> list[tuple[str, str | None, str]]:
    return [(one.place, one.node, one.code) for one in told.faults]


def there(told: Reading) -> list[str]:
    return [node.id for _, node in told.process.walk()] if told.process else []


def test_a_whole_drawing_has_no_faults() -> None:
    told = reading({"approval": "boss", **ASKED})

    assert (told.faults, told.left_out, there(told)) == ([], [], ["boss"])


def test_only_the_innermost_thing_that_cannot_be_read_is_left_out() -> None:
    inner = {"approval": "boss"}
    told = reading(
        {"branch": "size", "branches": [{"when": {"amount": "> 5"}, "steps": [inner, {"work": "pack", **ASKED}]}]}
    )

    assert faults(told) == [("steps[0].branches[0].steps[0].who", "boss", "field_missing")]
    assert (told.left_out, there(told)) == (["boss"], ["size", "pack"])


def test_a_way_without_a_condition_is_left_out_with_all_that_is_in_it() -> None:
    told = reading(
        {
            "branch": "size",
            "branches": [{"steps": [{"approval": "boss", **ASKED}]}, {"when": {"amount": "> 5"}}],
            "otherwise": [{"work": "pack", **ASKED}],
        }
    )

    assert faults(told) == [("steps[0].branches[0].when", "size", "field_missing")]
    assert (told.left_out, there(told)) == (["boss"], ["size", "pack"])


def test_a_node_in_a_branch_of_a_parallel_is_found_there() -> None:
    told = reading({"parallel": "both", "branches": [[{"cc": "tell"}], [{"approval": "boss", **ASKED}]]})

    assert faults(told) == [("steps[0].branches[0][0].who", "tell", "field_missing")]
    assert there(told) == ["both", "boss"]


def test_what_contradicts_itself_is_said_of_its_node() -> None:
    told = reading({"approval": "boss", "mode": "votes", **ASKED})

    (fault,) = told.faults
    assert (fault.place, fault.node, fault.field) == ("steps[0]", "boss", "")
    assert fault.message.en == "votes, and only votes, need a pass"


def test_what_is_wrong_with_the_rest_is_said_by_its_place_in_the_drawing() -> None:
    told = reading({"approval": "boss"}, {"approval": "second", "who": {"did": "third"}})

    assert faults(told) == [("steps[0].who", "boss", "field_missing"), ("steps[1]", "second", "unknown_step")]


@pytest.mark.parametrize("lacking", ["process", "title", "owner", "document"])
def test_the_steps_are_read_before_the_rest_has_been_said(lacking: str) -> None:
    told = reading({"approval": "boss", **ASKED}, **{lacking: None})

    assert ([one.place for one in told.faults], there(told)) == ([lacking], ["boss"])


@pytest.mark.parametrize(
    "steps",
    [[], [{}], ["x"], [None], [{"foo": "bar"}], [[{"approval": "a"}]], None, 7, [{"branch": 1, "branches": 2}]],
)
def test_nothing_that_is_drawn_is_too_odd_to_be_told_about(steps: Any) -> None:
    told = reading(steps=steps)

    assert told.process is None
    assert told.faults
    assert all(one.place for one in told.faults)


def test_what_no_process_has_is_named_and_passed_over() -> None:
    told = reading({"approval": "boss", **ASKED}, colour="red")

    assert (faults(told), there(told)) == ([("colour", None, "field_extra_forbidden")], ["boss"])
