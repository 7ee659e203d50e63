import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, bindparam, delete, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from postroad.model.people import Department, Organisation, Person, RoleHolder
from postroad.model.refusals import Conflict
from postroad.model.rights import Reach
from postroad.store.schema import Json, Stored
from postroad.store.upsert import execute_many, insert, table_of


class PersonRow(Stored, table=True):
    """A person; `place` is the position in the file, because the order of people can decide who is asked first."""

    __tablename__ = "people"

    id: str = Field(primary_key=True)
    place: int
    name: str
    department: str | None = None
    superior: str | None = None
    position: str = ""
    active: bool = True
    accounts: dict[str, str] = Field(sa_type=Json)
    skills: dict[str, int] = Field(sa_type=Json, sa_column_kwargs={"server_default": "{}"})
    regions: list[str] = Field(sa_type=Json, sa_column_kwargs={"server_default": "[]"})
    email: str | None = None
    phone: str | None = None
    max_open_tasks: int | None = None
    max_open_hours: float | None = None

    @property
    def person(self) -> Person:
        return Person.model_validate(self.model_dump(exclude={"place"}))


class AccountRow(Stored, table=True):
    """Whose account on a chat platform this is; nobody shares one."""

    __tablename__ = "accounts"

    platform: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    person: str


class DepartmentRow(Stored, table=True):
    __tablename__ = "departments"

    id: str = Field(primary_key=True)
    place: int
    name: str
    head: str | None = None
    parent: str | None = None


class RoleHolderRow(Stored, table=True):
    __tablename__ = "role_holders"

    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    role: str
    person: str
    scope: dict[str, str] = Field(sa_type=Json)
    title: dict[str, str] | None = Field(default=None, sa_type=Json)


class OrganisationRow(Stored, table=True):
    """Which organisation is loaded: a single row whose stamp changes with the content.

    `absences` counts the changes to who is away and who acts meanwhile.
    """

    __tablename__ = "organisation"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    stamp: str
    absences: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class SharedAccount(Conflict):
    """Two people claim one account, so nobody could tell whose press of a button it was."""

    code = "shared_account"

    def __init__(self, accounts: list[str]) -> None:
        self.accounts = accounts
        listed = ", ".join(accounts)
        super().__init__(
            f"同一聊天账号属于多人：{listed}；请改正",
            f"several people have the same chat account: {listed}; correct them",
        )


class Contact(NamedTuple):
    """A person's name, and the account on each platform."""

    name: str
    accounts: Mapping[str, str]


