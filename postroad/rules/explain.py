"""The full account of one evaluation: every row, every cell, and which rows came nearest."""

from collections.abc import Mapping
from typing import Any

from postroad.model.table import CellExplanation, Explanation, NearMiss, RowExplanation
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import evaluate, near_miss, read_inputs, row_masks
from postroad.rules.values import written


def explain(compiled: CompiledTable, inputs: Mapping[str, Any], *, failing_only: bool = False) -> Explanation:
    """Why the table answers as it does.

    Rows stand in table order. With ``failing_only`` a row lists only the cells that stood in its way. ``nearest``
    has every row that failed in one cell. When inputs are refused there are no rows: the evaluation says why.
    """
    evaluation = evaluate(compiled, inputs)
    values, refusals = read_inputs(compiled, inputs)
    if refusals:
        return Explanation(evaluation=evaluation)
    masks = row_masks(compiled, values)
    texts = {key: written(value) for key, value in values.items()}
    rows = [_row(compiled, row, masks, texts, failing_only=failing_only) for row in range(len(compiled.tests))]
    return Explanation(evaluation=evaluation, rows=rows, nearest=_nearest(compiled, masks, texts))


def _row(
    compiled: CompiledTable, row: int, masks: list[int], texts: Mapping[str, str], *, failing_only: bool
) -> RowExplanation:
    cells = [
        CellExplanation(column=key, value=text, test=test.text or "-", holds=bool(mask >> row & 1))
        for (key, text), test, mask in zip(texts.items(), compiled.tests[row], masks, strict=True)
    ]
    return RowExplanation(
        row=compiled.table.rows[row].id,
        matched=all(cell.holds for cell in cells),
        cells=[cell for cell in cells if not (failing_only and cell.holds)],
    )


def _nearest(compiled: CompiledTable, masks: list[int], texts: Mapping[str, str]) -> list[NearMiss]:
    failed = [[place for place, mask in enumerate(masks) if not mask >> row & 1] for row in range(len(compiled.tests))]
    return [near_miss(compiled, row, places[0], texts) for row, places in enumerate(failed) if len(places) == 1]
