"""Cells as people type or paste them, read for whoever edits a rule table; nothing is kept."""

import asyncio
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.depends import Session, guarded
from postroad.exchange.spoken import read_condition, read_outcome
from postroad.model.label import Label
from postroad.model.people import Organisation
from postroad.model.refusals import Refusal
from postroad.model.storable import Said
from postroad.model.table import Column, Output
from postroad.rules.cells import parse_cell
from postroad.rules.outcome_words import output_says
from postroad.rules.phrases import says
from postroad.rules.shapes import CellShape, cell_of, shape_of
from postroad.store.people import People

router = APIRouter(prefix="/rules", tags=["rules 规则表"], dependencies=[guarded("read", "rules", "rules_approve")])

MOST_CELLS = 10_000


class CellOrder(BaseModel):
    """A cell of a column as somebody typed it, or taken apart; `value` is what a row gives for an output."""

    model_config = ConfigDict(extra="forbid")

    column: str
    typed: Annotated[Said, Field(max_length=4000)] | None = None
    shape: CellShape | None = None
    value: JsonValue = None


class CellsOrder(BaseModel):
    """Cells, and the columns they stand in."""

    model_config = ConfigDict(extra="forbid")

    inputs: list[Column] = Field(max_length=100)
    outputs: list[Output] = Field(max_length=100)
    cells: list[CellOrder] = Field(max_length=MOST_CELLS)


class CellRead(BaseModel):
    """`cell` is the condition as the table keeps it, with its parts in `shape`; `value` what a row gives.

    `says` is that in words; `wrong` says why it could not be read.
    """

    cell: str | None = None
    shape: CellShape | None = None
    value: JsonValue = None
    says: Label | None = None
    wrong: Label | None = None


class CellsRead(BaseModel):
    """In the order in which they were sent."""

    cells: list[CellRead]


@router.post("/read-cells", summary="读懂单元格 / Read cells as people type them")
async def read_cells(order: CellsOrder, session: Session) -> CellsRead:
    """小于 5,000 元, 5万以上, 生产、办公: as one types or pastes them, in either language."""
    organisation = await People(session).organisation()
    inputs, outputs = {one.key: one for one in order.inputs}, {one.key: one for one in order.outputs}

    def read() -> list[CellRead]:
        return [_read(one, inputs.get(one.column), outputs.get(one.column), organisation) for one in order.cells]

    return CellsRead(cells=await asyncio.to_thread(read))


def _read(order: CellOrder, column: Column | None, output: Output | None, organisation: Organisation) -> CellRead:
    try:
        if column is not None:
            return _condition(order, column)
        if output is not None:
            value = read_outcome(order.typed, output, organisation) if order.typed is not None else order.value
            return CellRead(value=value, says=output_says(output, value, organisation))
    except Refusal as refused:
        return CellRead(wrong=refused.label)
    return CellRead(wrong=Label(zh=f"没有列 {order.column}", en=f"there is no column {order.column}"))


def _condition(order: CellOrder, column: Column) -> CellRead:
    cell = cell_of(order.shape, column.type) if order.shape else read_condition(order.typed or "", column)
    return CellRead(cell=cell, shape=shape_of(parse_cell(cell, column.type)), says=says(column, cell))
