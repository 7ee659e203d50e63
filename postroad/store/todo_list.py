"""The lists and counts of a person's to-do centre, each read from one index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from postroad.model.refusals import Malformed
from postroad.store.instances import ENDED, InstanceRow
from postroad.store.todo import COPIED, OPEN, TodoRow
from postroad.store.upsert import table_of

Order = Literal["newest", "oldest", "due"]
Due = Literal["today", "overdue", "week"]
_Query = Select[*tuple[Any, ...]]
_NEVER = "-"


class Box(StrEnum):
    """What waits for the person, what they did, what they started, and what they were told."""

    OPEN = "open"
    DONE = "done"
    STARTED = "started"
    COPIED = "copied"


class Entry(NamedTuple):
    """One line of a list; `task` is None where the person started the instance. The list is ordered by `key`."""

    task: str | None
    instance: str
    at: datetime
    key: datetime | None
    is_unread: bool


@dataclass(frozen=True)
class Wanted:
    """What of a box to list. `words` must all be found; `day` is when today began, which `due` goes by."""

    box: Box
    now: datetime
    day: datetime
    words: Sequence[str] = ()
    process: str | None = None
    system: str | None = None
    due: Due | None = None
    order: Order = "newest"
    limit: int = 50
    after: str | None = None


class Counts(NamedTuple):
    """How many tasks wait, how many of them are late or due today; unread copies; own instances that still run."""

    open: int
    overdue: int
    due_today: int
    unread: int
    running: int


class TodoList:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(self, person: str, wanted: Wanted) -> list[Entry]:
        """One page. Raises Malformed for an `after` that ended no page."""
        query = _started(person, wanted) if wanted.box is Box.STARTED else _tasks(person, wanted)
        rows = await (await self._session.connection()).execute(query.limit(wanted.limit))
        return [Entry._make(row) for row in rows]

    async def counts(self, person: str, now: datetime, day: datetime) -> Counts:
        connection = await self._session.connection()
        waiting = (await connection.execute(_waiting(person, now, day))).one()
        unread = await connection.scalar(_unread(person))
        running = await connection.scalar(_running(person))
        return Counts(*(count or 0 for count in (*waiting, unread, running)))


def cursor(entry: Entry) -> str:
    """What says, as `after`, to go on behind this line."""
    return f"{said_as(entry.key) if entry.key else _NEVER}~{entry.task or entry.instance}"


def said_as(at: datetime) -> str:
    """A moment in UTC as addresses hold it."""
    return at.isoformat().replace("+00:00", "Z")


def moment(said: str) -> datetime | None:
    """The moment that was said so; None for anything else."""
    try:
        read = datetime.fromisoformat(said)
    except ValueError:
        return None
    return read if read.tzinfo else None


_TODO = table_of(TodoRow).c
_INSTANCE = table_of(InstanceRow).c


def _tasks(person: str, wanted: Wanted) -> _Query:
    key = _TODO.due_at if wanted.order == "due" else _TODO.at
    unread = and_(_TODO.box == COPIED, _TODO.read_at.is_(None))
    query = select(_TODO.task, _TODO.instance, _TODO.at, key, unread)
    query = query.where(_TODO.person == person, _TODO.box == wanted.box.value)
    query = _filtered(query, wanted, _TODO.process, _TODO.system, _TODO.found_by)
    if wanted.due is not None:
        query = query.where(*_due(wanted.due, wanted.now, wanted.day))
    return _ordered(query, wanted, key, _TODO.task)


def _started(person: str, wanted: Wanted) -> _Query:
    """The person's own instances; they have no deadline, so nothing is asked of it."""
    key, found_by = _INSTANCE.started_at, _INSTANCE.named + " " + _INSTANCE.summary
    nothing = func.nullif("", "").label("task")
    query = select(nothing, _INSTANCE.id, key, key.label("key"), _INSTANCE.id.is_(None).label("unread"))
    query = query.where(_INSTANCE.initiator == person)
    query = _filtered(query, wanted, _INSTANCE.process, _INSTANCE.document_system, found_by)
    return _ordered(query, wanted, key, _INSTANCE.id)


def _filtered(
    query: _Query,
    wanted: Wanted,
    process: ColumnElement[str],
    system: ColumnElement[str],
    found_by: ColumnElement[str],
) -> _Query:
    if wanted.process is not None:
        query = query.where(process == wanted.process)
    if wanted.system is not None:
        query = query.where(system == wanted.system)
    for word in wanted.words:
        query = query.where(found_by.contains(word.lower(), autoescape=True))
    return query


def _ordered(query: _Query, wanted: Wanted, key: ColumnElement[datetime | None], id_: ColumnElement[str]) -> _Query:
    """In the order that is wanted, what is never due last, behind the line that `after` names."""
    last = _read(wanted.after, wanted.order) if wanted.after is not None else None
    if wanted.order == "newest":
        if last is not None:  # said twice, because the first alone tells the database where to begin
            query = query.where(key <= last[0], or_(key < last[0], id_ < last[1]))
        return query.order_by(key.desc(), id_.desc())
    if last is not None and last[0] is not None:
        behind = or_(key > last[0], and_(key == last[0], id_ > last[1]))
        query = query.where(or_(behind, key.is_(None)) if wanted.order == "due" else behind)
    elif last is not None:
        query = query.where(key.is_(None), id_ > last[1])
    return query.order_by(key.asc().nulls_last(), id_) if wanted.order == "due" else query.order_by(key, id_)


def _read(after: str, order: Order) -> tuple[datetime | None, str]:
    said, _, id_ = after.partition("~")
    key = moment(said)
    if not id_ or (key is None and (said != _NEVER or order != "due")):
        raise Malformed("翻页位置无效，请从第一页重新翻起", "This is not where a page ended; start at the first page")
    return key, id_


def _due(due: Due, now: datetime, day: datetime) -> tuple[ColumnElement[bool], ...]:
    if due == "overdue":
        return (_TODO.due_at < now,)
    return _TODO.due_at >= day, _TODO.due_at < day + timedelta(days=1 if due == "today" else 7)


def _waiting(person: str, now: datetime, day: datetime) -> _Query:
    late, today = _due("overdue", now, day), _due("today", now, day)
    counted = [func.sum(case((and_(*one), 1), else_=0)) for one in (late, today)]
    return select(func.count(), *counted).where(_TODO.person == person, _TODO.box == OPEN)


def _unread(person: str) -> _Query:
    return select(func.count()).where(_TODO.person == person, _TODO.box == COPIED, _TODO.read_at.is_(None))


def _running(person: str) -> _Query:
    return select(func.count()).where(_INSTANCE.initiator == person, _INSTANCE.status.not_in(ENDED))
