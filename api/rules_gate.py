"""What keeps a rule table from being published, in the words of those who own it. Every reason has a stable code."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from api.stops import Stop, several
from postroad.directory.vacancy import vacancy
from postroad.model.label import Label
from postroad.model.people import Organisation, Who
from postroad.model.table import Table
from postroad.process.sound import problems
from postroad.rules.check import check
from postroad.rules.report import LISTED, Report
from postroad.store.people import People
from postroad.store.releases import Release, Releases
from postroad.store.rule_tables import RuleTables

DEFAULT = "default"
"""What an owner acknowledges: that the default row answers whatever no other row does."""


class Checked(BaseModel):
    """A table as it was checked: everything found in it, and which of that keeps it from being published."""

    report: Report
    stops: list[Stop]


async def checked(session: AsyncSession, table: Table, acknowledged: Sequence[Mapping[str, str]]) -> Checked:
    """Check a table on its own, on today's organisation and with the processes that ask it."""
    report = await asyncio.to_thread(check, table)  # up to seconds, and others are waiting
    organisation = await People(session).organisation()
    broken = [] if report.errors else await _broken_processes(session, table)
    known = {one["what"] for one in acknowledged}
    stops = [*_of_report(table, report, known), *_of_people(table, organisation), *broken]
    return Checked(report=report, stops=stops)


def _of_report(table: Table, report: Report, acknowledged: set[str]) -> Iterator[Stop]:
    yield from several(
        "table_errors",
        [one.message for one in report.errors],
        "规则表有 {n} 处写错，请先改正：{said}",
        "the table has {n} mistakes; correct them first: {said}",
    )
    yield from several(
        "gap",
        [one.text for one in report.gaps],
        "有 {n} 种情况没有任何一行管：{said}；请补上规则行，或加一行默认结果并确认它",
        "{n} situations are answered by no row: {said}; add rows, or a default row and acknowledge it",
    )
    if table.default is not None and DEFAULT not in acknowledged:
        yield from several(
            "default_not_acknowledged",
            [one.text for one in report.by_default],
            "有 {n} 种情况只有默认行管：{said}；请确认这正是您要的（acknowledge: default），或补上规则行",
            "only the default row answers {n} situations: {said}; acknowledge that (acknowledge: default), or add rows",
        )
    yield from several(
        "rows_overlap",
        [
            Label(
                zh=f"{'、'.join(one.rows)} 都适用于 {one.text.zh}",
                en=f"{' and '.join(one.rows)} both apply to {one.text.en}",
            )
            for one in report.overlaps
        ],
        "有 {n} 处两行同时适用，系统不知道听谁的：{said}；请改到只有一行适用",
        "in {n} places two rows apply at once: {said}; change them so that one does",
    )
    yield from several(
        "dead_row",
        [one.text for one in report.unreachable],
        "有 {n} 行永远用不到：{said}",
        "{n} rows are never used: {said}",
    )
    yield from several(
        "cases_failed",
        [Label.of(one) for one in dict.fromkeys(one.case for one in report.cases)],
        "有 {n} 个用例的答案与期望不同：{said}；请改规则，或改用例",
        "{n} cases are not answered as expected: {said}; change the rules or the cases",
    )
    # a list that is cut says so too, and those do not stop anything
    if not report.proven and not report.errors and max(len(report.by_default), len(report.redundant)) < LISTED:
        yield Stop(
            code="not_proven",
            message=Label(
                zh="规则表太复杂，没能全部检查完；请拆成几张小表",
                en="the table is too complex to be checked to the end; split it into smaller ones",
            ),
        )


def _of_people(table: Table, organisation: Organisation) -> Iterator[Stop]:
    meant = ((place, spec, vacancy(spec, organisation)) for place, spec in _specifications(table))
    found = [
        Label(zh=f"{place} 行的 {why.zh}", en=f"row {place}: {why.en}") for place, _, why in meant if why is not None
    ]
    yield from several(
        "nobody_for_role",
        found,
        "有 {n} 处结果今天找不到人：{said}",
        "{n} outcomes lead to nobody today: {said}",
    )


def _specifications(table: Table) -> Iterator[tuple[str, Who]]:
    """Every specification of people the table may answer with, by row; what is none is said among the mistakes."""
    people = [output.key for output in table.outputs if output.type == "who"]
    default = table.default if isinstance(table.default, tuple) else [table.default or {}]
    for place, then in [*((row.id, row.then) for row in table.rows), *(("default", one) for one in default)]:
        for said in (then.get(key) for key in people):
            for one in said if isinstance(said, list) else [said]:
                try:
                    yield place, Who.model_validate(one)
                except ValueError:
                    continue


async def _broken_processes(session: AsyncSession, table: Table) -> list[Stop]:
    found = []
    for release in await Releases(session).all_latest():
        if table.table in release.tables:
            found += await _broken(session, release, table)
    return found


async def _broken(session: AsyncSession, release: Release, table: Table) -> list[Stop]:
    """What would be wrong with a process that asks this table and is not wrong with it now."""
    contents = RuleTables(session)
    tables = {key: await contents.find(sha256) for key, sha256 in release.tables.items()}
    known = {key: one for key, one in tables.items() if one is not None}
    before = {(one.place, one.code) for one in problems(release.process, known)}
    after = problems(release.process, {**known, table.table: table})
    wrong = [one.message for one in after if (one.place, one.code) not in before]
    title = release.process.title
    return list(
        several(
            "breaks_process",
            wrong,
            f"流程“{title.zh}”用到这张表，改后将无法运行：{{said}}",
            f"the process “{title.en}” asks this table and could not go on: {{said}}",
        )
    )
