"""One input of a table cut into segments within which every cell answers alike.

Ordered inputs (figures, dates) have a segment for each cut point and one for each open interval between; the others
one for each value and one for everything else. Bit *r* of a segment's mask says that row *r* accepts the segment.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from postroad.rules.cells import Test
from postroad.rules.spans import Span
from postroad.rules.values import Kind, Point

DAY = timedelta(days=1)
Ranges = list[tuple[int, int]]
"""Runs of segments, first and last included, rising and disjoint."""


@dataclass(frozen=True, slots=True)
class OrderedAxis:
    """Segment ``2i + 1`` is the point ``cuts[i]``; ``2i`` is the open interval below it; the last one is above all."""

    kind: Kind
    cuts: tuple[Any, ...]
    masks: tuple[int, ...]
    live: tuple[bool, ...]
    accepted: tuple[Ranges, ...]

    def segments(self, row: int) -> list[int]:
        """The live segments that a row accepts, in order."""
        return [s for first, last in self.accepted[row] for s in range(first, last + 1) if self.live[s]]

    def locate(self, value: Any) -> int:
        """The segment of a value."""
        place = bisect_left(self.cuts, value)
        on_cut = place < len(self.cuts) and self.cuts[place] == value
        return 2 * place + on_cut


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """One segment for each value in ``places``, and a last one for every other value."""

    kind: Kind
    places: dict[Point, int]
    masks: tuple[int, ...]
    live: tuple[bool, ...]

    def segments(self, row: int) -> list[int]:
        """The live segments that a row accepts, in order."""
        return [s for s, mask in enumerate(self.masks) if self.live[s] and mask >> row & 1]

    def locate(self, value: Any) -> int:
        """The segment of a value."""
        return self.places.get(value, len(self.places))


Axis = OrderedAxis | ValueAxis


def ordered_axis(kind: Kind, tests: Sequence[Test], domain: Test) -> OrderedAxis:
    """Cut a number line or calendar at every bound that a test or the domain names."""
    spans = [span for test in (*tests, domain) for span in test.spans]
    cuts = tuple(sorted({bound for span in spans for bound in (span.low, span.high) if bound is not None}))
    places = {cut: place for place, cut in enumerate(cuts)}
    count = 2 * len(cuts) + 1
    inside = _sweep([_ranges(domain, places, count)], count)
    live = tuple(bool(mask) and not is_hollow(kind, cuts, segment) for segment, mask in enumerate(inside))
    accepted = tuple(_ranges(test, places, count) for test in tests)
    return OrderedAxis(kind, cuts, tuple(_sweep(accepted, count)), live, accepted)


def value_axis(kind: Kind, tests: Sequence[Test], domain: Iterable[Point] | None) -> ValueAxis:
    """One segment for each value of the domain, or, if it is open, for each value that a test names."""
    named = domain if domain is not None else sorted({span.low for test in tests for span in test.spans}, key=str)
    places: dict[Point, int] = {
        value: place for place, value in enumerate(dict.fromkeys(v for v in named if v is not None))
    }
    masks = [0] * (len(places) + 1)
    general = 0
    for row, test in enumerate(tests):
        bit = 1 << row
        if test.any or test.negated:
            general |= bit
        for place in {places[span.low] for span in test.spans if span.low in places}:
            masks[place] ^= bit
    live = (*(True for _ in places), domain is None)
    return ValueAxis(kind, places, tuple(mask ^ general for mask in masks), live)


def _sweep(ranges_of_rows: Sequence[Ranges], count: int) -> list[int]:
    """The mask of every segment, from each row's disjoint ranges of segments, in one pass."""
    turns = [0] * (count + 1)
    for row, ranges in enumerate(ranges_of_rows):
        for first, last in ranges:
            turns[first] ^= 1 << row
            turns[last + 1] ^= 1 << row
    mask, masks = 0, []
    for turn in turns[:count]:
        mask ^= turn
        masks.append(mask)
    return masks


def _ranges(test: Test, places: dict[Any, int], count: int) -> Ranges:
    if test.any:
        return [(0, count - 1)]
    ranges = _merged(sorted(_range(span, places, count) for span in test.spans))
    return _complement(ranges, count) if test.negated else ranges


def _range(span: Span, places: dict[Any, int], count: int) -> tuple[int, int]:
    first = 0 if span.low is None else 2 * places[span.low] + (1 if span.low_in else 2)
    last = count - 1 if span.high is None else 2 * places[span.high] + (1 if span.high_in else 0)
    return first, last


def _merged(ranges: Ranges) -> Ranges:
    merged = ranges[:1]
    for first, last in ranges[1:]:
        if first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _complement(ranges: Ranges, count: int) -> Ranges:
    starts = [0, *(last + 1 for _, last in ranges)]
    ends = [*(first - 1 for first, _ in ranges), count - 1]
    return [(first, last) for first, last in zip(starts, ends, strict=True) if first <= last]


def is_hollow(kind: Kind, cuts: tuple[Any, ...], segment: int) -> bool:
    """Whether an open interval holds no value at all: between two neighbouring days, or beyond the calendar."""
    if kind != "date" or segment % 2:
        return False
    low = cuts[segment // 2 - 1] if segment else None
    high = cuts[segment // 2] if segment // 2 < len(cuts) else None
    if low is None:
        return bool(high == date.min)
    return bool(low == date.max) if high is None else bool(high - low == DAY)
