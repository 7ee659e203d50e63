from pathlib import Path
from typing import Any

import pytest

from postroad.files import load_table
from postroad.model.process import Process
from postroad.model.table import Table
from postroad.process.sound import problems
from postroad.process.sound_ways import remarks
from tests.process.staging import ACTIONS, STATES, approval, definition, task_elsewhere, write_back

SHIPPED = Path("processes/purchase-approval")
ROUTE = {"decide": "route", "table": "purchase-route"}


def table() -> dict[str, Table]:
    read = load_table(SHIPPED / "purchase-route.table.yaml")
    return {read.table: read}


def late(rung: object) -> dict[str, Any]:
    return {"deadline": {"after": "1d", "ladder": [rung]}}


def work(name: str, *people: str, **more: Any) -> dict[str, Any]:
    return {"work": name, "who": [{"person": person} for person in people], **more}


def found(*steps: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in problems(definition(*steps, **more), table())]


def test_a_sound_definition_has_no_problems() -> None:
    assert found(ROUTE, {"approval": "boss", "who": {"from": "route.approver"}}, write_back()) == []


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([approval("x", "a"), approval("x", "b")], [("repeated_id", "steps[0]"), ("repeated_id", "steps[1]")]),
        ([approval("applicant", "a")], [("taken_id", "steps[0]")]),
        ([approval("decision", "a")], [("taken_id", "steps[0]")]),
        ([{"decide": "route", "table": "other"}], [("unknown_table", "steps[0]")]),
        ([{"parallel": "p", "branches": [[], []], "join": 3}], [("join_too_high", "steps[0]")]),
        ([approval("x", "a", when={"amount": "< "})], [("bad_cell", "steps[0].when.amount")]),
        (
            [{"branch": "b", "branches": [{"when": {"amount": "[1.."}, "steps": []}]}],
            [("bad_cell", "steps[0].branches[0].when.amount")],
        ),
        ([{"approval": "x", "who": {"from": "nothing.here"}}], [("unknown_source", "steps[0]")]),
        ([task_elsewhere("x", assignee={"from": "nothing.here"})], [("unknown_source", "steps[0]")]),
        ([ROUTE, {"approval": "x", "who": {"from": "route.other"}}], [("unknown_output", "steps[1]")]),
        ([{"approval": "x", "who": {"from": "route.approver"}}, ROUTE], [("later_source", "steps[0]")]),
        ([{"approval": "x", "who": {"did": "nothing"}}], [("unknown_step", "steps[0]")]),
        ([{"approval": "x", "who": {"did": "y"}}, approval("y", "a")], [("later_step", "steps[0]")]),
        ([task_elsewhere("x", args={"a": "{not closed"})], [("bad_template", "steps[0].args.a")]),
        ([task_elsewhere("x", args={"a": "{nothing.here}"})], [("unknown_variable", "steps[0].args.a")]),
        ([approval("x", "a", key_control=True, **late("pass"))], [("key_control_passes", "steps[0].deadline")]),
        ([approval("x", "a", reject="ask", **late("reject"))], [("nobody_says_where", "steps[0].deadline")]),
        ([work("x", "a", fields=["n"], **late("pass"))], [("unfilled_passes", "steps[0].deadline")]),
        ([work("x", "a", **late("reject"))], [("work_rejects", "steps[0].deadline")]),
        ([approval("x", "a", **late({"do": "transfer", "to": {"from": "no.one"}}))], [("unknown_source", "steps[0]")]),
        ([{"end": "stop"}, approval("x", "a")], [("dead_step", "steps[1]")]),
        (
            [{"parallel": "p", "branches": [[], [{"end": "stop"}, approval("x", "a")]]}],
            [("dead_step", "steps[0].branches[1][1]")],
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(steps: list[dict[str, Any]], expected: list[tuple[str, str]]) -> None:
    assert found(*steps) == expected


def test_returning_to_the_initiator_needs_the_action_that_returns_the_document() -> None:
    actions = {key: value for key, value in ACTIONS.items() if key != "returned"}
    document = {"system": "erp", "kind": "order", "starts_on": "submitted", "states": STATES, "actions": actions}

    assert found(approval("x", "a", reject="to_initiator"), document=document) == [("no_return_action", "steps[0]")]


def test_an_end_with_a_condition_kills_nothing_after_it() -> None:
    assert found({"end": "stop", "when": {"amount": "< 1"}}, approval("x", "a")) == []


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [{"approval": "x"}],
        [{"approval": "x", "who": []}],
        [{"approve": "x", "who": {"initiator": True}}],
        [{"approval": "X y", "who": {"initiator": True}}],
        [{"approval": "x", "who": {"initiator": True, "person": "a"}}],
        [{"wait": "x"}],
        [{"wait": "x", "for": "soon"}],
        [{"wait": "x", "for": "99999d"}],
        [{"wait": "x", "for": "1d", "until": "due"}],
        [{"wait": "x", "for": "1d", "timeout": [{"end": "stop"}]}],
        [{"parallel": "x", "branches": []}],
        [{"branch": "x", "branches": [{"when": {}, "steps": []}]}],
        [{"effect": "x", "connector": "erp"}],
    ],
)
def test_what_is_no_definition_is_refused(steps: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        definition(*steps)


def test_the_places_of_nodes_are_those_of_the_file() -> None:
    inner = {"wait": "w", "event": "e", "for": "1h", "timeout": [approval("late", "a")]}
    way = {"when": {"amount": "< 1"}, "steps": [approval("x", "a")]}
    process: Process = definition({"branch": "b", "branches": [way], "otherwise": [approval("y", "a")]}, inner)

    assert [place for place, _ in process.walk()] == [
        "steps[0]",
        "steps[0].branches[0].steps[0]",
        "steps[0].otherwise[0]",
        "steps[1]",
        "steps[1].timeout[0]",
    ]


def branch(*whens: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"branch": "b", "branches": [{"when": when, "steps": []} for when in whens], **more}


def test_a_branch_behind_one_that_takes_everything_is_never_taken() -> None:
    hidden = branch({"amount": "> 100"}, {"amount": "> 500"})

    assert found(hidden) == [("never_taken", "steps[0].branches[1]")]
    assert found({**hidden, "inclusive": True}) == []


def test_where_two_conditions_hold_or_none_does_is_remarked_with_a_situation() -> None:
    process = definition(branch({"amount": "> 100"}, {"amount": "> 50"}))

    assert [(one.code, one.place, one.witness) for one in remarks(process)] == [
        ("ways_meet", "steps[0]", {"amount": "101"}),
        ("no_way_holds", "steps[0]", {"amount": "49"}),
    ]


def test_branches_that_share_out_everything_need_no_remark() -> None:
    assert list(remarks(definition(branch({"amount": "> 100"}, {"amount": "<= 100"})))) == []
