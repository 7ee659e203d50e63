"""The organisation in a file, and what loading it would change."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from postroad.directory.differences import differences
from postroad.directory.importing import Imported, organisation_of
from postroad.directory.sheet import Problem
from postroad.files import FileRefused, load_yaml, read_model
from postroad.model.label import Label
from postroad.model.people import Organisation
from postroad.model.refusals import Malformed
from postroad.sheets import csv_sheet, read_sheets, workbook_sheets
from postroad.store.people import SharedAccount, shared_accounts

TABLES = {".csv", ".xlsx"}
MOST_SHOWN = 50
"""So many problems are named; whoever has more corrects these first."""


class Written(StrEnum):
    """How a file of people is written."""

    XLSX = "xlsx"
    CSV = "csv"
    YAML = "yaml"


def imported(content: bytes, written: Written) -> Imported:
    """The organisation in an uploaded file, or every place that has to be corrected; never raises."""
    name = f"organisation.{written}"
    try:
        if written is Written.XLSX:
            return organisation_of(workbook_sheets(name, content))
        if written is Written.CSV:
            return organisation_of([csv_sheet(name, "人员", content)])
        organisation = read_model(Organisation, load_yaml(content.decode(), name=name), name=name)
    except FileRefused as refused:
        return _unread([Label(zh=zh, en=en) for zh, en in refused.problems])
    except UnicodeDecodeError:
        return _unread([Label(zh="文字编码应为 UTF-8", en="the text should be encoded in UTF-8")])
    if shared := shared_accounts(organisation):
        return _unread([SharedAccount(shared).label])
    return Imported(organisation=organisation)


def _unread(why: list[Label]) -> Imported:
    problems = tuple(Problem(sheet="", row=0, column="", text=one) for one in why)
    return Imported(organisation=None, problems=problems)


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
