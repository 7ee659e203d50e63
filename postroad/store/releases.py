import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.process import Process
from postroad.model.refusals import Malformed
from postroad.model.table import Table
from postroad.rules.canonical import sha256_of
from postroad.store.rule_tables import RuleTables
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import insert, table_of


class Release(Stored, table=True):
    """One published process with the content hashes of its tables (name → sha256). Never changed, never deleted."""

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("process_key", "number"),)

    id: str = Field(primary_key=True)
    process_key: str
    number: int
    sha256: str
    definition: dict[str, Any] = Field(sa_type=Json)
    tables: dict[str, str] = Field(sa_type=Json)
    published_at: datetime = Field(sa_type=UtcTime)

    @property
    def process(self) -> Process:
        return Process.model_validate(self.definition)


class Releases:
    """What was published. Nothing is checked here: publish only what has been checked."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def publish(self, process: Process, tables: Sequence[Table], at: datetime) -> Release:
        """Publish the next release `{process}@{n}`; the latest one when it has the same content already.

        Publishing an older content again makes a new release of it, which is how one goes back.

        Raises:
            Malformed: two of the tables have one name.
        """
        content = await self._kept(process, tables)
        latest = await self.latest(process.process)
        while latest is None or latest.sha256 != content["sha256"]:
            number = latest.number + 1 if latest else 1
            await self._enter({**content, "number": number, "published_at": at})
            latest = await self.latest(process.process)
        return latest

    async def publish_as(self, number: int, process: Process, tables: Sequence[Table], at: datetime) -> Release:
        """Publish the release with this number, which nobody else has, whatever the latest one says.

        Raises:
            Malformed: two of the tables have one name.
        """
        content = await self._kept(process, tables)
        await self._enter({**content, "number": number, "published_at": at})
        return await self._session.get_one(Release, f"{process.process}@{number}")

    async def same_as_latest(self, process: Process, tables: Sequence[Table]) -> Release | None:
        """The latest release, if it says just this."""
        latest = await self.latest(process.process)
        return latest if latest and latest.sha256 == _content(process, tables)["sha256"] else None

    async def _kept(self, process: Process, tables: Sequence[Table]) -> dict[str, Any]:
        content = _content(process, tables)
        if len(content["tables"]) < len(tables):
            raise Malformed(
                f"流程 {process.process} 的规则表重名，请改名后再发布",
                f"two rule tables of {process.process} have one name; rename one and publish again",
            )
        await RuleTables(self._session).keep(tables)
        return content

    async def _enter(self, columns: dict[str, Any]) -> None:
        # somebody else may take the number first; the caller looks again and takes the next
        named = {"id": f"{columns['process_key']}@{columns['number']}", **columns}
        await self._session.execute(insert(self._session, Release).values(named).on_conflict_do_nothing())

    async def find(self, id: str) -> Release | None:  # noqa: A002 - it is the release's id
        return await self._session.get(Release, id)

    async def latest(self, process_key: str) -> Release | None:
        wanted = select(Release).where(col(Release.process_key) == process_key)
        return (await self._session.scalars(wanted.order_by(col(Release.number).desc()).limit(1))).first()

    async def all_latest(self) -> list[Release]:
        """The latest release of every process, by process key."""
        release = table_of(Release)
        newest = select(release.c.process_key, func.max(release.c.number).label("number")).group_by(
            release.c.process_key
        )
        last = newest.subquery()
        wanted = select(Release).join(
            last,
            (col(Release.process_key) == last.c.process_key) & (col(Release.number) == last.c.number),
        )
        return list(await self._session.scalars(wanted.order_by(col(Release.process_key))))

    async def history(self, process_key: str) -> list[Release]:
        """Every release of a process, newest first."""
        wanted = select(Release).where(col(Release.process_key) == process_key)
        return list(await self._session.scalars(wanted.order_by(col(Release.number).desc())))


def _content(process: Process, tables: Sequence[Table]) -> dict[str, Any]:
    named = {table.table: sha256_of(table) for table in tables}
    said = {"process_key": process.process, "definition": process.model_dump(mode="json"), "tables": named}
    return {**said, "sha256": _sha256(said)}


def _sha256(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
