"""A rule table while somebody edits it: what its cells say, what is wrong and how to mend it, and what it would answer.

Nothing is kept here; whoever edits sends the whole table.
"""

import asyncio
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.depends import Session, Tools, guarded
from api.rules_gate import checked
from api.stops import Stop
from postroad.exchange.spoken import read_condition, read_outcome
from postroad.model.label import Label
from postroad.model.people import Organisation
from postroad.model.refusals import Refusal
from postroad.model.storable import Filled, Said
from postroad.model.table import Column, Evaluation, Explanation, Output, Row, Table, TableCase
from postroad.rules.cases import played
from postroad.rules.cells import parse_cell
from postroad.rules.changes import Change, changes
from postroad.rules.compile import CompiledTable, compile_table
from postroad.rules.evaluate import evaluate
from postroad.rules.explain import explain
from postroad.rules.findings import Finding, findings
from postroad.rules.outcome_words import answer_says, expectation_says, near_says, output_says
from postroad.rules.phrases import phrase, says, situation
from postroad.rules.report import BoundaryCase, Report
from postroad.rules.shapes import CellShape, cell_of, shape_of
from postroad.store.people import People

router = APIRouter(prefix="/rules", tags=["rules 规则表"], dependencies=[guarded("read", "rules", "rules_approve")])

MOST_CELLS = 10_000
Words = dict[str, Label]
"""What the cells of a row say, by column."""


class TableOrder(BaseModel):
    """The table as it stands in the editor; `acknowledge` as for a version."""

    model_config = ConfigDict(extra="forbid")

    table: Table
    acknowledge: list[Annotated[str, Field(max_length=20)]] = Field(default=[], max_length=10)


class BoundaryShown(BaseModel):
    """A situation at a bound, and what the table answers there."""

    case: BoundaryCase
    situation: Label
    answer: Label


class CaseShown(BaseModel):
    """A case, what the table answers, and how that differs from what is expected, if it does."""

    case: TableCase
    situation: Label
    evaluation: Evaluation
    answer: Label
    expected: Label
    differs: list[Label]


class Studied(BaseModel):
    """`rows` and `default` say what each cell says; a cell that cannot be read is missing there and among the findings.

    `stops` keep the table from being published. With mistakes in cells there are no boundaries and no cases.
    """

    sha256: str
    ok: bool
    stops: list[Stop]
    findings: list[Finding]
    rows: list[Words]
    default: list[Words]
    boundaries: list[BoundaryShown]
    cases: list[CaseShown]


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


class TryOrder(BaseModel):
    """Inputs to ask the table; `on` is the day, today if nothing is said."""

    model_config = ConfigDict(extra="forbid")

    table: Table
    inputs: Filled
    on: date | None = None


class Near(BaseModel):
    """A row that missed by one cell."""

    row: str
    column: str
    text: Label


class ChangeShown(BaseModel):
    """Another value of one input, all else being equal, that leads to another answer."""

    column: str
    to: str
    text: Label


class Tried(BaseModel):
    """The answer in words, how it came about, which rows came nearest, and what would change it."""

    answer: Label
    explanation: Explanation
    near: list[Near]
    changes: list[ChangeShown]


@router.post("/check", summary="检查编辑中的表 / Check a table while it is edited")
async def check_edited(order: TableOrder, session: Session) -> Studied:
    acknowledged = [{"what": one} for one in order.acknowledge]
    told = await checked(session, order.table, acknowledged)
    organisation = await People(session).organisation()
    return await asyncio.to_thread(_studied, order.table, told.report, told.stops, organisation)


@router.post("/read-cells", summary="读懂单元格 / Read cells as people type them")
async def read_cells(order: CellsOrder, session: Session) -> CellsRead:
    """小于 5,000 元, 5万以上, 生产、办公: as one types or pastes them, in either language."""
    organisation = await People(session).organisation()
    inputs, outputs = {one.key: one for one in order.inputs}, {one.key: one for one in order.outputs}

    def read() -> list[CellRead]:
        return [_read(one, inputs.get(one.column), outputs.get(one.column), organisation) for one in order.cells]

    return CellsRead(cells=await asyncio.to_thread(read))


@router.post("/try", summary="试算 / Try a table while it is edited")
async def try_edited(order: TryOrder, session: Session, parts: Tools) -> Tried:
    """As `explain`, for a table that is kept nowhere; nothing is logged."""
    day = order.on or parts.now().astimezone(parts.zone).date()
    organisation = await People(session).organisation()
    compiled = await asyncio.to_thread(compile_table, order.table)
    told = explain(compiled, order.inputs, day)
    return Tried(
        answer=answer_says(order.table, told.evaluation, organisation),
        explanation=told,
        near=[Near(row=one.row, column=one.column, text=near_says(order.table, one)) for one in told.nearest],
        changes=[_change(one, order.table, organisation) for one in changes(compiled, order.inputs, day)],
    )


def _studied(table: Table, report: Report, stops: list[Stop], organisation: Organisation) -> Studied:
    default = table.default if isinstance(table.default, tuple) else (table.default,) if table.default else ()
    compiled = None if report.errors else compile_table(table)
    return Studied(
        sha256=report.sha256,
        ok=report.ok,
        stops=stops,
        findings=findings(table, report),
        rows=[_row_says(row, table, organisation) for row in table.rows],
        default=[_outcome_says(one, table, organisation) for one in default],
        boundaries=[_boundary(one, table, organisation) for one in report.boundaries],
        cases=[_case(one, compiled, organisation) for one in table.cases] if compiled else [],
    )


def _row_says(row: Row, table: Table, organisation: Organisation) -> Words:
    said = {}
    for column in table.inputs:
        try:
            said[column.key] = says(column, row.when.get(column.key, ""))
        except Refusal:
            continue  # named among the findings
    return said | _outcome_says(row.then, table, organisation)


def _outcome_says(then: dict[str, Any], table: Table, organisation: Organisation) -> Words:
    return {one.key: output_says(one, then.get(one.key), organisation) for one in table.outputs}


def _boundary(case: BoundaryCase, table: Table, organisation: Organisation) -> BoundaryShown:
    answer = Evaluation(
        status=case.status,
        table=table.table,
        sha256="",
        rows=case.rows,
        outcome=case.outcome,
        used_default=case.used_default,
    )
    return BoundaryShown(
        case=case,
        situation=situation([*table.inputs, *table.given], case.inputs),
        answer=answer_says(table, answer, organisation),
    )


def _change(change: Change, table: Table, organisation: Organisation) -> ChangeShown:
    answer = Evaluation(
        status=change.status,
        table=table.table,
        sha256="",
        rows=change.rows,
        outcome=change.outcome,
        used_default=change.used_default,
    )
    if_so = phrase(next(one for one in table.inputs if one.key == change.column), change.to)
    then = answer_says(table, answer, organisation)
    text = Label(zh=f"若{if_so.zh}：{then.zh}", en=f"If {if_so.en}: {then.en}")
    return ChangeShown(column=change.column, to=change.to, text=text)


def _case(case: TableCase, compiled: CompiledTable, organisation: Organisation) -> CaseShown:
    table = compiled.table
    answer = evaluate(compiled, case.inputs, case.on)
    return CaseShown(
        case=case,
        situation=situation([*table.inputs, *table.given], case.inputs),
        evaluation=answer,
        answer=answer_says(table, answer, organisation),
        expected=expectation_says(table, case.expect, organisation),
        differs=[one.text for one in played(compiled, case, case.name or "#1")],
    )


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
