"""The situations that no row answers."""

from collections.abc import Iterator

from pydantic import JsonValue

from postroad.model.table import Row
from postroad.rules.compile import CompiledTable
from postroad.rules.regions import Budget, Cover, Region, whole
from postroad.rules.report import Gap
from postroad.rules.wording import Period, cells_of, day_of, sentence, split_by_period, witness_of


def gaps(compiled: CompiledTable, budget: Budget) -> Iterator[Gap]:
    """The boxes no row answers, default aside, each of days in a row; disjoint, and together exactly the gaps.

    Raises:
        BudgetSpent: there may be more.
    """
    slices = [whole(compiled, column) for column in range(len(compiled.axes))]
    taken = {row.id for row in compiled.table.rows}
    for box in Cover(compiled, slices, budget).open_boxes(compiled.all_rows):
        for region, period in split_by_period(compiled, box):
            yield _gap(compiled, region, period, taken)


def _gap(compiled: CompiledTable, region: Region, period: Period | None, taken: set[str]) -> Gap:
    cells = cells_of(compiled, region)
    first, last = period or (None, None)
    row = Row(id=_free(taken), when=cells, then=_default(compiled), valid_from=first, valid_to=last)
    taken.add(row.id)
    return Gap(
        when=cells,
        text=sentence(compiled, cells, period),
        witness=witness_of(compiled, region),
        on=day_of(compiled, region),
        row=row,
    )


def _default(compiled: CompiledTable) -> dict[str, JsonValue]:
    given = compiled.table.default
    return dict(given) if isinstance(given, dict) else {}


def _free(taken: set[str]) -> str:
    number = 1
    while f"gap-{number}" in taken:
        number += 1
    return f"gap-{number}"
