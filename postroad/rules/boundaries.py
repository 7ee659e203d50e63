"""What a table answers around the bounds its rows name: a short list for the owner to read and sign off."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from postroad.rules.axes import DAY, OrderedAxis
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import answer
from postroad.rules.given import read_columns
from postroad.rules.periods import PERIOD
from postroad.rules.report import LISTED, BoundaryCase
from postroad.rules.values import Point
from postroad.rules.wording import sample, shown

CENT = Decimal("0.01")
Situation = tuple[Point, ...]
"""A value for each column, the day last if rows have dates."""


def boundary_cases(compiled: CompiledTable) -> list[BoundaryCase]:
    """For each bound of each row: the value just below it, itself and just above, elsewhere as that row wants it.

    At most ``LISTED``, each situation once, in the order of the columns and their bounds.
    """
    cases: dict[Situation, BoundaryCase] = {}
    for place, situation in islice(_situations(compiled), LISTED * LISTED):
        if len(cases) < LISTED and situation not in cases:
            cases[situation] = _case(compiled, place, situation)
    return list(cases.values())


def _situations(compiled: CompiledTable) -> Iterator[tuple[int, Situation]]:
    contexts = [_context(compiled, row) for row in range(len(compiled.tests))]
    for place, axis in enumerate(compiled.axes):
        if isinstance(axis, OrderedAxis):
            naming = _naming(compiled, place)
            for segment, cut in enumerate(axis.cuts):
                for row in naming.get(cut, ()):
                    context = contexts[row]
                    for value in _around(axis, 2 * segment + 1, _step(compiled, place)) if context else ():
                        yield place, (*context[:place], value, *context[place + 1 :])


def _naming(compiled: CompiledTable, place: int) -> Mapping[Any, list[int]]:
    """The rows that name a bound, by bound."""
    naming: dict[Any, list[int]] = {}
    for row, tests in enumerate(compiled.tests):
        for bound in {bound for span in tests[place].spans for bound in (span.low, span.high) if bound is not None}:
            naming.setdefault(bound, []).append(row)
    return naming


def _context(compiled: CompiledTable, row: int) -> Situation:
    """One situation in which the row applies; empty if there is none."""
    segments = [axis.segments(row) for axis in compiled.axes]
    if not all(segments):
        return ()
    return tuple(sample(axis, some[0]) for axis, some in zip(compiled.axes, segments, strict=True))


def _step(compiled: CompiledTable, place: int) -> Any:
    """The smallest difference that people write in this column."""
    column, axis = compiled.columns[place], compiled.axes[place]
    if column.type == "date" or not isinstance(axis, OrderedAxis):
        return DAY
    finest = min((Decimal(1).scaleb(int(cut.as_tuple().exponent)) for cut in axis.cuts), default=Decimal(1))
    return min(finest, CENT if column.type == "money" else Decimal(1))


def _around(axis: OrderedAxis, segment: int, step: Any) -> Iterator[Point]:
    cut = axis.cuts[segment // 2]
    below, above = _nearby(cut, -step), _nearby(cut, step)
    for value, place in ((below, segment - 1), (cut, segment), (above, segment + 1)):
        if axis.live[place]:
            yield value if value is not None and axis.locate(value) == place else sample(axis, place)


def _nearby(cut: Any, step: Any) -> Any:
    try:
        return cut + step
    except OverflowError:
        return None  # beyond the calendar


def _case(compiled: CompiledTable, place: int, situation: Situation) -> BoundaryCase:
    values = {column.key: value for column, value in zip(compiled.columns, situation, strict=True) if column != PERIOD}
    on = situation[-1] if compiled.is_dated and isinstance(situation[-1], date) else None
    got = answer(compiled, read_columns(compiled, values, on))
    return BoundaryCase(
        column="valid" if compiled.columns[place] is PERIOD else compiled.columns[place].key,
        inputs=shown(compiled, values),
        on=on,
        status=got.status,
        rows=got.rows,
        outcome=got.outcome,
        used_default=got.used_default,
    )
