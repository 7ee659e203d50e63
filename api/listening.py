"""Open pages hear what changed: one look a second for all of them, and each is told what concerns its person."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from api.clock import Clock
from api.watch import Watch
from postroad.model.rights import Reach
from postroad.store.changes import MOST, OVERLAP, Changed, Changes
from postroad.store.database import Database
from postroad.store.sessions import Lasting, Sessions
from postroad.store.todo import Todo
from postroad.store.tokens import Tokens

Topic = Literal["tasks", "instances", "rules", "processes"]
Source = Literal["rules", "releases", "drawn"]
_TOPICS: Mapping[Source, Topic] = {"rules": "rules", "releases": "processes", "drawn": "processes"}

EVERY = 1.0
"""Seconds between two looks while anybody listens."""

CHECK_EVERY = timedelta(seconds=5)
"""How often it is seen to that those who listen are still let in."""

IDS = 100
"""More than these are not named one by one."""


@dataclass(frozen=True)
class News:
    """What changed for one listener: ids by topic; None where there were too many to name."""

    at: datetime
    ids: Mapping[Topic, frozenset[str] | None]


@dataclass(eq=False)
class Listener:
    """One open page: whose it is, by what it was let in, and what its person may hear of.

    `hears_drawn`: also of processes that are only drawn. `since` is what it heard last before its connection broke off.
    Once it `is_current`, it misses nothing.
    """

    reach: Reach
    hears: frozenset[Topic]
    hears_drawn: bool = False
    token: str | None = None
    session: str | None = None
    since: datetime | None = None
    is_over: bool = False
    is_current: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: dict[Topic, set[str] | None] = field(default_factory=dict)
    _at: datetime | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, topic: Topic, ids: Iterable[str] | None, at: datetime) -> None:
        """Add to what waits to be told; None for more than can be named."""
        if topic not in self.hears:
            return
        known = self._waiting.get(topic, set())
        together = None if ids is None or known is None else known | set(ids)
        self._waiting[topic] = together if together is None or len(together) <= IDS else None
        self._at = at
        self._news.set()

    @property
    def person(self) -> str | None:
        return self.reach.person

    def end(self) -> None:
        self.is_over = True
        self.is_current.set()
        self._news.set()

    async def next(self, patience: float) -> News | None:
        """What changed since it was asked last; None when nothing did in these seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), patience)
        if self._at is None or not self._waiting:
            return None
        told = {topic: ids if ids is None else frozenset(ids) for topic, ids in self._waiting.items()}
        self._waiting.clear()
        self._news.clear()
        return News(self._at, told)


class Listening(Watch):
    """Looks once for all who listen to this process, whoever wrote the change; several processes each look."""

    name, rest = "listening", EVERY

    def __init__(self, database: Database, now: Clock, lasting: Lasting) -> None:
        super().__init__()
        self._database, self._now, self._lasting = database, now, lasting
        self._listeners: set[Listener] = set()
        self._told: dict[tuple[str, int], datetime] = {}
        self._marks: Mapping[Source, Mapping[str, str]] = {}
        self._since: datetime | None = None
        self._checked: datetime | None = None

    def __len__(self) -> int:
        return len(self._listeners)

    def of(self, person: str | None) -> int:
        """How many pages of this person listen."""
        return sum(1 for one in self._listeners if one.person == person)

    def add(self, listener: Listener) -> None:
        self._listeners.add(listener)
        self.wake()

    def remove(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    def end_all(self) -> None:
        """Ends what is being told, so that nothing holds up the end of the process."""
        for listener in self._listeners:
            listener.end()

    async def stop(self) -> None:
        self.end_all()
        await super().stop()

    async def turn(self) -> float:
        if not self._listeners:
            self._since = None
            self._marks = {}
            return EVERY
        present = list(self._listeners)
        async with self._database.read() as session:
            at = await Changes(session).now()
            await self._tell_instances(session, at)
            await self._tell_definitions(session, at)
            await self._check(session)
        self._since = at
        for one in present:
            one.is_current.set()
        return EVERY

    async def _tell_instances(self, session: AsyncSession, at: datetime) -> None:
        since = self._since or at
        late = [one for one in self._listeners if one.since is not None]
        earliest = min([since, *(one.since for one in late if one.since)])
        found = await Changes(session).instances(earliest - OVERLAP)
        if len(found) >= MOST:
            self._tell_everybody(at)
        elif late:
            await self._tell(session, found, at)
        else:
            await self._tell(session, [one for one in found if (one.id, one.revision) not in self._told], at)
        for one in late:
            one.since = None
        self._told = {key: seen for key, seen in self._told.items() if seen > at - 2 * OVERLAP}
        self._told |= {(one.id, one.revision): at for one in found}

    def _tell_everybody(self, at: datetime) -> None:
        for listener in self._listeners:
            listener.tell("tasks", None, at)
            listener.tell("instances", None, at)

    async def _tell(self, session: AsyncSession, changed: list[Changed], at: datetime) -> None:
        if not changed:
            return
        instances, tasks = await _concerned(session, changed)
        everything = {one.id for one in changed}
        begun_in = defaultdict[str, set[str]](set)
        for one in changed:
            begun_in[one.department or ""].add(one.id)
        for listener in self._listeners:
            reach, whose = listener.reach, listener.person or ""
            within = [begun_in[one] for one in reach.departments & begun_in.keys()]
            seen = everything if reach.everything else set().union(instances.get(whose, ()), *within)
            if seen:
                listener.tell("instances", seen, at)
            if theirs := tasks.get(whose):
                listener.tell("tasks", theirs, at)

    async def _tell_definitions(self, session: AsyncSession, at: datetime) -> None:
        changes = Changes(session)
        marks: dict[Source, Mapping[str, str]] = {
            "rules": await changes.rules(),
            "releases": await changes.releases(),
            "drawn": await changes.drawn(),
        }
        for source, found in marks.items():
            before = self._marks.get(source, found)
            changed = {key for key in found.keys() | before.keys() if found.get(key) != before.get(key)}
            for listener in self._listeners if changed else ():
                if source != "drawn" or listener.hears_drawn:
                    listener.tell(_TOPICS[source], changed, at)
        self._marks = marks

    async def _check(self, session: AsyncSession) -> None:
        """Ends what is told to those whose token or session is over."""
        now = self._now()
        if self._checked is not None and now - self._checked < CHECK_EVERY:
            return
        self._checked = now
        tokens = await Tokens(session).working({one.token for one in self._listeners if one.token}, now)
        sessions = Sessions(session, self._lasting)
        lasting = await sessions.lasting({one.session for one in self._listeners if one.session}, now)
        for listener in self._listeners:
            if not (listener.token in tokens or listener.session in lasting):
                listener.end()


async def _concerned(
    session: AsyncSession, changed: list[Changed]
) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    """By person: the instances that concern them, and their tasks in these."""
    instances, tasks = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for one in changed:
        instances[one.initiator].add(one.id)
    for instance, person, task in await Todo(session).concerned([one.id for one in changed]):
        instances[person].add(instance)
        tasks[person].add(task)
    return instances, tasks
