"""How often it was tried to log in: counted in the database, for all API processes together."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import case, delete, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field

from postroad.store.schema import Stored, UtcTime
from postroad.store.upsert import insert, table_of

WINDOW = timedelta(minutes=15)


class AttemptRow(Stored, table=True):
    """Tries at one name, or from one address, since a moment."""

    __tablename__ = "login_attempts"

    subject: str = Field(primary_key=True)
    tries: int
    since: datetime = Field(sa_type=UtcTime)


class Attempts:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def count(self, limits: Mapping[str, int], at: datetime) -> timedelta | None:
        """Count one more try at each of these subjects, before it is made. None, or how long nobody may try again."""
        waits = [await self._one_more(subject, limit, at) for subject, limit in sorted(limits.items())]
        return max((wait for wait in waits if wait is not None), default=None)

    async def _one_more(self, subject: str, limit: int, at: datetime) -> timedelta | None:
        table = table_of(AttemptRow).c
        over = table.since <= at - WINDOW
        statement = insert(self._session, AttemptRow).values(subject=subject, tries=1, since=at)
        counted = statement.on_conflict_do_update(
            index_elements=["subject"],
            set_={"tries": case((over, 1), else_=table.tries + 1), "since": case((over, at), else_=table.since)},
        ).returning(table.tries, table.since)
        tries, since = (await self._session.execute(counted)).one()
        return since + WINDOW - at if tries > limit else None

    async def succeeded(self, name: str, address: str, at: datetime) -> None:
        """The name's tries are forgotten, and this one of the address; with them whatever is long over."""
        table = table_of(AttemptRow)
        await self._session.execute(delete(table).where((table.c.subject == name) | (table.c.since <= at - WINDOW)))
        await self._session.execute(
            update(table).where(table.c.subject == address, table.c.tries > 0).values(tries=table.c.tries - 1)
        )
