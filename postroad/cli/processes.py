"""Findings about a process definition file."""

from pathlib import Path

from postroad.cli.finding import Finding, Severity
from postroad.cli.folder import read_folder
from postroad.files import FileRefused
from postroad.model.label import Label
from postroad.process.sound import problems
from postroad.process.sound_ways import Remark, remarks


def check_process_file(path: Path) -> list[Finding]:
    """Everything to say about one ``process.yaml`` with the tables beside it."""
    try:
        folder = read_folder(path)
    except FileRefused as refused:
        said = [Label(zh=zh, en=en) for zh, en in refused.problems]
        return [Finding(file=path, severity=Severity.ERROR, code=refused.code, message=label) for label in said]
    wrong = [
        Finding(file=path, severity=Severity.ERROR, code=problem.code, place=problem.place, message=problem.message)
        for problem in problems(folder.process, folder.tables)
    ]
    return [*wrong, *(_note(path, remark) for remark in remarks(folder.process))]


def _note(path: Path, remark: Remark) -> Finding:
    return Finding(
        file=path,
        severity=Severity.NOTE,
        code=remark.code,
        place=remark.place,
        message=remark.message,
        witness=remark.witness,
    )
