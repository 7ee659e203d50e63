"""A process as its authors keep it: a folder with ``process.yaml`` and its ``*.table.yaml`` beside it."""

from pathlib import Path
from typing import NamedTuple

from postroad.files import FileRefused, load_table, load_yaml, read_model
from postroad.model.process import Process
from postroad.model.table import Table


class ProcessFolder(NamedTuple):
    file: Path
    process: Process
    tables: dict[str, Table]


def read_folder(path: Path) -> ProcessFolder:
    """The process in a folder, or in the file named, with the tables beside it by key.

    Raises:
        FileRefused: a file is not there or not what it should be, or two tables have one key; names file and field.
    """
    file = path / "process.yaml" if path.is_dir() else path
    process = read_model(Process, load_yaml(file), name=str(file))
    tables: dict[str, Table] = {}
    for table_file in sorted(file.parent.glob("*.table.yaml")):
        table = load_table(table_file)
        if table.table in tables:
            raise FileRefused(
                str(table_file),
                [(f"规则表 {table.table} 重复", f"there is another table {table.table} in this folder")],
            )
        tables[table.table] = table
    return ProcessFolder(file, process, tables)
