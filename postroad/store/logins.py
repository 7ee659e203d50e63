"""With what people log in: a name, and the hash of a password."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.refusals import Conflict
from postroad.model.rights import Reach
from postroad.store.people import people_within
from postroad.store.schema import Stored, UtcTime
from postroad.store.upsert import insert, table_of


class LoginRow(Stored, table=True):
    """How one person logs in. `login` is kept in lower case; `password` is an argon2id hash."""

    __tablename__ = "logins"

    person: str = Field(primary_key=True)
    login: str = Field(unique=True)
    password: str
    must_change_password: bool = False
    created_at: datetime = Field(sa_type=UtcTime)
    changed_at: datetime = Field(sa_type=UtcTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    last_login_at: datetime | None = Field(default=None, sa_type=UtcTime)


class SetupCodeRow(Stored, table=True):
    """The one code that opens the first-run page: a single row, gone once it was used."""

    __tablename__ = "setup_code"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    sha256: str
    made_at: datetime = Field(sa_type=UtcTime)


def as_typed(login: str) -> str:
    """A login name as it is compared: nobody has to remember in which case it was given out."""
    return login.strip().casefold()


class Logins:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def any(self) -> bool:
        return await self._session.scalar(select(func.count()).select_from(LoginRow)) != 0

    async def named(self, login: str) -> LoginRow | None:
        found = select(LoginRow).where(col(LoginRow.login) == as_typed(login))
        return (await self._session.scalars(found)).one_or_none()

    async def of(self, person: str) -> LoginRow | None:
        return await self._session.get(LoginRow, person)

    async def page(self, *, reach: Reach, limit: int = 50, after: str | None = None) -> list[LoginRow]:
        """Those of people within `reach`, by login name; `after` is the login that ended the page before."""
        wanted = select(LoginRow).where(people_within(reach, col(LoginRow.person)))
        wanted = wanted.order_by(col(LoginRow.login)).limit(limit)
        return list(await self._session.scalars(wanted.where(col(LoginRow.login) > after) if after else wanted))

    async def put(self, person: str, login: str, password: str, at: datetime, *, must_change: bool) -> None:
        """Make a login, or set an existing one anew: whoever was locked out can log in with this hash's password.

        Raises:
            Conflict: somebody else logs in with this name.
        """
        named = await self.named(login)
        if named is not None and named.person != person:
            raise Conflict(
                f"登录名 {login} 已有人使用，请换一个",
                f"Somebody else logs in as {login}; choose another name",
                code="login_taken",
            )
        said: dict[str, Any] = {
            "login": as_typed(login), "password": password, "must_change_password": must_change,
            "changed_at": at, "disabled_at": None,
        }  # fmt: skip
        statement = insert(self._session, LoginRow).values(person=person, created_at=at, **said)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["person"], set_=said))

    async def change(self, person: str, **columns: Any) -> None:
        table = table_of(LoginRow)
        await self._session.execute(update(table).where(table.c.person == person).values(**columns))
