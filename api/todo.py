"""The to-do centre: what waits for a person, what they did, started and were told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from api.batching import goes_together
from api.depends import Caller, Doer, Session, Tools
from api.listed import ListedInstance
from api.parts import Parts
from api.visible import as_seen, visible_instances
from postroad.model.label import Label
from postroad.model.storable import Said
from postroad.model.task import Task, TaskState
from postroad.store.instances import Instances
from postroad.store.tasks import Tasks
from postroad.store.todo import Todo
from postroad.store.todo_list import Box, Due, Entry, Order, TodoList, Wanted, cursor

router = APIRouter(prefix="/todo", tags=["to-do 待办"])

_MOST_WORDS = 5


class TodoItem(BaseModel):
    """One line: a task with its instance, or an instance that the person started (`task` is null).

    `dwell_since` is since when it is as it is; `batch`, whether it may be decided together with others of its step.
    """

    task: Task | None
    instance: ListedInstance
    node_title: Label
    due_at: AwareDatetime | None
    overdue: bool
    dwell_since: AwareDatetime
    unread: bool
    batch: bool


class TodoPage(BaseModel):
    """`next` is the `after` of the next page; null on the last one."""

    items: list[TodoItem]
    next: str | None


class TodoCounts(BaseModel):
    """Tasks that wait, late ones and those due today among them; unread copies; own instances that still run."""

    open: int
    overdue: int
    due_today: int
    copied_unread: int
    started_running: int


class Seen(BaseModel):
    """Copies that the person has seen."""

    model_config = ConfigDict(extra="forbid")

    tasks: list[Said] = Field(min_length=1, max_length=200)


class Marked(BaseModel):
    """How many of them were unread until now."""

    marked: int


@router.get("", summary="我的待办、已办、发起与抄送 / What I have to do, did, started and was told")
async def todo(
    *,
    caller: Doer,
    session: Session,
    parts: Tools,
    box: Box = Box.OPEN,
    search: Annotated[
        str, Query(max_length=100, description="编号、发起人、流程、摘要 / words that are all found")
    ] = "",
    process: str | None = None,
    system: str | None = None,
    due: Due | None = None,
    order: Order = "newest",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[
        str | None, Query(max_length=500, description="上一页的 next / the next of the page before")
    ] = None,
) -> TodoPage:
    """Always the caller's own, with what they do for others; a token that reads everything lists no more here."""
    now = parts.now()
    wanted = Wanted(
        box=box,
        now=now,
        day=_day(parts, now),
        words=search.split()[:_MOST_WORDS],
        process=process,
        system=system,
        due=due,
        order=order,
        limit=limit + 1,
        after=after,
    )
    page = await TodoList(session).page(caller.as_person, wanted)
    items = await _items(session, parts, caller, page[:limit], now)
    return TodoPage(items=items, next=cursor(page[limit - 1]) if len(page) > limit else None)


@router.get("/counts", summary="待办数字 / How many there are")
async def counts(caller: Doer, session: Session, parts: Tools) -> TodoCounts:
    now = parts.now()
    found = await TodoList(session).counts(caller.as_person, now, _day(parts, now))
    return TodoCounts(
        open=found.open,
        overdue=found.overdue,
        due_today=found.due_today,
        copied_unread=found.unread,
        started_running=found.running,
    )


@router.post("/read", summary="抄送已读 / Note that copies were read")
async def read(seen: Seen, caller: Doer, parts: Tools) -> Marked:
    async with parts.database.begin() as session:
        return Marked(marked=await Todo(session).read(caller.as_person, seen.tasks, parts.now()))


def _day(parts: Parts, now: datetime) -> datetime:
    """When today began, where the company is."""
    return now.astimezone(parts.zone).replace(hour=0, minute=0, second=0, microsecond=0)


async def _items(
    session: AsyncSession, parts: Parts, caller: Caller, page: Sequence[Entry], now: datetime
) -> list[TodoItem]:
    views = {view.id: view for view in await Instances(session).these({one.instance for one in page})}
    seen = {view.id: view for view in await visible_instances(session, caller, list(views.values()))}
    found = await Tasks(session).these([one.task for one in page if one.task])
    tasks = {task.id: task for task in await as_seen(session, caller, found)}
    controls = await parts.key_controls.of(session, {views[task.instance].release for task in found})
    items = []
    for one in page:
        view, task = views[one.instance], tasks.get(one.task or "")
        due_at = task.due_at if task else None
        waits = task is not None and task.state is TaskState.OPEN
        items.append(
            TodoItem(
                task=task,
                instance=ListedInstance.of(seen[view.id]),
                node_title=task.title if task else view.title,
                due_at=due_at,
                overdue=waits and due_at is not None and due_at < now,
                dwell_since=one.at,
                unread=one.is_unread,
                batch=bool(task and goes_together(task, view, caller.as_person, controls.get(view.release))),
            )
        )
    return items
