from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from postroad.model.process import Process
from postroad.model.table import Table
from postroad.rules.canonical import sha256_of
from postroad.store.releases import Release, Releases
from postroad.store.rule_versions import RuleVersionRow, RuleVersions, Stage


async def publish_with_tables(
    session: AsyncSession, process: Process, tables: Sequence[Table], by: str, at: datetime
) -> tuple[Release, list[RuleVersionRow]]:
    """Publish a process and, as new versions, those of its tables that it brings anew.

    A table that is as it came with the release before leaves alone what its owners have published since.

    Raises:
        Malformed: two of the tables have one name.
    """
    before = await Releases(session).latest(process.process)
    release = await Releases(session).publish(process, tables, at)
    brought = before.tables if before else {}
    versions = RuleVersions(session)
    new = [table for table in tables if await _is_new(versions, table, brought.get(table.table), at)]
    return release, [await versions.bring(table, release.id, by, at) for table in new]


async def _is_new(versions: RuleVersions, table: Table, brought: str | None, at: datetime) -> bool:
    sha256 = sha256_of(table)
    in_force = await versions.in_force(table.table, at)
    if in_force is not None and in_force.sha256 == sha256:
        return False
    history = await versions.history(table.table)
    is_known = any(row.sha256 == sha256 for row in history if row.stage == Stage.PUBLISHED)
    return not is_known or brought not in {None, sha256}
