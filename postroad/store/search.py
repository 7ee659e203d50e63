"""Finding instances, the newest first: by what they are about, by people, and by how far they are.

Every way that leads to an instance is one query that an index puts in order; what they find is put together afterwards.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from postroad.model.refusals import Malformed
from postroad.model.rights import EVERYTHING, Reach
from postroad.model.task import InstanceStatus, TaskKind, TaskState
from postroad.store.instances import InstanceRow
from postroad.store.people import PersonRow
from postroad.store.tasks import TaskRow
from postroad.store.todo import AWAY, TodoRow
from postroad.store.todo_list import moment, said_as
from postroad.store.upsert import dialect_of, table_of
from postroad.store.within import begun_within, instances_within

FEW = 1000
"""Up to so many instances that a word finds are looked at one by one; of more, the newest come by themselves."""

_PEOPLE = 50
_Query = Select[*tuple[Any, ...]]
_LAST = "\U0010ffff"

_INSTANCE = table_of(InstanceRow).c
_TODO = table_of(TodoRow).c
_TASK = table_of(TaskRow).c
_PERSON = table_of(PersonRow).c


@dataclass(frozen=True)
class Sought:
    """What to find. `words` is the beginning of a document's number or of its initiator's name.

    `person` is who started it or has, or had, a task in it; `node`, where it is now. It was started in one of the
    `departments`, from `since` on and before `until`. `reach` is whose instances may be found at all.
    """

    words: str = ""
    process: str | None = None
    status: InstanceStatus | None = None
    system: str | None = None
    departments: Collection[str] | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    release: str | None = None
    node: str | None = None
    reach: Reach = field(default=EVERYTHING)
    limit: int = 50
    after: str | None = None


class Found(NamedTuple):
    started_at: datetime
    id: str


class Search:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(self, sought: Sought) -> list[Found]:
        """The newest first. Raises Malformed for an `after` that ended no page."""
        conditions = [*_conditions(sought), *await self._named(sought.words.strip().lower())]
        found = set[Found]()
        for way in _ways(sought):
            query = way.query.where(*conditions, *_when(sought, way)).order_by(way.at.desc(), way.id.desc())
            found |= {Found._make(row) for row in await self._rows(query.limit(sought.limit))}
        return sorted(found, reverse=True)[: sought.limit]

    async def _rows(self, query: _Query) -> Sequence[Any]:
        return (await (await self._session.connection()).execute(query)).all()

    async def _named(self, words: str) -> list[ColumnElement[bool]]:
        """What the words ask for: the few instances themselves, or else how to recognise one of the many."""
        if not words:
            return []
        people = [row.id for row in await self._rows(_people(words))]
        begins, theirs = self._begins(words), _INSTANCE.initiator.in_(people)
        few = set[str]()
        for one in (begins, theirs):
            rows = await self._rows(select(_INSTANCE.id).where(one).limit(FEW + 1))
            if len(rows) > FEW:  # said so that no index of numbers leads to them all, out of order
                return [or_(func.substr(_INSTANCE.named, 1, len(words)) == words, theirs)]
            few |= {row.id for row in rows}
        return [_INSTANCE.id.in_(few)]

    def _begins(self, words: str) -> ColumnElement[bool]:
        """That the number begins so, in the way in which the database finds it in an index."""
        if dialect_of(self._session) == "sqlite":
            return and_(_INSTANCE.named >= words, _INSTANCE.named < words + _LAST)
        return _INSTANCE.named.startswith(words, autoescape=True)

    async def holders(self, instances: Collection[str]) -> list[TaskRow]:
        """The tasks that these instances wait for now, the oldest first."""
        row = TaskRow
        here = _TASK.instance.in_(instances), _TASK.state.in_(_STILL), _TASK.kind != TaskKind.CC
        return list(await self._session.scalars(select(row).where(*here).order_by(_TASK.opened_at, _TASK.id)))


_STILL = (TaskState.OPEN, TaskState.WAITING)


def cursor(found: Found) -> str:
    """What says, as `after`, to go on behind this one."""
    return f"{said_as(found.started_at)}~{found.id}"


def _people(words: str) -> _Query:
    begins = func.lower(_PERSON.name).startswith(words, autoescape=True)
    return select(_PERSON.id).where(or_(begins, _PERSON.id == words)).limit(_PEOPLE)


class _Way(NamedTuple):
    """A query, and what it is ordered by."""

    query: _Query
    at: ColumnElement[datetime]
    id: ColumnElement[str]


def _ways(sought: Sought) -> list[_Way]:
    """The queries that together find whatever is within the reach, and concerns the person if one is named."""
    reach, whose = sought.reach, sought.person
    if whose is not None:
        within = true() if whose == reach.person else instances_within(reach)
        return _concerning(whose, within)
    if reach.everything:
        return [_instances(true())]
    readable = [_instances(begun_within(reach))] if reach.departments else []
    return readable if reach.person is None else [*readable, *_concerning(reach.person, true())]


def _instances(condition: ColumnElement[bool]) -> _Way:
    at, id_ = _INSTANCE.started_at, _INSTANCE.id
    return _Way(select(at, id_).where(condition), at, id_)


def _concerning(person: str, condition: ColumnElement[bool]) -> list[_Way]:
    """Those that the person started, and those in which the person has, or had, a task."""
    at, id_ = _TODO.started_at, _TODO.instance
    part = select(at, id_).join_from(table_of(TodoRow), table_of(InstanceRow), id_ == _INSTANCE.id)
    part = part.where(_TODO.person == person, _TODO.box != AWAY, condition).distinct()
    return [_instances(and_(_INSTANCE.initiator == person, condition)), _Way(part, at, id_)]


def _when(sought: Sought, way: _Way) -> Iterator[ColumnElement[bool]]:
    if sought.since is not None:
        yield way.at >= sought.since
    if sought.until is not None:
        yield way.at < sought.until
    if sought.after is not None:
        at, id_ = _read(sought.after)
        yield way.at <= at  # said twice, because this alone tells the database where to begin
        yield or_(way.at < at, way.id < id_)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    asked = {
        _INSTANCE.process: sought.process,
        _INSTANCE.status: sought.status,
        _INSTANCE.document_system: sought.system,
        _INSTANCE.release: sought.release,
    }
    told = [column == value for column, value in asked.items() if value is not None]
    if sought.departments is not None:
        told.append(_INSTANCE.department.in_(sought.departments))
    if sought.node is not None:
        there = select(_TASK.instance).where(_TASK.node == sought.node, _TASK.state.in_(_STILL))
        told.append(_INSTANCE.id.in_(there))
    return told


def _read(after: str) -> tuple[datetime, str]:
    said, _, id_ = after.partition("~")
    at = moment(said)
    if at is None or not id_:
        raise Malformed("翻页位置无效，请从第一页重新翻起", "This is not where a page ended; start at the first page")
    return at, id_
