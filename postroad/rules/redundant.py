"""Rows without which every answer would be the same."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from postroad.model.hit import HitPolicy
from postroad.model.label import Label
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import rows_of
from postroad.rules.regions import Budget, Cover, Slice, Slices, Splitting, met
from postroad.rules.report import Redundant


def redundant(compiled: CompiledTable, slices: Slices, budget: Budget, dead: AbstractSet[str]) -> Iterator[Redundant]:
    """The rows that can be left out, each by itself; ``dead`` ones are passed over, and so are rows in a conflict.

    Raises:
        BudgetSpent: there may be more.
    """
    for row, written in enumerate(compiled.table.rows):
        if written.id not in dead and _Row(compiled, slices, budget, row).is_unneeded():
            yield Redundant(
                row=written.id,
                text=Label(
                    zh=f"{written.id} 可以删除：没有它，所有情况的结果也一样",
                    en=f"{written.id} can be deleted: without it every answer is the same",
                ),
            )


class _Row:
    """One row and the others it meets; ``same`` are those of its outcome, and ``default_says_it`` is the default's."""

    def __init__(self, compiled: CompiledTable, slices: Slices, budget: Budget, row: int) -> None:
        self.compiled, self.slices, self.budget, self.row = compiled, slices, budget, row
        self.others = slices.met_by(row) & ~(1 << row)
        outcomes = compiled.outcomes
        self.default_says_it = outcomes.default == outcomes.same[row]

    def is_unneeded(self) -> bool:
        """Whether nothing changes without the row."""
        hit = self.compiled.table.hit
        if not self.others:
            return self.default_says_it
        if hit is HitPolicy.FIRST:
            return _Following(self.compiled, self.slices.row(self.row), self.budget, self._same(), self).holds(
                self.others
            )
        if hit is HitPolicy.ANY:
            return not self.others & ~self._same() and (self.default_says_it or self._covered(self.others))
        if hit is HitPolicy.COLLECT_SUM:
            adds_nothing = self.compiled.outcomes.figures[self.row] == 0
            return adds_nothing and (self.default_says_it or self._covered(self.others))
        if hit in (HitPolicy.COLLECT_MIN, HitPolicy.COLLECT_MAX):
            return self._is_outdone()
        return False

    def _same(self) -> int:
        same = self.compiled.outcomes.same
        return sum(1 << other for other in rows_of(self.others) if same[other] == same[self.row])

    def _is_outdone(self) -> bool:
        """Whether wherever this row's figure counts another's is as small, or as large."""
        figures, smallest = self.compiled.outcomes.figures, self.compiled.table.hit is HitPolicy.COLLECT_MIN
        mine = figures[self.row]
        as_good = sum(
            1 << other
            for other in rows_of(self.others)
            if (figures[other] <= mine if smallest else figures[other] >= mine)
        )
        if not self.default_says_it:
            return self._covered(as_good)
        worse = rows_of(self.others & ~as_good)
        return all(
            Cover(self.compiled, met(self.compiled, self.slices, self.row, other), self.budget).complete(as_good)
            for other in worse
        )

    def _covered(self, rows: int) -> bool:
        return Cover(self.compiled, self.slices.row(self.row), self.budget).complete(rows)


class _Following(Splitting):
    """Under FIRST: whether whoever answers in a row's place says the same, wherever no earlier row answers anyway."""

    def __init__(self, compiled: CompiledTable, slices: list[Slice], budget: Budget, same: int, row: _Row) -> None:
        super().__init__(compiled, slices, budget)
        self._earlier = (1 << row.row) - 1
        self._same = same
        self._default_says_it = row.default_says_it

    def holds(self, alive: int, depth: int = 0) -> bool:
        """Whether it is so for the rows of the mask, from the column at this depth on.

        Raises:
            BudgetSpent: not known within the budget.
        """
        if not alive:
            return self._default_says_it
        certain = alive & self.accept_rest[depth]
        first = certain & -certain
        alive &= (first << 1) - 1 if first else alive
        if first & self._earlier:
            return True
        if first and not alive & ~self._same & ~self._earlier:
            return True
        if first and alive == first:
            return False
        known = self.known.get((depth, alive))
        if known is None:
            groups = self.groups[depth]
            self.budget.spend(len(groups))
            known = all(self.holds(rest, depth + 1) for rest in {mask & alive for mask in groups})
            self.known[depth, alive] = known
        return known
