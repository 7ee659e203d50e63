from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.refusals import Unknown
from postroad.model.task import Task, TaskKind, TaskState
from postroad.store.loads import Change, Loads
from postroad.store.reserved import Reserved
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.todo import Todo
from postroad.store.upsert import keep_newest, table_of


class TaskRow(Stored, table=True):
    """The newest picture of a task."""

    __tablename__ = "tasks"
    __table_args__ = (
        Index(None, "person", "state", "opened_at"),
        Index(None, "agent", "state", "opened_at"),
        Index(None, "opened_at", "id"),
        Index(None, "instance"),
        Index(None, "state", "node", "instance"),
    )

    id: str = Field(primary_key=True)
    instance: str
    node: str
    epoch: int
    kind: str
    title: dict[str, str] = Field(sa_type=Json)
    person: str
    name: str = ""
    agent: str | None = None
    agent_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    former_agents: list[str] = Field(sa_type=Json, sa_column_kwargs={"server_default": "[]"})
    state: str
    revision: int
    form_hash: str
    opened_at: datetime = Field(sa_type=UtcTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)
    actions: list[str] = Field(sa_type=Json)
    opinion_needed: bool = False
    reason: dict[str, str] | None = Field(default=None, sa_type=Json)
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    action: str | None = None
    decided_by: str | None = None
    opinion: str = ""
    cause: dict[str, str] | None = Field(default=None, sa_type=Json)
    reminders: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    fields: dict[str, str] = Field(default={}, sa_type=Json)
    back_to: list[dict[str, Any]] = Field(default=[], sa_type=Json)
    minutes: int = Field(default=60, sa_column_kwargs={"server_default": "60"})
    load_minutes: int | None = None

    @property
    def task(self) -> Task:
        return Task.model_validate(self.model_dump(exclude={"load_minutes"}))


class Tasks:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put(self, *tasks: Task) -> None:
        """Keep these pictures, each unless one as new or newer is there, and with them the loads of their people.

        They stand in the to-do centres of their people once their instance is known.
        Two who write the same instance at once have to wait for each other: whoever has put the instance does.
        """
        newest = {task.id: task for task in sorted(tasks, key=lambda task: task.revision)}
        if newest:
            changes = await self._changes(newest)
            await keep_newest(self._session, TaskRow, [_columns(task) for task in newest.values()])
            await Todo(self._session).note(newest.values())
            await Loads(self._session).change(changes)

    async def _changes(self, newest: Mapping[str, Task]) -> Mapping[str, Change]:
        """What the loads gain by these pictures."""
        there = await (await self._session.connection()).execute(_COUNTED, {"ids": list(newest)})
        known = {row.id: row for row in there}
        first = [id_ for id_ in newest if id_ not in known]
        changes: dict[str, Change] = defaultdict(Change, await Reserved(self._session).arrived(first))
        for id_, task in newest.items():
            was = known.get(id_)
            if was is not None and was.revision >= task.revision:
                continue
            if was is not None and was.load_minutes is not None and was.state == TaskState.OPEN:
                changes[was.doer] += Change(-1, -was.load_minutes)
            if task.load_minutes is not None:
                changes[task.doer] += Change(1, task.load_minutes)
        return changes

    async def find(self, id: str) -> Task | None:  # noqa: A002 - it is the task's id
        row = await self._session.get(TaskRow, id)
        return row.task if row else None

    async def these(self, ids: Collection[str]) -> list[Task]:
        """Those of these tasks that there are."""
        return await self._list(select(TaskRow).where(col(TaskRow.id).in_(ids))) if ids else []

    async def of_instance(self, instance: str) -> list[Task]:
        """All tasks of an instance, oldest first."""
        return await self._list(
            select(TaskRow).where(col(TaskRow.instance) == instance).order_by(col(TaskRow.opened_at), col(TaskRow.id))
        )

    async def of_person(self, person: str, instances: Collection[str]) -> list[Task]:
        """The tasks that a person has, or had, in these instances, also for somebody else."""
        # said so that the index of the instances is taken, and not that of all that the person ever had
        theirs = or_(*(func.coalesce(one, "") == person for one in (col(TaskRow.person), col(TaskRow.agent))))
        wanted = select(TaskRow).where(theirs, col(TaskRow.instance).in_(instances))
        return await self._list(wanted) if instances else []

    async def page(
        self,
        *,
        person: str | None = None,
        state: TaskState | None = None,
        kinds: Collection[TaskKind] | None = None,
        within: ColumnElement[bool] | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> list[Task]:
        """Tasks, the latest opened first; `after` is the id that ended the page before, `within` see `within.py`.

        `person` keeps the person's own and those of people for whom the person may act.

        Raises:
            Unknown: no task has the id `after`.
        """
        wanted = select(TaskRow)
        if person is not None:
            wanted = wanted.where(may_be_done_by(person))
        if state is not None:
            wanted = wanted.where(col(TaskRow.state) == state)
        if kinds is not None:
            wanted = wanted.where(col(TaskRow.kind).in_(kinds))
        if within is not None:
            wanted = wanted.where(within)
        if after is not None:
            wanted = await self._after(wanted, after)
        return await self._list(wanted.order_by(col(TaskRow.opened_at).desc(), col(TaskRow.id).desc()).limit(limit))

    async def open_count(self, person: str) -> int:
        """How many open tasks wait for this person to act; what merely informs does not count."""
        waiting = select(func.count()).where(
            may_be_done_by(person),
            col(TaskRow.state) == TaskState.OPEN,
            col(TaskRow.kind) != TaskKind.CC,
        )
        return await self._session.scalar(waiting) or 0

    async def _list(self, wanted: Select[TaskRow]) -> list[Task]:
        return [row.task for row in await self._session.scalars(wanted)]

    async def _after(self, wanted: Select[TaskRow], after: str) -> Select[TaskRow]:
        last = await self._session.get(TaskRow, after)
        if last is None:
            raise Unknown(f"没有任务 {after}，请从第一页重新翻起", f"there is no task {after}; start at the first page")
        opened, id_ = col(TaskRow.opened_at), col(TaskRow.id)
        return wanted.where(or_(opened < last.opened_at, and_(opened == last.opened_at, id_ < last.id)))


_TASK = table_of(TaskRow).c
_COUNTED = select(
    _TASK.id,
    _TASK.revision,
    _TASK.state,
    func.coalesce(_TASK.agent, _TASK.person).label("doer"),
    _TASK.load_minutes,
).where(_TASK.id.in_(bindparam("ids", expanding=True)))


def may_be_done_by(person: str) -> ColumnElement[bool]:
    """Tasks that are or were this person's, or in which the person acts or acted for somebody."""
    return or_(col(TaskRow.person) == person, col(TaskRow.agent) == person)


def _columns(task: Task) -> dict[str, Any]:
    as_json = {"title", "actions", "back_to", "former_agents"}
    plain = {**task.model_dump(exclude=as_json), **task.model_dump(mode="json", include=as_json)}
    return {**plain, "load_minutes": task.load_minutes}
