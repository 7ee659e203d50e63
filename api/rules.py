"""Rule tables as their owners keep them: versions from draft to published, and who may do what to them."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Caller, Guard, Session, Tools, guarded
from api.parts import Parts
from api.rules_gate import Checked, checked
from api.rules_shown import RuleSet, Version, content, found, history, same_key, shown_set, whole
from api.stops import in_use, is_approved, is_checked, not_published, own_work, stopped
from postroad.model.label import Label
from postroad.model.refusals import Malformed
from postroad.model.storable import Said
from postroad.model.table import Evaluation, Table, TableCase
from postroad.rules.cases import played
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import evaluate
from postroad.store.audit import Audit
from postroad.store.rule_versions import RuleVersionRow, RuleVersions
from postroad.store.versions import ChangedMeanwhile, Stage, stages

router = APIRouter(prefix="/rules", tags=["rules 规则表"])

Owner = Annotated[Caller, Depends(Guard("rules"))]
Approver = Annotated[Caller, Depends(Guard("rules_approve"))]
OwnerOrApprover = Annotated[Caller, Depends(Guard("rules", "rules_approve"))]
READERS = guarded("read", "rules", "rules_approve")


class CheckedVersion(Checked):
    """What checking found, and how far the version has come; `checked` once nothing stands in the way."""

    version: Version


class PlayedCase(BaseModel):
    """A case, the answer it gets, and how that differs from what it expects, if it does."""

    case: TableCase
    evaluation: Evaluation
    differs: list[Label]


class DraftOrder(BaseModel):
    """A new draft: a table, or the content of an older version, which is how one goes back."""

    model_config = ConfigDict(extra="forbid")

    table: Table | None = None
    from_version: int | None = Field(default=None, ge=1)
    notes: Said = Field(default="", max_length=2000)

    @model_validator(mode="after")
    def _one_of_them(self) -> "DraftOrder":
        if (self.table is None) == (self.from_version is None):
            raise ValueError("请给出 table 或 from_version 之一 / give either table or from_version")
        return self


class ChangeOrder(BaseModel):
    model_config = ConfigDict(extra="forbid")

    table: Table
    notes: Said = Field(default="", max_length=2000)
    was: str | None = Field(default=None, max_length=64, description="改之前的 sha256 / the content that is changed")


class CheckOrder(BaseModel):
    """`acknowledge: ["default"]`: the owner wants the default row to answer what no other row does."""

    model_config = ConfigDict(extra="forbid")

    acknowledge: list[Literal["default"]] = Field(default=[], max_length=10)


class PublishOrder(BaseModel):
    """From when the version is in force; at once, if nothing is said."""

    model_config = ConfigDict(extra="forbid")

    effective_from: AwareDatetime | None = None


@router.get("", summary="规则表列表 / Rule tables", dependencies=[READERS])
async def rule_sets(session: Session, parts: Tools) -> list[RuleSet]:
    found = await RuleVersions(session).all()
    return [await shown_set(session, rows, parts.now()) for rows in found.values()]


@router.get("/{key}", summary="规则表的全部版本 / Versions of a rule table", dependencies=[READERS])
async def rule_set(key: str, session: Session, parts: Tools) -> RuleSet:
    return await shown_set(session, await history(session, key), parts.now())


@router.get("/{key}/versions/{number}", summary="一个版本的内容 / One version", dependencies=[READERS])
async def version(key: str, number: int, session: Session, parts: Tools) -> Version:
    return await whole(session, await found(session, key, number), parts.now())


@router.get("/{key}/versions/{number}/cases", summary="逐条运行样例 / Play the cases", dependencies=[READERS])
async def cases(key: str, number: int, session: Session, parts: Tools) -> list[PlayedCase]:
    """What the owner signs off, case by case, with the answer it gets."""
    row = await found(session, key, number)
    compiled = await parts.tables.get(key, row.sha256)
    return [_played(compiled, place) for place in range(len(compiled.table.cases))]


@router.post("/{key}/drafts", status_code=201, summary="起草新版本 / A new draft")
async def draft(key: str, order: DraftOrder, caller: Owner, parts: Tools) -> Version:
    """With `from_version`, what that one said is drafted anew: checked, approved and published, it is the way back."""
    author = caller.as_person
    async with parts.database.begin() as session:
        table = order.table or await content(session, await found(session, key, order.from_version or 0))
        same_key(key, table)
        row = await RuleVersions(session).draft(table, author, order.notes, parts.now())
        return await whole(session, row, parts.now())


@router.put("/{key}/versions/{number}", summary="修改草稿 / Change a draft")
async def change(key: str, number: int, order: ChangeOrder, caller: Owner, parts: Tools) -> Version:
    """What was published is never changed. A changed draft has to be checked and approved again.

    With `was`, refused (`changed_meanwhile`) if somebody else changed it since.
    """
    author = caller.as_person
    same_key(key, order.table)
    async with parts.database.begin() as session:
        row = await found(session, key, number)
        not_published(row)
        _is_still(row, order.was)
        row = await RuleVersions(session).change(row, order.table, author, order.notes, parts.now())
        return await whole(session, row, parts.now())


@router.post("/{key}/versions/{number}/check", summary="检查 / Check a version")
async def check(key: str, number: int, order: CheckOrder, caller: Owner, parts: Tools) -> CheckedVersion:
    """Everything found: in the table, on today's organisation, and with the processes that ask it."""
    author, now = caller.as_person, parts.now()
    async with parts.database.read() as session:  # it may take seconds, and others want to write
        row = await found(session, key, number)
        known = {one["what"] for one in row.acknowledged}
        new = [what for what in dict.fromkeys(order.acknowledge) if what not in known]
        noted = [*row.acknowledged, *({"what": one, "by": author, "at": now.isoformat()} for one in new)]
        result = await checked(session, await content(session, row), noted)
    async with parts.database.begin() as session:
        if row.stage != Stage.PUBLISHED:
            row = await RuleVersions(session).checked(row, noted, clean=not result.stops)
        return CheckedVersion(**dict(result), version=await whole(session, row, now))


