"""A drawing while it is drawn: what is wrong with it, what it says, and who would get it."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.depends import Tools, guarded
from api.parts import Parts
from api.surroundings import Surroundings, surroundings
from postroad.connectors.errors import ConnectorFailure, NotFound
from postroad.model.case import Case, CaseAbsence, CaseExpect, CaseStart
from postroad.model.document import DocumentRef
from postroad.model.label import Label
from postroad.model.process import Process
from postroad.model.refusals import Unavailable, Unknown
from postroad.model.storable import Filled, Said
from postroad.model.table import Table
from postroad.process.drawn import Fault, Reading, read
from postroad.process.sound_ways import Remark, remarks
from postroad.process.words.sentences import Sentence, sentences
from postroad.rules.compile import TableRefused, compile_table
from postroad.store.rule_tables import RuleTables
from postroad.store.rule_versions import RuleVersions
from postroad.trial.foreseen import Foresight, foresee

router = APIRouter(prefix="/processes", tags=["processes 流程定义"])

MOST_ITEMS = 20
"""Items of a list that are played: a longer one says no more about who would get it."""

DRAWERS = guarded("processes", "processes_approve")
TableOrVersion = Annotated[Table | int, Field(union_mode="left_to_right")]


class Drawing(BaseModel):
    """A process as it is drawn, whole or not."""

    model_config = ConfigDict(extra="forbid")

    process: Filled


class PreviewOrder(Drawing):
    """The `document`'s fields as typed, or the id of a real one (`document_id`), and who would submit it.

    `tables` are looked at instead of those in force: a table, or the number of a version of it.
    """

    document: Filled = {}
    document_id: Said | None = Field(default=None, min_length=1, max_length=200)
    initiator: Said | None = Field(default=None, max_length=64)
    tables: dict[Said, TableOrVersion] = Field(default={}, max_length=20)


class DrawingChecked(BaseModel):
    """What is wrong and where, what is good to know, and every node of what can be read in a sentence."""

    problems: list[Fault]
    remarks: list[Remark]
    sentences: list[Sentence]


class Preview(BaseModel):
    """`seen` is None where nothing could be played; `problems` say why. `document` is what it was played with."""

    seen: Foresight | None
    problems: list[Fault]
    left_out: list[str]
    document: dict[str, Any]
    initiator: str
    notes: list[Label]


@router.post("/check", summary="检查正在画的流程 / Check a drawing", dependencies=[DRAWERS])
async def check_drawing(order: Drawing, parts: Tools) -> DrawingChecked:
    """While it is drawn: nothing is saved."""
    around = await surroundings(parts)
    return await asyncio.to_thread(_checked, order.process, around)


@router.post("/sentences", summary="用句子说出流程 / A drawing in sentences", dependencies=[DRAWERS])
async def in_sentences(order: Drawing, parts: Tools) -> list[Sentence]:
    around = await surroundings(parts)
    reading = await asyncio.to_thread(read, order.process, around.tables)
    return _sentences(reading, around)


@router.post("/preview", summary="会由谁处理 / Who would get it", dependencies=[DRAWERS])
async def preview(order: PreviewOrder, parts: Tools) -> Preview:
    """The engine plays it with everybody agreeing; nobody is asked and nothing is done. What can be read is played."""
    around, wrong = await _with_tables(parts, await surroundings(parts), order.tables)
    reading = await asyncio.to_thread(read, order.process, around.tables)
    if reading.process is None:
        initiator = order.initiator or ""
        return Preview(
            seen=None, problems=reading.faults, left_out=reading.left_out, document={}, initiator=initiator, notes=wrong
        )
    document, cut = _short(await _document(parts, reading.process, order))
    initiator = order.initiator or str(document.get(reading.process.document.initiator) or "")
    seen = await asyncio.to_thread(_played, reading.process, around, document, initiator, parts.now())
    return Preview(
        seen=seen,
        problems=reading.faults,
        left_out=reading.left_out,
        document=document,
        initiator=initiator,
        notes=[*wrong, *cut, *_notes(around, initiator)],
    )


def _checked(drawn: Mapping[str, Any], around: Surroundings) -> DrawingChecked:
    reading = read(drawn, around.tables)
    notes = list(remarks(reading.process)) if reading.process and not reading.faults else []
    return DrawingChecked(problems=reading.faults, remarks=notes, sentences=_sentences(reading, around))


def _short(document: Mapping[str, Any]) -> tuple[dict[str, Any], list[Label]]:
    """With no more items of a list than can be played while somebody types."""
    long = [field for field, value in document.items() if isinstance(value, list) and len(value) > MOST_ITEMS]
    said = [
        Label(zh=f"{field} 只按前 {MOST_ITEMS} 项计算", en=f"{field}: only the first {MOST_ITEMS} items were played")
        for field in long
    ]
    return {**document, **{field: document[field][:MOST_ITEMS] for field in long}}, said


def _played(
    process: Process, around: Surroundings, document: Mapping[str, Any], initiator: str, at: datetime
) -> Foresight:
    case = Case(
        name="preview",
        start=CaseStart(initiator=initiator, at=at, document=dict(document)),
        absences=tuple(CaseAbsence(**dict(one)) for one in around.absences),
        loads=dict(around.loads),
        expect=CaseExpect(),
    )
    return foresee(around.world(process).stage(case), around.names(process))


async def _document(parts: Parts, process: Process, order: PreviewOrder) -> dict[str, Any]:
    """What is typed, over what the real document says."""
    real = await _real(parts, process, order.document_id) if order.document_id else {}
    asked = {process.document.initiator: order.initiator} if order.initiator else {}
    return {**real, **order.document, **asked}


async def _real(parts: Parts, process: Process, id_: str) -> dict[str, Any]:
    bound = process.document
    connector = parts.connectors.get(bound.system)
    if connector is None:
        raise Unknown(
            f"没有业务系统 {bound.system}，不能读取单据 {id_}；请先选择单据所在的系统",
            f"There is no system {bound.system} to read {id_} from; choose the system of the documents first",
            code="unknown_system",
        )
    try:
        return dict((await connector.read(DocumentRef(system=bound.system, kind=bound.kind, id=id_))).data)
    except NotFound as missing:
        raise Unknown(missing.zh, missing.en, code="no_such_document") from missing
    except ConnectorFailure as failed:
        raise Unavailable(failed.zh, failed.en, code="document_unreadable") from failed


async def _with_tables(
    parts: Parts, around: Surroundings, tables: Mapping[str, Table | int]
) -> tuple[Surroundings, list[Label]]:
    """With these tables or versions instead of those in force; what cannot be asked is left out and said."""
    compiled, wrong = dict(around.compiled), list[Label]()
    for key, said in tables.items():
        try:
            table = said if isinstance(said, Table) else await _version_of(parts, key, said)
            compiled[key] = compile_table(table)
        except TableRefused as refused:
            compiled.pop(key, None)
            wrong.append(refused.label)
    return replace(around, compiled=compiled), wrong


async def _version_of(parts: Parts, key: str, number: int) -> Table:
    async with parts.database.read() as session:
        row = await RuleVersions(session).find(key, number)
        table = await RuleTables(session).find(row.sha256) if row else None
    if table is None:
        raise Unknown(f"规则表 {key} 没有第 {number} 版", f"The rule table {key} has no version {number}")
    return table


def _sentences(reading: Reading, around: Surroundings) -> list[Sentence]:
    return sentences(reading.process, around.names(reading.process)) if reading.process else []


def _notes(around: Surroundings, initiator: str) -> list[Label]:
    if not initiator:
        return [Label(zh="没有写明发起人，算不出他的上级和部门", en="without an initiator nobody is found by them")]
    if around.organisation.person(initiator) is None:
        return [Label(zh=f"组织里没有 {initiator} 这个人", en=f"the organisation does not know {initiator}")]
    return []
