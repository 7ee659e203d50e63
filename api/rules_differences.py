"""What differs between versions of a rule table, and how often its rows were used: for people who compare."""

from collections import Counter
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.depends import Session, Tools, guarded
from api.rules_shown import content, found, history
from postroad.model.label import Label
from postroad.model.table import Output, Status
from postroad.rules.differences import Difference, differences
from postroad.rules.outcome_words import output_says
from postroad.store.decisions import Decisions
from postroad.store.people import People
from postroad.store.rule_versions import RuleVersions

router = APIRouter(prefix="/rules", tags=["rules 规则表"])
READERS = guarded("read", "rules", "rules_approve")


class Differences(BaseModel):
    """From version `since` to `version`, a sentence each; `since` is None for what has no version before it."""

    since: int | None
    version: int
    differences: list[Difference]


class Hits(BaseModel):
    """Of the `n` answers of the last `days`: how many each row gave, how many the default, how many had none."""

    days: int
    n: int
    rows: dict[str, int]
    by_default: int
    unanswered: int


@router.get(
    "/{key}/versions/{number}/differences", summary="版本差异 / What differs between versions", dependencies=[READERS]
)
async def differing(
    key: str, number: int, session: Session, parts: Tools, since: Annotated[int | None, Query(ge=1)] = None
) -> Differences:
    """From version `since`, by default the one in force; for that one itself, from the one before it."""
    new = await found(session, key, number)
    in_force = await RuleVersions(session).in_force(key, parts.now())
    before = since or (in_force.number if in_force and in_force.number != number else None)
    if before is None:
        before = max((row.number for row in await history(session, key) if row.number < number), default=None)
    if before is None:
        return Differences(since=None, version=number, differences=[])
    old = await content(session, await found(session, key, before))
    organisation = await People(session).organisation()

    def said(output: Output, value: object) -> Label:
        return output_says(output, value, organisation)

    told = differences(old, await content(session, new), said)
    return Differences(since=before, version=number, differences=told)


@router.get("/{key}/hits", summary="命中次数 / How often rows were used", dependencies=[READERS])
async def hits(key: str, session: Session, parts: Tools, days: Annotated[int, Query(ge=1, le=3660)] = 90) -> Hits:
    """Counts only, without what was asked."""
    now = parts.now()
    rows: Counter[str] = Counter()
    told = Hits(days=days, n=0, rows={}, by_default=0, unanswered=0)
    for used in await Decisions(session).used(key, now - timedelta(days=days), now):
        told.n += used.n
        told.by_default += used.n if used.used_default else 0
        told.unanswered += used.n if used.status != Status.OK else 0
        rows.update(dict.fromkeys(used.rows, used.n) if used.status == Status.OK else {})
    return told.model_copy(update={"rows": dict(rows)})
