"""What would change an answer: the other values of one input, all else being equal, that lead to another one."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import JsonValue

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.table import Column, Status
from postroad.rules.axes import Axis
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import row_masks, rows_of
from postroad.rules.given import read_inputs
from postroad.rules.policies import Verdict, judge
from postroad.rules.wording import cells_of, sentence

MOST = 5
"""The nearest other answers that are told of each input."""


class Change(Fact):
    """If ``column`` were as the cell ``to`` says, ``rows`` would answer with this status and outcome."""

    column: str
    to: str
    status: Status
    rows: list[str]
    outcome: JsonValue = None
    used_default: bool = False
    text: Label


def changes(compiled: CompiledTable, inputs: Mapping[str, Any], on: date | None = None) -> list[Change]:
    """What would change the answer for these inputs, input by input, the nearest first; nothing for bad inputs."""
    read = read_inputs(compiled, inputs, on)
    if read.refusals:
        return []
    masks = row_masks(compiled, read.points)
    found: list[Change] = []
    for place, column in enumerate(compiled.table.inputs):
        others = compiled.all_rows
        for other, mask in enumerate(masks):
            others &= mask if other != place else others
        here = compiled.axes[place].locate(read.points[place])
        found += _of_column(compiled, place, column, others, here)
    return found


def _of_column(compiled: CompiledTable, place: int, column: Column, others: int, here: int) -> Iterator[Change]:
    axis = compiled.axes[place]
    now = _judged(compiled, others & axis.masks[here])
    told = 0
    for matching, segments in _groups(axis, others, here).items():
        verdict = _judged(compiled, matching)
        if told == MOST or _same(verdict, now):
            continue
        told += 1
        yield _change(compiled, place, column, segments, verdict)


def _groups(axis: Axis, others: int, here: int) -> dict[int, list[int]]:
    """The other segments by the rows that would match there, those with the nearest segment first."""
    live = (segment for segment, is_live in enumerate(axis.live) if is_live)
    grouped: dict[int, list[int]] = {}
    for segment in sorted(live, key=lambda one: abs(one - here)):
        grouped.setdefault(others & axis.masks[segment], []).append(segment)
    return {matching: sorted(segments) for matching, segments in grouped.items() if here not in segments}


def _judged(compiled: CompiledTable, matching: int) -> Verdict:
    return judge(compiled, list(rows_of(matching)))


def _same(one: Verdict, other: Verdict) -> bool:
    return (one.status, one.outcome, one.used_default) == (other.status, other.outcome, other.used_default)


def _change(compiled: CompiledTable, place: int, column: Column, segments: list[int], verdict: Verdict) -> Change:
    cells = cells_of(compiled, {place: tuple(segments)})
    rows = [compiled.table.rows[row].id for row in verdict.rows]
    if_so = sentence(compiled, cells)
    then_zh = "、".join(rows) or ("默认行" if verdict.used_default else verdict.status.value)
    then_en = ", ".join(rows) or ("the default row" if verdict.used_default else verdict.status.value)
    return Change(
        column=column.key,
        to=cells[column.key],
        status=verdict.status,
        rows=rows,
        outcome=verdict.outcome,
        used_default=verdict.used_default,
        text=Label(zh=f"若 {if_so.zh}，则 {then_zh}", en=f"if {if_so.en}: {then_en}"),
    )
