"""Looks, now and then, whether Temporal still knows the instances that have said nothing for a while.

The answer is kept in the projection, so that whoever asks what is stuck asks the database alone.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta

import structlog

from api.clock import Clock
from api.ending import ended
from api.running import Running
from postroad.model.refusals import Unavailable
from postroad.store.database import Database
from postroad.store.standing import Standings

log = structlog.get_logger("api")

EVERY = 60.0
"""Seconds between two rounds."""

QUIET_FOR = timedelta(hours=1)
"""An instance is looked at once in this time, and not in its first."""

AT_ONCE = 100


class Checkup:
    """One background task of the API. Several APIs may each run one: to look twice does no harm."""

    def __init__(self, database: Database, running: Running, now: Clock) -> None:
        self._database, self._running, self._now = database, running, now
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="checkup")

    async def stop(self) -> None:
        self._stopping.set()
        if self._task is not None:
            await ended(self._task)

    async def _run(self) -> None:
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), EVERY)
            if not self._stopping.is_set():
                await self._round()

    async def _round(self) -> None:
        try:
            await self.look()
        except Exception:
            log.exception("checkup.failed")

    async def look(self) -> int:
        """Looks at those that are due; how many it was. Ends early while Temporal does not answer."""
        now = self._now()
        async with self._database.read() as session:
            due = await Standings(session).unchecked(now - QUIET_FOR, AT_ONCE)
        for number, instance in enumerate(due):
            try:
                found = await self._running.state_of(instance)
            except Unavailable:
                return number
            if found:
                log.warning("instance.lost", instance=instance, found=found)
            async with self._database.begin() as session:
                await Standings(session).checked(instance, found, self._now())
        return len(due)
