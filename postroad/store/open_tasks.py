"""What people still have to do, each with the instance that it is about."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from postroad.model.task import InstanceView, Task, TaskKind, TaskState
from postroad.store.instances import InstanceRow
from postroad.store.tasks import TaskRow

_STILL = (TaskState.OPEN, TaskState.WAITING)


@dataclass(frozen=True)
class OpenTask:
    task: Task
    instance: InstanceView


class OpenTasks:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, person: str) -> list[OpenTask]:
        """The person's own, oldest first."""
        return await self._read(col(TaskRow.person) == person)

    async def beside(self, task: Task) -> list[OpenTask]:
        """Those of the same visit to the same step, this one included."""
        here = (TaskRow.instance, task.instance), (TaskRow.node, task.node), (TaskRow.epoch, task.epoch)
        return await self._read(*(col(column) == value for column, value in here))

    async def with_agents(self, principals: Collection[str]) -> list[OpenTask]:
        """Those that somebody may do for their person, and all those of these people."""
        return await self._read(or_(col(TaskRow.agent).is_not(None), col(TaskRow.person).in_(principals)))

    async def _read(self, *conditions: ColumnElement[bool]) -> list[OpenTask]:
        wanted = (
            select(TaskRow, InstanceRow)
            .join(InstanceRow, col(InstanceRow.id) == col(TaskRow.instance))
            .where(*conditions, col(TaskRow.state).in_(_STILL), col(TaskRow.kind) != TaskKind.CC)
            .order_by(col(TaskRow.opened_at), col(TaskRow.id))
        )
        return [OpenTask(task.task, instance.view) for task, instance in await self._session.execute(wanted)]
