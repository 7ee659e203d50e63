"""Whether a table says something readable in every cell; asked before anything is compiled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.people import Who
from postroad.model.refusals import Malformed, Refusal
from postroad.model.table import Column, HitPolicy, Output, Row, Table
from postroad.rules.cells import Test, parse_cell
from postroad.rules.values import KIND, ORDERED, read_value


class Problem(Fact):
    """Something in a table that cannot be read or cannot be meant, with its row and column where there is one."""

    code: str
    row: str | None = None
    column: str | None = None
    message: Label


def problems(table: Table) -> list[Problem]:
    """Everything that keeps the table from being compiled, in reading order."""
    found = [*_columns(table), *_row_ids(table)]
    known = {column.key: column for column in table.inputs if not any(p.column == column.key for p in found)}
    for row in table.rows:
        found += _cells(row, table, known)
        found += _outcome(row.then, table.outputs, row.id)
    return [*found, *_default(table)]


def domain_values(column: Column) -> tuple[str, ...] | None:
    """The values an enum or text column can have; None if the domain is open.

    Raises:
        CellRefused: the domain is written as a cell that cannot be read.
    """
    if not isinstance(column.domain, str):
        return column.domain
    return tuple(str(span.low) for span in parse_cell(column.domain, column.type).spans) or None


def domain_test(column: Column) -> Test:
    """The values an ordered column can have, as a test.

    Raises:
        CellRefused: the domain is not a cell.
    """
    given = column.domain or ""
    return parse_cell(given if isinstance(given, str) else ", ".join(given), column.type)


def _columns(table: Table) -> Iterator[Problem]:
    for kind, keys in (("输入", [c.key for c in table.inputs]), ("输出", [o.key for o in table.outputs])):
        for key in _repeated(keys):
            yield _problem(
                "duplicate_column", None, key, f"{kind}列 {key} 重复，请改名", f"column {key} appears twice; rename it"
            )
    for column in table.inputs:
        yield from _column(column)


def _column(column: Column) -> Iterator[Problem]:
    if column.type == "money" and not column.unit:
        yield _problem(
            "unit_missing",
            None,
            column.key,
            "金额列需要币种，例如 unit: CNY",
            "money needs a currency, for example unit: CNY",
        )
    if column.type == "enum" and not column.domain:
        yield _problem(
            "domain_missing",
            None,
            column.key,
            "枚举列需要取值范围，例如 domain: [production, office]",
            "an enum needs its values, for example domain: [production, office]",
        )
    if column.type == "bool" and column.domain:
        yield _problem("domain_error", None, column.key, "bool 列不需要取值范围", "a bool column takes no domain")
    try:
        if KIND[column.type] in ORDERED:
            domain_test(column)
        elif isinstance(column.domain, str) and parse_cell(column.domain, column.type).negated:
            yield _problem(
                "domain_error", None, column.key, "取值范围请列出可用的值", "list the values that the domain has"
            )
    except Refusal as refusal:
        yield _refused("domain_error", None, column.key, refusal)


def _row_ids(table: Table) -> Iterator[Problem]:
    for row in _repeated([row.id for row in table.rows]):
        yield _problem(
            "duplicate_row", row, None, f"行号 {row} 重复，请改名", f"row id {row} appears twice; rename one"
        )


def _cells(row: Row, table: Table, known: Mapping[str, Column]) -> Iterator[Problem]:
    declared = {column.key for column in table.inputs}
    for key, text in row.when.items():
        if key not in declared:
            yield _problem("unknown_column", row.id, key, f"没有输入列 {key}", f"there is no input column {key}")
        elif key in known:
            yield from _cell(row.id, known[key], text)


def _cell(row: str, column: Column, text: str) -> Iterator[Problem]:
    try:
        test = parse_cell(text, column.type)
    except Refusal as refusal:
        yield _refused("cell_error", row, column.key, refusal)
        return
    allowed = domain_values(column) if KIND[column.type] == "text" else None
    for span in test.spans if allowed else ():
        if span.low not in (allowed or ()):
            yield _problem(
                "outside_domain",
                row,
                column.key,
                f"{span.low} 不在取值范围内，可用：{', '.join(allowed or ())}",
                f"{span.low} is not in the domain; use {', '.join(allowed or ())}",
            )


def _outcome(then: Mapping[str, Any], outputs: Iterable[Output], row: str | None) -> Iterator[Problem]:
    declared = {output.key: output for output in outputs}
    for key in then.keys() - declared.keys():
        yield _problem("unknown_output", row, key, f"没有输出列 {key}", f"there is no output column {key}")
    for key, output in declared.items():
        if key not in then:
            yield _problem("output_missing", row, key, f"缺少输出 {key}", f"the output {key} is missing")
        else:
            yield from _output(then[key], output, row)


def _output(value: Any, output: Output, row: str | None) -> Iterator[Problem]:
    if output.type == "json":
        return
    try:
        _read_who(value) if output.type == "who" else read_value(KIND[output.type], value)
    except Refusal as refusal:
        yield _refused("output_error", row, output.key, refusal)


def _read_who(value: Any) -> None:
    """A specification of people, or several."""
    several = value if isinstance(value, list) and value else [value]
    for one in several:
        try:
            Who.model_validate(one)
        except ValidationError as error:
            said = error.errors()[0]["msg"].removeprefix("Value error, ")
            raise Malformed(
                f"不是处理人规格（例如 {{role: buyer}}）：{said}",
                f"not a specification of people such as {{role: buyer}}: {said}",
            ) from error


def _default(table: Table) -> Iterator[Problem]:
    if table.default is None:
        return
    if isinstance(table.default, tuple) and table.hit is not HitPolicy.COLLECT:
        yield _problem(
            "default_error",
            None,
            None,
            "只有 collect 表的 default 可以是列表",
            "only a collect table may have a list as default",
        )
        return
    for outcome in table.default if isinstance(table.default, tuple) else (table.default,):
        yield from _outcome(outcome, table.outputs, "default")


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _problem(code: str, row: str | None, column: str | None, zh: str, en: str) -> Problem:
    return Problem(code=code, row=row, column=column, message=Label(zh=zh, en=en))


def _refused(code: str, row: str | None, column: str | None, refusal: Refusal) -> Problem:
    return Problem(code=code, row=row, column=column, message=refusal.label)
