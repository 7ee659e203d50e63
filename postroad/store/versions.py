"""What versions have in common, whatever they are versions of: how far one has come, and who brought it there."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.refusals import Conflict
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import insert, table_of


class Stage(StrEnum):
    """How far a version has come; what is published is in force from a moment on, and then retired."""

    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    PUBLISHED = "published"
    RETIRED = "retired"


class SetRow(Stored):
    """What there are versions of, and the number of the newest one."""

    key: str = Field(primary_key=True)
    last_number: int


class VersionRow(Stored):
    """One version. From its publication on only its retirement is ever added.

    `stage` is `draft`, `checked`, `approved` or `published`; see `stages` for who is retired.
    """

    id: str = Field(primary_key=True)
    key: str
    number: int
    stage: str
    sha256: str
    authors: list[str] = Field(sa_type=Json)
    notes: str = ""
    changed_at: datetime = Field(sa_type=UtcTime)
    approver: str | None = None
    approved_at: datetime | None = Field(default=None, sa_type=UtcTime)
    published_by: str | None = None
    published_at: datetime | None = Field(default=None, sa_type=UtcTime)
    effective_from: datetime | None = Field(default=None, sa_type=UtcTime)
    retired_by: str | None = None
    retired_at: datetime | None = Field(default=None, sa_type=UtcTime)


Row = TypeVar("Row", bound=VersionRow)


class ChangedMeanwhile(Conflict):
    """Somebody else was quicker."""

    code = "changed_meanwhile"


class Versions(Generic[Row]):
    """Whether something may be done is the caller's to know; here it is only kept straight."""

    row: type[Row]
    sets: type[SetRow]

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, key: str, number: int) -> Row | None:
        return await self._session.get(self.row, f"{key}@{number}")

    async def history(self, key: str) -> list[Row]:
        """Every version of one key, newest first."""
        return await self._list(select(self.row).where(col(self.row.key) == key))

    async def all(self) -> dict[str, list[Row]]:
        """Every version by key, newest first."""
        found: dict[str, list[Row]] = {}
        for row in await self._list(select(self.row)):
            found.setdefault(row.key, []).append(row)
        return found

    async def approved(self, row: Row, by: str, at: datetime) -> Row:
        return await self._move(row, Stage.APPROVED, approver=by, approved_at=at)

    async def published(self, row: Row, by: str, effective_from: datetime, at: datetime) -> Row:
        told = {"published_by": by, "published_at": at, "effective_from": effective_from}
        return await self._move(row, Stage.PUBLISHED, **told)

    async def retired(self, row: Row, by: str, at: datetime) -> Row:
        """Not in force any more, and none before it either; before its time has come, as if it had never been."""
        return await self._move(row, Stage.PUBLISHED, retired_by=by, retired_at=at)

    async def in_force(self, key: str, at: datetime) -> Row | None:
        """The version that holds at this moment; None before the first and after the end of the last."""
        wanted = select(self.row).where(col(self.row.key) == key, *self._began(at))
        newest = wanted.order_by(col(self.row.effective_from).desc(), col(self.row.number).desc()).limit(1)
        row = (await self._session.scalars(newest)).first()
        return None if row is None or (row.retired_at is not None and row.retired_at <= at) else row

    async def _next_number(self, key: str, taken: int = 0) -> int:
        """A number that nobody else gets, and above those `taken` already."""
        sets = table_of(self.sets)
        last = case((sets.c.last_number > taken, sets.c.last_number), else_=taken)
        first = insert(self._session, self.sets).values(key=key, last_number=taken + 1)
        counted = first.on_conflict_do_update(index_elements=["key"], set_={"last_number": last + 1})
        number: int = (await self._session.execute(counted.returning(sets.c.last_number))).scalar_one()
        return number

    async def _enter(self, key: str, number: int, stage: Stage, at: datetime, **columns: Any) -> Row:
        id_ = f"{key}@{number}"
        named = {"id": id_, "key": key, "number": number, "stage": stage.value, "notes": "", "changed_at": at}
        await self._session.execute(table_of(self.row).insert().values({**named, **columns}))
        return await self._read(id_)

    def _rewritten(self, row: Row, by: str, notes: str, at: datetime) -> dict[str, Any]:
        """Another content has another author, and nobody has approved it."""
        authors = [*row.authors, *(one for one in [by] if one not in row.authors)]
        return {"authors": authors, "notes": notes, "changed_at": at, "approver": None, "approved_at": None}

    async def _move(self, row: Row, stage: Stage, **columns: Any) -> Row:
        """Raises ChangedMeanwhile unless the version is still as it was read."""
        table = table_of(self.row)
        still = update(table).where(*self._same(row), table.c.retired_at.is_(None))
        moved = still.values(stage=stage.value, **columns).returning(table.c.id)
        if (await self._session.execute(moved)).first() is None:
            raise ChangedMeanwhile(
                f"{row.id} 刚被别人改过，请重新查看", f"{row.id} was changed by somebody else just now; look again"
            )
        return await self._read(row.id)

    def _same(self, row: Row) -> tuple[ColumnElement[bool], ...]:
        """What has to be as it was for the version to be the one that was read."""
        table = table_of(self.row)
        return (table.c.id == row.id, table.c.stage == row.stage, table.c.sha256 == row.sha256)

    async def _read(self, id_: str) -> Row:
        row = await self._session.get_one(self.row, id_, populate_existing=True)
        self._session.expunge(row)
        return row

    async def _list(self, wanted: Any) -> list[Row]:
        return list(await self._session.scalars(wanted.order_by(col(self.row.key), col(self.row.number).desc())))

    def _began(self, at: datetime) -> tuple[ColumnElement[bool], ...]:
        retired, effective = col(self.row.retired_at), col(self.row.effective_from)
        in_time = or_(retired.is_(None), retired > effective)
        return (col(self.row.stage) == Stage.PUBLISHED, effective <= at, in_time)


def stages(versions: Sequence[VersionRow], at: datetime) -> dict[int, Stage]:
    """How far each version of one key has come at this moment, by number: the next one in force retires the last."""
    began = [row for row in versions if _has_begun(row, at)]
    newest = max(began, key=lambda row: (row.effective_from, row.number), default=None)
    return {row.number: _stage(row, newest, at, began) for row in versions}


def _stage(row: VersionRow, newest: VersionRow | None, at: datetime, began: Sequence[VersionRow]) -> Stage:
    over = row.retired_at is not None and row.retired_at <= at
    return Stage.RETIRED if over or (row in began and row is not newest) else Stage(row.stage)


def _has_begun(row: VersionRow, at: datetime) -> bool:
    if row.stage != Stage.PUBLISHED or row.effective_from is None or row.effective_from > at:
        return False
    return row.retired_at is None or row.retired_at > row.effective_from
