from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.beating import beating
from activities.cards import CardSync
from postroad.model.task import Record, Task
from postroad.store.cards import Cards, Wish
from postroad.store.clicks import Clicks
from postroad.store.database import Database
from postroad.store.decisions import Decisions
from postroad.store.instances import Instances
from postroad.store.people import People
from postroad.store.story import Story
from postroad.store.tasks import Tasks
from workflows.steps import Recorded, RecordOrder, TaskSteps

_SHOWING_SECONDS = 2
"""What a chat platform may take before the record itself goes on without it."""


class Recorder(TaskSteps):
    """Writes what happened where people see it. `clock` gives aware UTC."""

    def __init__(self, database: Database, clock: Callable[[], datetime], cards: CardSync) -> None:
        self._database, self._clock, self._cards = database, clock, cards

    @activity.defn(name="tasks.record")
    async def record(self, order: RecordOrder) -> Recorded:
        with beating():
            await self._write(order.record)
            due = bool(order.record.tasks or order.record.answers)
            if due and order.show:
                due = bool(await self._cards.sync(order.record.instance.id, _SHOWING_SECONDS))
        return Recorded(cards_due=due)

    async def _write(self, record: Record) -> None:
        now = self._clock()
        async with self._database.begin() as session:
            # first of all: on PostgreSQL it makes a second attempt at the same record wait for this one
            await Instances(session).put(record.instance)
            await Tasks(session).put(*record.tasks)
            await Story(session).append(record.instance.id, record.lines)
            await Decisions(session).of_story(record.instance, record.lines)
            await Clicks(session).all_answered(record.answers, now)
            await self._want_cards(session, record.tasks, now)

    async def _want_cards(self, session: AsyncSession, tasks: Sequence[Task], now: datetime) -> None:
        if not tasks:
            return
        concerned = [(task, person) for task in tasks for person in (*task.people, *task.former_agents)]
        contacts = await People(session).contacts({person for _, person in concerned})
        accounts = {person: contact.accounts for person, contact in contacts.items()}
        wishes = [Wish(task, person, self._platform(accounts.get(person, {}))) for task, person in concerned]
        await Cards(session).want_all(wishes, now)

    def _platform(self, accounts: Mapping[str, str]) -> str | None:
        return next((platform for platform in self._cards.platforms if platform in accounts), None)
