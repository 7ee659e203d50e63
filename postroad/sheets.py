"""Reads tables from CSV files and Excel workbooks, as text. Formulas are not taken, and huge files are refused."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from postroad.files import FileRefused
from postroad.model.label import Label
from postroad.model.sheet import Sheet
from postroad.model.storable import storable

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
"""A workbook is a zip archive; a small one can unpack to more than any memory."""

MOST_ROWS = 50_000
MOST_COLUMNS = 100
MOST_SHEETS = 20
_LAST_ROW = 1_048_576

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')

_FORMULA = Label(zh="单元格是公式，请粘贴为值", en="the cell holds a formula; paste its value instead")
_ERROR = Label(zh="单元格是错误值", en="the cell holds an error value")
_UNREADABLE = {"f": _FORMULA, "e": _ERROR}


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a `.csv` (one, in UTF-8 or GB18030) or `.xlsx` file; whole numbers have no point, dates are ISO.

    Raises:
        FileRefused: neither of the two, unreadable, or larger than this reads.
    """
    content = _content(path)
    if path.suffix.lower() == ".csv":
        return [csv_sheet(str(path), path.stem, content)]
    if path.suffix.lower() == ".xlsx":
        return workbook_sheets(str(path), content)
    raise _refused(str(path), "只读取 .csv 和 .xlsx", "only .csv and .xlsx are read")


def csv_sheet(name: str, title: str, content: bytes) -> Sheet:
    """The one sheet of a CSV file; ``name`` is what refusals call the file.

    Raises:
        FileRefused: not CSV in UTF-8 or GB18030, or larger than this reads.
    """
    return Sheet(title, _csv_rows(name, content))


def workbook_sheets(name: str, content: bytes, *, most_unpacked: int = MOST_UNPACKED) -> list[Sheet]:
    """The visible sheets of a workbook; ``name`` is what refusals call the file, ``most_unpacked`` counts bytes.

    Raises:
        FileRefused: not a workbook, or larger than this reads.
    """
    try:
        _refuse_what_unpacks_to_too_much(name, content, most_unpacked)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of styles and extensions, which we do not look at
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return [_sheet(name, sheet, archive) for sheet in shown[:MOST_SHEETS]]
    except FileRefused:
        raise
    except Exception as error:  # what a broken workbook makes the library raise is not to be foreseen
        raise _refused(name, f"不是有效的 xlsx（{error}）", f"not a valid xlsx ({error})") from error


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _refused(str(path), f"无法读取文件（{error}）", f"the file cannot be read ({error})") from error
    if len(content) > MOST_BYTES:
        raise _refused(str(path), f"文件超过 {MOST_BYTES >> 20} MB", f"the file has more than {MOST_BYTES >> 20} MB")
    return content


def _csv_rows(name: str, content: bytes) -> list[list[str]]:
    text = _decoded(name, content)
    first = text.partition("\n")[0]
    try:
        return _limited(name, csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)))
    except csv.Error as error:
        raise _refused(name, f"不是有效的 CSV（{error}）", f"not valid CSV ({error})") from error


def _decoded(name: str, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:  # UTF-16 and binary files are full of it
            return text
    raise _refused(name, "文字编码应为 UTF-8 或 GB18030", "the text should be encoded in UTF-8 or GB18030")


def _refuse_what_unpacks_to_too_much(name: str, content: bytes, most: int) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())  # no more than this is ever unpacked
    if unpacked > most:
        raise _refused(name, f"解压后超过 {most >> 20} MB", f"it unpacks to more than {most >> 20} MB")


def _sheet(name: str, sheet: Any, archive: zipfile.ZipFile) -> Sheet:
    unreadable: dict[tuple[int, int], Label] = {}
    sheet.reset_dimensions()  # what the file says of its own size need not be true

    def rows() -> Iterator[list[str]]:
        for row, cells in enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS + 1), start=1):
            for column, cell in enumerate(cells, start=1):
                if cell.data_type in _UNREADABLE:
                    unreadable[row, column] = _UNREADABLE[cell.data_type]
            yield ["" if cell.data_type in _UNREADABLE else _text(cell.value) for cell in cells]

    kept = _limited(f"{name} {sheet.title}", rows())
    return Sheet(sheet.title, kept, unreadable, _merged(archive.read(sheet._worksheet_path)))  # noqa: SLF001 - read-only sheets do not say what is merged


def _merged(sheet: bytes) -> list[tuple[int, int, int, int]]:
    found = []
    for told in islice(_MERGED.finditer(sheet), MOST_ROWS):
        left, top, right, bottom = range_boundaries(told[1].decode())
        found.append((int(top or 1), int(left or 1), int(bottom or 1), int(right or 1)))
    return found


def _limited(name: str, rows: Iterator[list[str]]) -> list[list[str]]:
    kept: list[list[str]] = []
    for row in rows:
        if any(row[MOST_COLUMNS:]):
            raise _refused(name, f"超过 {MOST_COLUMNS} 列", f"there are more than {MOST_COLUMNS} columns")
        if len(kept) < MOST_ROWS:
            kept.append(_without_the_empty_end(row))
        elif any(row):
            raise _refused(name, f"超过 {MOST_ROWS} 行", f"there are more than {MOST_ROWS} rows")
    return kept


def _without_the_empty_end(row: list[str]) -> list[str]:
    return row[: max((place for place, text in enumerate(row, start=1) if text), default=0)]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    return str(storable(str(value)))


def _refused(name: str, zh: str, en: str) -> FileRefused:
    return FileRefused(name, [(zh, en)])
