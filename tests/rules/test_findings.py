"""What checking a table says beyond right and wrong: rows to delete, values nobody gets, and bounds to sign off."""

from typing import Any

import pytest

from postroad.model.table import Status, Table
from postroad.rules.check import check
from postroad.rules.ways import ways
from tests.rules.articles import article, one_column
from tests.rules.test_policies import FEE, LEVEL, table


def redundant(asked: Table) -> list[str]:
    return [one.row for one in check(asked).redundant]


@pytest.mark.parametrize(
    ("hit", "rows", "default", "expected"),
    [
        ("first", [("< 5", 1), ("< 9", 1), ("-", 2)], None, ["r1"]),
        ("first", [("< 5", 1), ("< 9", 2), ("-", 1)], None, []),
        ("first", [("< 5", 1), ("-", 2)], None, []),
        ("first", [("< 5", 1), ("> 9", 2)], {"fee": 2}, ["r2"]),
        ("unique", [("< 5", 1), (">= 5", "2.00")], {"fee": 2}, ["r2"]),
        ("any", [("< 5", 1), ("< 9", 1)], None, ["r1"]),
        ("any", [("< 5", 1), ("< 9", 1), ("< 3", 2)], None, []),
        ("collect", [("< 5", 1), ("< 9", 1)], None, []),
        ("collect", [("< 5", 1), ("> 9", 2)], [{"fee": 1}], ["r1"]),
        ("collect_sum", [("< 5", 0), ("-", 1)], None, ["r1"]),
        ("collect_min", [("< 5", 7), ("< 9", 1)], None, ["r1"]),
        ("collect_max", [("< 5", 7), ("< 9", 1)], None, []),
        ("collect_max", [("< 5", 7), ("-", 8)], None, ["r1"]),
        ("collect_count", [("-", 7), ("-", 7)], None, []),
    ],
)
def test_a_row_without_which_nothing_changes_can_be_deleted(
    hit: str, rows: list[tuple[str, Any]], default: Any, expected: list[str]
) -> None:
    assert redundant(table(hit, FEE, *rows, default=default)) == expected


def test_a_row_is_dead_under_priority_when_more_important_ones_hide_it() -> None:
    report = check(table("priority", LEVEL, ("< 9", "low"), ("-", "high"), ("< 5", "normal")))

    assert {one.row for one in report.unreachable} == {"r1", "r3"}
    assert [(one.output, one.value) for one in report.unreached] == [("level", "normal"), ("level", "low")]


def test_rows_that_disagree_are_errors_under_any_and_those_that_agree_are_not() -> None:
    report = check(table("any", FEE, ("< 5", 1), ("< 9", "1.0"), ("[8..10]", 2)))

    assert [one.rows for one in report.overlaps] == [("r2", "r3")]
    assert [one.rows for one in report.shared] == [("r1", "r2")]
    assert not report.ok


def test_rows_that_meet_are_told_where_the_policy_chooses() -> None:
    assert [one.rows for one in check(one_column({"type": "number"}, "< 5", "-", hit="first")).shared] == [("r1", "r2")]
    assert check(one_column({"type": "number"}, "< 5", "-", hit="collect")).shared == []


def test_a_value_that_only_the_default_gives_is_reached_where_the_default_answers() -> None:
    values = {**LEVEL, "values": ["high", "low"]}

    assert check(table("unique", values, ("< 5", "high"), default={"level": "low"})).unreached == []
    assert [one.value for one in check(table("unique", values, ("-", "high"), default={"level": "low"})).unreached] == [
        "low"
    ]


def test_the_companys_bounds_make_nine_cases_to_sign_off() -> None:
    cases = check(article()).boundaries

    assert [(case.inputs["amount"], case.rows, case.status) for case in cases] == [
        ("4999.99", ["r1"], Status.OK),
        ("5000", ["r2"], Status.OK),
        ("5000.01", ["r2"], Status.OK),
        ("49999.99", ["r2"], Status.OK),
        ("50000", ["r2"], Status.OK),
        ("50000.01", [], Status.NO_MATCH),
        ("99999.99", [], Status.NO_MATCH),
        ("100000", [], Status.NO_MATCH),
        ("100000.01", ["r3"], Status.OK),
    ]
    assert {case.column for case in cases} == {"amount"}


@pytest.mark.parametrize(
    ("column", "cells", "expected"),
    [
        ({"type": "number"}, ["< 5"], ["4", "5", "6"]),
        ({"type": "number", "domain": "[5..6)"}, ["5.5", "-"], ["5.4", "5.5", "5.6"]),
        ({"type": "number"}, ["[1..1.5)"], ["0.9", "1", "1.1", "1.4", "1.5", "1.6"]),
        ({"type": "number", "domain": "[5..9]"}, ["[5..9]"], ["5", "6", "8", "9"]),
        ({"type": "date"}, ["<= 2026-02-28"], ["2026-02-27", "2026-02-28", "2026-03-01"]),
        ({"type": "bool"}, ["true"], []),
    ],
)
def test_a_bound_is_tried_just_below_at_and_just_above(column: Any, cells: list[str], expected: list[str]) -> None:
    assert [case.inputs["x"] for case in check(one_column(column, *cells)).boundaries] == expected


def test_the_first_and_the_last_day_of_a_row_are_bounds_too() -> None:
    content = one_column({"type": "bool"}, "-").model_dump(mode="json")
    content["rows"][0]["valid_to"] = "2026-12-31"

    cases = check(Table.model_validate(content)).boundaries

    assert [(str(case.on), case.rows) for case in cases] == [
        ("2026-12-30", ["r1"]),
        ("2026-12-31", ["r1"]),
        ("2027-01-01", []),
    ]


def test_conditions_of_branches_are_looked_at_together() -> None:
    known = ways([{"amount": "> 100"}, {"amount": "> 500"}, {"route.kind": "office", "amount": "> 50"}])

    assert known is not None
    assert known.never == {1: (0,)}
    assert [(first, second) for first, second, _ in known.both] == [(0, 1), (0, 2), (1, 2)]
    assert [one.text.zh for one in known.none] == [
        "amount 不超过 50，route.kind 为 office",
        "amount 不超过 100，route.kind 不是 office",
    ]
    assert known.none[1].witness == {"amount": "49", "route.kind": "其他"}


@pytest.mark.parametrize("whens", [[{"code": "5000"}, {"code": "A-17"}], [{"x": "-"}, {"x": "<"}], [{}]])
def test_conditions_that_cannot_be_compared_are_left_alone(whens: list[dict[str, str]]) -> None:
    assert ways(whens) is None
