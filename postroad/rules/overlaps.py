"""The situations that several rows answer: where they must not, and where the hit policy chooses."""

from collections.abc import Iterator

from postroad.model.hit import HitPolicy
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import rows_of
from postroad.rules.regions import Region, Slices, shared
from postroad.rules.report import Overlap
from postroad.rules.wording import cells_of, day_of, sentence, split_by_period, witness_of

_ONE_OF = (HitPolicy.ANY, HitPolicy.PRIORITY, HitPolicy.FIRST)


def forbidden(compiled: CompiledTable, slices: Slices) -> Iterator[Overlap]:
    """The pairs of rows whose meeting is a conflict: every pair under unique, those that disagree under any.

    Raises:
        BudgetSpent: there may be more.
    """
    hit = compiled.table.hit
    if hit in (HitPolicy.UNIQUE, HitPolicy.ANY):
        same = compiled.outcomes.same
        for row, later in pairs(compiled, slices):
            if hit is HitPolicy.UNIQUE or same[row] != same[later]:
                yield overlap(compiled, row, later)


def settled(compiled: CompiledTable, slices: Slices) -> Iterator[Overlap]:
    """The pairs of rows of which the hit policy takes one: by order, by importance, or because they agree.

    Raises:
        BudgetSpent: there may be more.
    """
    hit, same = compiled.table.hit, compiled.outcomes.same
    if hit in _ONE_OF:
        for row, later in pairs(compiled, slices):
            if hit is not HitPolicy.ANY or same[row] == same[later]:
                yield overlap(compiled, row, later)


def pairs(compiled: CompiledTable, slices: Slices) -> Iterator[tuple[int, int]]:
    """The places of every two rows that answer one situation.

    Raises:
        BudgetSpent: there may be more.
    """
    for row in range(len(compiled.tests)):
        for later in rows_of(slices.met_by(row) >> (row + 1) << (row + 1)):
            yield row, later


def overlap(compiled: CompiledTable, row: int, later: int) -> Overlap:
    """Where two rows meet, in the first days in a row in which they do."""
    both = 1 << row | 1 << later
    box: Region = {column: shared(axis, both) for column, axis in enumerate(compiled.axes)}
    region, period = next(split_by_period(compiled, box))
    cells = cells_of(compiled, region)
    rows = compiled.table.rows
    return Overlap(
        rows=(rows[row].id, rows[later].id),
        when=cells,
        text=sentence(compiled, cells, period),
        witness=witness_of(compiled, region),
        on=day_of(compiled, region),
    )
