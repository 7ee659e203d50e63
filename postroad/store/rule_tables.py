from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field

from postroad.model.table import Table
from postroad.rules.canonical import sha256_of
from postroad.store.schema import Json, Stored
from postroad.store.upsert import insert


class RuleTableRow(Stored, table=True):
    """One content of a rule table, for ever under its hash; whoever has the same content shares it."""

    __tablename__ = "rule_tables"

    sha256: str = Field(primary_key=True)
    key: str
    content: dict[str, Any] = Field(sa_type=Json)

    @property
    def table(self) -> Table:
        return Table.model_validate(self.content)


class RuleTables:
    """What rule tables have ever said. Contents are only added; the database itself refuses to change one."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(self, tables: Sequence[Table]) -> None:
        rows = [
            {"sha256": sha256_of(table), "key": table.table, "content": table.model_dump(mode="json")}
            for table in tables
        ]
        if rows:
            await self._session.execute(insert(self._session, RuleTableRow).values(rows).on_conflict_do_nothing())

    async def find(self, sha256: str) -> Table | None:
        """The rule table with this content hash."""
        row = await self._session.get(RuleTableRow, sha256)
        return row.table if row else None
