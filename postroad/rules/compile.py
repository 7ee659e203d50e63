"""Turns a table into look-ups: one cut-up axis per input, with a bitmask of rows on every segment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from postroad.model.refusals import Malformed
from postroad.model.table import Column, Row, Table
from postroad.rules.axes import Axis, ordered_axis, value_axis
from postroad.rules.canonical import sha256_of
from postroad.rules.cells import Test, parse_cell
from postroad.rules.columns import domain_test, domain_values
from postroad.rules.inputs import Asked, Value, asked, working_out
from postroad.rules.outcomes import Outcomes, outcomes_of
from postroad.rules.periods import PERIOD, days_in_force, period_test
from postroad.rules.problem import Problem
from postroad.rules.values import KIND, ORDERED
from postroad.rules.wellformed import problems


class TableRefused(Malformed):
    """A table that cannot be compiled; ``problems`` says where and why."""

    code = "table_refused"

    def __init__(self, table: str, found: list[Problem]) -> None:
        self.problems = found
        zh = "；".join(_placed(problem, problem.message.zh) for problem in found[:3])
        en = "; ".join(_placed(problem, problem.message.en) for problem in found[:3])
        super().__init__(f"规则表 {table} 有 {len(found)} 处错误：{zh}", f"table {table} has {len(found)} errors: {en}")


@dataclass(frozen=True, slots=True)
class CompiledTable:
    """A table ready to evaluate; immutable, so it may be kept under its ``sha256`` and shared.

    ``columns`` are its inputs and, last, ``PERIOD`` if rows have dates. ``tests[r][c]`` is the cell of row *r* and
    column *c*; ``axes[c]`` the compiled column.
    """

    table: Table
    sha256: str
    columns: tuple[Column, ...]
    tests: tuple[tuple[Test, ...], ...]
    axes: tuple[Axis, ...]
    asked: tuple[Asked, ...]
    computed: tuple[tuple[str, Callable[[Mapping[str, Value]], bool]], ...]
    outcomes: Outcomes

    @property
    def is_dated(self) -> bool:
        """Whether an answer depends on the day."""
        return self.columns[-1] is PERIOD

    @property
    def all_rows(self) -> int:
        """The mask with every row's bit."""
        return (1 << len(self.tests)) - 1


def compile_table(table: Table) -> CompiledTable:
    """Compile a table.

    Raises:
        TableRefused: it has problems; they are those that ``problems(table)`` lists.
    """
    found = problems(table)
    if found:
        raise TableRefused(table.table, found)
    columns = (*table.inputs, PERIOD) if table.is_dated else table.inputs
    tests = tuple(_tests(row, columns) for row in table.rows)
    axes = tuple(_axis(column, [row[place] for row in tests], table) for place, column in enumerate(columns))
    inputs = asked(table)
    computed = tuple((one.key, working_out(one.is_, inputs)) for one in table.inputs if one.is_)
    return CompiledTable(table, sha256_of(table), columns, tests, axes, inputs, computed, outcomes_of(table))


def _tests(row: Row, columns: tuple[Column, ...]) -> tuple[Test, ...]:
    return tuple(
        period_test(row) if column is PERIOD else parse_cell(row.when.get(column.key, ""), column.type)
        for column in columns
    )


def _axis(column: Column, tests: list[Test], table: Table) -> Axis:
    kind = KIND[column.type]
    if column is PERIOD:
        return ordered_axis(kind, tests, days_in_force(table.rows))
    if kind in ORDERED:
        return ordered_axis(kind, tests, domain_test(column))
    return value_axis(kind, tests, (False, True) if kind == "bool" else domain_values(column))


def _placed(problem: Problem, message: str) -> str:
    place = ".".join(part for part in (problem.row, problem.column) if part)
    return f"{place}: {message}" if place else message
