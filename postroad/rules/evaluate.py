"""One evaluation of one table: look every input up, AND the masks, apply the hit policy. Never guesses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import JsonValue

from postroad.model.label import Label
from postroad.model.table import Column, Evaluation, HitPolicy, NearMiss, Status
from postroad.rules.axes import Axis
from postroad.rules.compile import CompiledTable
from postroad.rules.values import KIND, Point, ValueRefused, read_value, written

NEAR = 3
"""How many near rows an evaluation names."""


def evaluate(compiled: CompiledTable, inputs: Mapping[str, Any]) -> Evaluation:
    """The table's answer for these inputs; inputs that the table does not ask for are passed over.

    Bad inputs are an answer too (INPUT_ERROR with a message), not an exception.
    """
    values, refusals = read_inputs(compiled, inputs)
    texts = {key: written(value) for key, value in values.items()}
    seen: dict[str, JsonValue] = {
        key: value if isinstance(value, bool) else texts[key] for key, value in values.items()
    }
    if refusals:
        return _answer(compiled, Status.INPUT_ERROR, seen, message=_joined(refusals))
    masks = row_masks(compiled, values)
    matched = compiled.all_rows
    for mask in masks:
        matched &= mask
    near = [near_miss(compiled, row, place, texts) for row, place in _near(masks, compiled.all_rows)]
    return _by_policy(compiled, seen, list(rows_of(matched)), near)


def read_inputs(compiled: CompiledTable, inputs: Mapping[str, Any]) -> tuple[dict[str, Point], list[Label]]:
    """The values the table asks for, in column order, and what is wrong with the others."""
    values: dict[str, Point] = {}
    refusals: list[Label] = []
    for column, axis in zip(compiled.table.inputs, compiled.axes, strict=True):
        try:
            values[column.key] = _read(column, axis, inputs.get(column.key))
        except ValueRefused as refused:
            refusals.append(_about(column, refused.label))
    return values, refusals


def row_masks(compiled: CompiledTable, values: Mapping[str, Point]) -> list[int]:
    """For every column, the mask of the rows whose cell accepts the value."""
    return [axis.masks[axis.locate(value)] for axis, value in zip(compiled.axes, values.values(), strict=True)]


def rows_of(mask: int) -> Iterator[int]:
    """The places of a mask's rows, in row order."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def near_miss(compiled: CompiledTable, row: int, place: int, texts: Mapping[str, str]) -> NearMiss:
    """What to say about a row that failed in one column only; ``texts`` are the values as text."""
    column = compiled.table.inputs[place].key
    return NearMiss(
        row=compiled.table.rows[row].id,
        column=column,
        value=texts[column],
        test=compiled.tests[row][place].text,
    )


def _read(column: Column, axis: Axis, given: Any) -> Point:
    value = read_value(KIND[column.type], given, currency=column.unit if column.type == "money" else None)
    if not axis.live[axis.locate(value)]:
        domain = column.domain if isinstance(column.domain, str) else ", ".join(column.domain or ())
        raise ValueRefused(f"{written(value)} 不在取值范围 {domain} 内", f"{written(value)} is outside {domain}")
    return value


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


def _by_policy(
    compiled: CompiledTable, seen: dict[str, JsonValue], rows: list[int], near: list[NearMiss]
) -> Evaluation:
    table = compiled.table
    ids = [table.rows[row].id for row in rows]
    if not rows:
        return _unmatched(compiled, seen, near)
    if table.hit is HitPolicy.COLLECT:
        outcome: JsonValue = [dict(table.rows[row].then) for row in rows]
        return _answer(compiled, Status.OK, seen, rows=ids, near=near, outcome=outcome)
    if table.hit is HitPolicy.UNIQUE and len(rows) > 1:
        return _answer(compiled, Status.CONFLICT, seen, rows=ids, near=near, message=_conflict(table.table, ids))
    return _answer(compiled, Status.OK, seen, rows=ids[:1], near=near, outcome=dict(table.rows[rows[0]].then))


def _unmatched(compiled: CompiledTable, seen: dict[str, JsonValue], near: list[NearMiss]) -> Evaluation:
    table = compiled.table
    if table.default is None:
        return _answer(compiled, Status.NO_MATCH, seen, near=near, message=_no_match(table.table, near))
    given = table.default
    outcome: JsonValue = [dict(one) for one in given] if isinstance(given, tuple) else dict(given)
    if table.hit is HitPolicy.COLLECT and isinstance(outcome, dict):
        outcome = [outcome]
    return _answer(compiled, Status.OK, seen, near=near, outcome=outcome, used_default=True)


def _answer(compiled: CompiledTable, status: Status, seen: dict[str, JsonValue], **facts: Any) -> Evaluation:
    return Evaluation(status=status, table=compiled.table.table, sha256=compiled.sha256, inputs=seen, **facts)


def _about(column: Column, refusal: Label) -> Label:
    return Label(
        zh=f"{column.title.zh}（{column.key}）：{refusal.zh}", en=f"{column.title.en} ({column.key}): {refusal.en}"
    )


def _joined(refusals: list[Label]) -> Label:
    return Label(zh="；".join(one.zh for one in refusals), en="; ".join(one.en for one in refusals))


def _conflict(table: str, ids: list[str]) -> Label:
    rows = ", ".join(ids)
    return Label(
        zh=f"规则表 {table} 的多行同时适用：{rows}；请改到只有一行适用",
        en=f"several rows of {table} apply: {rows}; change them so that one does",
    )


def _no_match(table: str, near: list[NearMiss]) -> Label:
    zh = "".join(f"；{miss.text.zh}" for miss in near)
    en = "".join(f"; {miss.text.en}" for miss in near)
    return Label(
        zh=f"规则表 {table} 没有一行适用{zh}；请补一行或默认值",
        en=f"no row of {table} applies{en}; add a row or a default",
    )