def people_within(reach: Reach, person: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """For queries over a column with a person's id: those in the departments that are reached."""
    if reach.everything:
        return true()
    reached = select(col(PersonRow.id)).where(col(PersonRow.department).in_(sorted(reach.departments)))
    return person.in_(reached)


class People:
    """The organisation as it was last loaded."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def load(self, org: Organisation) -> None:
        """Replace the whole organisation; only what differs is written.

        Raises:
            SharedAccount: two people have the same account on one platform.
        """
        accounts = _accounts(org)
        await self._stamp_it(org)
        for row, written in (
            (PersonRow, [_placed(place, person) for place, person in enumerate(org.people)]),
            (AccountRow, accounts),
            (DepartmentRow, [_placed(place, department) for place, department in enumerate(org.departments)]),
            (RoleHolderRow, [_placed(place, holder) for place, holder in enumerate(org.roles)]),
        ):
            await self._bring(row, written)

    async def _stamp_it(self, org: Organisation) -> None:
        # the row is also the lock that keeps two loads apart
        stamp = hashlib.sha256(org.model_dump_json().encode()).hexdigest()
        statement = insert(self._session, OrganisationRow).values(id=1, stamp=stamp, absences=0)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_={"stamp": statement.excluded.stamp})
        )

    async def _bring(self, row: type[SQLModel], written: list[dict[str, Any]]) -> None:
        table = table_of(row)
        keys = [column.name for column in table.primary_key]
        columns = [column.name for column in table.columns]
        there = [dict(told) for told in (await self._session.execute(select(table))).mappings()]
        kept = {_key(told, keys): told for told in there}
        gone = kept.keys() - {_key(told, keys) for told in written}
        if gone:
            matched = (table.c[name] == bindparam(f"gone_{name}") for name in keys)
            told = [dict(zip((f"gone_{name}" for name in keys), key, strict=True)) for key in gone]
            await execute_many(self._session, delete(table).where(*matched), told)
        if differing := [told for told in written if kept.get(_key(told, keys)) != told]:
            statement = insert(self._session, row)
            others = {name: statement.excluded[name] for name in columns if name not in keys}
            await execute_many(
                self._session, statement.on_conflict_do_update(index_elements=keys, set_=others), differing
            )

    async def locked(self) -> Organisation:
        """The organisation, which nobody else changes until the end of the transaction."""
        table = table_of(OrganisationRow)
        statement = insert(self._session, OrganisationRow).values(id=1, stamp="", absences=0)
        kept = statement.on_conflict_do_update(index_elements=["id"], set_={"absences": table.c.absences})
        await self._session.execute(kept)
        return await self.organisation()

    async def stamp(self) -> tuple[str, int]:
        """The first changes whenever another organisation is loaded, the second when absences change."""
        row = (await (await self._session.connection()).execute(_STAMP)).first()
        return (row[0], row[1]) if row else ("", 0)

    async def organisation(self) -> Organisation:
        """Everybody, in the order of the file; an empty organisation while none is loaded."""
        people = await self._session.scalars(select(PersonRow).order_by(col(PersonRow.place)))
        departments = await self._session.scalars(select(DepartmentRow).order_by(col(DepartmentRow.place)))
        holders = await self._session.scalars(select(RoleHolderRow).order_by(col(RoleHolderRow.place)))
        return Organisation.model_construct(  # refused or not when it was loaded: a newer rule must not stop what runs
            people=tuple(row.person for row in people),
            departments=tuple(Department.model_validate(row.model_dump(exclude={"place"})) for row in departments),
            roles=tuple(RoleHolder.model_validate(row.model_dump(exclude={"place"})) for row in holders),
        )

    async def person(self, id: str) -> Person | None:  # noqa: A002 - it is the person's id
        row = await self._session.get(PersonRow, id)
        return row.person if row else None

    async def some(self, ids: Collection[str]) -> dict[str, Person]:
        """Those with these ids, by id."""
        rows = await self._session.scalars(select(PersonRow).where(col(PersonRow.id).in_(ids)))
        return {row.id: row.person for row in rows}

    async def by_account(self, platform: str, account_id: str) -> Person | None:
        """Whose account this is, whether or not the person is still active."""
        wanted = (
            select(PersonRow)
            .join(AccountRow, col(AccountRow.person) == col(PersonRow.id))
            .where(col(AccountRow.platform) == platform, col(AccountRow.account) == account_id)
        )
        row = (await self._session.scalars(wanted)).one_or_none()
        return row.person if row else None

    async def names(self, people: Collection[str]) -> dict[str, str]:
        """Person → name, for those of these people who are known."""
        known = table_of(PersonRow).c
        wanted = select(known.id, known.name).where(known.id.in_(people))
        return {row.id: row.name for row in await self._session.execute(wanted)}

    async def contacts(self, people: Collection[str]) -> dict[str, Contact]:
        """How to name and reach people, by id, for those of them who are known."""
        known = table_of(PersonRow).c
        wanted = select(known.id, known.name, known.accounts).where(known.id.in_(people))
        return {row.id: Contact(row.name, row.accounts) for row in await self._session.execute(wanted)}


def _key(told: Mapping[str, Any], keys: Sequence[str]) -> tuple[Any, ...]:
    return tuple(told[name] for name in keys)


def _placed(place: int, entry: Person | Department | RoleHolder) -> dict[str, Any]:
    return {"place": place, **entry.model_dump(mode="json")}


_STAMP = select(col(OrganisationRow.stamp), col(OrganisationRow.absences))


def shared_accounts(org: Organisation) -> list[str]:
    """The accounts that several people have, as `platform:account`."""
    times = Counter(f"{row['platform']}:{row['account']}" for row in _claims(org))
    return [account for account, count in times.items() if count > 1]


def _accounts(org: Organisation) -> list[dict[str, str]]:
    if shared := shared_accounts(org):
        raise SharedAccount(shared)
    return _claims(org)


def _claims(org: Organisation) -> list[dict[str, str]]:
    return [
        {"platform": platform, "account": account, "person": person.id}
        for person in org.people
        for platform, account in person.accounts.items()
    ]
