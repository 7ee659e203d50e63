"""Which roles there are and who holds them; from these, what somebody may do now."""

import secrets
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.refusals import Conflict
from postroad.model.rights import ADMINISTRATOR, EVERYTHING, SHIPPED, AccessRole, Holding, Placed, Reach, Rights
from postroad.store.logins import LoginRow
from postroad.store.people import DepartmentRow, PersonRow, people_within
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import insert, table_of


class AccessRoleRow(Stored, table=True):
    """A role that the company added, or changed from how it was shipped."""

    __tablename__ = "access_roles"

    key: str = Field(primary_key=True)
    title: dict[str, str] = Field(sa_type=Json)
    rights: list[str] = Field(sa_type=Json)
    extent: str
    departments: list[str] = Field(sa_type=Json)

    @property
    def role(self) -> AccessRole:
        return AccessRole.model_validate(self.model_dump())


class GrantRow(Stored, table=True):
    """A person holds a role; `departments`, where there are any, stand for those of the role."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("person", "role"),)

    id: str = Field(primary_key=True)
    person: str
    role: str = Field(index=True)
    departments: list[str] | None = Field(default=None, sa_type=Json)
    given_at: datetime = Field(sa_type=UtcTime)
    given_by: str


class Grants:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def roles(self) -> dict[str, AccessRole]:
        """Every role by its key: the shipped ones, some of them changed, then the company's own."""
        rows = await self._session.scalars(select(AccessRoleRow).order_by(col(AccessRoleRow.key)))
        return {**SHIPPED, **{row.key: row.role for row in rows if row.key != ADMINISTRATOR}}

    async def put_role(self, role: AccessRole) -> None:
        said = role.model_dump(mode="json")
        statement = insert(self._session, AccessRoleRow).values(**said)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["key"], set_=said))

    async def find(self, id: str) -> GrantRow | None:  # noqa: A002 - it is the grant's id
        return await self._session.get(GrantRow, id)

    async def page(
        self,
        *,
        reach: Reach = EVERYTHING,
        person: str | None = None,
        role: str | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> list[GrantRow]:
        """Those of people within `reach`, by their ids, which say nothing; `after` ended the page before."""
        wanted = select(GrantRow).order_by(col(GrantRow.id)).limit(limit)
        wanted = wanted.where(people_within(reach, col(GrantRow.person)))
        if person is not None:
            wanted = wanted.where(col(GrantRow.person) == person)
        if role is not None:
            wanted = wanted.where(col(GrantRow.role) == role)
        return list(await self._session.scalars(wanted.where(col(GrantRow.id) > after) if after else wanted))

    async def of(self, people: Collection[str]) -> list[GrantRow]:
        wanted = select(GrantRow).where(col(GrantRow.person).in_(people)).order_by(col(GrantRow.role))
        return list(await self._session.scalars(wanted))

    async def give(self, person: str, role: str, departments: Sequence[str] | None, at: datetime, by: str) -> GrantRow:
        """Let the person hold the role; one that is held already gets these departments."""
        chosen = list(departments) if departments else None
        said: dict[str, Any] = {"departments": chosen, "given_at": at, "given_by": by}
        statement = insert(self._session, GrantRow).values(id=secrets.token_hex(8), person=person, role=role, **said)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["person", "role"], set_=said))
        found = select(GrantRow).where(col(GrantRow.person) == person, col(GrantRow.role) == role)
        return (await self._session.scalars(found)).one()

    async def take(self, id: str) -> None:  # noqa: A002 - it is the grant's id
        await self._session.execute(delete(table_of(GrantRow)).where(col(GrantRow.id) == id))

    async def rights(self, person: str) -> Rights:
        """What somebody may do at this moment: nothing for those who left, or whose login was disabled."""
        return await self.held(person) if await self._enters(person) else Rights(person=person)

    async def held(self, person: str) -> Rights:
        """What somebody's roles say, even where the person may not come in now."""
        held = [(row.role, row.departments) for row in await self.of([person])]
        if not held:
            return Rights(person=person)
        roles = await self.roles()
        known = [(roles[key], departments) for key, departments in held if key in roles]
        is_placed = any(own is not None or one.extent not in {"own", "all"} for one, own in known)
        placed = await self._placed(person) if is_placed else Placed(person, None, {})
        return Rights(tuple(Holding(frozenset(one.rights), one.reach(placed, own)) for one, own in known), person)

    async def would_have(self, person: str, role: AccessRole, departments: Sequence[str] | None) -> Rights:
        """What the role alone would let this person do."""
        placed = await self._placed(person)
        return Rights((Holding(frozenset(role.rights), role.reach(placed, departments or None)),), person)

    async def reach_of_departments(self, departments: Collection[str]) -> Reach:
        """As far as some departments and those below them."""
        return Reach(departments=(await self._placed("")).and_below(departments))

    @asynccontextmanager
    async def an_administrator_stays(self) -> AsyncIterator[None]:
        """Around a change that may take the last administrator away; one such change at a time, to its commit.

        Raises:
            Conflict: there was one, and none would be left who is active, may log in and may do everything.
        """
        await self.put_role(SHIPPED[ADMINISTRATOR])  # the row is the lock
        had = await self._administrators()
        yield
        if had and not await self._administrators():
            raise Conflict(
                "这是最后一位系统管理员，不能移除；请先授予另一位",
                "This is the last administrator and stays one; make somebody else an administrator first",
                code="last_administrator",
            )

    async def _administrators(self) -> int:
        counted = (
            select(func.count())
            .select_from(GrantRow)
            .join(PersonRow, col(PersonRow.id) == col(GrantRow.person))
            .join(LoginRow, col(LoginRow.person) == col(GrantRow.person))
            .where(
                col(GrantRow.role) == ADMINISTRATOR,
                col(GrantRow.departments).is_(None),
                col(PersonRow.active),
                col(LoginRow.disabled_at).is_(None),
            )
        )
        return await self._session.scalar(counted) or 0

    async def bars(self, person: str) -> bool:
        """Whether somebody left, or had their login disabled: then nothing speaks for them any more."""
        return await self._enters(person) is False

    async def _enters(self, person: str) -> bool | None:
        """None for people nobody knows."""
        may = and_(col(PersonRow.active), col(LoginRow.disabled_at).is_(None))
        wanted = select(may).outerjoin(LoginRow, col(LoginRow.person) == col(PersonRow.id))
        row = (await self._session.execute(wanted.where(col(PersonRow.id) == person))).one_or_none()
        return bool(row[0]) if row else None

    async def _placed(self, person: str) -> Placed:
        home = await self._session.scalar(select(col(PersonRow.department)).where(col(PersonRow.id) == person))
        rows = await self._session.execute(select(col(DepartmentRow.id), col(DepartmentRow.parent)))
        return Placed(person, home, {row[0]: row[1] for row in rows})
