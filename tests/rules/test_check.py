from typing import Any

import pytest

from postroad.model.table import Status, Table
from postroad.rules.check import check
from postroad.rules.compile import compile_table
from postroad.rules.evaluate import evaluate
from postroad.rules.report import LISTED
from tests.rules.articles import ARTICLE, article, one_column

AMOUNT, MATERIAL = ARTICLE["inputs"]


def a_row(when: Any = None, then: Any = None) -> dict[str, Any]:
    return {"rows": [{"id": "a", "when": when or {}, "then": {"approver": {"role": "x"}} if then is None else then}]}


def codes(table: Table) -> list[tuple[str, str | None, str | None]]:
    return [(problem.code, problem.row, problem.column) for problem in check(table).errors]


def test_the_companys_rules_leave_exactly_two_holes() -> None:
    report = check(article())

    assert [gap.when for gap in report.gaps] == [
        {"amount": "(50000..100000]", "material": "production"},
        {"amount": "[5000..100000]", "material": "office, service"},
    ]
    assert (report.ok, report.proven, report.overlaps, report.unreachable) == (False, True, [], [])


def test_a_hole_is_said_in_words_with_a_situation_that_falls_into_it() -> None:
    table = article()
    gaps = check(table).gaps

    assert gaps[0].text.zh == "金额大于 50,000、不超过 100,000 元，物料类型为 production"
    assert [evaluate(compile_table(table), gap.witness).status for gap in gaps] == [Status.NO_MATCH] * 2


def test_a_default_closes_the_holes_and_the_report_says_which() -> None:
    report = check(article(default={"approver": {"process_owner": True}}))

    assert (report.ok, report.gaps, len(report.by_default)) == (True, [], 2)


def test_a_row_made_of_a_gaps_cells_closes_it() -> None:
    gaps = check(article()).gaps
    closing = [{"id": f"g{n}", "when": gap.when, "then": {"approver": {"role": "owner"}}} for n, gap in enumerate(gaps)]

    assert check(article(rows=[*ARTICLE["rows"], *closing])).ok


@pytest.mark.parametrize(
    ("column", "cells", "gap", "witness"),
    [
        ({"type": "number"}, ["< 5", "> 5"], "5", "5"),
        ({"type": "number"}, ["< 5"], ">= 5", "5"),
        ({"type": "number"}, [">= 5"], "< 5", "4"),
        ({"type": "number"}, ["not([1..2))"], "[1..2)", "1"),
        ({"type": "number"}, ["<= 1", ">= 1.1"], "(1..1.1)", "1.05"),
        ({"type": "number", "domain": "[0..10], [20..30]"}, ["[0..5]", "[25..30]"], "(5..10], [20..25)", "8"),
        ({"type": "bool"}, ["true"], "false", False),
        ({"type": "enum", "domain": ["a b", "c"]}, ["c"], '"a b"', "a b"),
        ({"type": "text"}, ["VIP"], "not(VIP)", "其他"),
        ({"type": "text"}, ["not(VIP, 其他)"], "VIP, 其他", "VIP"),
        ({"type": "date"}, ["<= 2026-01-01", ">= 2026-01-03"], "(2026-01-01..2026-01-03)", "2026-01-02"),
    ],
)
def test_a_gap_is_written_as_a_cell_with_a_witness(
    column: dict[str, Any], cells: list[str], gap: str, witness: Any
) -> None:
    found = check(one_column(column, *cells)).gaps

    assert [(one.when["x"], one.witness["x"]) for one in found] == [(gap, witness)]


def test_there_is_no_gap_between_two_neighbouring_days() -> None:
    assert check(one_column({"type": "date"}, "<= 2026-01-01", ">= 2026-01-02")).ok


def test_a_table_without_rows_is_one_gap() -> None:
    gaps = check(one_column({"type": "number"})).gaps

    assert [(gap.when, gap.text.zh, gap.witness) for gap in gaps] == [({}, "任何情况", {"x": "0"})]


def test_overlapping_rows_of_a_unique_table_are_shown_where_they_meet() -> None:
    found = check(one_column({"type": "number"}, "<= 5", ">= 5", "-")).overlaps

    assert [(one.rows, one.when.get("x")) for one in found] == [
        (("r1", "r2"), "5"),
        (("r1", "r3"), "<= 5"),
        (("r2", "r3"), ">= 5"),
    ]


def test_rows_may_meet_under_first_and_collect() -> None:
    assert check(one_column({"type": "number"}, "<= 5", "-", hit="first")).ok
    assert check(one_column({"type": "number"}, "<= 5", "-", hit="collect")).ok


