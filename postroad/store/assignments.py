"""Who was chosen for which task, by what, and who did the like before."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from postroad.model.assignment import Trace
from postroad.store.reserved import AssignmentRow
from postroad.store.tasks import TaskRow
from postroad.store.upsert import dialect_of, insert_for, table_of


@dataclass(frozen=True)
class Kept:
    """A choice as it was kept, the `number`th of all."""

    number: int
    task: str
    at: datetime
    trace: Trace


class Assignments:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, task: str) -> Kept | None:
        """The choice made for this task."""
        row = (await self._session.scalars(select(AssignmentRow).where(col(AssignmentRow.task) == task))).one_or_none()
        return Kept(row.number or 0, row.task, row.at, Trace.model_validate_json(row.trace)) if row else None

    async def of_visit(self, task: str) -> Kept | None:
        """The choice that led to this task: also to one that was handed over, or asked for in addition, since."""
        return await self.find(f"{task.rpartition('/')[0]}/1")

    async def keep(self, row: AssignmentRow) -> bool:
        """Whether it could be kept: there is one choice for a task, the first."""
        told = row.model_dump(exclude={"number"})
        kept = await (await self._session.connection()).execute(_keep(dialect_of(self._session)), told)
        return kept.first() is not None

    async def before(self, same: str, task: str) -> str | None:
        """Who did it last time for this key: whoever decided it, else whoever it was given to."""
        wanted = (
            select(col(AssignmentRow.task), col(AssignmentRow.doer))
            .where(col(AssignmentRow.same) == same, col(AssignmentRow.task) != task, col(AssignmentRow.doer) != "")
            .order_by(col(AssignmentRow.number).desc())
            .limit(1)
        )
        last = (await self._session.execute(wanted)).first()
        return last and (await self._decided(last.task) or last.doer)

    async def _decided(self, task: str) -> str | None:
        instance, node, epoch, _ = task.rsplit("/", 3)
        there = {"instance": instance, "node": node, "epoch": int(epoch)}
        decided = (
            select(col(TaskRow.decided_by))
            .where(*(table_of(TaskRow).c[name] == value for name, value in there.items()))
            .where(col(TaskRow.decided_by).is_not(None))
            .order_by(col(TaskRow.closed_at).desc())
            .limit(1)
        )
        return (await self._session.scalars(decided)).first()


@cache  # to build it takes as long as to execute it
def _keep(dialect: str) -> Any:
    columns = table_of(AssignmentRow).c
    said = {column.name: bindparam(column.name, type_=column.type) for column in columns if column.name != "number"}
    statement = insert_for(dialect, AssignmentRow).values(said).on_conflict_do_nothing(index_elements=["task"])
    return statement.returning(columns.number)
