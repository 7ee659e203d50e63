"""The language of cells: one test of one value, the same in decision tables and in branch conditions.

A subset of S-FEEL unary tests (OMG DMN 1.5, clause 9)::

    cell     = "" | "-" | list | "not(" list ")"
    list     = test { "," test }
    test     = ("<" | "<=" | ">" | ">=" | "=") value | value | interval
    interval = ("[" | "(") [value] ".." [value] ("]" | ")")
    value    = 5000 | -0.5 | 2026-11-22 | true | false | word | "text"

Figures are exact and carry no thousands separators. Full-width punctuation means the same as ASCII.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from postroad.model.cell import cell_text
from postroad.model.table import ColumnType
from postroad.rules.reading import CellReader, CellRefused
from postroad.rules.spans import Span
from postroad.rules.values import KIND, ValueRefused

__all__ = ["CellRefused", "Test", "ValueRefused", "holds", "parse_cell"]


@dataclass(frozen=True, slots=True)
class Test:
    """A parsed cell. No spans means any value; otherwise one span must hold the value, or none if ``negated``."""

    __test__: ClassVar[bool] = False  # the word is the business's; test collectors shall pass it over

    text: str
    spans: tuple[Span, ...] = ()
    negated: bool = False

    @property
    def any(self) -> bool:
        return not self.spans

    def holds(self, value: Any) -> bool:
        """Whether the value passes.

        Raises:
            ValueRefused: the value cannot be compared with what the cell says, for instance text with ``< 5000``.
        """
        return self.any or self.negated != any(span.holds(value) for span in self.spans)


@lru_cache(maxsize=8192)
def parse_cell(text: str, type: ColumnType | None = None) -> Test:  # noqa: A002 - the column's `type` is the word authors use
    """Read a cell of a column of this type, or of no column: then each literal says by its form what it compares.

    Without a type, ``5000`` compares exactly with any figure (also a decimal string), ``2026-11-22`` with dates,
    ``true`` with truth values; words and quoted text are compared as text. An equality with a value of another kind
    is false; an ordering (``< 5000``) of it is refused.

    Raises:
        CellRefused: the text is not a cell; names the position, what was expected, and an example.
    """
    text = text.strip()
    spans, negated = CellReader(text, KIND[type] if type else None).cell()
    return Test(text, spans, negated)


def holds(when: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Whether every cell of a condition such as ``{"amount": "> 100000"}`` holds. Deterministic; parsed cells are kept.

    Raises:
        CellRefused: a cell cannot be read.
        ValueRefused: a value that is tested is missing or cannot be compared; names it.
    """
    return all(_holds(key, parse_cell(cell_text(cell)), values) for key, cell in when.items())


def _holds(key: str, test: Test, values: Mapping[str, Any]) -> bool:
    try:
        return test.any or test.holds(values.get(key))
    except ValueRefused as refused:
        raise ValueRefused(f"{key}：{refused.label.zh}", f"{key}: {refused.label.en}") from refused
