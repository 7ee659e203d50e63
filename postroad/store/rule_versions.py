"""The versions of rule tables: written, checked, approved, in force, and what was in force at any moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, UniqueConstraint, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.refusals import Conflict
from postroad.model.table import Table
from postroad.rules.canonical import sha256_of
from postroad.store.rule_tables import RuleTables
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import insert, table_of


class Stage(StrEnum):
    """How far a version has come; what is published is in force from a moment on, and then retired."""

    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    PUBLISHED = "published"
    RETIRED = "retired"


class RuleSetRow(Stored, table=True):
    """One business question, and the number of its newest version."""

    __tablename__ = "rule_sets"

    key: str = Field(primary_key=True)
    last_number: int


class RuleVersionRow(Stored, table=True):
    """One version of a rule table. From its publication on only its retirement is ever added.

    `stage` is `draft`, `checked`, `approved` or `published`; see `stages` for who is retired. `acknowledged` says what
    its owner knows and wants: `{"what", "by", "at"}` each.
    """

    __tablename__ = "rule_versions"
    __table_args__ = (UniqueConstraint("key", "number"),)

    id: str = Field(primary_key=True)
    key: str
    number: int
    stage: str
    sha256: str
    authors: list[str] = Field(sa_type=Json)
    notes: str = ""
    acknowledged: list[dict[str, str]] = Field(default=[], sa_type=Json)
    changed_at: datetime = Field(sa_type=UtcTime)
    approver: str | None = None
    approved_at: datetime | None = Field(default=None, sa_type=UtcTime)
    published_by: str | None = None
    published_at: datetime | None = Field(default=None, sa_type=UtcTime)
    effective_from: datetime | None = Field(default=None, sa_type=UtcTime)
    retired_by: str | None = None
    retired_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ChangedMeanwhile(Conflict):
    """Somebody else was quicker."""

    code = "changed_meanwhile"


class RuleVersions:
    """Whether something may be done is the caller's to know; here it is only kept straight."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def draft(self, table: Table, by: str, notes: str, at: datetime) -> RuleVersionRow:
        """A new version with the next number."""
        return await self._enter(table, Stage.DRAFT, at, authors=[by], notes=notes)

    async def bring(self, table: Table, author: str, approver: str, at: datetime) -> RuleVersionRow:
        """Publish what comes with a release of a process, at once. `author` says where it is from."""
        noted = {"approver": approver, "published_by": approver, "approved_at": at, "published_at": at}
        return await self._enter(table, Stage.PUBLISHED, at, authors=[author], effective_from=at, **noted)

    async def _enter(self, table: Table, stage: Stage, at: datetime, **columns: Any) -> RuleVersionRow:
        await RuleTables(self._session).keep([table])
        number = await self._next_number(table.table)
        id_ = f"{table.table}@{number}"
        named = {"id": id_, "key": table.table, "number": number, "sha256": sha256_of(table), "stage": stage.value}
        empty = {"notes": "", "acknowledged": [], "changed_at": at}
        await self._session.execute(table_of(RuleVersionRow).insert().values({**empty, **named, **columns}))
        return await self._read(id_)

    async def _next_number(self, key: str) -> int:
        sets = table_of(RuleSetRow)
        first = insert(self._session, RuleSetRow).values(key=key, last_number=1)
        counted = first.on_conflict_do_update(index_elements=["key"], set_={"last_number": sets.c.last_number + 1})
        number: int = (await self._session.execute(counted.returning(sets.c.last_number))).scalar_one()
        return number

    async def find(self, key: str, number: int) -> RuleVersionRow | None:
        return await self._session.get(RuleVersionRow, f"{key}@{number}")

    async def history(self, key: str) -> list[RuleVersionRow]:
        """Every version of a table, newest first."""
        return await self._list(select(RuleVersionRow).where(col(RuleVersionRow.key) == key))

    async def all(self) -> dict[str, list[RuleVersionRow]]:
        """Every version of every table by key, newest first."""
        found: dict[str, list[RuleVersionRow]] = {}
        for row in await self._list(select(RuleVersionRow)):
            found.setdefault(row.key, []).append(row)
        return found

    async def change(self, row: RuleVersionRow, table: Table, by: str, notes: str, at: datetime) -> RuleVersionRow:
        """Another content: to be checked again, by nobody approved, and nothing acknowledged."""
        await RuleTables(self._session).keep([table])
        authors = [*row.authors, *(one for one in [by] if one not in row.authors)]
        anew: dict[str, Any] = {"acknowledged": [], "approver": None, "approved_at": None}
        told = {"sha256": sha256_of(table), "authors": authors, "notes": notes, "changed_at": at}
        return await self._move(row, Stage.DRAFT, **anew, **told)

    async def checked(self, row: RuleVersionRow, acknowledged: list[dict[str, str]], *, clean: bool) -> RuleVersionRow:
        """Note what was acknowledged and, if nothing stands in the way, that the version was checked."""
        fresh = row.stage == Stage.DRAFT and clean
        return await self._move(row, Stage.CHECKED if fresh else Stage(row.stage), acknowledged=acknowledged)

    async def approved(self, row: RuleVersionRow, by: str, at: datetime) -> RuleVersionRow:
        return await self._move(row, Stage.APPROVED, approver=by, approved_at=at)

    async def published(self, row: RuleVersionRow, by: str, effective_from: datetime, at: datetime) -> RuleVersionRow:
        told = {"published_by": by, "published_at": at, "effective_from": effective_from}
        return await self._move(row, Stage.PUBLISHED, **told)

    async def retired(self, row: RuleVersionRow, by: str, at: datetime) -> RuleVersionRow:
        """Not in force any more, and none before it either; before its time has come, as if it had never been."""
        return await self._move(row, Stage.PUBLISHED, retired_by=by, retired_at=at)

    async def _move(self, row: RuleVersionRow, stage: Stage, **columns: Any) -> RuleVersionRow:
        """Raises ChangedMeanwhile unless the version is still as it was read."""
        table = table_of(RuleVersionRow)
        same = (table.c.id == row.id, table.c.stage == row.stage, table.c.sha256 == row.sha256)
        still = update(table).where(*same, table.c.retired_at.is_(None)).values(stage=stage.value, **columns)
        if (await self._session.execute(still.returning(table.c.id))).first() is None:
            raise ChangedMeanwhile(
                f"{row.id} 刚被别人改过，请重新查看", f"{row.id} was changed by somebody else just now; look again"
            )
        return await self._read(row.id)

    async def _read(self, id_: str) -> RuleVersionRow:
        row = await self._session.get_one(RuleVersionRow, id_, populate_existing=True)
        self._session.expunge(row)
        return row

    async def in_force(self, key: str, at: datetime) -> RuleVersionRow | None:
        """The version by which is decided at this moment; None before the first and after the end of the last."""
        began = select(RuleVersionRow).where(col(RuleVersionRow.key) == key, *_began(at))
        newest = began.order_by(col(RuleVersionRow.effective_from).desc(), col(RuleVersionRow.number).desc()).limit(1)
        row = (await self._session.scalars(newest)).first()
        return None if row is None or (row.retired_at is not None and row.retired_at <= at) else row

    async def contents_in_force(self, at: datetime) -> dict[str, Table]:
        """Every table that is in force at this moment, by key."""
        keys = await self._session.scalars(select(col(RuleSetRow.key)))
        named = await self.pinned(dict.fromkeys(keys, ""), at)
        found = {key: await RuleTables(self._session).find(sha256) for key, sha256 in named.items()}
        return {key: table for key, table in found.items() if table is not None}

    async def pinned(self, tables: Mapping[str, str], at: datetime) -> dict[str, str]:
        """Of the tables a release names, the contents in force at this moment; its own where none is."""
        wanted = select(RuleVersionRow).where(col(RuleVersionRow.key).in_(tables), *_began(at))
        oldest_first = wanted.order_by(col(RuleVersionRow.effective_from), col(RuleVersionRow.number))
        newest = {row.key: row for row in await self._session.scalars(oldest_first)} if tables else {}
        valid = {row.key: row.sha256 for row in newest.values() if row.retired_at is None or row.retired_at > at}
        return {**tables, **valid}

    async def _list(self, wanted: Any) -> list[RuleVersionRow]:
        ordered = wanted.order_by(col(RuleVersionRow.key), col(RuleVersionRow.number).desc())
        return list(await self._session.scalars(ordered))


def stages(versions: Sequence[RuleVersionRow], at: datetime) -> dict[int, Stage]:
    """How far each version of one table has come at this moment, by number: the next one in force retires the last."""
    began = [row for row in versions if _has_begun(row, at)]
    newest = max(began, key=lambda row: (row.effective_from, row.number), default=None)
    return {row.number: _stage(row, newest, at, began) for row in versions}


def _stage(row: RuleVersionRow, newest: RuleVersionRow | None, at: datetime, began: Sequence[RuleVersionRow]) -> Stage:
    over = row.retired_at is not None and row.retired_at <= at
    return Stage.RETIRED if over or (row in began and row is not newest) else Stage(row.stage)


def _has_begun(row: RuleVersionRow, at: datetime) -> bool:
    if row.stage != Stage.PUBLISHED or row.effective_from is None or row.effective_from > at:
        return False
    return row.retired_at is None or row.retired_at > row.effective_from


def _began(at: datetime) -> tuple[ColumnElement[bool], ...]:
    retired, effective = col(RuleVersionRow.retired_at), col(RuleVersionRow.effective_from)
    return (
        col(RuleVersionRow.stage) == Stage.PUBLISHED,
        effective <= at,
        or_(retired.is_(None), retired > effective),
    )
