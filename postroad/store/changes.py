"""What changed lately, for pages that are open: which instances, and which rules and processes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from postroad.store.instances import InstanceRow
from postroad.store.process_versions import ProcessVersionRow
from postroad.store.releases import Release
from postroad.store.rule_versions import RuleVersionRow
from postroad.store.schema import UtcTime
from postroad.store.upsert import table_of
from postroad.store.versions import VersionRow

MOST = 1000
"""Changed instances that are read at once; whoever has as many to tell says that there were many."""

OVERLAP = timedelta(seconds=10)
"""By how much two looks overlap: what was written last is not always seen last."""


class Changed(NamedTuple):
    """An instance that changed, who started it, and in which department."""

    id: str
    revision: int
    initiator: str
    department: str | None


class Changes:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def now(self) -> datetime:
        """The database's time, which its changes are stamped with."""
        connection = await self._session.connection()
        return (await connection.execute(select(func.now(type_=UtcTime())))).scalar_one()

    async def instances(self, since: datetime) -> list[Changed]:
        """Those that changed from then on, the earliest first, `MOST` at most."""
        row = table_of(InstanceRow).c
        wanted = select(row.id, row.revision, row.initiator, row.department).where(row.changed_at >= since)
        rows = await (await self._session.connection()).execute(wanted.order_by(row.changed_at).limit(MOST))
        return [Changed._make(one) for one in rows]

    async def rules(self) -> Mapping[str, str]:
        """A mark for each rule table; it is another one whenever something happened to one of its versions."""
        return await self._marks(RuleVersionRow)

    async def releases(self) -> Mapping[str, str]:
        """The same for each process that was ever released."""
        wanted = select(col(Release.process_key), func.max(Release.number)).group_by(col(Release.process_key))
        return {one[0]: repr(one[1:]) for one in await (await self._session.connection()).execute(wanted)}

    async def drawn(self) -> Mapping[str, str]:
        """The same for each process that is drawn in versions."""
        return await self._marks(ProcessVersionRow)

    async def _marks(self, versions: type[VersionRow]) -> Mapping[str, str]:
        row = table_of(versions).c
        moments = (row.changed_at, row.approved_at, row.published_at, row.retired_at)
        wanted = select(row.key, func.count(), *(func.max(moment) for moment in moments)).group_by(row.key)
        return {one[0]: repr(one[1:]) for one in await (await self._session.connection()).execute(wanted)}
