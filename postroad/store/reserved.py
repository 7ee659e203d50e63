"""What was given to somebody and is not written down yet: it counts in the load from the moment of the choice."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Index, bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field

from postroad.store.loads import Change
from postroad.store.schema import Stored, UtcTime
from postroad.store.upsert import table_of


class AssignmentRow(Stored, table=True):
    """One choice, never changed but for what it reserves. `number` tells in which order the choices were made.

    The `doer` is empty where several were asked, because nobody had time. `reserved`: counted in the doer's load until
    the task itself is written down. `same` is what a later choice for the same key goes by. `trace` is a Trace as JSON.
    """

    __tablename__ = "assignments"
    __table_args__ = (Index(None, "same", "number"), Index(None, "reserved", "at"))

    number: int | None = Field(default=None, primary_key=True)
    task: str = Field(unique=True)
    doer: str
    minutes: int
    reserved: bool
    same: str | None = None
    at: datetime = Field(sa_type=UtcTime)
    trace: str


class Reserved:
    """Each gives what it takes out of whose load; whoever calls it changes the loads."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def arrived(self, tasks: Collection[str]) -> dict[str, Change]:
        """These tasks are written down now, and count themselves."""
        return await self._released(_ARRIVED, {"tasks": list(tasks)}) if tasks else {}

    async def given_up(self, before: datetime) -> dict[str, Change]:
        """What was reserved before that aware moment is waited for no more. A task that comes yet counts itself."""
        return await self._released(_GIVEN_UP, {"before": before})

    async def _released(self, release: Executable, told: Mapping[str, Any]) -> dict[str, Change]:
        freed: dict[str, Change] = defaultdict(Change)
        for row in await (await self._session.connection()).execute(release, told):
            freed[row.doer] += Change(-1, -row.minutes)
        return freed


_ROWS = table_of(AssignmentRow)
_RELEASE = update(_ROWS).where(_ROWS.c.reserved).values(reserved=False).returning(_ROWS.c.doer, _ROWS.c.minutes)
_ARRIVED = _RELEASE.where(_ROWS.c.task.in_(bindparam("tasks", expanding=True)))
_GIVEN_UP = _RELEASE.where(_ROWS.c.at < bindparam("before", type_=UtcTime))
