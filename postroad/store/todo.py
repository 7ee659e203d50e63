"""What stands in each person's to-do centre: one narrow row for each person and task.

Lists and counts read one index and nothing else; the tasks and instances of a page are fetched
afterwards.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Index,
    Integer,
    String,
    and_,
    bindparam,
    case,
    column,
    select,
    table,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field

from postroad.model.task import Task, TaskKind, TaskState
from postroad.store.schema import Stored, UtcTime
from postroad.store.upsert import dialect_of, execute_many, insert_for, table_of

OPEN, DONE, COPIED, NOWHERE, AWAY = "open", "done", "copied", "", "away"
"""The boxes; a task that somebody else was faster with, or that waits for others, is in none.

`AWAY` is where an agent has it whose time ended without a decision: who took no part.
"""


class TodoRow(Stored, table=True):
    """One task in the centre of one of those who may do it, or did.

    `at` orders a box: since when it is there. `found_by` is the text that a search looks in, without what the task
    hides from its person; it is that of the last time the task changed. `started_at` is when the instance was.
    """

    __tablename__ = "todo"
    __table_args__ = (
        Index("ix_todo_list", "person", "box", "at", "task", "due_at", "process", "system", "read_at", "found_by"),
        Index("ix_todo_part", "person", "started_at", "instance", "box"),
        Index(None, "instance"),
    )

    person: str = Field(primary_key=True)
    task: str = Field(primary_key=True)
    instance: str
    box: str
    at: datetime = Field(sa_type=UtcTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)
    process: str
    system: str
    found_by: str
    revision: int
    read_at: datetime | None = Field(default=None, sa_type=UtcTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Todo:
    """Who has which task where."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def note(self, tasks: Collection[Task]) -> None:
        """Put these pictures where they belong; older ones change nothing. Their instances are known already."""
        rows = [row for task in tasks for row in _rows(task)]
        await execute_many(self._session, _noted(dialect_of(self._session)), rows)

    async def read(self, person: str, tasks: Collection[str], at: datetime) -> int:
        """Note that the person has seen these copies; how many were unread."""
        todo = table_of(TodoRow)
        unread = and_(todo.c.person == person, todo.c.task.in_(tasks), todo.c.box == COPIED, todo.c.read_at.is_(None))
        seen = await (await self._session.connection()).execute(update(todo).where(unread).values(read_at=at))
        return seen.rowcount

    async def concerned(self, instances: Sequence[str]) -> list[tuple[str, str, str]]:
        """Everybody who has a task in one of these instances, or had one: instance, person, task."""
        todo = table_of(TodoRow).c
        wanted = select(todo.instance, todo.person, todo.task).where(todo.instance.in_(instances))
        return [(row.instance, row.person, row.task) for row in await self._session.execute(wanted)]


def box_of(task: Task, person: str) -> str:
    """Where a task stands for one of those who may do it, or did, or might have."""
    if person not in {*task.people, task.decided_by}:
        return AWAY
    if task.kind is TaskKind.CC:
        return COPIED if task.state is not TaskState.CANCELLED else NOWHERE
    if task.state is TaskState.OPEN:
        return OPEN if person in task.people else NOWHERE
    return DONE if task.action is not None else NOWHERE


def _rows(task: Task) -> Iterator[dict[str, Any]]:
    for person in dict.fromkeys((*task.people, *task.former_agents)):
        box = box_of(task, person)
        yield {
            "of_person": person,
            "of_task": task.id,
            "of_instance": task.instance,
            "in_box": box,
            "since": (task.closed_at if box == DONE else None) or task.opened_at,
            "due": task.due_at,
            "of_revision": task.revision,
            "limited": "hidden" in task.fields.values(),
        }


# the instance is named by its table alone: its own module reads tasks, as this one is read by them
_INSTANCE = table(
    "instances",
    column("id"),
    column("process"),
    column("document_system"),
    column("started_at"),
    *map(column, ("named", "summary")),
)


@cache  # to build it takes as long as to execute it
def _noted(dialect: str) -> postgresql.Insert:
    said = _INSTANCE.c
    told: dict[str, ColumnElement[Any]] = {
        "person": bindparam("of_person", type_=String),
        "task": bindparam("of_task", type_=String),
        "instance": bindparam("of_instance", type_=String),
        "box": bindparam("in_box", type_=String),
        "at": bindparam("since", type_=UtcTime),
        "due_at": bindparam("due", type_=UtcTime),
        "revision": bindparam("of_revision", type_=Integer),
        "process": said.process,
        "system": said.document_system,
        "started_at": said.started_at,
        "found_by": case((bindparam("limited", type_=Boolean), said.named), else_=said.named + " " + said.summary),
    }
    row = table_of(TodoRow)
    known = select(*(value.label(name) for name, value in told.items())).where(said.id == told["instance"])
    statement = insert_for(dialect, TodoRow).from_select(list(told), known)
    return statement.on_conflict_do_update(
        index_elements=["person", "task"],
        set_={name: statement.excluded[name] for name in told if name not in {"person", "task"}},
        where=statement.excluded.revision > row.c.revision,
    )
