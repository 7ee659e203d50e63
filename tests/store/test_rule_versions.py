import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from postroad.model.table import Table
from postroad.rules.canonical import sha256_of
from postroad.store import Database
from postroad.store.rule_tables import RuleTableRow
from postroad.store.rule_versions import RuleVersionRow, RuleVersions
from postroad.store.upsert import table_of
from postroad.store.versions import ChangedMeanwhile, Stage, stages
from tests.store.samples import NOW

PURCHASE = Path(__file__).parents[2] / "processes" / "purchase-approval"
TABLE = Table.model_validate(yaml.safe_load((PURCHASE / "purchase-route.table.yaml").read_text()))
KEY = TABLE.table
DAY = timedelta(days=1)


def _other(note: str) -> Table:
    return TABLE.model_copy(update={"title": TABLE.title.model_copy(update={"zh": note})})


async def _published(database: Database, table: Table = TABLE, since: datetime = NOW) -> RuleVersionRow:
    async with database.begin() as session:
        versions = RuleVersions(session)
        row = await versions.draft(table, "li", "", NOW)
        row = await versions.checked(row, [], clean=True)
        row = await versions.approved(row, "wang", NOW)
        return await versions.published(row, "li", since, NOW)


async def _in_force(database: Database, at: datetime) -> int | None:
    async with database.read() as session:
        row = await RuleVersions(session).in_force(KEY, at)
        pinned = await RuleVersions(session).pinned({KEY: "carried"}, at)
    assert pinned == {KEY: row.sha256 if row else "carried"}
    return row.number if row else None


async def _stages(database: Database, at: datetime) -> dict[int, Stage]:
    async with database.read() as session:
        return stages(await RuleVersions(session).history(KEY), at)


async def test_a_version_is_in_force_from_its_moment_until_the_next(database: Database) -> None:
    await _published(database)
    await _published(database, _other("二"), since=NOW + DAY)

    found = [await _in_force(database, NOW + offset) for offset in (-DAY, 0 * DAY, DAY / 2, DAY)]

    assert found == [None, 1, 1, 2]
    assert await _stages(database, NOW) == {1: Stage.PUBLISHED, 2: Stage.PUBLISHED}
    assert await _stages(database, NOW + DAY) == {1: Stage.RETIRED, 2: Stage.PUBLISHED}


async def test_a_retired_version_leaves_nothing_in_force(database: Database) -> None:
    await _published(database)
    row = await _published(database, _other("二"))
    async with database.begin() as session:
        await RuleVersions(session).retired(row, "wang", NOW + DAY)

    assert [await _in_force(database, at) for at in (NOW, NOW + DAY)] == [2, None]
    assert await _stages(database, NOW + DAY) == {1: Stage.RETIRED, 2: Stage.RETIRED}


async def test_a_version_called_off_before_its_time_was_never_in_force(database: Database) -> None:
    await _published(database)
    row = await _published(database, _other("二"), since=NOW + 2 * DAY)
    async with database.begin() as session:
        await RuleVersions(session).retired(row, "wang", NOW + DAY)

    assert await _in_force(database, NOW + 3 * DAY) == 1


async def test_drafts_made_at_once_get_a_number_each(database: Database) -> None:
    async def draft(number: int) -> int:
        async with database.begin() as session:
            return (await RuleVersions(session).draft(_other(str(number)), "li", "", NOW)).number

    assert sorted(await asyncio.gather(*(draft(number) for number in range(5)))) == [1, 2, 3, 4, 5]


async def test_a_changed_draft_is_to_be_checked_and_approved_anew(database: Database) -> None:
    async with database.begin() as session:
        versions = RuleVersions(session)
        row = await versions.draft(TABLE, "li", "", NOW)
        row = await versions.checked(row, [{"what": "default", "by": "li", "at": "now"}], clean=True)
        row = await versions.approved(row, "wang", NOW)
        row = await versions.change(row, _other("二"), "chen", "", NOW + DAY)

    assert (row.stage, row.approver, row.acknowledged, row.authors) == ("draft", None, [], ["li", "chen"])
    assert row.sha256 == sha256_of(_other("二"))


async def test_what_somebody_else_changed_meanwhile_is_not_approved(database: Database) -> None:
    async with database.begin() as session:
        versions = RuleVersions(session)
        seen = await versions.draft(TABLE, "li", "", NOW)
        await versions.change(seen, _other("二"), "li", "", NOW)

        with pytest.raises(ChangedMeanwhile):
            await versions.approved(seen, "wang", NOW)


@pytest.mark.parametrize("column", ["notes", "sha256", "approver", "effective_from", "authors"])
async def test_the_database_refuses_to_change_what_was_published(database: Database, column: str) -> None:
    row = await _published(database)
    table = table_of(RuleVersionRow)
    other = {"effective_from": NOW + DAY, "authors": ["wang"]}.get(column, "other")

    with pytest.raises(DBAPIError, match="never changed"):
        async with database.begin() as session:
            await session.execute(update(table).where(table.c.id == row.id).values({column: other}))


async def test_the_database_refuses_to_forget_what_was_published(database: Database) -> None:
    await _published(database)

    for row in (RuleVersionRow, RuleTableRow):
        with pytest.raises(DBAPIError, match="never changed"):
            async with database.begin() as session:
                await session.execute(delete(table_of(row)))


async def test_the_database_refuses_to_change_a_content(database: Database) -> None:
    await _published(database)

    with pytest.raises(DBAPIError, match="never changed"):
        async with database.begin() as session:
            await session.execute(update(table_of(RuleTableRow)).values(content={}))
