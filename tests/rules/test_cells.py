import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from postroad.model.cell import cell_text
from postroad.model.table import ColumnType
from postroad.rules.cells import CellRefused, ValueRefused, holds, parse_cell


@pytest.mark.parametrize(
    ("cell", "column", "inside", "outside"),
    [
        ("< 5000", "money", ["4999.99", 0, Decimal(-1)], [5000, "5000.00", 5000.01]),
        ("<= 5000", "money", [5000, "4999.99"], ["5000.01"]),
        ("> 100000", "number", ["100000.01"], [100000]),
        (">= 100000", "number", [100000], ["99999.99"]),
        ("= 7", "number", [7, "7.0"], [8]),
        ("5000", "money", ["5000.00"], [4999]),
        ("-0.5", "number", ["-0.50"], [0]),
        ("[5000..50000]", "money", [5000, 50000, 28000], ["4999.99", "50000.01"]),
        ("(5000..50000)", "money", [28000], [5000, 50000]),
        ("(5000..50000]", "money", [50000], [5000]),
        ("[0..)", "number", [0, 10**12], [-1]),
        ("(..10]", "number", [10, -99], [11]),
        ("[1.5..2.5)", "number", ["1.5", "2.49"], ["2.5"]),
        ("1, 3, [5..6]", "number", [1, 3, "5.5"], [2, 4]),
        ("not(1, [5..6])", "number", [2], [1, 5]),
        ("production", "enum", ["production"], ["office"]),
        ("办公用品, 服务", "enum", ["办公用品", "服务"], ["生产"]),
        ('not("办公用品")', "enum", ["生产"], ["办公用品"]),
        ('"VIP"', "text", ["VIP"], ["vip", "VIP "]),
        ('"say \\"hi\\", [x]"', "text", ['say "hi", [x]'], ["hi"]),
        ("= x", "text", ["x"], ["= x"]),
        ("007", "text", ["007"], ["7"]),
        ("true", "bool", [True, "true"], [False]),
        ("not(true)", "bool", [False], [True]),
        ("2026-11-22", "date", ["2026-11-22", date(2026, 11, 22)], ["2026-11-23"]),
        ("[2026-01-01..2026-12-31)", "date", ["2026-12-30"], ["2026-12-31"]),
        ("-", "date", ["2026-01-01"], []),
        ("", "money", [1], []),
        ("≥ 5000，＜ 10", "money", [5000, 9], [10]),
        ("【1..2）", "number", [1], [2]),
        ("“重要，客户”、VIP", "text", ["重要，客户", "VIP"], ["重要"]),
    ],
)
def test_a_cell_holds_exactly_what_it_says(
    cell: str, column: ColumnType, inside: list[Any], outside: list[Any]
) -> None:
    test = parse_cell(cell, column)

    assert [test.holds(value) for value in inside] == [True] * len(inside)
    assert [test.holds(value) for value in outside] == [False] * len(outside)


@pytest.mark.parametrize(
    ("cell", "column", "position", "says"),
    [
        ("< < 5000", "money", 3, "expected a value"),
        ("<", "number", 2, "expected a value"),
        ("5,000", "money", 1, "thousands separators"),
        ("< 1,000,000.5", "money", 3, "thousands separators"),
        (">= 5 and <= 6", "number", 6, "written as an interval"),
        ("5..6", "number", 2, "written as an interval"),
        ("[6..5]", "number", 1, "must rise"),
        ("(5..5]", "number", 1, "must rise"),
        ("[..)", "number", 1, "needs an end"),
        ("[1..2", "number", 6, "expected ] or )"),
        ("[1, 2]", "number", 3, "expected .."),
        ("[1..x]", "number", 5, "not a number"),
        ("5%", "number", 1, "not a number"),
        ("1e3", "number", 1, "not a number"),
        ('"5"', "number", 1, "leave out the quotes"),
        ("1, ", "number", 3, "expected a value"),
        ("1, -", "number", 4, "stands alone"),
        ("not(1", "number", 6, "closing )"),
        ("1) ", "number", 2, "expected a comma"),
        ("high value", "enum", 6, "needs quotes"),
        ('"VIP', "text", 1, "not closed"),
        ("< b", "enum", 1, "have an order"),
        ("[a..b]", "text", 1, "have an order"),
        ("yes", "bool", 1, "neither true nor false"),
        ("2026-02-30", "date", 1, "not a date"),
        ("22.11.2026", "date", 1, "not a date"),
        ("< abc", None, 1, "have an order"),
        ("[1..2026-01-01]", None, 1, "of one kind"),
    ],
)
def test_a_cell_that_cannot_be_read_says_where_and_what_to_write(
    cell: str, column: ColumnType | None, position: int, says: str
) -> None:
    with pytest.raises(CellRefused, match=re.escape(says)) as refused:
        parse_cell(cell, column)

    assert (refused.value.position, f"第 {position} 个字符" in refused.value.label.zh) == (position, True)


