"""The organisation in a file, and what loading it would change."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from postroad.directory.differences import differences
from postroad.directory.importing import organisation_of
from postroad.files import load_yaml, read_model
from postroad.model.people import Organisation
from postroad.model.refusals import Malformed
from postroad.sheets import read_sheets

TABLES = {".csv", ".xlsx"}
MOST_SHOWN = 50
"""So many problems are named; whoever has more corrects these first."""


def read_organisation(file: Path) -> tuple[Organisation, tuple[str, ...]]:
    """The organisation in a .yaml, .csv or .xlsx file, and the columns and sheets of a table that were not read.

    Raises:
        Malformed: the file cannot be read, or something in it must be corrected; every place is named.
    """
    if file.suffix.lower() not in TABLES:
        return read_model(Organisation, load_yaml(file), name=str(file)), ()
    imported = organisation_of(read_sheets(file))
    if imported.organisation is not None:
        return imported.organisation, imported.ignored
    lines = [problem.line() for problem in imported.problems]
    more = [f"… {len(lines) - MOST_SHOWN}"] if len(lines) > MOST_SHOWN else []
    listed = "\n  ".join([*lines[:MOST_SHOWN], *more])
    raise Malformed(
        f"{file} 有 {len(lines)} 处需要改正：\n  {listed}\n",
        f"{file} has {len(lines)} things to correct, listed above",
        code="people_refused",
    )


def changes(loaded: Organisation, coming: Organisation) -> Iterator[str]:
    """One line for each person who would be new, changed or gone, then the sum."""
    found = differences(loaded, coming)
    yield from (change.line() for change in found)
    kinds = Counter(change.kind for change in found)
    new, changed, gone = kinds["new"], kinds["changed"], kinds["gone"]
    yield (
        f"新增 {new} 人，变更 {changed} 人，移除 {gone} 人；没有写入 / "
        f"{new} new, {changed} changed, {gone} gone; nothing was written"
    )
