"""From which day to which day rows hold: one more axis of a table, next to its inputs."""

from collections.abc import Sequence
from datetime import date

from postroad.model.label import Label
from postroad.model.table import Column, Row
from postroad.rules.cells import Test
from postroad.rules.spans import Span

PERIOD = Column.model_construct(
    key="有效期 valid", title=Label(zh="有效期", en="valid"), type="date", unit=None, domain=None, is_=None
)
"""The column of the days. Its name has a space in it, which no column of an author can have."""


def period_test(row: Row) -> Test:
    """The days on which a row holds, as the test of a date; always, where it names none."""
    first, last = row.valid_from, row.valid_to
    if first is None and last is None:
        return Test("")
    return Test(_cell(first, last), (Span("date", first, first is not None, last, last is not None),))


def days_in_force(rows: Sequence[Row]) -> Test:
    """The days a table is looked at: before the first of them no row holds yet, and nothing is missing."""
    starts = [row.valid_from for row in rows if row.valid_from]
    first = min(starts) if len(starts) == len(rows) else None
    return Test("") if first is None else Test(f">= {first}", (Span("date", first, True, None, False),))


def in_words(first: date | None, last: date | None) -> Label:
    """The days from the first to the last, both included; None is no end."""
    if first is not None and first == last:
        return Label(zh=f"{first} 当天", en=f"on {first}")
    if first is None:
        return Label(zh="任何日期", en="on any day") if last is None else Label(zh=f"{last} 及以前", en=f"until {last}")
    return (
        Label(zh=f"{first} 起", en=f"from {first}")
        if last is None
        else Label(zh=f"{first} 至 {last}", en=f"from {first} to {last}")
    )


def _cell(first: date | None, last: date | None) -> str:
    if first is None:
        return f"<= {last}"
    return f">= {first}" if last is None else f"[{first}..{last}]"
