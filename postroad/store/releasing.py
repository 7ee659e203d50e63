"""From a published version to the release that instances run on, as soon as its time has come."""

from datetime import datetime

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from postroad.model.process import Decide, Process
from postroad.model.refusals import Malformed
from postroad.model.table import Table
from postroad.rules.canonical import sha256_of
from postroad.store.process_versions import ProcessVersionRow, ProcessVersions
from postroad.store.releases import Release, Releases
from postroad.store.rule_versions import RuleVersions


async def release_due(session: AsyncSession, at: datetime) -> list[Release]:
    """Those versions whose time has come, each with the rule tables that are in force then."""
    return [await release(session, row, at) for row in await ProcessVersions(session).due(at)]


async def release(session: AsyncSession, row: ProcessVersionRow, at: datetime) -> Release:
    process = Process.model_validate(row.content)
    known = await RuleVersions(session).contents_in_force(at)
    published = await Releases(session).publish_as(row.number, process, asked_by(process, known), at)
    await ProcessVersions(session).released(row, published)
    return published


def asked_by(process: Process, known: dict[str, Table]) -> list[Table]:
    """Those of the known tables that the process asks."""
    asked = dict.fromkeys(node.table for _, node in process.walk() if isinstance(node, Decide))
    return [known[key] for key in asked if key in known]


async def planned_release(session: AsyncSession, version: str, at: datetime) -> Release | None:
    """What a version (`purchase-approval@5`) would be released as now; None if there is none.

    Raises:
        Malformed: it is not drawn to the end.
    """
    row = await session.get(ProcessVersionRow, version)
    if row is None:
        return None
    try:
        process = Process.model_validate(row.content)
    except ValidationError as lacking:
        raise Malformed(
            f"{row.id} 还没有画完，不能计划迁移；请先检查并补全",
            f"{row.id} is not drawn to the end, so nothing can be planned; check and complete it first",
            code="not_sound",
        ) from lacking
    asked = asked_by(process, await RuleVersions(session).contents_in_force(at))
    return Release(
        id=row.id,
        process_key=row.key,
        number=row.number,
        sha256=row.sha256,
        definition=process.model_dump(mode="json"),
        tables={table.table: sha256_of(table) for table in asked},
        published_at=at,
    )
