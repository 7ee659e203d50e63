"""The formats in which decision tables come and go, by the ending of the file's name."""

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePath

from postroad.exchange.csv_text import csv_of, sheets_in_csv
from postroad.exchange.from_dmn import read_dmn
from postroad.exchange.from_jdm import read_jdm
from postroad.exchange.from_sheets import table_of
from postroad.exchange.problem import NotATable, located
from postroad.exchange.to_dmn import dmn_of
from postroad.exchange.to_jdm import jdm_of
from postroad.exchange.to_sheets import sheets_of
from postroad.exchange.workbook import workbook_of
from postroad.exchange.yaml_text import yaml_of
from postroad.files import FileRefused, load_yaml, read_model
from postroad.model.refusals import Malformed, TooLarge
from postroad.model.table import Table
from postroad.rules.canonical import canonical_json
from postroad.sheets import workbook_sheets

MOST_BYTES = 4 * 1024 * 1024
MOST_UNPACKED = 32 * 1024 * 1024
"""A workbook is a zip archive; a table of 10,000 rows unpacks to about a third of this."""


_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""The NUL character in JSON, where a backslash before it is none of the text's."""


class Format(StrEnum):
    """How a file with a decision table is written; the value is how its name ends."""

    YAML = "table.yaml"
    XLSX = "xlsx"
    CSV = "csv"
    DMN = "dmn"
    JDM = "jdm.json"


OTHERS = (Format.DMN, Format.JDM)
"""Formats of other systems, which call their tables as they like."""

MEDIA_TYPES = {
    Format.YAML: "application/yaml",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.DMN: "application/xml",
    Format.JDM: "application/json",
}


def format_of(path: PurePath) -> Format:
    """The format of a file of this name.

    Raises:
        Malformed: no format ends like that.
    """
    for one in Format:
        if path.name.casefold().endswith(f".{one.value}"):
            return one
    known = ", ".join(f".{one.value}" for one in Format)
    raise Malformed(
        f"{path.name}：不认识这种文件，可用：{known}",
        f"{path.name}: not a known kind of file; use {known}",
        code="unknown_kind",
    )


def read_table(name: str, content: bytes, written_in: Format, which: str | None = None) -> Table:
    """The decision table in a file; ``name`` is what refusals call the file.

    ``which`` is the id or name of the table, for formats that hold several.

    Raises:
        NotATable: with every place that has to be corrected.
        FileRefused: not a file of this format at all.
        TooLarge: more than is read.
    """
    if len(content) > MOST_BYTES:
        most = MOST_BYTES >> 20
        raise TooLarge(f"{name} 超过 {most} MB", f"{name} has more than {most} MB")
    table = _READ[written_in](name, content, which)
    _refuse_what_cannot_be_kept(name, table)
    return table


def _refuse_what_cannot_be_kept(name: str, table: Table) -> None:
    """Escapes can smuggle in halves of characters, which UTF-8 has not, and NUL, which databases have not."""
    try:
        said = canonical_json(table).encode()
    except UnicodeEncodeError as error:
        raise _unkeepable(name) from error
    if _NUL.search(said):
        raise _unkeepable(name)


def _unkeepable(name: str) -> NotATable:
    return NotATable(name, [located("", "含有不能保存的字符", "it holds a character that cannot be kept")])


def write_table(table: Table, written_in: Format) -> bytes:
    """The table as a file. Reading it gives the same table, for the formats that can say all of it.

    Raises:
        NotATable: the format cannot say what stands in the table; names it.
    """
    return _WRITE[written_in](table)


def _from_yaml(name: str, content: bytes) -> Table:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(name, [("应为 UTF-8", "write it in UTF-8")]) from error
    return read_model(Table, load_yaml(text, name=name), name=name)


_READ: dict[Format, Callable[[str, bytes, str | None], Table]] = {
    Format.YAML: lambda name, content, _: _from_yaml(name, content),
    Format.XLSX: lambda name, content, _: table_of(name, workbook_sheets(name, content, most_unpacked=MOST_UNPACKED)),
    Format.CSV: lambda name, content, _: table_of(name, sheets_in_csv(name, content)),
    Format.DMN: read_dmn,
    Format.JDM: read_jdm,
}
_WRITE: dict[Format, Callable[[Table], bytes]] = {
    Format.YAML: yaml_of,
    Format.XLSX: workbook_of,
    Format.CSV: lambda table: csv_of(sheets_of(table)),
    Format.DMN: dmn_of,
    Format.JDM: jdm_of,
}
