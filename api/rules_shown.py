"""Versions of rule tables as the API shows them."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from api.versions_shown import VersionLine, line_columns
from postroad.model.label import Label
from postroad.model.refusals import Malformed, Unknown
from postroad.model.table import Table
from postroad.store.rule_tables import RuleTables
from postroad.store.rule_versions import RuleVersionRow, RuleVersions
from postroad.store.versions import stages


class RuleSet(BaseModel):
    """A table with the versions there are, newest first; `title` is the newest one's."""

    key: str
    title: Label
    in_force: int | None
    versions: list[VersionLine]


class Version(VersionLine):
    """A version in full."""

    key: str
    table: Table
    acknowledged: list[dict[str, str]]


async def found(session: AsyncSession, key: str, number: int) -> RuleVersionRow:
    row = await RuleVersions(session).find(key, number)
    if row is None:
        raise Unknown(f"规则表 {key} 没有第 {number} 版", f"The rule table {key} has no version {number}")
    return row


async def content(session: AsyncSession, row: RuleVersionRow) -> Table:
    table = await RuleTables(session).find(row.sha256)
    if table is None:
        raise Unknown(f"{row.id} 的内容不见了", f"The content of {row.id} is gone")
    return table


async def history(session: AsyncSession, key: str) -> list[RuleVersionRow]:
    rows = await RuleVersions(session).history(key)
    if not rows:
        raise Unknown(f"没有规则表 {key}", f"There is no rule table {key}")
    return rows


async def shown_set(session: AsyncSession, rows: list[RuleVersionRow], now: datetime) -> RuleSet:
    told = lines(rows, now)
    newest = await content(session, rows[0])
    in_force = next((line.version for line in told if line.in_force), None)
    return RuleSet(key=rows[0].key, title=newest.title, in_force=in_force, versions=told)


async def whole(session: AsyncSession, row: RuleVersionRow, now: datetime) -> Version:
    told = {line.version: line for line in lines(await history(session, row.key), now)}
    table = await content(session, row)
    return Version(**dict(told[row.number]), key=row.key, table=table, acknowledged=row.acknowledged)


def lines(rows: Sequence[RuleVersionRow], now: datetime) -> list[VersionLine]:
    come = stages(rows, now)
    return [VersionLine(**line_columns(row, come[row.number], now)) for row in rows]


def same_key(key: str, table: Table) -> None:
    """Refuses a table that is sent to the address of another one."""
    if table.table != key:
        raise Malformed(
            f"表名是 {table.table}，地址是 {key}；请改成一致",
            f"the table is called {table.table}, the address says {key}; make them the same",
            code="other_table",
        )
