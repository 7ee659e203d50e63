"""A worker that is killed while it gives a task to somebody: `python -m tests.store.dying URL before|after`.

It dies just before the choice is committed, or after that and before anybody hears of it.
"""

import asyncio
import os
import signal
import sys
from typing import Any

from sqlalchemy import event

from postroad.store import Database
from tests.store.dispatching import give


def _dies(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _dies_at_commit(database: Database) -> None:
    engine = database._engine.sync_engine

    def watches(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "INSERT INTO assignments" in statement:
            event.listen(engine, "commit", _dies)

    event.listen(engine, "before_cursor_execute", watches)


async def main(url: str, moment: str) -> None:
    database = Database(url)
    if moment == "before":
        _dies_at_commit(database)
    await give(database, "i1/repair/1/1", "an", "bo")
    _dies()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
