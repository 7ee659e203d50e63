"""A cell taken apart, for editors that show its parts; and put together again as the text that a table keeps."""

import re

from pydantic import Field

from postroad.model.base import Fact
from postroad.model.table import ColumnType
from postroad.rules.cells import Test, parse_cell
from postroad.rules.values import KIND, Kind, written

_BARE = re.compile(r"""[^\s"“”<>＜＞=＝≤≥,，、()（）\[\]【】［］\\.]+""")


class SpanShape(Fact):
    """Values from ``low`` to ``high`` as text; None is no bound. Equal bounds are one value."""

    low: str | None = Field(default=None, max_length=200)
    low_in: bool = True
    high: str | None = Field(default=None, max_length=200)
    high_in: bool = True


class CellShape(Fact):
    """What a cell tests: whether a value lies in one of the spans, or, ``negated``, in none. No spans: any value."""

    negated: bool = False
    spans: tuple[SpanShape, ...] = Field(default=(), max_length=1000)


def shape_of(test: Test) -> CellShape:
    spans = tuple(
        SpanShape(
            low=None if span.low is None else written(span.low),
            low_in=span.low_in,
            high=None if span.high is None else written(span.high),
            high_in=span.high_in,
        )
        for span in test.spans
    )
    return CellShape(negated=test.negated, spans=spans)


def cell_of(shape: CellShape, type: ColumnType) -> str:  # noqa: A002 - the column's `type` is the word authors use
    """The text of the cell.

    Raises:
        CellRefused: a bound is no value of the type, or an interval is empty.
    """
    text = ", ".join(_text(span, KIND[type]) for span in shape.spans)
    cell = f"not({text})" if shape.negated and text else text
    parse_cell(cell, type)
    return cell


def _text(span: SpanShape, kind: Kind) -> str:
    low, high = span.low, span.high
    if low is not None and low == high:
        return quoted(low) if kind == "text" else low
    if low is None and high is None:
        return "-"
    if low is None:
        return f"{'<=' if span.high_in else '<'} {high}"
    if high is None:
        return f"{'>=' if span.low_in else '>'} {low}"
    return f"{'[' if span.low_in else '('}{low}..{high}{']' if span.high_in else ')'}"


def quoted(text: str) -> str:
    """A word as cells write it: between quotation marks if it would be read as something else without."""
    if _BARE.fullmatch(text) and text not in {"-", "not"}:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