@router.post("/{key}/versions/{number}/approve", summary="批准 / Approve a version")
async def approve(key: str, number: int, caller: Approver, parts: Tools) -> Version:
    """By somebody who had no part in writing it, after it was checked."""
    approver = caller.as_person
    row = await _sound(parts, key, number)
    if approver in row.authors:
        raise own_work(row)
    async with parts.database.begin() as session:
        row = await RuleVersions(session).approved(row, approver, parts.now())
        await _note(session, caller, "approved", row, parts.now())
        return await whole(session, row, parts.now())


@router.post("/{key}/versions/{number}/publish", summary="发布 / Publish a version")
async def publish(key: str, number: int, order: PublishOrder, caller: OwnerOrApprover, parts: Tools) -> Version:
    """In force from its moment on, when it takes the place of the version before. Checked once more, as of today."""
    by, now = caller.as_person, parts.now()
    since = order.effective_from or now
    row = await _sound(parts, key, number)
    is_approved(row)
    if since < now:
        raise Malformed(
            f"生效时间 {since.isoformat()} 已过去；请写现在以后的时间，或不写（立即生效）",
            f"{since.isoformat()} is in the past; say a moment to come, or nothing for at once",
            code="effective_in_the_past",
        )
    async with parts.database.begin() as session:
        row = await RuleVersions(session).published(row, by, since, now)
        await _note(session, caller, "published", row, now)
        return await whole(session, row, now)


@router.post("/{key}/versions/{number}/retire", summary="停用 / Retire a version")
async def retire(key: str, number: int, caller: Approver, parts: Tools) -> Version:
    """Takes the table out of use, or calls a version off whose time has not come. To go back, publish an older one."""
    by, now = caller.as_person, parts.now()
    async with parts.database.begin() as session:
        row = await found(session, key, number)
        in_use(row, stages(await history(session, key), now)[number])
        row = await RuleVersions(session).retired(row, by, now)
        await _note(session, caller, "retired", row, now)
        return await whole(session, row, now)


async def _note(session: AsyncSession, caller: Caller, act: str, row: RuleVersionRow, at: datetime) -> None:
    since = row.effective_from.isoformat() if row.effective_from else None
    told = {"version": row.number, "sha256": row.sha256, "effective_from": since}
    await Audit(session).note(caller.actor, f"rules.{act}", f"rules:{row.key}", at, after=told, reason=row.notes)


async def _sound(parts: Parts, key: str, number: int) -> RuleVersionRow:
    """The version, if nothing stands in its way. Raises Conflict with the first reason why not."""
    async with parts.database.read() as session:
        row = await found(session, key, number)
        not_published(row)
        result = await checked(session, await content(session, row), row.acknowledged)
    if result.stops:
        raise stopped(row, result.stops)
    is_checked(row)
    return row


def _is_still(row: RuleVersionRow, was: str | None) -> None:
    if was is not None and row.sha256 != was:
        raise ChangedMeanwhile(
            f"{row.id} 刚被 {row.authors[-1]} 改过；请重新载入后再改",
            f"{row.id} was changed by {row.authors[-1]} meanwhile; load it again, then change it",
        )


def _played(compiled: CompiledTable, place: int) -> PlayedCase:
    case = compiled.table.cases[place]
    evaluation, differs = evaluate(compiled, case.inputs, case.on), played(compiled, case, case.name or "#1")
    return PlayedCase(case=case, evaluation=evaluation, differs=[one.text for one in differs])
