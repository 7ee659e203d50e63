"""``postroad check``: which files are checked, by whom, and how findings are shown."""

import json
from collections.abc import Callable
from pathlib import Path

from postroad.cli.finding import Finding, Severity
from postroad.cli.processes import check_process_file
from postroad.cli.tables import BOUNDARY, check_table_file
from postroad.model.label import Label

KINDS: dict[str, Callable[[Path], list[Finding]]] = {
    ".table.yaml": check_table_file,
    "process.yaml": check_process_file,
}
"""How file names end, and what checks such a file; another kind of file is another line here."""


def check_file(path: Path, *, boundaries: bool = False) -> list[Finding]:
    """The findings about one file; with ``boundaries`` also what a table answers around each bound it names."""
    for ending, check in KINDS.items():
        if path.name.endswith(ending):
            found = check(path)
            return [one for one in found if boundaries or one.code != BOUNDARY]
    known = ", ".join(f"*{ending}" for ending in KINDS)
    message = Label(zh=f"不认识这种文件，可检查：{known}", en=f"not a kind of file that is checked: {known}")
    return [Finding(file=path, severity=Severity.ERROR, code="unknown_kind", message=message)]


def files_under(paths: list[Path]) -> list[Path]:
    """The files named, and those of a known kind inside the folders named, each once, in order.

    A folder with nothing to check stands for itself, so that checking it says so.
    """
    found = [file for path in paths for file in (_inside(path) or [path])]
    return list(dict.fromkeys(found))


def as_text(files: list[Path], findings: list[Finding], lang: str) -> str:
    """One block for each file and a last line with the totals."""
    lines = []
    for file in files:
        about = [finding for finding in findings if finding.file == file]
        lines += [str(file), *(f"  {finding.line(lang)}" for finding in about)]
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    total = Label(zh=f"{len(files)} 个文件，{errors} 个错误", en=f"files: {len(files)}, errors: {errors}")
    return "\n".join([*lines, total.text(lang)])


def as_json(files: list[Path], findings: list[Finding]) -> str:
    """One JSON object: ``ok``, ``files`` and ``findings``."""
    content = {
        "ok": not has_errors(findings),
        "files": [str(file) for file in files],
        "findings": [finding.model_dump(mode="json") for finding in findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def has_errors(findings: list[Finding]) -> bool:
    """Whether anything found keeps a file from being published."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _inside(folder: Path) -> list[Path]:
    return sorted(file for ending in KINDS for file in folder.rglob(f"*{ending}") if file.is_file())
