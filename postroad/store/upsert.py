from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import ColumnElement, Executable, Table, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel


def table_of(row: type[SQLModel]) -> Table:
    """The table of a row class, for statements that are said in columns."""
    return cast(Table, row.__table__)  # type: ignore[attr-defined]  # SQLModel sets it on table classes only


def dialect_of(session: AsyncSession) -> str:
    return session.get_bind().dialect.name


def insert_for(dialect: str, row: type[SQLModel]) -> postgresql.Insert:
    """An insert that knows ON CONFLICT; SQLite's is written exactly as PostgreSQL's."""
    if dialect == "sqlite":
        return cast(Any, sqlite.insert(table_of(row)))  # type: ignore[no-any-return]
    return postgresql.insert(table_of(row))


def insert(session: AsyncSession, row: type[SQLModel]) -> postgresql.Insert:
    return insert_for(dialect_of(session), row)


async def keep_newest(
    session: AsyncSession,
    row: type[SQLModel],
    rows: Sequence[dict[str, Any]],
    at_first: Mapping[str, ColumnElement[Any]] = MappingProxyType({}),
) -> None:
    """Insert rows with an `id` and a `revision`, or replace the older ones; a newer or equal one stays.

    The columns in `at_first` are reckoned when a row is inserted, and kept from then on.
    """
    statement = _keep_newest(dialect_of(session), row, tuple(at_first.items()))
    await execute_many(session, statement, rows)


@cache  # to build such a statement takes as long as to execute it
def _keep_newest(
    dialect: str, row: type[SQLModel], at_first: tuple[tuple[str, ColumnElement[Any]], ...]
) -> postgresql.Insert:
    statement, table = insert_for(dialect, row), table_of(row)
    kept = {"id", *dict(at_first)}
    if at_first:
        statement = statement.values(dict(at_first))
    return statement.on_conflict_do_update(
        index_elements=["id"],
        set_={column.name: statement.excluded[column.name] for column in table.columns if column.name not in kept},
        where=statement.excluded.revision > table.c.revision,
    )


async def change(session: AsyncSession, statement: Update, told: Mapping[str, Any]) -> bool:
    """Carry out an update; whether it changed anything."""
    done = await (await session.connection()).execute(statement, dict(told))
    return done.rowcount > 0


async def execute_many(session: AsyncSession, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
    """One statement for several rows, in one go."""
    await (await session.connection()).execute(statement, list(rows))
