"""What rule tables decided: one row for each answer, to whom, by which version, and on which inputs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Index, ScalarSelect, Select, Text, and_, bindparam, cast, func, or_, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.refusals import Unknown
from postroad.model.rights import EVERYTHING, Reach
from postroad.model.table import Status
from postroad.model.task import InstanceView, Line
from postroad.rules.compare import Recorded
from postroad.store.instances import InstanceRow
from postroad.store.rule_versions import RuleVersionRow
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import dialect_of, execute_many, insert_for, table_of
from postroad.store.versions import Stage
from postroad.store.within import begun_within

_NEEDED = frozenset({"table", "sha256", "rows", "inputs", "outcome"})
"""What a line tells if it tells an answer."""


class DecisionRow(Stored, table=True):
    """One answer. `instance` and `node` say for which step, `caller` and `request` for whom outside.

    `inputs` are the values used, normalised. `version` is the one in force for the asker, None where the content was
    never published as one. `on_day` is the day it was asked for, where rows have dates; `ms` how long it took.
    """

    __tablename__ = "rule_decisions"
    __table_args__ = (
        Index(None, "table_key", "at", "id"),
        Index(None, "at", "id"),
        Index(None, "instance"),
        Index(None, "caller", "request"),
    )

    id: str = Field(primary_key=True)
    table_key: str
    version: int | None = None
    sha256: str
    instance: str | None = None
    node: str | None = None
    caller: str | None = None
    request: str | None = None
    request_sha256: str | None = None
    at: datetime = Field(sa_type=UtcTime)
    on_day: date | None = None
    status: str
    row_ids: list[str] = Field(sa_type=Json)
    inputs: dict[str, Any] = Field(sa_type=Json)
    outcome: Any = Field(default=None, sa_type=Json, nullable=True)
    used_default: bool = False
    message: dict[str, str] | None = Field(default=None, sa_type=Json)
    ms: float | None = None


class Used(NamedTuple):
    """How many answers these rows gave."""

    rows: list[str]
    status: Status
    used_default: bool
    n: int


class Decisions:
    """The log. Rows are only added; the same one again is passed over."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_story(self, instance: InstanceView, lines: Iterable[Line]) -> None:
        """Keep the answers that lines of an instance's story tell; others are passed over."""
        rows = [_told(instance, line) for line in lines if line.data.keys() >= _NEEDED]
        if rows:
            await execute_many(self._session, _told_insert(dialect_of(self._session)), rows)

    async def keep(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep answers with their columns; `version` among them."""
        statement = insert_for(dialect_of(self._session), DecisionRow).on_conflict_do_nothing()
        await execute_many(self._session, statement, [dict(row) for row in rows])

    async def of_request(self, caller: str, request: str) -> list[DecisionRow]:
        """What was answered to this request of a caller, in order."""
        same = (col(DecisionRow.caller) == caller, col(DecisionRow.request) == request)
        found = await self._session.scalars(select(DecisionRow).where(*same))
        return sorted(found, key=lambda row: int(row.id.rpartition("/")[2]))

    async def page(
        self,
        *,
        reach: Reach = EVERYTHING,
        table: str | None = None,
        instance: str | None = None,
        status: Status | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> list[DecisionRow]:
        """The newest first, from `since` to before `until`; `after` is the id that ended the page before.

        What other systems asked belongs to no department, and is for whoever reaches everything.

        Raises:
            Unknown: there is no decision `after`.
        """
        wanted = _asked(select(DecisionRow), table=table, instance=instance, status=status, since=since, until=until)
        if not reach.everything:
            reached = select(col(InstanceRow.id)).where(begun_within(reach))
            wanted = wanted.where(col(DecisionRow.instance).in_(reached))
        at, id_ = col(DecisionRow.at), col(DecisionRow.id)
        if after is not None:
            last = await self._session.get(DecisionRow, after)
            if last is None:
                raise Unknown(f"没有判断记录 {after}，请从第一页重新翻起", f"there is no decision {after}; start anew")
            wanted = wanted.where(or_(at < last.at, and_(at == last.at, id_ < last.id)))
        return list(await self._session.scalars(wanted.order_by(at.desc(), id_.desc()).limit(limit)))

    async def count(self, table: str, since: datetime, until: datetime) -> int:
        within = _within(table, since, until)
        return await self._session.scalar(select(func.count()).select_from(DecisionRow).where(*within)) or 0

    async def used(self, table: str, since: datetime, until: datetime) -> list[Used]:
        """How often a table answered by which rows in that time."""
        row = table_of(DecisionRow).c
        rows = cast(row.row_ids, Text)
        wanted = select(rows, row.status, row.used_default, func.count()).where(*_within(table, since, until))
        found = await self._session.execute(wanted.group_by(rows, row.status, row.used_default))
        return [Used(json.loads(told), Status(status), by_default, n) for told, status, by_default, n in found]

    async def cases(
        self, table: str, since: datetime, until: datetime, zone: ZoneInfo, *, limit: int, after: Recorded | None = None
    ) -> list[Recorded]:
        """What a table decided in that time as cases to ask again, a page after the other; days are those of `zone`."""
        row = table_of(DecisionRow).c
        columns = (row.id, row.inputs, row.on_day, row.sha256, row.status, row.row_ids, row.at)
        wanted = select(*columns).where(*_within(table, since, until)).order_by(row.id).limit(limit)
        if after is not None:
            wanted = wanted.where(row.id > after.id)
        found = await self._session.execute(wanted)
        return [
            Recorded(
                one.id, one.inputs, one.on_day or one.at.astimezone(zone).date(), one.sha256, one.status, one.row_ids
            )
            for one in found
        ]


def _within(table: str, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (col(DecisionRow.table_key) == table, col(DecisionRow.at) >= since, col(DecisionRow.at) < until)


def _asked(wanted: Select[Any], **asked: Any) -> Select[Any]:
    columns = {"table": DecisionRow.table_key, "instance": DecisionRow.instance, "status": DecisionRow.status}
    for name, column in columns.items():
        if asked[name] is not None:
            wanted = wanted.where(col(column) == asked[name])
    if asked["since"] is not None:
        wanted = wanted.where(col(DecisionRow.at) >= asked["since"])
    if asked["until"] is not None:
        wanted = wanted.where(col(DecisionRow.at) < asked["until"])
    return wanted


def _told(instance: InstanceView, line: Line) -> dict[str, Any]:
    told = line.data
    on = told.get("on")
    return {
        "id": f"{instance.id}#{line.number}",
        "table_key": told["table"],
        "sha256": told["sha256"],
        "instance": instance.id,
        "node": line.node,
        "at": line.at,
        "on_day": date.fromisoformat(on) if on else None,
        "status": told.get("status", Status.OK),
        "row_ids": told["rows"],
        "inputs": told["inputs"],
        "outcome": told["outcome"],
        "used_default": told.get("used_default", False),
        "message": None if "status" not in told else line.text.model_dump(),
        "ms": told.get("ms"),
        # the version that was in force when the instance chose it
        "of_key": told["table"],
        "of_sha256": told["sha256"],
        "chosen_at": line.at if told.get("pin") == "latest" else instance.started_at,
    }


@cache  # to build it takes as long as to execute it
def _told_insert(dialect: str) -> postgresql.Insert:
    chosen = func.coalesce(
        _number(func.max, col(RuleVersionRow.effective_from) <= bindparam("chosen_at", type_=UtcTime())),
        _number(func.min),
    )
    return insert_for(dialect, DecisionRow).values(version=chosen).on_conflict_do_nothing()


def _number(one: Any, *conditions: Any) -> ScalarSelect[int]:
    published = (col(RuleVersionRow.stage) == Stage.PUBLISHED, col(RuleVersionRow.key) == bindparam("of_key"))
    same = col(RuleVersionRow.sha256) == bindparam("of_sha256")
    return select(one(col(RuleVersionRow.number))).where(*published, same, *conditions).scalar_subquery()
