"""Cells moved at one bound, so that two rows meet where there was a gap, or part where they overlapped."""

from collections.abc import Iterator
from typing import Any

from postroad.model.table import Column, Row, Table
from postroad.rules.cells import Test, parse_cell
from postroad.rules.columns import domain_values
from postroad.rules.shapes import CellShape, SpanShape, cell_of, shape_of
from postroad.rules.spans import Span
from postroad.rules.values import KIND, ORDERED

MOST = 3
Moved = tuple[str, str, str]
"""A row's id, a column, and the cell it would have there."""


def grown(table: Table, gap: Row) -> list[Moved]:
    """Rows that would take a gap in, were one cell wider: those that cover it in every other column."""
    found = (moved for row in table.rows for moved in _towards(table, row, gap))
    return [moved for moved, _ in zip(found, range(MOST), strict=False)]


def shrunk(table: Table, one: str, other: str) -> list[Moved]:
    """Cells of two rows, each cut so that it ends where the other row's begins."""
    rows = {row.id: row for row in table.rows}
    return [
        (mine.id, column.key, cell)
        for mine, theirs in ((rows[one], rows[other]), (rows[other], rows[one]))
        for column in table.inputs
        if (cell := _cut(column, _test(column, mine), _test(column, theirs))) is not None
    ][:MOST]


def _towards(table: Table, row: Row, gap: Row) -> Iterator[Moved]:
    if (row.valid_from, row.valid_to) != (gap.valid_from, gap.valid_to):
        return
    for column in table.inputs:
        cell = _joined(column, _test(column, row), _test(column, gap))
        others = (one for one in table.inputs if one is not column)
        if cell is not None and all(_covers(one, _test(one, row), _test(one, gap)) for one in others):
            yield row.id, column.key, cell


def _test(column: Column, row: Row) -> Test:
    return parse_cell(row.when.get(column.key, ""), column.type)


def _joined(column: Column, mine: Test, gap: Test) -> str | None:
    """My cell with the gap's, where both are one span and touch, or are words."""
    if mine.any or gap.any or mine.negated or gap.negated:
        return None
    if KIND[column.type] == "text":
        words = [*shape_of(mine).spans, *shape_of(gap).spans]
        allowed = domain_values(column) or ()
        is_all = bool(allowed) and {one.low for one in words} >= set(allowed)
        return "" if is_all else cell_of(CellShape(spans=tuple(words)), column.type)
    if KIND[column.type] not in ORDERED or len(mine.spans) != 1 or len(gap.spans) != 1:
        return None
    low, high = (mine.spans[0], gap.spans[0])
    if not _touch(low, high):
        low, high = high, low
        if not _touch(low, high):
            return None
    return _written(column, low, high)


def _touch(lower: Span, upper: Span) -> bool:
    """Whether one ends where the other begins, and the bound belongs to exactly one of them."""
    return lower.high is not None and lower.high == upper.low and lower.high_in != upper.low_in


def _written(column: Column, lower: Span, upper: Span) -> str:
    bounds = shape_of(Test("", (lower, upper))).spans
    low, high = bounds[0].low, bounds[1].high
    if low is None and high is None:
        return ""
    return _cell(column, SpanShape(low=low, low_in=lower.low_in, high=high, high_in=upper.high_in))


def _cell(column: Column, span: SpanShape) -> str:
    return cell_of(CellShape(spans=(span,)), column.type)


def _covers(column: Column, mine: Test, gap: Test) -> bool:
    """Whether my cell holds whatever the gap's does; where that cannot be said simply, no."""
    if mine.any:
        return True
    if gap.any or gap.negated:
        return False
    if KIND[column.type] in ORDERED:
        return not mine.negated and all(any(_within(one, wide) for wide in mine.spans) for one in gap.spans)
    return all(mine.holds(span.low) for span in gap.spans)


def _within(narrow: Span, wide: Span) -> bool:
    return _not_before(narrow, wide) and _not_after(narrow, wide)


def _not_before(narrow: Span, wide: Span) -> bool:
    if wide.low is None:
        return True
    low: Any = narrow.low
    return low is not None and (low > wide.low or (low == wide.low and (wide.low_in or not narrow.low_in)))


def _not_after(narrow: Span, wide: Span) -> bool:
    if wide.high is None:
        return True
    high: Any = narrow.high
    return high is not None and (high < wide.high or (high == wide.high and (wide.high_in or not narrow.high_in)))


def _cut(column: Column, mine: Test, theirs: Test) -> str | None:
    """My cell without what theirs holds, where one bound or a few words less say that."""
    if mine.any or theirs.any or mine.negated or theirs.negated:
        return None
    if KIND[column.type] == "text":
        kept = [span for span in shape_of(mine).spans if span not in shape_of(theirs).spans]
        return cell_of(CellShape(spans=tuple(kept)), column.type) if kept else None
    if KIND[column.type] not in ORDERED or len(mine.spans) != 1 or len(theirs.spans) != 1:
        return None
    return _cut_span(column, mine.spans[0], theirs.spans[0])


def _cut_span(column: Column, mine: Span, theirs: Span) -> str | None:
    shape, other = shape_of(Test("", (mine, theirs))).spans
    if mine.is_point or _within(mine, theirs):
        return None
    if _not_after(mine, theirs) and theirs.low is not None:
        return _cell(column, shape.model_copy(update={"high": other.low, "high_in": not theirs.low_in}))
    if _not_before(mine, theirs) and theirs.high is not None:
        return _cell(column, shape.model_copy(update={"low": other.high, "low_in": not theirs.high_in}))
    return None
