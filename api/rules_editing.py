"""A rule table while somebody edits it: what its cells say, what is wrong and how to mend it, and what it would answer.

Nothing is kept here; whoever edits sends the whole table.
"""

import asyncio
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.depends import Session, Tools, guarded
from api.rules_gate import checked
from api.stops import Stop
from postroad.model.label import Label
from postroad.model.people import Organisation
from postroad.model.refusals import Refusal
from postroad.model.storable import Filled
from postroad.model.table import Evaluation, Explanation, Row, Table, TableCase
from postroad.rules.cases import played
from postroad.rules.changes import Change, changes
from postroad.rules.compile import CompiledTable, compile_table
from postroad.rules.evaluate import evaluate
from postroad.rules.explain import explain
from postroad.rules.findings import Finding, findings
from postroad.rules.outcome_words import answer_says, expectation_says, near_says, output_says
from postroad.rules.phrases import phrase, says, situation
from postroad.rules.report import BoundaryCase, Report
from postroad.store.people import People

router = APIRouter(prefix="/rules", tags=["rules 规则表"], dependencies=[guarded("read", "rules", "rules_approve")])

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
    return BoundaryShown(
        case=case,
        situation=situation([*table.inputs, *table.given], case.inputs),
        answer=answer_says(table, _answer(case, table), organisation),
    )


def _change(change: Change, table: Table, organisation: Organisation) -> ChangeShown:
    if_so = phrase(next(one for one in table.inputs if one.key == change.column), change.to)
    then = answer_says(table, _answer(change, table), organisation)
    text = Label(zh=f"若{if_so.zh}：{then.zh}", en=f"If {if_so.en}: {then.en}")
    return ChangeShown(column=change.column, to=change.to, text=text)


def _answer(told: BoundaryCase | Change, table: Table) -> Evaluation:
    """What was found out about one situation, as an answer."""
    parts = {name: getattr(told, name) for name in ("status", "rows", "outcome", "used_default")}
    return Evaluation(table=table.table, sha256="", **parts)


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
