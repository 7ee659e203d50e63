"""Processes as they are drawn: versions from draft to published, and who may do what to them."""

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Caller, Guard, Session, Tools, guarded
from api.moving import Move, MoveOut, move_instances
from api.parts import Parts
from api.process_gate import CasePlayed, Checked, checked, play, stops_of_tables
from api.process_shown import (
    ProcessSet,
    ProcessVersion,
    found,
    history,
    key_of,
    same_key,
    shown_set,
    whole,
)
from api.stops import in_use, is_approved, is_checked, not_published, own_work, stopped
from api.surroundings import surroundings
from postroad.model.people import Key
from postroad.model.refusals import Conflict, Forbidden, Malformed, Unknown
from postroad.model.storable import Filled, Said
from postroad.process.drawn import Fault, read
from postroad.store.audit import Audit
from postroad.store.instances import Instances
from postroad.store.process_versions import Drawn, ProcessVersionRow, ProcessVersions
from postroad.store.releases import Releases
from postroad.store.releasing import release
from postroad.store.versions import ChangedMeanwhile, Stage, stages

router = APIRouter(prefix="/processes", tags=["processes 流程定义"])

Owner = Annotated[Caller, Depends(Guard("processes"))]
Approver = Annotated[Caller, Depends(Guard("processes_approve"))]
OwnerOrApprover = Annotated[Caller, Depends(Guard("processes", "processes_approve"))]
READERS = guarded("read", "processes", "processes_approve")
Notes = Annotated[Said, Field(max_length=2000)]
Cases = Annotated[list[Filled], Field(max_length=200)]


class ProcessDraft(BaseModel):
    """A new draft: a drawing, or what a release or a version said (`purchase-approval@3`).

    `key` gives the copy another name: the first draft of another process.
    """

    model_config = ConfigDict(extra="forbid")

    process: Filled | None = None
    from_release: Said | None = Field(default=None, max_length=100)
    from_version: Said | None = Field(default=None, max_length=100)
    cases: Cases | None = None
    key: Key | None = None
    notes: Notes = ""

    @model_validator(mode="after")
    def _one_of_them(self) -> "ProcessDraft":
        if sum(one is not None for one in (self.process, self.from_release, self.from_version)) != 1:
            raise ValueError(
                "请给出 process、from_release 或 from_version 之一 / give process, from_release or from_version"
            )
        return self


class ProcessChange(BaseModel):
    """`revision` is that of the version as it was read; without `cases` they stay as they are."""

    model_config = ConfigDict(extra="forbid")

    process: Filled
    cases: Cases | None = None
    notes: Notes | None = None
    revision: int = Field(ge=1)


class CasesOrder(BaseModel):
    """What is played instead of what is saved."""

    model_config = ConfigDict(extra="forbid")

    process: Filled | None = None
    cases: Cases | None = None


class ProcessPublication(BaseModel):
    """From when new instances begin on it; at once, if nothing is said. `move` takes running ones along."""

    model_config = ConfigDict(extra="forbid")

    effective_from: AwareDatetime | None = None
    move: Move | None = None


class CheckedProcess(Checked):
    """What checking found, and how far the version has come; `checked` once nothing stands in the way."""

    version: ProcessVersion


class PublishedProcess(ProcessVersion):
    """`moved`: what became of the running instances that were to come along."""

    moved: MoveOut | None = None


class CasesRun(BaseModel):
    """`problems` are those of the drawing, on which no case is played."""

    cases: list[CasePlayed]
    problems: list[Fault]


@router.get("/drafts", summary="全部流程及其版本 / Every process with its versions", dependencies=[READERS])
async def process_sets(session: Session, parts: Tools) -> list[ProcessSet]:
    """Also those that were never published."""
    return [shown_set(rows, parts.now()) for rows in (await ProcessVersions(session).all()).values()]


@router.get("/{key}/versions", summary="一个流程的全部版本 / Versions of a process", dependencies=[READERS])
async def versions(key: str, session: Session, parts: Tools) -> ProcessSet:
    rows = await history(session, key)
    return shown_set(rows, parts.now(), await Instances(session).running_by_release(key))


@router.get("/{key}/versions/{number}", summary="一个版本的内容 / One version", dependencies=[READERS])
async def version(key: str, number: int, session: Session, parts: Tools) -> ProcessVersion:
    return await whole(session, await found(session, key, number), parts.now())


