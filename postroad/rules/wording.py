"""Regions in words: the cells an author would write for them, and one concrete situation inside."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Context, Decimal, localcontext
from typing import Any

from pydantic import JsonValue

from postroad.model.label import Label
from postroad.rules.axes import DAY, Axis, OrderedAxis, ValueAxis, is_hollow
from postroad.rules.compile import CompiledTable
from postroad.rules.inputs import json_value
from postroad.rules.periods import in_words
from postroad.rules.phrases import phrase
from postroad.rules.regions import Region
from postroad.rules.shapes import quoted
from postroad.rules.supposed import supposed
from postroad.rules.values import Kind, Point, written

Period = tuple[date | None, date | None]
"""The first and the last day; None is no end."""

_EXACT = Context(prec=120)


def cells_of(compiled: CompiledTable, region: Region) -> dict[str, str]:
    """The region as the cells of a row, in column order; columns in which anything goes are left out."""
    cells = {}
    for place, column in enumerate(compiled.table.inputs):
        axis = compiled.axes[place]
        segments = region.get(place)
        if segments is not None and len(segments) < sum(axis.live):
            cells[column.key] = _cell(axis, segments)
    return cells


def sentence(compiled: CompiledTable, cells: dict[str, str], period: Period | None = None) -> Label:
    """The region for people, with titles and units, and the days if it has not always been there."""
    said = [phrase(column, cells[column.key]) for column in compiled.table.inputs if column.key in cells]
    zh, en = "，".join(one.zh for one in said) or "任何情况", ", ".join(one.en for one in said) or "every situation"
    if period is None:
        return Label(zh=zh, en=en)
    days = in_words(*period)
    return Label(zh=f"{zh}（{days.zh}）", en=f"{en} ({days.en})")


def split_by_period(compiled: CompiledTable, region: Region) -> Iterator[tuple[Region, Period | None]]:
    """The region as regions of days in a row, each with its first and last day; None if it is there on every day."""
    place = len(compiled.columns) - 1
    axis = compiled.axes[place]
    segments = region.get(place)
    if (
        not compiled.is_dated
        or segments is None
        or not isinstance(axis, OrderedAxis)
        or len(segments) == sum(axis.live)
    ):
        yield region, None
        return
    for first, last in _runs(axis, segments):
        run = tuple(segment for segment in segments if first <= segment <= last)
        low, high = _bounds(axis, first)[0], _bounds(axis, last)[1]
        days = (
            low if low is None or first % 2 else low + DAY,
            high if high is None or last % 2 else high - DAY,
        )
        yield {**region, place: run}, days


def day_of(compiled: CompiledTable, region: Region) -> date | None:
    """A day inside the region; None if rows have no dates."""
    if not compiled.is_dated:
        return None
    place = len(compiled.columns) - 1
    axis = compiled.axes[place]
    segment = region[place][0] if place in region else axis.live.index(True)
    day = sample(axis, segment)
    return day if isinstance(day, date) else None


def witness_of(compiled: CompiledTable, region: Region) -> dict[str, JsonValue]:
    """One situation inside the region, as inputs to evaluate."""
    columns: dict[str, Point] = {}
    for place, column in enumerate(compiled.table.inputs):
        axis = compiled.axes[place]
        segment = region[place][0] if place in region else axis.live.index(True)
        columns[column.key] = sample(axis, segment)
    return shown(compiled, columns)


def shown(compiled: CompiledTable, columns: Mapping[str, Point]) -> dict[str, JsonValue]:
    """A situation by columns as inputs to evaluate: with what those that are worked out could be worked out from."""
    values = {**columns, **((supposed(compiled, columns) or {}) if compiled.computed else {})}
    return {key: json_value(value) for key, value in values.items()}


def _cell(axis: Axis, segments: tuple[int, ...]) -> str:
    if isinstance(axis, OrderedAxis):
        return ", ".join(_interval(axis, first, last) for first, last in _runs(axis, segments))
    if len(axis.places) in segments:
        return f"not({_listed(value for value, place in axis.places.items() if place not in segments)})"
    return _listed(value for value, place in axis.places.items() if place in segments)


def _listed(values: Iterable[Point]) -> str:
    return ", ".join(quoted(written(value)) for value in values)


def _runs(axis: OrderedAxis, segments: tuple[int, ...]) -> list[tuple[int, int]]:
    runs = [(segments[0], segments[0])]
    for segment in segments[1:]:
        first, last = runs[-1]
        if all(is_hollow(axis.kind, axis.cuts, between) for between in range(last + 1, segment)):
            runs[-1] = (first, segment)
        else:
            runs.append((segment, segment))
    return runs


def _interval(axis: OrderedAxis, first: int, last: int) -> str:
    low, high = _bounds(axis, first)[0], _bounds(axis, last)[1]
    if low is not None and low == high:
        return written(low)
    if low is None and high is None:
        return "-"
    if low is None and high is not None:
        return f"{'<=' if last % 2 else '<'} {written(high)}"
    if high is None and low is not None:
        return f"{'>=' if first % 2 else '>'} {written(low)}"
    return f"{'[' if first % 2 else '('}{_end(low)}..{_end(high)}{']' if last % 2 else ')'}"


def _end(bound: Point | None) -> str:
    return "" if bound is None else written(bound)


def _bounds(axis: OrderedAxis, segment: int) -> tuple[Any, Any]:
    """The cuts on both sides of a segment; a point has itself on both."""
    if segment % 2:
        return axis.cuts[segment // 2], axis.cuts[segment // 2]
    place = segment // 2
    return axis.cuts[place - 1] if place else None, axis.cuts[place] if place < len(axis.cuts) else None


def sample(axis: Axis, segment: int) -> Point:
    """A value inside a segment: as round as can be."""
    if isinstance(axis, ValueAxis):
        return _value(axis, segment)
    low, high = _bounds(axis, segment)
    if low is not None and low == high:
        return low  # type: ignore[no-any-return] # cuts are points of the axis's kind
    return _between(axis.kind, low, high)


def _value(axis: ValueAxis, segment: int) -> Point:
    for value, place in axis.places.items():
        if place == segment:
            return value
    other = "其他"
    while other in axis.places:
        other += "*"
    return other


def _between(kind: Kind, low: Any, high: Any) -> Point:
    if kind == "date":
        return _day_between(low, high)
    if low is None or high is None:
        return _figure_beyond(low, high)
    return _figure_between(low, high)


def _day_between(low: date | None, high: date | None) -> date:
    if low is not None:
        return low + DAY
    return date(2000, 1, 1) if high is None else high - DAY


def _figure_beyond(low: Decimal | None, high: Decimal | None) -> Decimal:
    with localcontext(_EXACT):
        if low is not None:
            return low + 1
        return Decimal(0) if high is None else high - 1


def _figure_between(low: Decimal, high: Decimal) -> Decimal:
    """The middle, with as few decimal places as keep it strictly inside."""
    with localcontext(_EXACT):
        middle = (low + high) / 2
        for places in range(60):
            rounded = round(middle, places)
            if low < rounded < high:
                return rounded
    return middle
