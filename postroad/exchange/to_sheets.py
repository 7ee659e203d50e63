"""From a decision table to the sheets that a business person edits."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from postroad.exchange.computing import written_computed
from postroad.exchange.layout import (
    CASES,
    COLUMNS,
    DEFAULT,
    DEFAULT_LIST,
    DEFAULTS,
    GIVEN,
    IN,
    INPUT,
    OUTPUT,
    RULES,
    TABLE,
    THEN,
    WHEN,
)  # fmt: skip
from postroad.exchange.plain import LITERAL, WORDS, shown, written_cell, written_label, written_value, written_values
from postroad.model.sheet import Sheet
from postroad.model.table import Column, Given, Output, Table, TableCase

Line = list[str]


def sheets_of(table: Table) -> list[Sheet]:
    """The rules, the columns and the cases, each with titles in the first row and keys in the second."""
    return [
        Sheet(RULES, [*_rule_headings(table), *_rules(table)]),
        Sheet(COLUMNS, [*_COLUMN_HEADINGS, *_columns(table)]),
        Sheet(CASES, [*_case_headings(table), *_cases(table)]),
    ]


def _rule_headings(table: Table) -> list[Line]:
    inputs, outputs = table.inputs, table.outputs
    titles = ["行号", *map(_title, inputs), *map(_title, outputs), "说明", "有效期起", "有效期止"]
    keys = [
        "id",
        *(f"{WHEN}{one.key} {one.type}" for one in inputs),
        *(f"{THEN}{one.key} {one.type}" for one in outputs),
        "note",
        "valid_from",
        "valid_to",
    ]
    return [titles, keys]


def _title(column: Column | Given | Output) -> str:
    return shown(f"{column.title.zh}（{column.unit}）" if column.unit else column.title.zh)


def _rules(table: Table) -> Iterator[Line]:
    for row in table.rows:
        when = [written_cell(row.when.get(column.key, ""), column.type) for column in table.inputs]
        days = [day.isoformat() if day else "" for day in (row.valid_from, row.valid_to)]
        note = written_label(row.note) if row.note else ""
        yield [_id(row.id), *when, *_then(row.then, table), note, *days]
    given = table.default
    if given is not None:
        name = DEFAULT_LIST if isinstance(given, tuple) else DEFAULT
        blank = ["" for _ in table.inputs]
        for one in (given or ({},)) if isinstance(given, tuple) else (given,):
            yield [name, *blank, *_then(one, table), "", "", ""]


def _id(row: str) -> str:
    return LITERAL + json.dumps(row) if row.casefold() in DEFAULTS else written_value(row, "text")


def _then(then: Mapping[str, object], table: Table) -> Line:
    return [written_value(then[one.key], one.type) if one.key in then else "" for one in table.outputs]


_COLUMN_HEADINGS = [
    ["用途", "键", "名称", "类型 / 命中策略", "单位", "取值（重要的在前）", "计算"],
    ["use", "key", "title", "type", "unit", "domain", "is"],
]


def _columns(table: Table) -> Iterator[Line]:
    yield [TABLE, table.table, written_label(table.title), table.hit.value, "", "", ""]
    for column in table.inputs:
        computed = written_computed(column.is_) if column.is_ else ""
        yield [*_common(INPUT, column), _domain(column), computed]
    for given in table.given:
        yield [*_common(GIVEN, given), "", ""]
    for output in table.outputs:
        values = "" if output.values is None else written_values(list(output.values), output.type)
        yield [*_common(OUTPUT, output), values, ""]


def _common(use: str, one: Column | Given | Output) -> Line:
    unit = "" if one.unit is None else written_value(one.unit, "text")
    return [use, one.key, written_label(one.title), one.type, unit]


def _domain(column: Column) -> str:
    domain = column.domain
    if domain is None:
        return ""
    if isinstance(domain, str):
        literal = LITERAL + json.dumps(domain)
        return literal if column.type in WORDS or not domain else written_cell(domain, "text")
    return written_values(list(domain), "text") if column.type in WORDS else LITERAL + json.dumps(list(domain))


def asked_in_cases(table: Table) -> dict[str, str]:
    """The inputs that cases give, with their types: those the table asks for, and what cases say beside them."""
    computed = {column.key for column in table.inputs if column.is_}
    asked: Iterable[Column | Given] = (*(c for c in table.inputs if c.key not in computed), *table.given)
    known: dict[str, str] = {one.key: one.type for one in asked}
    return known | {key: "json" for case in table.cases for key in case.inputs if key not in known}


def _case_headings(table: Table) -> list[Line]:
    asked = asked_in_cases(table)
    declared: Iterable[Column | Given] = (*table.inputs, *table.given)
    titles = {one.key: _title(one) for one in declared}
    over = [titles.get(key, shown(key)) for key in asked]
    keys = [f"{IN}{key} {kind}" for key, kind in asked.items()]
    return [
        ["名称", "日期", *over, "应为状态", "应适用的行", "应用默认", "应为结果"],
        ["name", "on", *keys, "status", "rows", "default", "outcome"],
    ]


def _cases(table: Table) -> Iterator[Line]:
    asked = asked_in_cases(table)
    for case in table.cases:
        inputs = [written_value(case.inputs[key], kind) if key in case.inputs else "" for key, kind in asked.items()]
        name = "" if case.name is None else written_value(case.name, "text")
        yield [name, case.on.isoformat() if case.on else "", *inputs, *_expected(case)]


def _expected(case: TableCase) -> Sequence[str]:
    expect = case.expect
    return [
        expect.status.value if expect.status else "",
        "" if expect.rows is None else written_values(list(expect.rows), "text") if expect.rows else "[]",
        "" if expect.default is None else written_value(expect.default, "bool"),
        "" if expect.outcome is None else written_value(expect.outcome, "json"),
    ]
