"""``postroad convert``: a decision table from one kind of file to another."""

from pathlib import Path

from postroad.exchange.formats import format_of, read_table, write_table
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
    table = read_table(str(source), _content(source), format_of(source), which)
    content = write_table(table, wanted)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise FileRefused(str(target), [(f"无法写入（{error}）", f"it cannot be written ({error})")]) from error
    return table


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
