"""Findings about a decision table file."""

import json
from collections.abc import Iterator
from pathlib import Path

from postroad.cli.finding import Finding, Severity, in_short
from postroad.files import FileRefused, load_table
from postroad.model.hit import HitPolicy
from postroad.model.label import Label
from postroad.model.table import Status
from postroad.rules.check import check
from postroad.rules.report import LISTED, Gap, Overlap, Report

BOUNDARY = "boundary"
"""The code of what a table answers around a bound, which is only shown when asked for."""


def check_table_file(path: Path) -> list[Finding]:
    """Everything to say about one ``*.table.yaml``, errors first."""
    try:
        table = load_table(path)
    except FileRefused as refused:
        said = [Label(zh=zh, en=en) for zh, en in refused.problems]
        return [Finding(file=path, severity=Severity.ERROR, code=refused.code, message=label) for label in said]
    report = check(table)
    return [*_errors(path, report, table.hit), *_notes(path, report), *_boundaries(path, report)]


def _errors(path: Path, report: Report, hit: HitPolicy) -> Iterator[Finding]:
    for problem in report.errors:
        place = ".".join(part for part in (problem.row, problem.column) if part)
        yield _found(path, Severity.ERROR, problem.code, problem.message, place)
    for gap in report.gaps:
        yield _shown(path, Severity.ERROR, "gap", _gap(gap), gap)
    for overlap in report.overlaps:
        yield _shown(path, Severity.ERROR, "overlap", _overlap(overlap, hit), overlap)
    for row in report.unreachable:
        yield _found(path, Severity.ERROR, "unreachable", row.text)
    for case in report.cases:
        yield _found(path, Severity.ERROR, "case_failed", case.text)


def _notes(path: Path, report: Report) -> Iterator[Finding]:
    for unneeded in report.redundant:
        yield _found(path, Severity.WARNING, "redundant", unneeded.text)
    for value in report.unreached:
        yield _found(path, Severity.WARNING, "unreached", value.text)
    for gap in report.by_default:
        message = Label(zh=f"由默认值处理：{gap.text.zh}", en=f"answered by default: {gap.text.en}")
        yield _shown(path, Severity.NOTE, "by_default", message, gap)
    if report.shared:
        yield _shown(path, Severity.NOTE, "shared", _shared(report.shared), report.shared[0])
    if not report.proven and not report.errors:
        message = Label(
            zh="表太复杂或问题太多，以上列表可能不完整；请先处理所列各项，或拆分此表",
            en="too intricate or too many findings: the lists may be incomplete; mend these first, or split the table",
        )
        yield _found(path, Severity.WARNING, "not_proven", message)


def _boundaries(path: Path, report: Report) -> Iterator[Finding]:
    for case in report.boundaries:
        shown = in_short({**case.inputs, **({"on": case.on.isoformat()} if case.on else {})})
        says = json.dumps(case.outcome, ensure_ascii=False) if case.status is Status.OK else case.status.value
        rows = ", ".join(case.rows)
        message = Label(
            zh=f"{shown} → {rows or ('默认值' if case.used_default else '没有一行')}：{says}",
            en=f"{shown} → {rows or ('the default' if case.used_default else 'no row')}: {says}",
        )
        yield _found(path, Severity.NOTE, BOUNDARY, message, case.column)


def _found(path: Path, severity: Severity, code: str, message: Label, place: str = "") -> Finding:
    return Finding(file=path, severity=severity, code=code, place=place, message=message)


def _shown(path: Path, severity: Severity, code: str, message: Label, by: Gap | Overlap) -> Finding:
    day = {"on": by.on.isoformat()} if by.on else {}
    return _found(path, severity, code, message).model_copy(update={"witness": {**by.witness, **day}})


def _gap(gap: Gap) -> Label:
    return Label(
        zh=f"缺口，没有一行适用：{gap.text.zh}（请补一行或 default，例如 {_row(gap)}）",
        en=f"gap, no row applies: {gap.text.en} (add a default, or a row such as {_row(gap)})",
    )


def _row(gap: Gap) -> str:
    """The row that would close the gap, as it is written in YAML; what it says is left to the author."""
    row = gap.row.model_dump(mode="json", exclude={"then", "note"}, exclude_defaults=True)
    parts = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in row.items()]
    return f"{{{', '.join([*parts, 'then: …'])}}}"


def _overlap(overlap: Overlap, hit: HitPolicy) -> Label:
    first, second = overlap.rows
    if hit is HitPolicy.ANY:
        return Label(
            zh=f"{first} 与 {second} 同时适用而结果不同：{overlap.text.zh}（请改到结果一致，或不再同时适用）",
            en=f"{first} and {second} apply together and disagree: {overlap.text.en} (make them agree, or apply apart)",
        )
    return Label(
        zh=f"{first} 与 {second} 重叠：{overlap.text.zh}（请改到只有一行适用）",
        en=f"{first} and {second} overlap: {overlap.text.en} (change them so that one applies)",
    )


def _shared(shared: list[Overlap]) -> Label:
    more = "+" if len(shared) == LISTED else ""
    first, second = shared[0].rows
    return Label(
        zh=f"{len(shared)}{more} 对行有共同的情况，由命中策略取舍，例如 {first} 与 {second}：{shared[0].text.zh}",
        en=f"{len(shared)}{more} pairs of rows meet and the hit policy chooses, such as {first} and {second}: "
        f"{shared[0].text.en}",
    )
