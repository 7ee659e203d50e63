"""The versions of processes: drawn, checked, approved, published as a release, and taken out of use."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, UniqueConstraint, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.store.releases import Release
from postroad.store.schema import Json
from postroad.store.upsert import table_of
from postroad.store.versions import ChangedMeanwhile, SetRow, Stage, VersionRow, Versions


class ProcessSetRow(SetRow, table=True):
    """One process, and the number of its newest version."""

    __tablename__ = "process_sets"


class ProcessVersionRow(VersionRow, table=True):
    """One version of a process, as it was drawn: a draft need not be a process yet.

    `cases` are what its owner signs off. `revision` counts how often it was saved. `origin` is what it was drafted from
    (`purchase-approval@3`). `release` is the release that it was published as; None until its time has come.
    """

    __tablename__ = "process_versions"
    __table_args__ = (UniqueConstraint("key", "number"),)

    content: dict[str, Any] = Field(sa_type=Json)
    cases: list[dict[str, Any]] = Field(sa_type=Json)
    revision: int = 1
    origin: str | None = None
    release: str | None = Field(default=None, index=True)


class Drawn(NamedTuple):
    """What is kept of a process under the pen: JSON as it came."""

    content: Mapping[str, Any]
    cases: Sequence[Mapping[str, Any]] = ()

    @property
    def columns(self) -> dict[str, Any]:
        told = json.dumps([self.content, self.cases], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return {"content": self.content, "cases": self.cases, "sha256": hashlib.sha256(told.encode()).hexdigest()}


class ProcessVersions(Versions[ProcessVersionRow]):
    row, sets = ProcessVersionRow, ProcessSetRow

    async def draft(
        self, key: str, drawn: Drawn, by: str, notes: str, at: datetime, *, origin: str | None = None
    ) -> ProcessVersionRow:
        """A new version with the next number."""
        number = await self.free_number(key)
        told = {"authors": [by], "notes": notes, "origin": origin, "revision": 1, **drawn.columns}
        return await self._enter(key, number, Stage.DRAFT, at, **told)

    async def bring(self, release: Release, drawn: Drawn, by: str, at: datetime) -> ProcessVersionRow:
        """The version of a release that was published from a folder, by whoever runs the system."""
        noted = {"approver": by, "published_by": by, "approved_at": at, "published_at": at, "effective_from": at}
        told = {"authors": [release.id], "revision": 1, "release": release.id, **noted, **drawn.columns}
        return await self._enter(release.process_key, release.number, Stage.PUBLISHED, at, **told)

    async def free_number(self, key: str) -> int:
        """The next number, which nobody else gets."""
        newest = select(func.max(col(Release.number))).where(col(Release.process_key) == key)
        return await self._next_number(key, (await self._session.scalar(newest)) or 0)

    async def change(
        self, row: ProcessVersionRow, drawn: Drawn, by: str, notes: str, at: datetime
    ) -> ProcessVersionRow:
        """Another content: to be checked and approved anew."""
        anew = self._rewritten(row, by, notes, at)
        return await self._move(row, Stage.DRAFT, revision=row.revision + 1, **anew, **drawn.columns)

    async def checked(self, row: ProcessVersionRow) -> ProcessVersionRow:
        """Note that nothing stands in the way."""
        return row if row.stage != Stage.DRAFT else await self._move(row, Stage.CHECKED)

    async def released(self, row: ProcessVersionRow, release: Release) -> ProcessVersionRow:
        """Note which release it has become."""
        table = table_of(ProcessVersionRow)
        told = table.update().where(table.c.id == row.id, table.c.release.is_(None)).values(release=release.id)
        if (await self._session.execute(told.returning(table.c.id))).first() is None:
            raise ChangedMeanwhile(f"{row.id} 已经发布", f"{row.id} is published already")
        return await self._read(row.id)

    async def of_release(self, release: str) -> ProcessVersionRow | None:
        return (await self._session.scalars(select(self.row).where(col(self.row.release) == release))).first()

    async def due(self, at: datetime) -> list[ProcessVersionRow]:
        """Those whose time has come and that are no release yet, in the order of their times."""
        waiting = (*self._began(at), col(self.row.release).is_(None))
        wanted = select(self.row).where(*waiting).order_by(col(self.row.effective_from), col(self.row.number))
        return list(await self._session.scalars(wanted))

    def _same(self, row: ProcessVersionRow) -> tuple[ColumnElement[bool], ...]:
        return (*super()._same(row), table_of(ProcessVersionRow).c.revision == row.revision)


async def in_use(session: AsyncSession, releases: Sequence[Release], at: datetime) -> list[Release]:
    """Those of these releases that nobody has retired: on the others nothing new begins."""
    row, ids = ProcessVersionRow, [one.id for one in releases]
    wanted = select(col(row.release)).where(col(row.release).in_(ids), col(row.retired_at) <= at)
    retired = set(await session.scalars(wanted)) if ids else set()
    return [one for one in releases if one.id not in retired]