@router.post("/drafts", status_code=201, summary="起草新版本 / A new draft")
async def draft(order: ProcessDraft, caller: Owner, parts: Tools) -> ProcessVersion:
    """Also of a process that is not there yet. It need not be whole: what was drawn is kept as it is."""
    author = caller.as_person
    async with parts.database.begin() as session:
        drawn, origin = await _origin(session, order)
        key = order.key or key_of(drawn.content)
        content = {**drawn.content, "process": key}
        key_of(content)
        kept = Drawn(content, order.cases if order.cases is not None else drawn.cases)
        row = await ProcessVersions(session).draft(key, kept, author, order.notes, parts.now(), origin=origin)
        return await whole(session, row, parts.now())


@router.put("/{key}/versions/{number}", summary="保存草稿 / Save a draft")
async def change(key: str, number: int, order: ProcessChange, caller: Owner, parts: Tools) -> ProcessVersion:
    """What was published is never changed. A changed draft has to be checked and approved again."""
    author, content = caller.as_person, same_key(key, order.process)
    async with parts.database.begin() as session:
        row = await found(session, key, number)
        not_published(row)
        if row.revision != order.revision:
            raise ChangedMeanwhile(
                f"{row.id} 已被别人保存过（第 {row.revision} 次）；请重新打开后再改",
                f"{row.id} was saved by somebody else meanwhile ({row.revision}); open it again",
            )
        kept = Drawn(content, row.cases if order.cases is None else order.cases)
        notes = row.notes if order.notes is None else order.notes
        row = await ProcessVersions(session).change(row, kept, author, notes, parts.now())
        return await whole(session, row, parts.now())


@router.post("/{key}/versions/{number}/check", summary="检查 / Check a version")
async def check(key: str, number: int, caller: Owner, parts: Tools) -> CheckedProcess:
    """Everything found: in the drawing, on today's organisation, with the rules in force, and by its cases."""
    caller.as_person  # noqa: B018 - only a person checks
    async with parts.database.read() as session:
        row = await found(session, key, number)
    result = await _checked(parts, row)
    async with parts.database.begin() as session:
        if row.stage != Stage.PUBLISHED and not result.stops:
            row = await ProcessVersions(session).checked(row)
        return CheckedProcess(**dict(result), version=await whole(session, row, parts.now()))


@router.post("/{key}/versions/{number}/cases/run", summary="运行案例 / Play the cases", dependencies=[READERS])
async def run_cases(key: str, number: int, order: CasesOrder, parts: Tools) -> CasesRun:
    """On the engine alone, with today's people and the rules in force: nobody is asked, nothing is done."""
    async with parts.database.read() as session:
        row = await found(session, key, number)
    around = await surroundings(parts)
    reading = await asyncio.to_thread(read, row.content if order.process is None else order.process, around.tables)
    cases = order.cases if order.cases is not None else row.cases
    played = await asyncio.to_thread(play, reading, cases, around)
    return CasesRun(cases=played, problems=reading.faults)


@router.post("/{key}/versions/{number}/approve", summary="批准 / Approve a version")
async def approve(key: str, number: int, caller: Approver, parts: Tools) -> ProcessVersion:
    """By somebody who had no part in drawing it, after it was checked."""
    approver = caller.as_person
    row = await _sound(parts, key, number)
    if approver in row.authors:
        raise own_work(row)
    async with parts.database.begin() as session:
        row = await ProcessVersions(session).approved(row, approver, parts.now())
        await _note(session, caller, "approved", row, parts.now())
        return await whole(session, row, parts.now())


@router.post("/{key}/versions/{number}/publish", summary="发布 / Publish a version")
async def publish(
    key: str, number: int, order: ProcessPublication, caller: OwnerOrApprover, parts: Tools
) -> PublishedProcess:
    """As a release, with the rule tables in force at its moment. Checked once more, as of today."""
    by, now = caller.as_person, parts.now()
    since = order.effective_from or now
    _may_move(caller, order, since, now)
    row = await _sound(parts, key, number)
    is_approved(row)
    async with parts.database.begin() as session:
        _in_order(row, await history(session, key), since, now)
        row = await ProcessVersions(session).published(row, by, since, now)
        await _note(session, caller, "published", row, now)
        if since <= now:
            await release(session, row, now)
            row = await found(session, key, number)
        shown = await whole(session, row, now)
    moved = await _moved(parts, key, order.move, caller) if order.move else None
    return PublishedProcess(**dict(shown), moved=moved)


