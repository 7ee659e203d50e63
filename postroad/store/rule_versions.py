"""The versions of rule tables: written, checked, approved, in force, and what was in force at any moment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, select
from sqlmodel import Field, col

from postroad.model.table import Table
from postroad.rules.canonical import sha256_of
from postroad.store.rule_tables import RuleTables
from postroad.store.schema import Json
from postroad.store.versions import SetRow, Stage, VersionRow, Versions


class RuleSetRow(SetRow, table=True):
    """One business question, and the number of its newest version."""

    __tablename__ = "rule_sets"


class RuleVersionRow(VersionRow, table=True):
    """One version of a rule table. `acknowledged` says what its owner knows and wants: `{"what", "by", "at"}` each."""

    __tablename__ = "rule_versions"
    __table_args__ = (UniqueConstraint("key", "number"),)

    acknowledged: list[dict[str, str]] = Field(default=[], sa_type=Json)


class RuleVersions(Versions[RuleVersionRow]):
    row, sets = RuleVersionRow, RuleSetRow

    async def draft(self, table: Table, by: str, notes: str, at: datetime) -> RuleVersionRow:
        """A new version with the next number."""
        return await self._keep(table, Stage.DRAFT, at, authors=[by], notes=notes)

    async def bring(self, table: Table, author: str, approver: str, at: datetime) -> RuleVersionRow:
        """Publish what comes with a release of a process, at once. `author` says where it is from."""
        noted = {"approver": approver, "published_by": approver, "approved_at": at, "published_at": at}
        return await self._keep(table, Stage.PUBLISHED, at, authors=[author], effective_from=at, **noted)

    async def _keep(self, table: Table, stage: Stage, at: datetime, **columns: Any) -> RuleVersionRow:
        await RuleTables(self._session).keep([table])
        number = await self._next_number(table.table)
        said = {"sha256": sha256_of(table), "acknowledged": []}
        return await self._enter(table.table, number, stage, at, **said, **columns)

    async def change(self, row: RuleVersionRow, table: Table, by: str, notes: str, at: datetime) -> RuleVersionRow:
        """Another content: to be checked again, by nobody approved, and nothing acknowledged."""
        await RuleTables(self._session).keep([table])
        anew = self._rewritten(row, by, notes, at)
        return await self._move(row, Stage.DRAFT, sha256=sha256_of(table), acknowledged=[], **anew)

    async def checked(self, row: RuleVersionRow, acknowledged: list[dict[str, str]], *, clean: bool) -> RuleVersionRow:
        """Note what was acknowledged and, if nothing stands in the way, that the version was checked."""
        fresh = row.stage == Stage.DRAFT and clean
        return await self._move(row, Stage.CHECKED if fresh else Stage(row.stage), acknowledged=acknowledged)

    async def contents_in_force(self, at: datetime) -> dict[str, Table]:
        """Every table that is in force at this moment, by key."""
        named = await self.all_in_force(at)
        found = {key: await RuleTables(self._session).find(sha256) for key, sha256 in named.items()}
        return {key: table for key, table in found.items() if table is not None}

    async def all_in_force(self, at: datetime) -> dict[str, str]:
        """The sha256 of every table that is in force at this moment, by key."""
        keys = await self._session.scalars(select(col(RuleSetRow.key)))
        named = await self.pinned(dict.fromkeys(keys, ""), at)
        return {key: sha256 for key, sha256 in named.items() if sha256}

    async def pinned(self, tables: Mapping[str, str], at: datetime) -> dict[str, str]:
        """Of the tables a release names, the contents in force at this moment; its own where none is."""
        wanted = select(RuleVersionRow).where(col(RuleVersionRow.key).in_(tables), *self._began(at))
        oldest_first = wanted.order_by(col(RuleVersionRow.effective_from), col(RuleVersionRow.number))
        newest = {row.key: row for row in await self._session.scalars(oldest_first)} if tables else {}
        valid = {row.key: row.sha256 for row in newest.values() if row.retired_at is None or row.retired_at > at}
        return {**tables, **valid}
