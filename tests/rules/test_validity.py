from datetime import date
from typing import Any

import pytest

from postroad.model.table import Status, Table
from postroad.rules.canonical import canonical_json
from postroad.rules.check import check
from postroad.rules.compile import compile_table
from postroad.rules.evaluate import evaluate
from postroad.rules.explain import explain
from tests.rules.articles import article, one_column


def dated(*periods: tuple[str | None, str | None], hit: str = "unique", **more: Any) -> Table:
    """One row for each period, `valid_from` and `valid_to`, that applies to every x."""
    content = one_column({"type": "number"}, *["-"] * len(periods), hit=hit, **more).model_dump(mode="json")
    for row, (first, last) in zip(content["rows"], periods, strict=True):
        row |= {"valid_from": first, "valid_to": last}
    return Table.model_validate(content)


YEARS = dated((None, "2026-12-31"), ("2027-01-01", None))


@pytest.mark.parametrize(
    ("on", "rows"), [(date(2026, 12, 31), ["r1"]), (date(2027, 1, 1), ["r2"]), (date(1, 1, 1), ["r1"])]
)
def test_a_row_holds_from_its_first_to_its_last_day(on: date, rows: list[str]) -> None:
    got = evaluate(compile_table(YEARS), {"x": 1}, on)

    assert (got.status, got.rows, got.on) == (Status.OK, rows, on)


def test_without_a_day_a_dated_table_does_not_guess_one() -> None:
    got = evaluate(compile_table(YEARS), {"x": 1})

    assert got.status is Status.INPUT_ERROR
    assert got.message is not None
    assert "请给出日期" in got.message.zh


def test_a_table_without_dates_answers_alike_on_every_day() -> None:
    compiled = compile_table(one_column({"type": "number"}, "-"))

    assert evaluate(compiled, {"x": 1}, date(2026, 1, 1)) == evaluate(compiled, {"x": 1})


def test_a_row_that_only_its_dates_kept_out_is_named() -> None:
    account = explain(compile_table(YEARS), {"x": 1}, date(2027, 5, 1))

    assert [miss.text.zh for miss in account.nearest] == ["r1 只差 有效期 valid：2027-05-01 不满足 <= 2026-12-31"]


def test_rows_that_follow_each_other_leave_no_day_out_and_do_not_meet() -> None:
    assert check(YEARS).ok


def test_days_on_which_no_row_holds_are_a_gap_with_its_period() -> None:
    gap = check(dated((None, "2026-12-31"), ("2027-02-01", None))).gaps[0]

    assert gap.text.zh == "任何情况（2027-01-01 至 2027-01-31）"
    assert (gap.row.valid_from, gap.row.valid_to) == (date(2027, 1, 1), date(2027, 1, 31))
    assert gap.on is not None
    assert gap.row.valid_from <= gap.on <= gap.row.valid_to


def test_each_run_of_days_is_a_gap_of_its_own_and_its_row_closes_it() -> None:
    table = dated((None, "2026-03-31"), ("2026-05-01", "2026-05-01"), ("2026-06-01", "2026-12-31"))
    gaps = check(table).gaps
    closing = [gap.row.model_copy(update={"then": {"y": 0}}) for gap in gaps]

    assert [gap.text.en for gap in gaps] == [
        "every situation (from 2026-04-01 to 2026-04-30)",
        "every situation (from 2026-05-02 to 2026-05-31)",
        "every situation (from 2027-01-01)",
    ]
    assert check(table.model_copy(update={"rows": (*table.rows, *closing)})).ok


def test_before_its_first_day_a_table_misses_nothing_and_answers_nothing() -> None:
    table = dated(("2026-01-01", None))

    assert check(table).ok
    assert evaluate(compile_table(table), {"x": 1}, date(2025, 12, 31)).status is Status.NO_MATCH


def test_rows_that_meet_for_some_days_are_shown_with_these_days() -> None:
    met = check(dated((None, "2026-12-31"), ("2026-12-01", None))).overlaps

    assert [(one.rows, one.text.zh) for one in met] == [(("r1", "r2"), "任何情况（2026-12-01 至 2026-12-31）")]


def test_a_row_hidden_on_all_its_days_is_dead() -> None:
    report = check(dated((None, "2026-12-31"), ("2026-03-01", "2026-03-31"), ("2026-12-01", None), hit="first"))

    assert [(one.row, one.by) for one in report.unreachable] == [("r2", ("r1",))]


def test_a_period_that_ends_before_it_begins_is_named() -> None:
    errors = check(dated(("2026-02-01", "2026-01-01"))).errors

    assert [(one.code, one.row, one.column) for one in errors] == [("period_empty", "r1", "valid_to")]


def test_a_case_is_played_on_its_day() -> None:
    cases = [
        {"inputs": {"x": 1}, "on": "2027-01-01", "expect": {"rows": ["r2"]}},
        {"inputs": {"x": 1}, "expect": {"rows": []}},
    ]

    failed = check(YEARS.model_validate({**YEARS.model_dump(mode="json"), "cases": cases})).cases

    assert [(one.case, "on" in one.text.en) for one in failed] == [("#2", True)]


def test_what_a_table_does_not_use_does_not_change_its_hash() -> None:
    assert not {"valid_from", "valid_to", "given", "is", "values"} & set(canonical_json(article()).split('"'))
    assert compile_table(article()).sha256 == "e912717e9829568af957fcec0a9d1feb3a437b9325bbc8b64748fff49f5900ed"
