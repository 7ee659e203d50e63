"""Exact questions about regions of a compiled table: what no row covers, which rows meet, which never get a turn.

A region fixes, for each column, a set of segments. The searches split one column at a time, the one with the fewest
different masks first, and stop as soon as one row accepts everything that is left; equal sub-problems are answered once
(box decomposition, cf. Calvanese et al., "Semantics and Analysis of DMN Decision Tables", BPM 2016).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_

from postroad.rules.axes import Axis
from postroad.rules.cells import Test
from postroad.rules.compile import CompiledTable

Region = dict[int, tuple[int, ...]]
"""Column place -> segments; a column left out is unrestricted."""


class BudgetSpent(Exception):  # noqa: N818 - an outcome of a search, not an error
    """The search looked at as many states as it may; what it was asked is not proven."""


@dataclass(slots=True)
class Budget:
    """How many states a search may look at; a bound on its time that does not depend on the machine."""

    left: int

    def spend(self, states: int) -> None:
        self.left -= states
        if self.left < 0:
            raise BudgetSpent


@dataclass(frozen=True, slots=True)
class Slice:
    """Live segments of one column, those a question is about; ``some`` or ``every`` one is accepted by these rows."""

    column: int
    segments: tuple[int, ...]
    some: int
    every: int


def whole(compiled: CompiledTable, column: int) -> Slice:
    """Everything that can occur in a column."""
    axis = compiled.axes[column]
    return _slice(compiled, column, [segment for segment, live in enumerate(axis.live) if live])


class Slices:
    """What each row accepts, column by column; each different cell of a column is worked out once."""

    def __init__(self, compiled: CompiledTable, budget: Budget) -> None:
        self._compiled = compiled
        self._budget = budget
        self._known: dict[tuple[int, Test], Slice] = {}

    def row(self, row: int) -> list[Slice]:
        """One slice for each column.

        Raises:
            BudgetSpent: the table has too many different cells.
        """
        return [self._of(row, column, test) for column, test in enumerate(self._compiled.tests[row])]

    def met_by(self, row: int) -> int:
        """The mask of the rows that share a situation with this one, itself included; 0 if it can never apply."""
        return reduce(and_, (one.some for one in self.row(row)), self._compiled.all_rows)

    def swallowed_by(self, row: int) -> int:
        """The mask of the rows that accept everything this one accepts."""
        return reduce(and_, (one.every for one in self.row(row)), self._compiled.all_rows)

    def _of(self, row: int, column: int, test: Test) -> Slice:
        known = self._known.get((column, test))
        if known is None:
            segments = self._compiled.axes[column].segments(row)
            self._budget.spend(len(segments))
            known = self._known[column, test] = _slice(self._compiled, column, segments)
        return known


def _slice(compiled: CompiledTable, column: int, segments: list[int]) -> Slice:
    masks = compiled.axes[column].masks
    some, every = 0, compiled.all_rows
    for segment in segments:
        some |= masks[segment]
        every &= masks[segment]
    return Slice(column, tuple(segments), some, every)


class Splitting:
    """A region split column by column: the groups of segments at each depth, and the rows that accept all deeper ones.

    ``known`` keeps what a search found out about the rows still alive at a depth.
    """

    def __init__(self, compiled: CompiledTable, slices: list[Slice], budget: Budget) -> None:
        grouped = [(one, _by_mask(compiled.axes[one.column], one.segments)) for one in slices]
        grouped.sort(key=lambda pair: len(pair[1]))
        self.columns = [one.column for one, _ in grouped]
        self.groups = [groups for _, groups in grouped]
        self.budget = budget
        self.known: dict[tuple[int, int], bool] = {}
        self.accept_rest = [compiled.all_rows]
        for one, _ in reversed(grouped):
            self.accept_rest.insert(0, self.accept_rest[0] & one.every)


class Cover(Splitting):
    """Whether rows together cover a region, and the boxes that they leave open."""

    def complete(self, alive: int, depth: int = 0) -> bool:
        """Whether the rows of the mask cover the region, from the column at this depth on.

        Raises:
            BudgetSpent: not known within the budget.
        """
        if not alive:
            return False
        if alive & self.accept_rest[depth]:
            return True
        known = self.known.get((depth, alive))
        if known is None:
            groups = self.groups[depth]
            self.budget.spend(len(groups))
            known = all(self.complete(rest, depth + 1) for rest in {mask & alive for mask in groups})
            self.known[depth, alive] = known
        return known

    def open_boxes(self, alive: int, depth: int = 0) -> Iterator[Region]:
        """The boxes that no row of the mask covers; disjoint, and together exactly what is open.

        Raises:
            BudgetSpent: there may be more.
        """
        if self.complete(alive, depth):
            return
        if not alive:
            yield {}
            return
        split: dict[int, list[int]] = {}
        for mask, segments in self.groups[depth].items():
            split.setdefault(mask & alive, []).extend(segments)
        for rest, merged in split.items():
            for box in self.open_boxes(rest, depth + 1):
                yield {self.columns[depth]: tuple(sorted(merged)), **box}


def _by_mask(axis: Axis, segments: tuple[int, ...]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for segment in segments:
        groups.setdefault(axis.masks[segment], []).append(segment)
    return groups


def met(compiled: CompiledTable, slices: Slices, row: int, other: int) -> list[Slice]:
    """What two rows that meet have in common.

    Raises:
        BudgetSpent: the table has too many different cells.
    """
    both = zip(slices.row(row), slices.row(other), strict=True)
    return [_slice(compiled, one.column, sorted({*one.segments} & {*two.segments})) for one, two in both]


def shared(axis: Axis, rows: int) -> tuple[int, ...]:
    """The live segments of a column that every row of the mask accepts."""
    return tuple(s for s, mask in enumerate(axis.masks) if axis.live[s] and mask & rows == rows)
