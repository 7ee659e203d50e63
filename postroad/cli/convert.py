"""``postroad convert``: a decision table from one kind of file to another."""

from pathlib import Path

from postroad.exchange.formats import Format, format_of, read_table, write_table
from postroad.files import FileRefused
from postroad.model.label import Label
from postroad.model.table import Table


def convert(source: Path, target: Path, which: str | None = None) -> Table:
    """Write the table in one file into another; what the files are is said by how their names end.

    ``which`` is the id or name of the table, for formats that hold several.

    Raises:
        NotATable: with every place that has to be corrected; nothing is written then.
        FileRefused: a file cannot be read or written.
        Refusal: a file is of no kind that is known.
    """
    wanted = format_of(target)
    table = table_in(source, which)
    write(table, target, wanted)
    return table


def table_in(path: Path, which: str | None = None) -> Table:
    """The table in a file of any kind that is known.

    Raises:
        Refusal: as `convert` does.
    """
    return read_table(str(path), _content(path), format_of(path), which)


def write(table: Table, target: Path, written_in: Format) -> None:
    """Write a table into a file.

    Raises:
        NotATable: the format cannot say what stands in the table; nothing is written then.
        FileRefused: the file cannot be written.
    """
    content = write_table(table, written_in)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise FileRefused(str(target), [(f"无法写入（{error}）", f"it cannot be written ({error})")]) from error


def as_text(table: Table, target: Path, lang: str) -> str:
    return Label(
        zh=f"{target}：规则表 {table.table}，{len(table.rows)} 行，{len(table.cases)} 个样例",
        en=f"{target}: table {table.table}, rows: {len(table.rows)}, cases: {len(table.cases)}",
    ).text(lang)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(str(path), [(f"无法读取文件（{error}）", f"the file cannot be read ({error})")]) from error
