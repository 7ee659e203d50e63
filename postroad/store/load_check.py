"""Whether the loads are what people really have to do, and how they are put right."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from postroad.model.task import TaskState
from postroad.store.loads import Change, LoadRow, Loads
from postroad.store.reserved import AssignmentRow, Reserved
from postroad.store.tasks import TaskRow
from postroad.store.upsert import table_of

PATIENCE = timedelta(minutes=15)
"""How long a choice may wait to be written down before it is not counted any more."""


@dataclass(frozen=True)
class Difference:
    """A load that is not what the person has to do: tasks and minutes as counted, and as they really are."""

    person: str
    tasks: int
    minutes: int
    real_tasks: int
    real_minutes: int

    @property
    def change(self) -> Change:
        return Change(self.real_tasks - self.tasks, self.real_minutes - self.minutes)


class LoadCheck:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def differences(self) -> list[Difference]:
        """Every load that is wrong, by person: all of them as at one moment, whatever others write meanwhile."""
        return [Difference(**row) for row in (await self._session.execute(_differences())).mappings()]

    async def put_right(self, now: datetime) -> list[Difference]:
        """Give up what was reserved long ago, and correct the loads that are wrong; those that were.

        They are changed by what was missing, so that what is written meanwhile is kept.
        """
        loads = Loads(self._session)
        await loads.change(await Reserved(self._session).given_up(now - PATIENCE))
        wrong = await self.differences()
        await loads.change({one.person: one.change for one in wrong})
        return wrong


def _differences() -> Select[tuple[str, int, int, int, int]]:
    counted, task, kept = table_of(LoadRow).c, table_of(TaskRow).c, table_of(AssignmentRow).c
    zero = literal(0)
    tasks = select(
        func.coalesce(task.agent, task.person).label("person"),
        zero.label("tasks"),
        zero.label("minutes"),
        literal(1).label("real_tasks"),
        task.load_minutes.label("real_minutes"),
    ).where(task.state == TaskState.OPEN, task.load_minutes.is_not(None))
    reserved = select(kept.doer, zero, zero, literal(1), kept.minutes).where(kept.reserved)
    said = select(counted.person, counted.tasks, counted.minutes, zero, zero)
    every = union_all(tasks, reserved, said).subquery()
    sums = [func.sum(every.c[name]).label(name) for name in ("tasks", "minutes", "real_tasks", "real_minutes")]
    summed = select(every.c.person, *sums).group_by(every.c.person).subquery()
    wrong = (summed.c.tasks != summed.c.real_tasks) | (summed.c.minutes != summed.c.real_minutes)
    return select(summed).where(wrong).order_by(summed.c.person)
