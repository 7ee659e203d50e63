from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from postroad.model.case import Case
from postroad.model.process import Process
from postroad.model.table import Table
from postroad.rules.canonical import sha256_of
from postroad.store.process_versions import Drawn, ProcessVersions
from postroad.store.releases import Release, Releases
from postroad.store.rule_versions import RuleVersionRow, RuleVersions
from postroad.store.versions import Stage


async def publish_with_tables(
    session: AsyncSession,
    process: Process,
    tables: Sequence[Table],
    by: str,
    at: datetime,
    *,
    cases: Sequence[Case] = (),
) -> tuple[Release, list[RuleVersionRow]]:
    """Publish a process with its cases as a version of its own, and those of its tables that it brings anew.

    A table that is as it came with the release before leaves alone what its owners have published since.

    Raises:
        Malformed: two of the tables have one name.
    """
    before = await Releases(session).latest(process.process)
    drawn = drawn_of(process, cases)
    release, is_new = await _release(session, process, tables, drawn, at)
    if is_new:
        await ProcessVersions(session).bring(release, drawn, by, at)
    brought = before.tables if before else {}
    versions = RuleVersions(session)
    new = [table for table in tables if await _is_new(versions, table, brought.get(table.table), at)]
    return release, [await versions.bring(table, release.id, by, at) for table in new]


def drawn_of(process: Process, cases: Sequence[Case]) -> Drawn:
    """A process and its cases as they are kept with a version."""
    said = [one.model_dump(mode="json", exclude_defaults=True) for one in cases]
    return Drawn(process.model_dump(mode="json"), said)


async def _release(
    session: AsyncSession, process: Process, tables: Sequence[Table], drawn: Drawn, at: datetime
) -> tuple[Release, bool]:
    """The release, and whether it is a new one: not where the latest says just this, and so do its cases."""
    releases, versions = Releases(session), ProcessVersions(session)
    known = await releases.same_as_latest(process, tables)
    version = await versions.of_release(known.id) if known else None
    if known and version and version.cases == drawn.cases:
        return known, False
    number = await versions.free_number(process.process)
    return await releases.publish_as(number, process, tables, at), True


async def _is_new(versions: RuleVersions, table: Table, brought: str | None, at: datetime) -> bool:
    sha256 = sha256_of(table)
    in_force = await versions.in_force(table.table, at)
    if in_force is not None and in_force.sha256 == sha256:
        return False
    history = await versions.history(table.table)
    is_known = any(row.sha256 == sha256 for row in history if row.stage == Stage.PUBLISHED)
    return not is_known or brought not in {None, sha256}
