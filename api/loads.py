"""Compares, now and then, how much everybody has to do with what is counted, and puts right what is wrong."""

import structlog

from api.clock import Clock
from api.metrics import Metrics
from api.watch import Watch
from postroad.store.database import Database
from postroad.store.load_check import Difference, LoadCheck

log = structlog.get_logger("api")

EVERY = 3600.0
"""Seconds between two rounds."""


class LoadWatch(Watch):
    """Several APIs may each run one: the second finds nothing."""

    name, rest = "loads", EVERY

    def __init__(self, database: Database, now: Clock, metrics: Metrics) -> None:
        super().__init__()
        self._database, self._now, self._metrics = database, now, metrics

    async def turn(self) -> float:
        await self.look()
        return EVERY

    async def look(self) -> list[Difference]:
        """Puts right what is wrong; what that was. It should be nothing, so each is logged and counted."""
        async with self._database.begin() as session:
            wrong = await LoadCheck(session).put_right(self._now())
        for one in wrong:
            real = {"tasks": one.real_tasks, "minutes": one.real_minutes}
            counted = {"tasks": one.tasks, "minutes": one.minutes}
            log.warning("load.wrong", person=one.person, counted=counted, real=real)
        self._metrics.wrong_loads.inc(len(wrong))
        return wrong
