"""Rule tables for other systems: one answer, many answers, and the log of what was answered to whom."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from time import perf_counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, model_validator
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Caller, Guard, Session, Tools, guarded
from api.parts import Parts
from postroad.model.label import Label
from postroad.model.refusals import Conflict, Unknown
from postroad.model.storable import Filled, Said
from postroad.model.table import Explanation, Status
from postroad.rules.changes import Change, changes
from postroad.rules.evaluate import evaluate
from postroad.rules.explain import explain
from postroad.store.decisions import DecisionRow, Decisions
from postroad.store.rule_versions import RuleVersionRow, RuleVersions
from postroad.store.versions import Stage

router = APIRouter(tags=["rules 规则表"])

Asker = Annotated[Caller, Depends(Guard("rules", "rules_evaluate"))]
MOST = 1000
"""Answers to one request."""


class Decided(BaseModel):
    """An answer: `status` is OK, NO_MATCH, CONFLICT or INPUT_ERROR, and only OK has an outcome. It is in the log."""

    id: str
    table: str
    version: int | None
    sha256: str
    status: Status
    rows: list[str]
    outcome: JsonValue
    used_default: bool
    message: Label | None
    inputs: dict[str, JsonValue]
    at: AwareDatetime


class Decision(Decided):
    """A row of the log: also which step of which instance asked, or who outside, and how long it took."""

    instance: str | None
    node: str | None
    caller: str | None
    request: str | None
    ms: float | None


class ExplainOrder(BaseModel):
    """As for an evaluation; `version` may be a draft too, and nothing is logged."""

    model_config = ConfigDict(extra="forbid")

    inputs: Filled
    version: int | None = Field(default=None, ge=1)
    as_of: AwareDatetime | None = None


class Explained(BaseModel):
    """The answer, every row with its cells, the rows that missed by one cell, and what would change the answer."""

    version: int
    explanation: Explanation
    changes: list[Change]


class DecisionPage(BaseModel):
    """`next` is the `after` of the next page; None when this was the last one."""

    items: list[Decision]
    next: str | None


class _Order(BaseModel):
    """By the published version with this number, else by the one in force at `as_of`, else by the one in force now.

    A repeated `request` with the same content gets the same answer and is in the log once.
    """

    model_config = ConfigDict(extra="forbid")

    version: int | None = Field(default=None, ge=1)
    as_of: AwareDatetime | None = None
    request: Said | None = Field(default=None, min_length=1, max_length=200)

    @model_validator(mode="after")
    def _one_way_of_saying(self) -> "_Order":
        if self.version is not None and self.as_of is not None:
            raise ValueError("version 与 as_of 只写一个 / say version or as_of, not both")
        return self


class EvaluateOrder(_Order):
    inputs: Filled


class BatchOrder(_Order):
    items: list[Filled] = Field(min_length=1, max_length=MOST)


class BatchOut(BaseModel):
    """One answer for each item, in order."""

    results: list[Decided]


@router.post("/rules/{key}/evaluate", summary="判断一次 / Evaluate a rule table")
async def evaluate_once(key: str, order: EvaluateOrder, caller: Asker, parts: Tools) -> Decided:
    return _decided((await _answered(key, order, [order.inputs], caller, parts))[0])


@router.post("/rules/{key}/evaluate/batch", summary="批量判断 / Evaluate many inputs")
async def evaluate_many(key: str, order: BatchOrder, caller: Asker, parts: Tools) -> BatchOut:
    """Bad inputs of one item are that item's answer; the others get theirs."""
    rows = await _answered(key, order, order.items, caller, parts)
    return BatchOut(results=[_decided(row) for row in rows])


@router.post(
    "/rules/{key}/explain",
    summary="解释 / Explain an answer",
    dependencies=[guarded("read", "rules", "rules_approve")],
)
async def explained(key: str, order: ExplainOrder, parts: Tools) -> Explained:
    """Why this row, why not the others, and what would have to be different."""
    at = order.as_of or parts.now()
    async with parts.database.read() as session:
        version = await _version(session, key, order.version, at, drafts=True)
    table, day = await parts.tables.get(key, version.sha256), at.astimezone(parts.zone).date()
    told = explain(table, order.inputs, day)
    return Explained(version=version.number, explanation=told, changes=changes(table, order.inputs, day))


