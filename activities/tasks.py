from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from postroad.model.task import Record, Task
from postroad.store.cards import Cards
from postroad.store.clicks import Clicks
from postroad.store.database import Database
from postroad.store.instances import Instances
from postroad.store.people import People
from postroad.store.story import Story
from postroad.store.tasks import Tasks
from workflows.steps import TaskSteps


class Recorder(TaskSteps):
    """Writes what happened where people see it.

    `platforms` are the chat platforms we can show cards on, the preferred one first; `clock` gives aware UTC.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], platforms: Sequence[str]) -> None:
        self._database, self._clock, self._platforms = database, clock, platforms

    @activity.defn(name="tasks.record")
    async def record(self, record: Record) -> None:
        now = self._clock()
        async with self._database.begin() as session:
            # first of all: on PostgreSQL it makes a second attempt at the same record wait for this one
            await Instances(session).put(record.instance)
            await Tasks(session).put(*record.tasks)
            await Story(session).append(record.instance.id, record.lines)
            await Clicks(session).all_answered(record.answers, now)
            await self._want_cards(session, record.tasks, now)

    async def _want_cards(self, session: AsyncSession, tasks: Sequence[Task], now: datetime) -> None:
        if not tasks:
            return
        accounts = await People(session).accounts_of({task.person for task in tasks})
        wishes = [(task, self._platform(accounts.get(task.person, {}))) for task in tasks]
        await Cards(session).want_all(wishes, now)

    def _platform(self, accounts: dict[str, str]) -> str | None:
        return next((platform for platform in self._platforms if platform in accounts), None)
