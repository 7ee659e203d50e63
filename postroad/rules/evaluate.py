"""One evaluation of one table: look every input up, AND the masks, apply the hit policy. Never guesses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from postroad.model.label import Label
from postroad.model.table import Evaluation, NearMiss, Status
from postroad.rules.compile import CompiledTable
from postroad.rules.given import Read, read_inputs
from postroad.rules.policies import Verdict, judge
from postroad.rules.values import Point, written

NEAR = 3
"""How many near rows an evaluation names."""


def evaluate(compiled: CompiledTable, inputs: Mapping[str, Any], on: date | None = None) -> Evaluation:
    """The table's answer for these inputs on this day; inputs that the table does not ask for are passed over.

    The day is the company's and only matters, and then must be given, where rows have dates. Bad inputs are an answer
    too (INPUT_ERROR with a message), not an exception.
    """
    return answer(compiled, read_inputs(compiled, inputs, on))


def answer(compiled: CompiledTable, read: Read) -> Evaluation:
    """The table's answer for inputs that were read."""
    if read.refusals:
        return _evaluation(compiled, read, Verdict(Status.INPUT_ERROR, message=_joined(read.refusals)))
    masks = row_masks(compiled, read.points)
    matched = compiled.all_rows
    for mask in masks:
        matched &= mask
    near = [near_miss(compiled, row, place, read.points) for row, place in _near(masks, compiled.all_rows)]
    verdict = judge(compiled, list(rows_of(matched)))
    if verdict.status is Status.NO_MATCH:
        verdict = replace(verdict, message=_no_match(compiled.table.table, near))
    return _evaluation(compiled, read, verdict, near)


def row_masks(compiled: CompiledTable, points: Sequence[Point]) -> list[int]:
    """For every column, the mask of the rows whose cell accepts the value."""
    return [axis.masks[axis.locate(value)] for axis, value in zip(compiled.axes, points, strict=True)]


def rows_of(mask: int) -> Iterator[int]:
    """The places of a mask's rows, in row order."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def near_miss(compiled: CompiledTable, row: int, place: int, points: Sequence[Point]) -> NearMiss:
    """What to say about a row that failed in one column only."""
    return NearMiss(
        row=compiled.table.rows[row].id,
        column=compiled.columns[place].key,
        value=written(points[place]),
        test=compiled.tests[row][place].text,
    )


def _near(masks: Sequence[int], all_rows: int) -> Iterator[tuple[int, int]]:
    """The first few rows that fail in exactly one column, each with the place of that column."""
    once, twice = 0, 0
    for mask in masks:
        fails = all_rows & ~mask
        twice |= once & fails
        once |= fails
    only = once & ~twice
    for _, row in zip(range(NEAR), rows_of(only), strict=False):
        yield row, next(place for place, mask in enumerate(masks) if not mask >> row & 1)


def _evaluation(compiled: CompiledTable, read: Read, verdict: Verdict, near: Sequence[NearMiss] = ()) -> Evaluation:
    return Evaluation(
        status=verdict.status,
        table=compiled.table.table,
        sha256=compiled.sha256,
        inputs=read.seen,
        rows=[compiled.table.rows[place].id for place in verdict.rows],
        outcome=verdict.outcome,
        used_default=verdict.used_default,
        message=verdict.message,
        near=list(near),
        on=read.on,
    )


def _joined(refusals: list[Label]) -> Label:
    return Label(zh="；".join(one.zh for one in refusals), en="; ".join(one.en for one in refusals))


def _no_match(table: str, near: list[NearMiss]) -> Label:
    zh = "".join(f"；{miss.text.zh}" for miss in near)
    en = "".join(f"; {miss.text.en}" for miss in near)
    return Label(
        zh=f"规则表 {table} 没有一行适用{zh}；请补一行或默认值",
        en=f"no row of {table} applies{en}; add a row or a default",
    )
