"""SQLite behind asyncio without a change of threads at every turn."""

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

BEGIN = "BEGIN IMMEDIATE"
"""Begins a write transaction: a reader that turned writer half-way would fail at once, whatever the time-out."""


class AtOnce(aiosqlite.Connection):
    """A connection whose statements run where they are awaited.

    aiosqlite hands every step of every statement to a thread and waits for it, which takes far longer than the step.
    Only what may have to wait, for another writer or for the disk, still goes there.
    """

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._running or self._connection is None or self._may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]  # aiosqlite's own
        return fn(*args, **kwargs)

    def _may_wait(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        return fn in {self._conn.commit, self._conn.close} or args[:1] == (BEGIN,)


async def open_file(path: str | None) -> aiosqlite.Connection:
    """A new connection to a database file; None is one in memory."""
    opened = AtOnce(lambda: sqlite3.connect(path or ":memory:", check_same_thread=False), iter_chunk_size=64)
    opened._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does it: a forgotten connection must not keep us alive
    return await opened
