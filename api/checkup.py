"""Looks, now and then, whether Temporal still knows the instances that have said nothing for a while.

The answer is kept in the projection, so that whoever asks what is stuck asks the database alone.
"""

from datetime import timedelta

import structlog

from api.clock import Clock
from api.running import Running
from api.watch import Watch
from postroad.model.refusals import Unavailable
from postroad.store.database import Database
from postroad.store.standing import Standings

log = structlog.get_logger("api")

EVERY = 60.0
"""Seconds between two rounds."""

QUIET_FOR = timedelta(hours=1)
"""An instance is looked at once in this time, and not in its first."""

AT_ONCE = 100


class Checkup(Watch):
    """Several APIs may each run one: to look twice does no harm."""

    name, rest = "checkup", EVERY

    def __init__(self, database: Database, running: Running, now: Clock) -> None:
        super().__init__()
        self._database, self._running, self._now = database, running, now

    async def turn(self) -> float:
        await self.look()
        return EVERY

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
