"""Tables of text as people keep them: a heading over each column, in Chinese or English, and one entry in a row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.sheet import Sheet, normal

HEADINGS_WITHIN = 10
"""Above the headings there may be a title and other rows, so many at most."""


@dataclass(frozen=True)
class Column:
    """What a column is about. Its heading is `zh`, `en` or one of `also`, in any case and with any spaces."""

    key: str
    zh: str
    en: str
    holds: str
    also: tuple[str, ...] = ()
    needed: bool = False

    @property
    def headings(self) -> frozenset[str]:
        return frozenset(_heading(said) for said in (self.zh, self.en, *self.also))


class Problem(Fact):
    """Something in a table that has to be corrected. `row` counts as a spreadsheet does; 0 is the whole sheet.

    `column` is the heading as it is written there; empty is the whole row.
    """

    sheet: str
    row: int
    column: str
    text: Label

    def line(self) -> str:
        """The problem as one line of text, with its place."""
        column = [f"“{self.column}”"] if self.column else []
        sheet = [self.sheet] if self.sheet else []
        zh = " ".join([*sheet, *([f"第 {self.row} 行"] if self.row else []), *column])
        en = " ".join([*([f"row {self.row}"] if self.row else []), *column])
        return f"{zh}{'：' if zh else ''}{self.text.zh} / {en}{': ' if en else ''}{self.text.en}"


@dataclass(frozen=True)
class Entry:
    """One row: its text by the key of the column, without what is empty, and where to complain."""

    sheet: str
    row: int
    text: Mapping[str, str]
    headings: Mapping[str, str]

    def get(self, key: str) -> str:
        return self.text.get(key, "")

    def problem(self, key: str, zh: str, en: str) -> Problem:
        return Problem(sheet=self.sheet, row=self.row, column=self.headings.get(key, ""), text=Label(zh=zh, en=en))


@dataclass(frozen=True)
class Reading:
    """The entries of a sheet, what is wrong in it, and the headings that nobody knows, whose columns are not read."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()


def read(sheet: Sheet, columns: Sequence[Column]) -> Reading:
    """The sheet's entries. Rows without any text are passed over."""
    top = _headings_row(sheet, columns)
    if top is None:
        needed = [column for column in columns if column.needed]
        zh, en = "、".join(column.zh for column in needed), ", ".join(column.en for column in needed)
        label = Label(zh=f"前 {HEADINGS_WITHIN} 行中没有表头：{zh}", en=f"no headings in the first rows: {en}")
        return Reading(problems=(Problem(sheet=sheet.name, row=0, column="", text=label),))
    headings = sheet.rows[top]
    known = {place: column for place, said in enumerate(headings) if (column := _column(said, columns))}
    twice = _said_twice(sheet, top, known)
    entries, problems = [], list(twice)
    for row, cells in enumerate(sheet.rows[top + 1 :], start=top + 2):
        if any(cell.strip() for cell in cells):
            problems += _unreadable(sheet, row, headings, known)
            entries.append(_entry(sheet, row, cells, headings, known))
    ignored = tuple(said.strip() for place, said in enumerate(headings) if place not in known and said.strip())
    return Reading(tuple(entries), tuple(problems), ignored)


def _heading(said: str) -> str:
    return "".join(letter for letter in normal(said).casefold() if letter.isalnum())


def _column(said: str, columns: Sequence[Column]) -> Column | None:
    heading = _heading(said)
    return next((column for column in columns if heading in column.headings), None)


def _headings_row(sheet: Sheet, columns: Sequence[Column]) -> int | None:
    needed = {column.key for column in columns if column.needed}
    for place, cells in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        if needed <= {column.key for cell in cells if (column := _column(cell, columns))}:
            return place
    return None


def _said_twice(sheet: Sheet, top: int, known: Mapping[int, Column]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, column in known.items():
        if column.key in seen:
            label = Label(zh=f"有两列都是{column.zh}", en=f"two columns are both {column.en}")
            yield Problem(sheet=sheet.name, row=top + 1, column=sheet.rows[top][place].strip(), text=label)
        seen.add(column.key)


def _unreadable(sheet: Sheet, row: int, headings: Sequence[str], known: Mapping[int, Column]) -> Iterator[Problem]:
    for place in known:
        if (why := sheet.unreadable.get((row, place + 1))) is not None:
            yield Problem(sheet=sheet.name, row=row, column=headings[place].strip(), text=why)


def _entry(sheet: Sheet, row: int, cells: Sequence[str], headings: Sequence[str], known: Mapping[int, Column]) -> Entry:
    said = {column.key: cells[place].strip() for place, column in known.items() if place < len(cells)}
    written = {column.key: headings[place].strip() for place, column in known.items()}
    return Entry(sheet.name, row, {key: text for key, text in said.items() if text}, written)
