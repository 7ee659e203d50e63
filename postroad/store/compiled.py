from dataclasses import replace

from postroad.model.refusals import Unknown
from postroad.rules.compile import CompiledTable, compile_table
from postroad.store.database import Database
from postroad.store.rule_tables import RuleTables

MOST_KEPT = 256
"""Compiled tables kept in memory; the one that came first makes room."""


class CompiledTables:
    """Tables ready to evaluate. A content hash never means anything else, so what is compiled stays compiled."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._compiled: dict[str, CompiledTable] = {}

    async def get(self, key: str, sha256: str) -> CompiledTable:
        """The table with this content.

        Raises:
            Unknown: nobody ever published it.
            TableRefused: it was kept as a draft and has errors.
        """
        if sha256 not in self._compiled:
            compiled = await self._load(key, sha256)
            if len(self._compiled) >= MOST_KEPT:
                del self._compiled[next(iter(self._compiled))]
            self._compiled[sha256] = compiled
        return self._compiled[sha256]

    async def _load(self, key: str, sha256: str) -> CompiledTable:
        async with self._database.read() as session:
            table = await RuleTables(session).find(sha256)
        if table is None:
            raise Unknown(
                f"规则表 {key}（{sha256[:12]}）没有发布过；请重新发布使用它的流程",
                f"rule table {key} ({sha256[:12]}) was never published; publish the process that uses it",
            )
        # named as it was when it was published, whatever a table has learnt to say since
        return replace(compile_table(table), sha256=sha256)
