"""How much everybody has to do now, kept with the tasks, so that nobody has to count them.

Whoever changes several people's loads does so in the order of their ids; so no two writers wait for each other.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field

from postroad.model.assignment import Load
from postroad.store.schema import Stored, UtcTime
from postroad.store.upsert import dialect_of, execute_many, insert, insert_for, table_of


class LoadRow(Stored, table=True):
    """What somebody has to do: open tasks, what was reserved and is not written down yet, and the minutes of both."""

    __tablename__ = "loads"

    person: str = Field(primary_key=True)
    tasks: int = 0
    minutes: int = 0
    last_at: datetime | None = Field(default=None, sa_type=UtcTime)


@dataclass(frozen=True)
class Change:
    """By how much a load grows; it shrinks where these are below 0. `at` is when a task was given to the person."""

    tasks: int = 0
    minutes: int = 0
    at: datetime | None = None

    def __add__(self, other: "Change") -> "Change":
        return Change(self.tasks + other.tasks, self.minutes + other.minutes, self.at or other.at)

    def __neg__(self) -> "Change":
        return Change(-self.tasks, -self.minutes)


class Loads:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, people: Collection[str]) -> dict[str, Load]:
        """The loads of those of these people who ever had anything to do."""
        return await self._read(_OF_SEVERAL, {"people": list(people)}) if people else {}

    async def locked(self, people: Collection[str]) -> dict[str, Load]:
        """The same, which nobody else changes until the end of the transaction; waits for whoever does now."""
        return await self._read(_LOCKED, {"people": list(people)})

    async def locked_at_once(self, person: str) -> Load | None:
        """The load of one person in the same way; None, without waiting, while somebody else changes it."""
        return (await self._read(_LOCKED_AT_ONCE, {"one": person})).get(person)

    async def _read(
        self, wanted: Select[tuple[str, int, int, datetime | None]], told: dict[str, Any]
    ) -> dict[str, Load]:
        rows = await (await self._session.connection()).execute(wanted, told)
        return {row.person: Load(tasks=row.tasks, minutes=row.minutes, last_at=row.last_at) for row in rows}

    async def begin(self, people: Collection[str]) -> None:
        """Everybody has a row, if only an empty one."""
        if people:
            statement = insert(self._session, LoadRow).on_conflict_do_nothing()
            await execute_many(
                self._session, statement, [{"person": one, "tasks": 0, "minutes": 0} for one in sorted(people)]
            )

    async def change(self, changes: Mapping[str, Change]) -> None:
        """Add to the loads of these people."""
        rows = [
            {"person": person, "tasks": by.tasks, "minutes": by.minutes, "last_at": by.at}
            for person, by in sorted(changes.items())
            if by != Change()
        ]
        if not rows:
            return
        await execute_many(self._session, _adding(dialect_of(self._session)), rows)

    @property
    def waits(self) -> bool:
        """Whether rows can be locked at all; SQLite has one writer, who waits at the beginning."""
        return dialect_of(self._session) != "sqlite"


_ROWS = table_of(LoadRow).c
_OF: Select[tuple[str, int, int, datetime | None]] = select(_ROWS.person, _ROWS.tasks, _ROWS.minutes, _ROWS.last_at)
_OF_SEVERAL = _OF.where(_ROWS.person.in_(bindparam("people", expanding=True)))
_LOCKED = _OF_SEVERAL.order_by(_ROWS.person).with_for_update()
_LOCKED_AT_ONCE = _OF.where(_ROWS.person == bindparam("one")).with_for_update(skip_locked=True)


@cache  # to build it takes as long as to execute it
def _adding(dialect: str) -> postgresql.Insert:
    statement = insert_for(dialect, LoadRow)
    told = statement.excluded
    added = {"tasks": _ROWS.tasks + told.tasks, "minutes": _ROWS.minutes + told.minutes}
    last = {"last_at": func.coalesce(told.last_at, _ROWS.last_at)}
    return statement.on_conflict_do_update(index_elements=["person"], set_={**added, **last})
