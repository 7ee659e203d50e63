"""What a check found, one by one and in the order in which to mend it, for people who look at the rows by number."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Literal

from pydantic import JsonValue

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.table import Table
from postroad.rules.mending import TRIED, Mender, Mending
from postroad.rules.phrases import situation
from postroad.rules.problem import Problem
from postroad.rules.report import Gap, Overlap, Report

Sort = Literal[
    "mistake",
    "gap",
    "overlap",
    "dead_row",
    "failed_case",
    "redundant",
    "unreached",
    "by_default",
    "shared",
    "not_proven",
]
Weight = Literal["error", "warning", "note"]
_WEIGHTS: dict[Sort, Weight] = {"gap": "error", "overlap": "error", "by_default": "note", "shared": "note"}


_NAMED = 5


class Finding(Fact):
    """`rows` and `columns` are where to look; `witness` is one situation, said in `example`, on the day `on`."""

    sort: Sort
    weight: Weight
    text: Label
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    witness: dict[str, JsonValue] | None = None
    example: Label | None = None
    on: date | None = None
    mendings: tuple[Mending, ...] = ()


def findings(table: Table, report: Report) -> list[Finding]:
    """Everything a report says; errors first. With mistakes in cells there is nothing else to say."""
    numbers = {row.id: place for place, row in enumerate(table.rows, start=1)}
    if report.errors:
        return [_mistake(one, numbers) for one in report.errors]
    return [*_errors(table, report, numbers), *_warnings(table, report, numbers), *_notes(table, report, numbers)]


def _mistake(found: Problem, numbers: dict[str, int]) -> Finding:
    number = numbers.get(found.row or "")
    zh, en = (f"第 {number} 行：", f"Row {number}: ") if number else ("", "")
    return Finding(
        sort="mistake",
        weight="error",
        text=Label(zh=f"{zh}{found.message.zh}", en=f"{en}{found.message.en}"),
        rows=(found.row,) if found.row else (),
        columns=(found.column,) if found.column else (),
    )


def _errors(table: Table, report: Report, numbers: dict[str, int]) -> Iterator[Finding]:
    mender = Mender(table, report)
    for place, gap in enumerate(report.gaps):
        proposed = mender.of_gap(gap) if place < TRIED else []
        text = Label(zh=f"缺口：{gap.text.zh}，没有规则", en=f"Nobody answers: {gap.text.en}")
        yield _open(table, "gap", text, gap, proposed)
    for place, met in enumerate(report.overlaps):
        yield _met(table, "overlap", met, numbers, mender.of_overlap(met) if place < TRIED else [])
    for place, dead in enumerate(report.unreachable):
        by = _numbered(dead.by, numbers)
        mine = numbers[dead.row]
        text = (
            Label(
                zh=f"第 {mine} 行永远不会用到：已被{by.zh}完全覆盖", en=f"Row {mine} is never used: {by.en} covers it"
            )
            if dead.by
            else Label(
                zh=f"第 {mine} 行永远不会用到：条件在取值范围之外", en=f"Row {mine} is never used: outside the domains"
            )
        )
        proposed = mender.of_dead(dead) if place < TRIED else []
        yield Finding(sort="dead_row", weight="error", text=text, rows=(dead.row, *dead.by), mendings=tuple(proposed))
    if report.cases:
        named = list(dict.fromkeys(one.case for one in report.cases))
        more = " …" if len(named) > _NAMED else ""
        text = Label(
            zh=f"{len(named)} 个用例的答案与期望不同：{'、'.join(named[:_NAMED])}{more}",
            en=f"Cases that are not answered as expected: {', '.join(named[:_NAMED])}{more}",
        )
        yield Finding(sort="failed_case", weight="error", text=text)


def _warnings(table: Table, report: Report, numbers: dict[str, int]) -> Iterator[Finding]:
    mender = Mender(table, report)
    for one in report.redundant:
        number = numbers[one.row]
        yield Finding(
            sort="redundant",
            weight="warning",
            text=Label(
                zh=f"第 {number} 行可以删除：没有它，所有情况的结果也一样",
                en=f"Row {number} can be deleted: without it every answer is the same",
            ),
            rows=(one.row,),
            mendings=tuple(mender.of_redundant(one)),
        )
    for never in report.unreached:
        yield Finding(sort="unreached", weight="warning", text=never.text, columns=(never.output,))
    if not report.proven:
        text = Label(
            zh="规则表太复杂，或问题太多，没能全部查完",
            en="Too intricate, or too much is wrong, to be checked completely",
        )
        yield Finding(sort="not_proven", weight="warning", text=text)


def _notes(table: Table, report: Report, numbers: dict[str, int]) -> Iterator[Finding]:
    for gap in report.by_default:
        text = Label(zh=f"由默认行处理：{gap.text.zh}", en=f"Left to the default row: {gap.text.en}")
        yield _open(table, "by_default", text, gap)
    for met in islice(report.shared, 20):
        yield _met(table, "shared", met, numbers)


def _open(table: Table, sort: Sort, text: Label, gap: Gap, proposed: Sequence[Mending] = ()) -> Finding:
    return Finding(
        sort=sort,
        weight=_WEIGHTS[sort],
        text=text,
        columns=tuple(gap.when),
        witness=gap.witness,
        example=situation([*table.inputs, *table.given], gap.witness),
        on=gap.on,
        mendings=tuple(proposed),
    )


def _met(table: Table, sort: Sort, met: Overlap, numbers: dict[str, int], proposed: Sequence[Mending] = ()) -> Finding:
    rows = _numbered(met.rows, numbers)
    return Finding(
        sort=sort,
        weight=_WEIGHTS[sort],
        text=Label(zh=f"{rows.zh}同时适用：{met.text.zh}", en=f"{rows.en.capitalize()} both apply: {met.text.en}"),
        rows=met.rows,
        columns=tuple(met.when),
        witness=met.witness,
        example=situation([*table.inputs, *table.given], met.witness),
        on=met.on,
        mendings=tuple(proposed),
    )


def _numbered(rows: Sequence[str], numbers: dict[str, int]) -> Label:
    told = [str(numbers[row]) for row in rows]
    return Label(
        zh=f"第 {'、'.join(told)} 行",
        en=f"row{'s' if told[1:] else ''} {' and '.join(told)}",
    )
