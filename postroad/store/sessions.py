"""Who is logged in: sessions of browsers, each known by a secret of which only the hash is kept."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.store.schema import Stored, UtcTime
from postroad.store.upsert import table_of

SEEN_NOTED_EVERY = timedelta(minutes=1)
"""`seen_at` is no finer than this, so that reading does not write at every request."""


class SessionRow(Stored, table=True):
    """A browser in which a person is logged in. `proof` is how the person was known: by `password`, or by what else."""

    __tablename__ = "sessions"

    sha256: str = Field(primary_key=True)
    person: str = Field(index=True)
    proof: str
    address: str = ""
    opened_at: datetime = Field(sa_type=UtcTime)
    seen_at: datetime = Field(sa_type=UtcTime)


class Lasting(NamedTuple):
    """How long a session lasts: while it is not used, and at all."""

    idle: timedelta = timedelta(hours=12)
    longest: timedelta = timedelta(days=7)


def csrf_of(secret: str) -> str:
    """What a page must repeat in a header; who does not know the secret cannot tell it, not even with our database."""
    return hashlib.sha256(f"csrf {secret}".encode()).hexdigest()


class Sessions:
    def __init__(self, session: AsyncSession, lasting: Lasting) -> None:
        self._session, self._lasting = session, lasting

    async def open(self, person: str, proof: str, address: str, at: datetime) -> str:
        """Open a session for somebody who was proven to be this person; its secret is kept nowhere.

        This is also where another proof than our password comes in. Sessions long over are cleared away meanwhile.
        """
        table = table_of(SessionRow)
        over = or_(table.c.seen_at < at - self._lasting.idle, table.c.opened_at < at - self._lasting.longest)
        await self._session.execute(delete(table).where(over))
        secret = secrets.token_urlsafe(32)
        told = {"sha256": hash_of(secret), "person": person, "proof": proof, "address": address}
        await self._session.execute(table.insert().values(**told, opened_at=at, seen_at=at))
        return secret

    async def check(self, secret: str, at: datetime) -> SessionRow | None:
        """The session with this secret, None when there is none or it is over. Only reads; see `seen`."""
        row = await self._session.get(SessionRow, hash_of(secret))
        if row is None or at - row.seen_at >= self._lasting.idle or at - row.opened_at >= self._lasting.longest:
            return None
        return row

    async def seen(self, row: SessionRow, at: datetime) -> None:
        table = table_of(SessionRow)
        await self._session.execute(update(table).where(table.c.sha256 == row.sha256).values(seen_at=at))

    async def lasting(self, hashes: Collection[str], at: datetime) -> set[str]:
        """Those of these sessions, by the hashes of their secrets, that are not over."""
        row = table_of(SessionRow).c
        used = row.seen_at > at - self._lasting.idle, row.opened_at > at - self._lasting.longest
        return set(await self._session.scalars(select(row.sha256).where(row.sha256.in_(hashes), *used)))

    async def close(self, secret: str) -> None:
        table = table_of(SessionRow)
        await self._session.execute(delete(table).where(table.c.sha256 == hash_of(secret)))

    async def close_all(self, person: str) -> None:
        """Wherever the person is logged in."""
        await self._session.execute(delete(table_of(SessionRow)).where(col(SessionRow.person) == person))


def hash_of(secret: str) -> str:
    """What is kept of a session's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
