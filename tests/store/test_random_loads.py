"""Whatever is done in whatever order, everybody's load is what they have to do."""

import asyncio
import random
from collections.abc import Iterator

from postroad.model.decision import Action
from postroad.model.task import Task, TaskKind, TaskState
from postroad.store import Database
from postroad.store.instances import Instances
from postroad.store.load_check import LoadCheck
from postroad.store.loads import Loads
from postroad.store.tasks import Tasks
from tests.store.dispatching import give
from tests.store.samples import a_task, an_instance, later

OPERATIONS = 10_000
TOGETHER = 12
PEOPLE = [f"p{number:02}" for number in range(12)]


class Clerk:
    """Does things at random to the tasks of the own instances, a few in each record; repeats some of it."""

    def __init__(self, database: Database, number: int) -> None:
        self._database, self._random = database, random.Random(number)
        self._instance, self._tasks, self._serial, self._revision = f"i{number}", dict[str, Task](), 0, 0
        self.done = 0

    async def works(self, operations: int) -> None:
        while self.done < operations:
            if self._random.random() < 0.2:
                await self._assigns()
            else:
                await self._records(list(self._changes()))

    async def _assigns(self) -> None:
        self._serial += 1
        task = f"{self._instance}/repair/{self._serial}/1"
        chosen = self._random.sample(PEOPLE, 4)
        for _ in range(self._random.choice([1, 1, 3])):
            person = await give(self._database, task, *chosen, at=later(self.done), minutes=30)
            self.done += 1
        if self._random.random() < 0.9:  # else the process goes another way before it is written down
            await self._records([self._opened(task, person)])

    def _opened(self, task: str, person: str) -> Task:
        return a_task(1, self._revision + 1, instance=self._instance, id=task, person=person, minutes=30)

    def _changes(self) -> Iterator[Task]:
        """New pictures of some tasks: decided, handed over, cancelled, on hold, with an agent, or as before."""
        known = list(self._tasks.values())
        for task in self._random.sample(known, min(len(known), TOGETHER)):
            change = self._random.choice(
                ["decide", "transfer", "cancel", "hold", "agent", "claim", "estimate", "again"]
            )
            new = {"revision": self._revision + 1}
            if change == "transfer":
                self._serial += 1
                there = {"id": f"{self._instance}/repair/{self._serial}/2", "person": self._random.choice(PEOPLE)}
                yield task.model_copy(update={**new, **there, "state": TaskState.OPEN})
            yield task.model_copy(update={**({} if change == "again" else new), **self._facts(change)})

    def _facts(self, change: str) -> dict[str, object]:
        facts: dict[str, dict[str, object]] = {
            "decide": {"state": TaskState.DONE, "action": Action.APPROVE, "decided_by": self._random.choice(PEOPLE)},
            "transfer": {"state": TaskState.CANCELLED},
            "cancel": {"state": TaskState.CANCELLED},
            "hold": {"state": self._random.choice([TaskState.OPEN, TaskState.WAITING])},
            "agent": {"agent": self._random.choice([None, *PEOPLE])},
            "claim": {"actions": self._random.choice([(Action.CLAIM,), (Action.APPROVE,)])},
            "estimate": {"minutes": self._random.randint(1, 500)},
        }
        return facts.get(change, {"kind": TaskKind.APPROVAL})

    async def _records(self, tasks: list[Task]) -> None:
        self.done += max(len(tasks), 1)
        self._revision += 1
        for _ in range(self._random.choice([1, 1, 1, 2])):
            async with self._database.begin() as session:
                await Instances(session).put(an_instance(self._instance, self._revision))
                await Tasks(session).put(*tasks)
        self._tasks.update({task.id: task for task in tasks})


async def test_loads_are_right_after_ten_thousand_things_were_done_at_random(database: Database) -> None:
    clerks = [Clerk(database, number) for number in range(8)]

    await asyncio.gather(*(clerk.works(OPERATIONS // len(clerks)) for clerk in clerks))

    assert sum(clerk.done for clerk in clerks) >= OPERATIONS
    async with database.read() as session:
        assert await LoadCheck(session).differences() == []
        assert max(row.tasks for row in (await Loads(session).of(PEOPLE)).values()) > 0
