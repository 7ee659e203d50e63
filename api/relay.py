"""The net under the fast paths: what was kept but not delivered is tried again until it is."""

from datetime import datetime, timedelta

import structlog

from api.clock import Clock
from api.dispatch import Dispatcher
from api.journey import Journey
from api.running import InstanceClosed, Running
from api.watch import Watch
from postroad.model.refusals import Unavailable
from postroad.store.clicks import ClickRow, Clicks
from postroad.store.database import Database
from postroad.store.tasks import Tasks

log = structlog.get_logger("api")
TICK = 1.0
"""Seconds between two looks at what waits, unless something wakes the relay."""

AWAY = 2.0
"""Seconds between two tries while Temporal does not answer."""

GRACE = timedelta(seconds=2)
"""A click younger than this is still on its own way."""

LONGEST_PAUSE = timedelta(minutes=5)
AT_ONCE = 1000


def is_due(row: ClickRow, now: datetime) -> bool:
    """Whether to signal again: after 2, 4, 8 … seconds, at the latest every five minutes."""
    if row.signalled_at is None:
        return True
    pause: timedelta = min(GRACE * 2 ** min(row.signals, 10), LONGEST_PAUSE)
    return now - row.signalled_at >= pause


class Relay(Watch):
    """Sends on what waits. Several APIs may each run one: a click is claimed before it is sent again."""

    name, rest = "relay", AWAY

    def __init__(
        self, database: Database, running: Running, dispatcher: Dispatcher, journey: Journey, now: Clock
    ) -> None:
        super().__init__()
        self._database, self._running, self._now = database, running, now
        self._dispatcher, self._journey = dispatcher, journey

    async def turn(self) -> float:
        all_told = await self._dispatcher.work_off()
        return TICK if await self.resend() and all_told else AWAY

    async def resend(self) -> bool:
        """Signals every click that is due; False when Temporal does not answer."""
        now = self._now()
        async with self._database.read() as session:
            rows = await Clicks(session).unanswered(now - GRACE, AT_ONCE)
        for row in rows:
            if self.is_ending or (is_due(row, now) and not await self._resend(row)):
                return False
        return True

    async def _resend(self, row: ClickRow) -> bool:
        async with self._database.begin() as session:
            if not await Clicks(session).claim(row.id, row.signalled_at, self._now()):
                return True  # another relay has it
            task = await Tasks(session).find(row.task)
        instance = task.instance if task else row.task
        try:
            await self._running.signal_decision(instance, row.click)
        except InstanceClosed:
            await self._journey.answer_late(row.click)
        except Unavailable as away:
            log.warning("relay.away", click=row.id, why=away.code)
            return False
        log.info("relay.resent", click=row.id, task=row.task, signals=row.signals + 1)
        return True
