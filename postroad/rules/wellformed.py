"""Whether a table says something readable in every cell; asked before anything is compiled."""

from collections.abc import Iterator, Mapping

from postroad.model.refusals import Refusal
from postroad.model.table import Column, Row, Table
from postroad.rules.cells import parse_cell
from postroad.rules.columns import columns, domain_values, repeated
from postroad.rules.problem import Problem, problem, refused
from postroad.rules.results import default, outcome, outputs
from postroad.rules.values import KIND


def problems(table: Table) -> list[Problem]:
    """Everything that keeps the table from being compiled, in reading order."""
    found = [*columns(table), *outputs(table), *_row_ids(table)]
    known = {column.key: column for column in table.inputs if not any(p.column == column.key for p in found)}
    for row in table.rows:
        found += _cells(row, table, known)
        found += [*_period(row), *outcome(row.then, table.outputs, row.id)]
    return [*found, *default(table)]


def _row_ids(table: Table) -> Iterator[Problem]:
    for row in repeated([row.id for row in table.rows]):
        yield problem("duplicate_row", row, None, f"行号 {row} 重复，请改名", f"row id {row} appears twice; rename one")


def _period(row: Row) -> Iterator[Problem]:
    if row.valid_from and row.valid_to and row.valid_from > row.valid_to:
        yield problem(
            "period_empty",
            row.id,
            "valid_to",
            f"有效期止 {row.valid_to} 早于有效期起 {row.valid_from}",
            f"valid_to {row.valid_to} is before valid_from {row.valid_from}",
        )


def _cells(row: Row, table: Table, known: Mapping[str, Column]) -> Iterator[Problem]:
    declared = {column.key for column in table.inputs}
    for key, text in row.when.items():
        if key not in declared:
            yield problem("unknown_column", row.id, key, f"没有输入列 {key}", f"there is no input column {key}")
        elif key in known:
            yield from _cell(row.id, known[key], text)


def _cell(row: str, column: Column, text: str) -> Iterator[Problem]:
    try:
        test = parse_cell(text, column.type)
    except Refusal as refusal:
        yield refused("cell_error", row, column.key, refusal)
        return
    allowed = domain_values(column) if KIND[column.type] == "text" else None
    for span in test.spans if allowed else ():
        if span.low not in (allowed or ()):
            yield problem(
                "outside_domain",
                row,
                column.key,
                f"{span.low} 不在取值范围内，可用：{', '.join(allowed or ())}",
                f"{span.low} is not in the domain; use {', '.join(allowed or ())}",
            )
