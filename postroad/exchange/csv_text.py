"""One CSV file that holds all sheets, one below the other, each under a line ``# 规则``."""

import csv
import io
import re
from collections.abc import Sequence

from postroad.exchange.layout import sheet_called
from postroad.model.sheet import Sheet
from postroad.sheets import csv_sheet

_GUARDED = re.compile(r"['#=+@\t\r]|-(?!$|[0-9])")
"""What a spreadsheet that opens the file would take for a formula, and what looks like the name of a sheet; such text
gets an apostrophe before it."""


def csv_of(sheets: Sequence[Sheet]) -> bytes:
    """The sheets in UTF-8 with a byte order mark, as spreadsheets in China read it without being asked."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    for sheet in sheets:
        lines.writerow([f"# {sheet.name}"])
        lines.writerows([_guarded(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def sheets_in_csv(name: str, content: bytes) -> list[Sheet]:
    """The sheets of such a file, in UTF-8 or GB18030; rows keep their numbers in the file.

    Raises:
        FileRefused: not CSV, or larger than is read.
    """
    rows = csv_sheet(name, "", content).rows
    found: dict[str, list[list[str]]] = {}
    current: list[list[str]] = []
    for number, row in enumerate(rows):
        called = sheet_called(row[0].lstrip("# ")) if row and row[0].startswith("#") else None
        if called:
            current = found.setdefault(called, [])
        else:
            current.extend([] for _ in range(number - len(current)))
            current.append([_unguarded(cell) for cell in row])
    return [Sheet(called, lines) for called, lines in found.items()]


def _guarded(cell: str) -> str:
    return f"'{cell}" if _GUARDED.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell.removeprefix("'")
