"""A span of values: a point, an interval, or one side of a bound."""

from dataclasses import dataclass
from typing import Any

from postroad.rules.values import Kind, Point, ValueRefused, read_value


@dataclass(frozen=True, slots=True)
class Span:
    """Values from ``low`` to ``high``; None is no bound, ``*_in`` says whether the bound itself belongs.

    ``loose`` spans come from cells without a column: a point then simply differs from a value of another kind.
    """

    kind: Kind
    low: Point | None
    low_in: bool
    high: Point | None
    high_in: bool
    loose: bool = False

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    def holds(self, given: Any) -> bool:
        """Whether the span holds the value.

        Raises:
            ValueRefused: the value is not of this span's kind.
        """
        try:
            value = read_value(self.kind, given)
        except ValueRefused:
            if self.loose and self.is_point and given is not None:
                return False
            raise
        return self.contains(value)

    def contains(self, value: Any) -> bool:
        """Whether the span holds a value already read as its kind."""
        low, high = self.low, self.high
        if low is not None and not (value >= low if self.low_in else value > low):
            return False
        return high is None or bool(value <= high if self.high_in else value < high)


def point(kind: Kind, value: Point, *, loose: bool = False) -> Span:
    return Span(kind, value, True, value, True, loose)
