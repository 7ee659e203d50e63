"""Checks a table before it is published: gaps, overlaps and dead rows, exactly, with a situation to show for each."""

from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from postroad.model.label import Label
from postroad.model.table import HitPolicy, Table
from postroad.rules.canonical import sha256_of
from postroad.rules.cases import failed_cases
from postroad.rules.compile import CompiledTable, compile_table
from postroad.rules.evaluate import rows_of
from postroad.rules.regions import Budget, BudgetSpent, Cover, Region, Slices, shared, whole
from postroad.rules.report import LISTED, Gap, Overlap, Report, Unreachable
from postroad.rules.wellformed import problems
from postroad.rules.wording import cells_of, sentence, witness_of

Found = TypeVar("Found")

BUDGET = 1_000_000
"""States each search may look at, about a second on a slow core."""

NAMED = 5
"""How many of the rows that hide another are named."""


def check(table: Table, *, budget: int = BUDGET) -> Report:
    """Everything wrong with a table. Errors in cells come alone: the rest cannot be known before they are mended."""
    errors = problems(table)
    if errors:
        return Report(table=table.table, sha256=sha256_of(table), errors=errors[:LISTED], proven=False)
    compiled = compile_table(table)
    slices = Slices(compiled, Budget(budget))
    open_boxes, gaps_proven = _gather(gaps(compiled, Budget(budget)))
    met, overlaps_proven = _gather(overlaps(compiled, slices) if table.hit is HitPolicy.UNIQUE else iter(()))
    dead, dead_proven = _gather(unreachable(compiled, slices, Budget(budget)))
    return Report(
        table=table.table,
        sha256=compiled.sha256,
        gaps=open_boxes if table.default is None else [],
        overlaps=met,
        unreachable=dead,
        cases=list(islice(failed_cases(compiled), LISTED)),
        by_default=[] if table.default is None else open_boxes,
        proven=gaps_proven and overlaps_proven and dead_proven,
    )


def gaps(compiled: CompiledTable, budget: Budget) -> Iterator[Gap]:
    """The boxes no row answers, default aside; disjoint, and together exactly the gaps.

    Raises:
        BudgetSpent: there may be more.
    """
    slices = [whole(compiled, column) for column in range(len(compiled.axes))]
    for box in Cover(compiled, slices, budget).open_boxes(compiled.all_rows):
        cells = cells_of(compiled, box)
        yield Gap(when=cells, text=sentence(compiled, cells), witness=witness_of(compiled, box))


def overlaps(compiled: CompiledTable, slices: Slices) -> Iterator[Overlap]:
    """Every pair of rows that answer one situation, with the box they share."""
    for row in range(len(compiled.tests)):
        for later in rows_of(slices.met_by(row) >> (row + 1) << (row + 1)):
            yield _overlap(compiled, row, later)


def unreachable(compiled: CompiledTable, slices: Slices, budget: Budget) -> Iterator[Unreachable]:
    """The rows that never answer: outside the domains, or, under FIRST, hidden by earlier rows.

    Raises:
        BudgetSpent: there may be more.
    """
    for row, written in enumerate(compiled.table.rows):
        met = slices.met_by(row)
        earlier = met & ((1 << row) - 1)
        if not met:
            yield _outside(written.id)
        elif compiled.table.hit is HitPolicy.FIRST and earlier:
            hiding = _hiding(compiled, slices, row, earlier, budget)
            if hiding:
                yield _hidden(written.id, [compiled.table.rows[other].id for other in rows_of(hiding)])


def _hiding(compiled: CompiledTable, slices: Slices, row: int, earlier: int, budget: Budget) -> int:
    """The earlier rows that leave this one nothing, as a mask; 0 if it gets a turn."""
    alone = slices.swallowed_by(row) & earlier
    if alone:
        return alone & -alone
    covered = Cover(compiled, slices.row(row), budget).complete(earlier)
    return earlier if covered else 0


def _gather(found: Iterator[Found]) -> tuple[list[Found], bool]:
    """The first findings, and whether they are known to be all."""
    listed: list[Found] = []
    try:
        for one in found:
            if len(listed) == LISTED:
                return listed, False
            listed.append(one)
    except BudgetSpent:
        return listed, False
    return listed, True


def _overlap(compiled: CompiledTable, row: int, later: int) -> Overlap:
    both = 1 << row | 1 << later
    box: Region = {column: shared(axis, both) for column, axis in enumerate(compiled.axes)}
    cells = cells_of(compiled, box)
    rows = compiled.table.rows
    return Overlap(
        rows=(rows[row].id, rows[later].id),
        when=cells,
        text=sentence(compiled, cells),
        witness=witness_of(compiled, box),
    )


def _outside(row: str) -> Unreachable:
    return Unreachable(
        row=row,
        text=Label(
            zh=f"{row} 的条件在取值范围之外，永远不会用到；请改条件或取值范围",
            en=f"{row} lies outside the domains and never applies; change its cells or the domain",
        ),
    )


def _hidden(row: str, by: list[str]) -> Unreachable:
    named = ", ".join(by[:NAMED]) + (" …" if len(by) > NAMED else "")
    return Unreachable(
        row=row,
        by=tuple(by[:NAMED]),
        text=Label(
            zh=f"{row} 被前面的 {named} 完全遮住，永远不会用到；请删除或上移",
            en=f"{row} is hidden by {named} and never applies; delete it or move it up",
        ),
    )
