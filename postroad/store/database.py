"""Where sessions come from: one engine per process, write transactions and read transactions apart."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from postroad.store.sqlite import BEGIN, open_file

BUSY_TIMEOUT_MS = 5000
"""How long a SQLite writer waits for the writer before it."""

_WRITES = "postroad_writes"


class Database:
    """The application database: `sqlite+aiosqlite:///file.db` or `postgresql+psycopg://…`.

    What reads return stays usable after its session is closed. Bring the schema up with `postroad.store.migrate` first.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._engine = _engine(url, is_sqlite=self.is_sqlite, pool_size=pool_size)
        self._reads = _sessions(self._engine)
        self._writes = _sessions(self._engine, **{_WRITES: True})
        # SQLite has one writer at a time and makes the others poll; within a process they queue instead.
        self._writer: AbstractAsyncContextManager[Any] = asyncio.Lock() if self.is_sqlite else nullcontext()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A write transaction: commits when the block ends, rolls back when it raises."""
        async with self._writer, self._writes.begin() as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A read transaction: nothing done in it is kept."""
        async with self._reads() as session:
            yield session

    async def close(self) -> None:
        await self._engine.dispose()


def _sessions(engine: AsyncEngine, **options: bool) -> async_sessionmaker[AsyncSession]:
    # repositories write with plain statements, so a row read before one must be read anew after it
    told = {"populate_existing": True, **options}
    return async_sessionmaker(engine, expire_on_commit=False, autoflush=False, execution_options=told)


def _engine(url: str, *, is_sqlite: bool, pool_size: int) -> AsyncEngine:
    written = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    if not is_sqlite:
        return create_async_engine(
            url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True, json_serializer=written
        )
    engine = create_async_engine(url, async_creator=partial(open_file, make_url(url).database), json_serializer=written)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # the driver would begin transactions by itself, and too late: only before the first write
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    begin = BEGIN if connection.get_execution_options().get(_WRITES) else "BEGIN"
    # straight to the driver, which knows by this very text that it may have to wait
    dbapi: Any = connection.connection.dbapi_connection
    dbapi.run_async(lambda driver: driver.execute(begin))
