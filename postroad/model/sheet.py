"""Tables of text, as they stand in CSV files and in the sheets of workbooks."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from postroad.model.label import Label


@dataclass(frozen=True)
class Sheet:
    """A table as it was read. `unreadable` says why a cell, by row and column from 1, has no text that can be used.

    `merged` are the ranges of cells that stand as one, as `(first row, first column, last row, last column)`; the text
    is in the first cell.
    """

    name: str
    rows: Sequence[Sequence[str]]
    unreadable: Mapping[tuple[int, int], Label] = field(default_factory=dict)
    merged: Sequence[tuple[int, int, int, int]] = ()


def normal(text: str) -> str:
    """The text with full-width letters, figures and punctuation as ordinary ones, without space around it."""
    return unicodedata.normalize("NFKC", text).strip()
