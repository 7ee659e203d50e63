"""The full account of one evaluation: every row, every cell, and which rows came nearest."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from postroad.model.table import CellExplanation, Explanation, NearMiss, RowExplanation
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import answer, near_miss, row_masks
from postroad.rules.given import read_inputs
from postroad.rules.values import Point, written


def explain(
    compiled: CompiledTable, inputs: Mapping[str, Any], on: date | None = None, *, failing_only: bool = False
) -> Explanation:
    """Why the table answers as it does on that day.

    Rows stand in table order. With ``failing_only`` a row lists only the cells that stood in its way. ``nearest``
    has every row that failed in one cell. When inputs are refused there are no rows: the evaluation says why.
    """
    read = read_inputs(compiled, inputs, on)
    evaluation = answer(compiled, read)
    if read.refusals:
        return Explanation(evaluation=evaluation)
    masks = row_masks(compiled, read.points)
    texts = [(column.key, written(point)) for column, point in zip(compiled.columns, read.points, strict=True)]
    rows = [_row(compiled, row, masks, texts, failing_only=failing_only) for row in range(len(compiled.tests))]
    return Explanation(evaluation=evaluation, rows=rows, nearest=_nearest(compiled, masks, read.points))


def _row(
    compiled: CompiledTable, row: int, masks: list[int], texts: list[tuple[str, str]], *, failing_only: bool
) -> RowExplanation:
    cells = [
        CellExplanation(column=key, value=text, test=test.text or "-", holds=bool(mask >> row & 1))
        for (key, text), test, mask in zip(texts, compiled.tests[row], masks, strict=True)
    ]
    return RowExplanation(
        row=compiled.table.rows[row].id,
        matched=all(cell.holds for cell in cells),
        cells=[cell for cell in cells if not (failing_only and cell.holds)],
    )


def _nearest(compiled: CompiledTable, masks: list[int], points: list[Point]) -> list[NearMiss]:
    failed = [[place for place, mask in enumerate(masks) if not mask >> row & 1] for row in range(len(compiled.tests))]
    return [near_miss(compiled, row, places[0], points) for row, places in enumerate(failed) if len(places) == 1]