@pytest.mark.parametrize(
    ("cells", "hidden", "by"),
    [
        (["< 10", "< 5", "-"], "r2", ("r1",)),
        (["<= 5", "> 5", "[3..8]"], "r3", ("r1", "r2")),
        (["-", "-"], "r2", ("r1",)),
    ],
)
def test_a_row_that_earlier_rows_hide_is_dead_under_first(cells: list[str], hidden: str, by: tuple[str, ...]) -> None:
    found = check(one_column({"type": "number"}, *cells, hit="first")).unreachable

    assert [(one.row, one.by) for one in found] == [(hidden, by)]


def test_a_row_outside_the_domain_is_dead_under_every_policy() -> None:
    found = check(one_column({"type": "number", "domain": "[0..10]"}, "-", "> 10", hit="collect")).unreachable

    assert [(one.row, one.by) for one in found] == [("r2", ())]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"rows": [ARTICLE["rows"][0], ARTICLE["rows"][0]]}, ("duplicate_row", "r1", None)),
        (a_row(when={"amount": "<"}), ("cell_error", "a", "amount")),
        (a_row(when={"colour": "red"}), ("unknown_column", "a", "colour")),
        (a_row(when={"material": "furniture"}), ("outside_domain", "a", "material")),
        (a_row(then={}), ("output_missing", "a", "approver")),
        (a_row(then={"approver": "li"}), ("output_error", "a", "approver")),
        (a_row(then={"approver": {}}), ("output_error", "a", "approver")),
        (a_row(then={"approver": {"role": "x"}, "cc": 1}), ("unknown_output", "a", "cc")),
        ({"default": {}}, ("output_missing", "default", "approver")),
        ({"default": []}, ("default_error", None, None)),
        ({"inputs": [AMOUNT, MATERIAL, AMOUNT]}, ("duplicate_column", None, "amount")),
        ({"inputs": [{"key": "amount", "type": "money"}, MATERIAL]}, ("unit_missing", None, "amount")),
        ({"inputs": [AMOUNT, {"key": "material", "type": "enum"}]}, ("domain_missing", None, "material")),
        ({"inputs": [{**AMOUNT, "domain": "0-9"}, MATERIAL]}, ("domain_error", None, "amount")),
        ({"inputs": [{**AMOUNT, "domain": "not(>= 0, < 9)"}, MATERIAL]}, ("domain_error", None, "amount")),
        ({"inputs": [{"key": "urgent", "type": "bool", "domain": "true"}]}, ("domain_error", None, "urgent")),
        ({"inputs": [AMOUNT, {**MATERIAL, "domain": "not(a)"}]}, ("domain_error", None, "material")),
    ],
)
def test_what_cannot_be_meant_is_named_by_row_and_column(
    changed: dict[str, Any], expected: tuple[str, str | None, str | None]
) -> None:
    assert expected in codes(article(**changed))


def test_several_people_may_be_specified_at_once() -> None:
    rows = [{"id": "a", "then": {"approver": [{"role": "buyer"}, {"superior_of": "applicant"}]}}]

    assert check(article(rows=rows)).ok


def test_outputs_have_the_type_they_declare() -> None:
    table = one_column({"type": "bool"}, "-").model_dump()
    table["outputs"] = [{"key": "y", "type": "money"}]

    assert check(Table.model_validate(table)).ok
    table["rows"][0]["then"] = {"y": "lots"}
    assert codes(Table.model_validate(table)) == [("output_error", "r1", "y")]


@pytest.mark.parametrize(
    ("given", "expect", "says"),
    [
        ((5000, "production"), {"rows": ["r1"]}, "rows"),
        ((60000, "production"), {"rows": []}, "NO_MATCH"),
        ((1, "office"), {"outcome": {"approver": {"role": "x"}}}, "outcome"),
        ((1, "office"), {"default": True}, "default"),
    ],
)
def test_a_case_with_another_answer_than_expected_fails_by_name(
    given: tuple[int, str], expect: dict[str, Any], says: str
) -> None:
    case = {"name": "样例", "inputs": dict(zip(("amount", "material"), given, strict=True)), "expect": expect}

    failed = check(article(cases=[case])).cases

    assert [(one.case, says in one.text.en) for one in failed] == [("样例", True)]


def test_a_case_with_an_input_the_table_does_not_have_fails() -> None:
    failed = check(article(cases=[{"inputs": {"colour": "red"}, "expect": {"rows": []}}])).cases

    assert [(one.case, "colour" in one.text.en) for one in failed] == [("#1", True)]


def test_a_case_may_expect_that_nobody_is_found() -> None:
    case = {"inputs": {"amount": 60000, "material": "production"}, "expect": {"status": "NO_MATCH", "rows": []}}

    assert check(article(cases=[case])).cases == []


def test_long_lists_are_cut_and_the_report_says_that_it_is_not_complete() -> None:
    report = check(one_column({"type": "number"}, *["-"] * 20))

    assert (len(report.overlaps), report.proven) == (LISTED, False)


def test_a_search_that_reaches_its_budget_claims_nothing() -> None:
    report = check(article(), budget=1)

    assert (report.gaps, report.proven) == ([], False)
