"""Checks a table before it is published, exactly and over all days, with a situation to show for each finding."""

from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from postroad.model.hit import HitPolicy
from postroad.model.table import Table
from postroad.rules.boundaries import boundary_cases
from postroad.rules.canonical import sha256_of
from postroad.rules.cases import failed_cases
from postroad.rules.compile import CompiledTable, compile_table
from postroad.rules.gaps import gaps
from postroad.rules.overlaps import forbidden, settled
from postroad.rules.ranking import in_order
from postroad.rules.redundant import redundant
from postroad.rules.regions import Budget, BudgetSpent, Slices
from postroad.rules.report import LISTED, Report
from postroad.rules.unreachable import unreachable, unreached
from postroad.rules.wellformed import problems

Found = TypeVar("Found")

BUDGET = 1_000_000
"""States each search may look at, about a second on a slow core."""


def check(table: Table, *, budget: int = BUDGET) -> Report:
    """Everything wrong with a table. Errors in cells come alone: the rest cannot be known before they are mended."""
    errors = problems(table)
    if errors:
        return Report(table=table.table, sha256=sha256_of(table), errors=errors[:LISTED], proven=False)
    return _report(compile_table(table), budget)


def _report(compiled: CompiledTable, budget: int) -> Report:
    table, ordered = compiled.table, in_order(compiled)
    slices = Slices(compiled, Budget(budget))
    in_turn = slices if ordered is compiled else Slices(ordered, Budget(budget))
    open_boxes, gaps_proven = _gather(gaps(compiled, Budget(budget)))
    met, overlaps_proven = _gather(forbidden(compiled, slices))
    dead, dead_proven = _gather(unreachable(ordered, in_turn, Budget(budget)))
    unneeded, redundant_proven = _gather(redundant(ordered, in_turn, Budget(budget), {one.row for one in dead}))
    answered = table.default is not None or table.hit is HitPolicy.COLLECT_COUNT
    return Report(
        table=table.table,
        sha256=compiled.sha256,
        gaps=[] if answered else open_boxes,
        overlaps=met,
        unreachable=dead,
        cases=list(islice(failed_cases(compiled), LISTED)),
        redundant=unneeded,
        unreached=list(islice(unreached(compiled, dead, by_default=bool(open_boxes)), LISTED)),
        by_default=open_boxes if answered else [],
        shared=_gather(settled(compiled, slices))[0],
        boundaries=boundary_cases(compiled),
        proven=gaps_proven and overlaps_proven and dead_proven and redundant_proven,
    )


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
