"""Findings about a decision table file."""

from collections.abc import Iterator
from pathlib import Path

from postroad.cli.finding import Finding, Severity
from postroad.files import FileRefused, load_table
from postroad.model.label import Label
from postroad.rules.check import check
from postroad.rules.report import Gap, Overlap, Report


def check_table_file(path: Path) -> list[Finding]:
    """Everything to say about one ``*.table.yaml``, errors first."""
    try:
        table = load_table(path)
    except FileRefused as refused:
        said = [Label(zh=zh, en=en) for zh, en in refused.problems]
        return [Finding(file=path, severity=Severity.ERROR, code=refused.code, message=label) for label in said]
    report = check(table)
    return [*_errors(path, report), *_notes(path, report)]


def _errors(path: Path, report: Report) -> Iterator[Finding]:
    for problem in report.errors:
        place = ".".join(part for part in (problem.row, problem.column) if part)
        yield _error(path, problem.code, problem.message, place)
    for gap in report.gaps:
        yield _error(path, "gap", _gap(gap)).model_copy(update={"witness": gap.witness})
    for overlap in report.overlaps:
        yield _error(path, "overlap", _overlap(overlap)).model_copy(update={"witness": overlap.witness})
    for row in report.unreachable:
        yield _error(path, "unreachable", row.text)
    for case in report.cases:
        yield _error(path, "case_failed", case.text)


def _notes(path: Path, report: Report) -> Iterator[Finding]:
    for gap in report.by_default:
        message = Label(zh=f"由默认值处理：{gap.text.zh}", en=f"answered by default: {gap.text.en}")
        yield Finding(file=path, severity=Severity.NOTE, code="by_default", message=message, witness=gap.witness)
    if not report.proven and not report.errors:
        message = Label(
            zh="表太复杂或问题太多，以上列表可能不完整；请先处理所列各项，或拆分此表",
            en="too intricate or too many findings: the lists may be incomplete; mend these first, or split the table",
        )
        yield Finding(file=path, severity=Severity.WARNING, code="not_proven", message=message)


def _error(path: Path, code: str, message: Label, place: str = "") -> Finding:
    return Finding(file=path, severity=Severity.ERROR, code=code, place=place, message=message)


def _gap(gap: Gap) -> Label:
    return Label(
        zh=f"缺口，没有一行适用：{gap.text.zh}（请补一行或 default）",
        en=f"gap, no row applies: {gap.text.en} (add a row or a default)",
    )


def _overlap(overlap: Overlap) -> Label:
    first, second = overlap.rows
    return Label(
        zh=f"{first} 与 {second} 重叠：{overlap.text.zh}（请改到只有一行适用）",
        en=f"{first} and {second} overlap: {overlap.text.en} (change them so that one applies)",
    )