@pytest.mark.parametrize("column", ["number", "money", "date", "bool", "enum", "text"])
def test_the_example_in_a_refusal_is_itself_a_cell(column: ColumnType) -> None:
    with pytest.raises(CellRefused) as refused:
        parse_cell("][", column)

    assert not parse_cell(refused.value.example, column).any


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (5000, "5000"),
        (5000.0, "5000"),
        (0.1, "0.1"),
        (Decimal("4999.990"), "4999.99"),
        (Decimal("5E+3"), "5000"),
        (True, "true"),
        (date(2026, 11, 22), "2026-11-22"),
        (None, ""),
        (" < 5 ", "< 5"),
        (["production", "office"], "production, office"),
    ],
)
def test_what_yaml_made_of_a_cell_becomes_its_text_again(written: Any, text: str) -> None:
    assert cell_text(written) == text


@pytest.mark.parametrize("written", [{"a": 1}, float("nan"), datetime(2026, 1, 1, tzinfo=UTC), Decimal("1E+99999")])
def test_what_cannot_be_a_cell_is_refused(written: Any) -> None:
    with pytest.raises(ValueError, match=" / "):
        cell_text(written)


@pytest.mark.parametrize(
    ("when", "values", "answer"),
    [
        ({"amount": "> 100000"}, {"amount": "100000.01"}, True),
        ({"amount": "> 100000"}, {"amount": 100000}, False),
        ({"amount": "5000"}, {"amount": "5000.00"}, True),
        ({"code": "5000"}, {"code": "A-17"}, False),
        ({"code": "not(5000)"}, {"code": "A-17"}, True),
        ({"material": "production"}, {"material": "production"}, True),
        ({"customer": '"VIP", gold'}, {"customer": "gold"}, True),
        ({"code": '"5000"'}, {"code": 5000}, True),
        ({"urgent": True}, {"urgent": True}, True),
        ({"urgent": "true"}, {"urgent": False}, False),
        ({"due": "< 2026-11-22"}, {"due": "2026-11-21"}, True),
        ({"amount": 5000, "material": "office"}, {"amount": 5000, "material": "production"}, False),
        ({"anything": "-"}, {}, True),
        ({}, {}, True),
    ],
)
def test_a_branch_condition_compares_by_the_form_of_its_literals(
    when: dict[str, Any], values: dict[str, Any], answer: bool
) -> None:
    assert holds(when, values) is answer


@pytest.mark.parametrize(
    "values", [{}, {"amount": None}, {"amount": "much"}, {"amount": True}, {"amount": float("inf")}, {"amount": [1]}]
)
def test_a_condition_is_never_guessed_on_a_value_it_cannot_compare(values: dict[str, Any]) -> None:
    with pytest.raises(ValueRefused, match=r"^amount"):
        holds({"amount": "> 100000"}, values)


def test_a_figure_that_a_float_has_already_altered_is_refused() -> None:
    with pytest.raises(ValueRefused, match="lost precision"):
        parse_cell("< 5000", "money").holds(4999.999999999999)
