"""A workbook of a table, changed as a person changes it in Excel."""

import io
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook

from postroad.exchange.formats import Format, read_table, write_table
from postroad.exchange.problem import NotATable
from postroad.model.table import Table


def edited(table: Table, edit: Callable[[Workbook], Any]) -> bytes:
    """The workbook of the table after an edit."""
    book = load_workbook(io.BytesIO(write_table(table, Format.XLSX)))
    edit(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def read(content: bytes, written_in: Format = Format.XLSX) -> Table:
    return read_table(f"t.{written_in.value}", content, written_in)


def complaints(content: bytes, written_in: Format = Format.XLSX) -> dict[str, str]:
    """What is said about which place."""
    try:
        read(content, written_in)
    except NotATable as refused:
        return {one.place: one.message.zh for one in refused.problems}
    return {}
