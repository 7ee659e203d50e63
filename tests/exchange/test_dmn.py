from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from postroad.exchange.feel import BeyondTables, read_literal, read_unary_tests
from postroad.exchange.formats import Format, read_table, write_table
from postroad.exchange.from_dmn import read_dmn
from postroad.exchange.problem import NotATable
from postroad.exchange.xml_text import DEEPEST
from postroad.model.hit import HitPolicy
from postroad.model.table import Table
from tests.exchange.sound import meaning, sound_tables
from tests.exchange.tables import shown_tables

SUITE = Path(__file__).parent / "suite/TestCases"
DISCOUNT = (SUITE / "compliance-level-2/0001-discount/0001-discount.dmn").read_bytes()
BEYOND = (SUITE / "compliance-level-3/0001-beyond-tables/0001-beyond-tables.dmn").read_bytes()


def refusals(content: bytes, which: str | None = None) -> dict[str, str]:
    with pytest.raises(NotATable) as refused:
        read_dmn("t.dmn", content, which)
    return {one.place: one.message.en for one in refused.value.problems}


@given(sound_tables(list(HitPolicy)))
@settings(max_examples=80, deadline=None)
def test_a_table_that_dmn_can_say_comes_back_with_the_same_meaning(table: Table) -> None:
    assert meaning(read_table("t", write_table(table, Format.DMN), Format.DMN)) == meaning(table)


def test_the_shipped_table_goes_to_dmn_and_back_without_its_cases() -> None:
    table = shown_tables()[0]

    back = read_table("t", write_table(table, Format.DMN), Format.DMN)

    assert meaning(back) == meaning(table)
    assert back.cases == ()


def test_names_types_and_values_of_a_document_become_columns() -> None:
    table = read_dmn("discount.dmn", DISCOUNT)

    assert (table.table, table.hit) == ("discount", HitPolicy.UNIQUE)
    assert [(one.key, one.type, one.domain) for one in table.inputs] == [
        ("order.amount", "number", None),
        ("order.level", "enum", ("gold", "silver", "普通")),
        ("Order_Date", "date", None),
    ]
    assert table.inputs[0].title.zh == "金额"
    assert table.rows[0].when == {"order.amount": "[1000..5000), >= 5000", "order.level": "gold"}
    assert table.rows[0].note is not None
    assert table.default == {"Discount": 0}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("-", ""),
        ('"High","Low"', "High, Low"),
        ('not("High")', "not(High)"),
        ('"Shanghai, Pudong"', '"Shanghai, Pudong"'),
        ('"say \\"no\\""', '"say \\"no\\""'),
        ('"\\u4e2d"', "中"),
        ("]5..10[", "(5..10)"),
        ("<= -0.5, > 7", "<= -0.5, > 7"),
        ('>date("2016-10-01")', "> 2016-10-01"),
        ("true", "true"),
    ],
)
def test_unary_tests_are_read_as_cells(text: str, cell: str) -> None:
    assert read_unary_tests(text) == cell


@pytest.mark.parametrize(
    "text",
    ["High", "> limit", "[a..b]", "abs(-1)", "? > 5", "> 5 and < 9", "null", "5 + 1", 'date("2026-01-01") + x', "1 2"],
)
def test_what_needs_an_expression_is_never_taken_for_a_value(text: str) -> None:
    with pytest.raises(BeyondTables):
        read_unary_tests(text)


@pytest.mark.parametrize(
    ("text", "value"), [('"a"', "a"), ("-5", -5), ("0.10", "0.1"), (".5", "0.5"), ("false", False)]
)
def test_literals_are_read_exactly(text: str, value: Any) -> None:
    assert read_literal(text) == value


@pytest.mark.parametrize("text", ["a", "null", "{a: 1}", "[1, 2]", "1 + 1", "-", ""])
def test_no_other_outcome_is_guessed_at(text: str) -> None:
    with pytest.raises(BeyondTables):
        read_literal(text)


def test_everything_beyond_tables_is_refused_by_name_and_id() -> None:
    found = refusals(BEYOND, "expressions")

    assert list(found) == ["input sum", "inputEntry name_as_bound", "inputEntry call", "outputEntry arithmetic"]
    assert "abs in 'abs(-1)'" in found["inputEntry call"].replace("abs( in", "abs in")


@pytest.mark.parametrize("literal", [b"true", b"false", b"null", b"not", b"true.x", b"123", b'"gold"'])
def test_a_literal_is_no_input_that_could_be_asked_for(literal: bytes) -> None:
    asked = BEYOND.replace(b"<text>a</text>", b"<text>" + literal + b"</text>")

    assert "input plain" in refusals(asked, "expressions")


def test_of_several_tables_one_has_to_be_named() -> None:
    assert list(refusals(BEYOND)) == ["Expressions (expressions)", "Dependent (dependent)"]
    assert read_dmn("t.dmn", BEYOND, "Dependent").inputs[0].key == "Expressions"


def test_a_decision_that_is_no_table_is_named_with_its_logic() -> None:
    only = BEYOND[: BEYOND.index(b'  <decision id="expressions"')] + BEYOND[BEYOND.index(b'  <decision id="literal"') :]

    assert refusals(only) == {"decision literal": "not a decision table but literalExpression"}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (b'hitPolicy="UNIQUE"', b'hitPolicy="BEST"', "decisionTable discount_table"),
        (b"<typeRef>tLevel</typeRef>", b"<typeRef>dateTime</typeRef>", "input i2"),
        (b"<outputEntry><text>.05</text></outputEntry>", b"", "rule sale"),
        (b"<text>0</text>", b"<text>zero</text>", "defaultOutputEntry"),
        (b'"gold", "silver"', b'"gold", silver', "input i2"),
    ],
)
def test_a_mistake_in_a_document_is_pointed_at_by_element(old: bytes, new: bytes, place: str) -> None:
    assert place in refusals(DISCOUNT.replace(old, new))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>', "DOCTYPE"),
        (b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>', "DOCTYPE"),
        (b"<a>" * (DEEPEST + 1), "nested more than"),
        (b"<a", "not well-formed"),
        (b"", "not well-formed"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "not well-formed"),
        (b"<definitions/>", "not a DMN document"),
    ],
)
def test_xml_that_could_do_harm_or_is_no_dmn_is_refused(content: bytes, said: str) -> None:
    assert said in " ".join(refusals(content).values())


def test_what_dmn_cannot_say_is_refused_by_name_and_never_left_out() -> None:
    freight = shown_tables()[2]

    with pytest.raises(NotATable) as refused:
        write_table(freight, Format.DMN)

    assert [one.place for one in refused.value.problems] == ["over_budget", "vip", "vip", "vip-light"]