@router.post("/{key}/versions/{number}/retire", summary="停用 / Retire a version")
async def retire(key: str, number: int, caller: Approver, parts: Tools) -> ProcessVersion:
    """Nothing begins on it any more, or it is called off before its time; what runs goes on to its end."""
    by, now = caller.as_person, parts.now()
    async with parts.database.begin() as session:
        row = await found(session, key, number)
        in_use(row, stages(await history(session, key), now)[number])
        row = await ProcessVersions(session).retired(row, by, now)
        await _note(session, caller, "retired", row, now)
        return await whole(session, row, now)


async def _moved(parts: Parts, key: str, order: Move, caller: Caller) -> MoveOut:
    by, reach = caller.as_person, caller.administers
    return await move_instances(parts, key, order, by=by, actor=caller.actor, reach=reach)


async def _note(session: AsyncSession, caller: Caller, act: str, row: ProcessVersionRow, at: datetime) -> None:
    """In the log of administrative acts."""
    since = row.effective_from.isoformat() if row.effective_from else None
    told = {"authors": row.authors, "approver": row.approver, "effective_from": since, "sha256": row.sha256}
    await Audit(session).note(caller.actor, f"process.{act}", f"process:{row.id}", at, after=told, reason=row.notes)


async def _origin(session: AsyncSession, order: ProcessDraft) -> tuple[Drawn, str | None]:
    """What the draft begins with, and what that is called."""
    if order.process is not None:
        return Drawn(order.process), None
    if order.from_version is not None:
        key, _, number = order.from_version.rpartition("@")
        row = await found(session, key, int(number) if number.isdigit() else 0)
        return Drawn(row.content, row.cases), row.id
    known = await Releases(session).find(order.from_release or "")
    if known is None:
        raise Unknown(f"没有版本 {order.from_release}", f"There is no release {order.from_release}")
    version = await ProcessVersions(session).of_release(known.id)
    return Drawn(known.definition, version.cases if version else ()), known.id


async def _checked(parts: Parts, row: ProcessVersionRow) -> Checked:
    around = await surroundings(parts)
    result = await asyncio.to_thread(
        checked, row.content, row.cases, around, parts.connectors
    )  # its cases take a while
    async with parts.database.read() as session:
        return result.model_copy(
            update={"stops": [*result.stops, *await stops_of_tables(session, row.content, around)]}
        )


async def _sound(parts: Parts, key: str, number: int) -> ProcessVersionRow:
    """The version, if nothing stands in its way. Raises Conflict with the first reason why not."""
    async with parts.database.read() as session:
        row = await found(session, key, number)
    not_published(row)
    result = await _checked(parts, row)
    if result.stops:
        raise stopped(row, result.stops)
    is_checked(row)
    return row


def _in_order(row: ProcessVersionRow, rows: list[ProcessVersionRow], since: datetime, now: datetime) -> None:
    """Versions come one after another: none behind a newer one, and none before an older one."""
    come = stages(rows, now)
    newer = next((one for one in rows if one.number > row.number and come[one.number] is Stage.PUBLISHED), None)
    if newer:
        raise Conflict(
            f"第 {newer.number} 版已发布，{row.id} 会覆盖它的修改；请以第 {newer.number} 版为底重新起草",
            f"version {newer.number} is published, and {row.id} would undo what it changed; draft from it anew",
            code="newer_published",
        )
    waiting = [one for one in rows if one.release is None and come[one.number] is Stage.PUBLISHED]
    later = next((one for one in waiting if one.effective_from and one.effective_from > since), None)
    if later:
        raise Conflict(
            f"第 {later.number} 版将于 {later.effective_from} 生效，{row.id} 不能更早；请先停用第 {later.number} 版",
            f"version {later.number} takes effect at {later.effective_from}, and {row.id} cannot before it; retire it",
            code="earlier_waits",
        )


def _may_move(caller: Caller, order: ProcessPublication, since: datetime, now: datetime) -> None:
    if since < now:
        raise Malformed(
            f"生效时间 {since.isoformat()} 已过去；请写现在以后的时间，或不写（立即生效）",
            f"{since.isoformat()} is in the past; say a moment to come, or nothing for at once",
            code="effective_in_the_past",
        )
    if order.move and since > now:
        raise Malformed(
            "运行中的流程只能在版本生效后迁移；请到时再迁移",
            "Running instances move once the version is in effect; move them then",
            code="not_in_effect",
        )
    if order.move and "admin" not in caller.scopes:
        raise Forbidden(
            "迁移运行中的流程需要 admin 权限；可以先发布，再请管理员迁移",
            "Moving running instances takes the scope admin; publish, and ask an administrator to move them",
            code="scope_missing",
        )