@router.get("/decisions", summary="判断记录 / Log of decisions")
async def decisions(
    *,
    caller: Annotated[Caller, Depends(Guard("rules", "admin"))],
    session: Session,
    table: Said | None = None,
    instance: Said | None = None,
    status: Status | None = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    limit: Annotated[int, Field(ge=1, le=500)] = 50,
    after: Said | None = None,
) -> DecisionPage:
    """The newest first, by processes and by other systems. It holds what tables were asked: not for everybody."""
    rows = await Decisions(session).page(
        reach=caller.rights.reach("rules") | caller.administers,
        table=table,
        instance=instance,
        status=status,
        since=since,
        until=until,
        limit=limit,
        after=after,
    )
    return DecisionPage(items=[_logged(row) for row in rows], next=rows[-1].id if len(rows) == limit else None)


async def _answered(
    key: str, order: _Order, items: Sequence[dict[str, Any]], caller: Caller, parts: Parts
) -> list[DecisionRow]:
    """The answers, in order; those given before, if the request was made before."""
    request = order.request or secrets.token_hex(16)
    said = json.dumps([key, order.model_dump(mode="json")], sort_keys=True)
    sha256 = hashlib.sha256(said.encode()).hexdigest()
    now = parts.now()
    at = order.as_of or now
    async with parts.database.read() as session:
        rows = await Decisions(session).of_request(caller.token, request)
        version = None if rows else await _version(session, key, order.version, at)
    if version is not None:
        told = await _evaluated(parts, version, items, at)
        named = {"caller": caller.token, "request": request, "request_sha256": sha256, "at": now}
        async with parts.database.begin() as session:
            log = Decisions(session)
            await log.keep([{**one, **named, "id": f"{caller.token}/{request}/{n}"} for n, one in enumerate(told)])
            rows = await log.of_request(caller.token, request)
    if rows[0].request_sha256 != sha256:
        raise Conflict(
            f"请求编号 {request} 已用于别的内容；新的请求请用新的编号",
            f"the request {request} was made with another content; use a new id for a new request",
            code="request_reused",
        )
    return rows


async def _version(
    session: AsyncSession, key: str, number: int | None, at: datetime, *, drafts: bool = False
) -> RuleVersionRow:
    versions = RuleVersions(session)
    row = await (versions.in_force(key, at) if number is None else versions.find(key, number))
    if row is not None and (drafts or row.stage == Stage.PUBLISHED):
        return row
    which = f"已发布的第 {number} 版" if number else "生效的版本"
    said = f"published version {number}" if number else "version in force"
    raise Unknown(
        f"规则表 {key} 没有{which}；请先发布",
        f"the rule table {key} has no {said}; publish one first",
        code="not_published",
    )


async def _evaluated(
    parts: Parts, version: RuleVersionRow, items: Sequence[dict[str, Any]], at: datetime
) -> list[dict[str, Any]]:
    table = await parts.tables.get(version.key, version.sha256)
    day = at.astimezone(parts.zone).date()
    rows = []
    for inputs in items:
        began = perf_counter()
        answer = evaluate(table, inputs, day)
        rows.append(
            {
                "table_key": version.key,
                "version": version.number,
                "sha256": version.sha256,
                "on_day": answer.on,
                "status": answer.status.value,
                "row_ids": answer.rows,
                "inputs": answer.inputs,
                "outcome": answer.outcome,
                "used_default": answer.used_default,
                "message": answer.message.model_dump() if answer.message else None,
                "ms": round((perf_counter() - began) * 1000, 3),
            }
        )
    return rows


def _decided(row: DecisionRow) -> Decided:
    return Decided.model_validate(_columns(row, Decided))


def _logged(row: DecisionRow) -> Decision:
    return Decision.model_validate(_columns(row, Decision))


def _columns(row: DecisionRow, shown: type[BaseModel]) -> dict[str, Any]:
    told = {**row.model_dump(), "table": row.table_key, "rows": row.row_ids}
    return {name: told[name] for name in shown.model_fields}
