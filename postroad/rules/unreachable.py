"""Rows that never answer, and values that nobody gets."""

from collections.abc import Iterator, Sequence

from postroad.model.hit import HitPolicy
from postroad.model.label import Label
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import rows_of
from postroad.rules.outcomes import comparable
from postroad.rules.regions import Budget, Cover, Slices
from postroad.rules.report import Unreachable, Unreached

NAMED = 5
"""How many of the rows that hide another are named."""


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


def unreached(compiled: CompiledTable, dead: Sequence[Unreachable], *, by_default: bool) -> Iterator[Unreached]:
    """The values that outputs name but no row gives that ever answers, nor the default, where it does."""
    silent = {one.row for one in dead}
    said = [row.then for row in compiled.table.rows if row.id not in silent]
    default = compiled.table.default
    if by_default and default is not None:
        said += default if isinstance(default, tuple) else (default,)
    for output in compiled.table.outputs:
        given = {comparable(then[output.key], output) for then in said}
        for value in output.values or ():
            if comparable(value, output) not in given:
                yield Unreached(
                    output=output.key,
                    value=value,
                    text=Label(
                        zh=f"{output.title.zh} 的取值 {value} 永远不会出现；请补一行或从 values 中删除",
                        en=f"{output.title.en} is never {value}; add a row or remove the value",
                    ),
                )


def _hiding(compiled: CompiledTable, slices: Slices, row: int, earlier: int, budget: Budget) -> int:
    """The earlier rows that leave this one nothing, as a mask; 0 if it gets a turn."""
    alone = slices.swallowed_by(row) & earlier
    if alone:
        return alone & -alone
    covered = Cover(compiled, slices.row(row), budget).complete(earlier)
    return earlier if covered else 0


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
            zh=f"{row} 被更优先的 {named} 完全遮住，永远不会用到；请删除或调整先后",
            en=f"{row} is hidden by {named} and never applies; delete it or move it up",
        ),
    )
