"""Publishing a folder: `process.yaml` with the tables beside it or in force, checked first."""

from collections.abc import Mapping
from pathlib import Path

from postroad.files import load_table, load_yaml, read_model
from postroad.model.case import Case, CaseFile
from postroad.model.process import Decide, Process
from postroad.model.refusals import Malformed
from postroad.model.table import Table
from postroad.process.sound import problems
from postroad.rules.check import check


def folders_in(processes: Path) -> list[Path]:
    """The folders there that hold a process, by name."""
    return sorted(definition.parent for definition in processes.glob("*/process.yaml"))


def read_folder(folder: Path, known: Mapping[str, Table] | None = None) -> tuple[Process, list[Table]]:
    """The process in the folder and its tables: those beside it, else those already in force (`known`, by name).

    Raises:
        Malformed: a file cannot be read, or something in it must be mended before it is published.
    """
    definition = folder / "process.yaml"
    process = read_model(Process, load_yaml(definition), name=str(definition))
    tables = [load_table(path) for path in sorted(folder.glob("*.table.yaml"))]
    beside = {table.table for table in tables}
    asked = dict.fromkeys(node.table for _, node in process.walk() if isinstance(node, Decide))
    elsewhere = [known[key] for key in asked if key not in beside and key in known] if known else []
    wrong = [
        *_wrong_in_process(process, [*tables, *elsewhere]),
        *(said for table in tables for said in _wrong_in_table(table)),
    ]
    if wrong:
        listed = "\n  ".join(wrong)
        raise Malformed(f"{folder} 不能发布：\n  {listed}", f"{folder} cannot be published", code="not_sound")
    return process, [*tables, *elsewhere]


def read_cases(folder: Path) -> list[Case]:
    """The cases beside the process, each with who is away in all of them; none without a file.

    Raises:
        FileRefused: the file is not what it should be; names each field.
    """
    file = folder / "cases.yaml"
    if not file.exists():
        return []
    listed = read_model(CaseFile, load_yaml(file), name=str(file))
    return [case.model_copy(update={"absences": (*listed.absences, *case.absences)}) for case in listed.cases]


def _wrong_in_process(process: Process, tables: list[Table]) -> list[str]:
    found = problems(process, {table.table: table for table in tables})
    return [f"{process.process} {one.place}: {one.message.zh} / {one.message.en}" for one in found]


def _wrong_in_table(table: Table) -> list[str]:
    report = check(table)
    said = [
        *(one.message for one in report.errors),
        *(one.text for one in report.gaps),
        *(one.text for one in report.overlaps),
        *(one.text for one in report.unreachable),
        *(one.text for one in report.cases),
    ]
    return [f"{table.table}: {one.zh} / {one.en}" for one in said]
