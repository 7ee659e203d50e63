import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from postroad.model.case import Case
from postroad.store import Database
from postroad.store.process_versions import Drawn, ProcessVersionRow, ProcessVersions, in_use
from postroad.store.releases import Releases
from postroad.store.releasing import release_due
from postroad.store.shipped import publish_with_tables
from postroad.store.upsert import table_of
from postroad.store.versions import ChangedMeanwhile, Stage, stages
from tests.store.samples import NOW
from tests.store.test_releases import PROCESS, TABLE

KEY = PROCESS.process
DAY = timedelta(days=1)
UNFINISHED = Drawn({"process": KEY, "steps": [{"approval": "?"}]}, [{"name": "还没写完"}])
WHOLE = Drawn(PROCESS.model_dump(mode="json"))
CASE = Case.model_validate({"name": "小额", "start": {"initiator": "li", "document": {}}, "expect": {}})


async def _drafted(database: Database, drawn: Drawn = UNFINISHED) -> ProcessVersionRow:
    async with database.begin() as session:
        return await ProcessVersions(session).draft(KEY, drawn, "li", "", NOW)


async def _shipped(database: Database, *cases: Case) -> int:
    async with database.begin() as session:
        release, _ = await publish_with_tables(session, PROCESS, [TABLE], "ops", NOW, cases=cases)
    return release.number


async def test_what_was_drawn_is_read_as_it_was_drawn(database: Database) -> None:
    await _drafted(database)

    async with database.read() as session:
        row = await ProcessVersions(session).find(KEY, 1)
    assert row is not None
    assert (row.content, row.cases, row.authors, row.revision) == (*UNFINISHED, ["li"], 1)


async def test_of_two_who_save_what_they_read_one_is_refused(database: Database) -> None:
    row = await _drafted(database)

    async def save(who: str) -> ProcessVersionRow:
        async with database.begin() as session:
            return await ProcessVersions(session).change(row, WHOLE, who, "", NOW)

    saved = await asyncio.gather(save("li"), save("wang"), return_exceptions=True)

    assert sorted(type(one).__name__ for one in saved) == ["ChangedMeanwhile", "ProcessVersionRow"]


async def test_saving_the_same_again_is_a_saving_too(database: Database) -> None:
    row = await _drafted(database)
    async with database.begin() as session:
        await ProcessVersions(session).change(row, UNFINISHED, "li", "", NOW)

    with pytest.raises(ChangedMeanwhile):
        async with database.begin() as session:
            await ProcessVersions(session).change(row, UNFINISHED, "li", "", NOW)


async def test_drafts_and_folders_share_their_numbers(database: Database) -> None:
    await _shipped(database)
    await _drafted(database)

    assert await _shipped(database, CASE) == 3


async def test_a_folder_is_a_published_version_with_its_cases(database: Database) -> None:
    assert [await _shipped(database, CASE), await _shipped(database, CASE)] == [1, 1]

    async with database.read() as session:
        (row,) = await ProcessVersions(session).history(KEY)
    assert (row.stage, row.release, row.authors, row.approver) == (Stage.PUBLISHED, f"{KEY}@1", [f"{KEY}@1"], "ops")
    assert [one["name"] for one in row.cases] == ["小额"]


async def test_a_version_becomes_a_release_once_its_time_has_come(database: Database) -> None:
    await _shipped(database)
    row = await _drafted(database, WHOLE)
    async with database.begin() as session:
        await ProcessVersions(session).published(row, "li", NOW + DAY, NOW)
    async with database.begin() as session:
        assert await release_due(session, NOW) == []
        assert [one.id for one in await release_due(session, NOW + DAY)] == [f"{KEY}@2"]
        assert await release_due(session, NOW + DAY) == []

    async with database.read() as session:
        versions = await ProcessVersions(session).history(KEY)
        latest = await Releases(session).latest(KEY)
    assert stages(versions, NOW + DAY) == {1: Stage.RETIRED, 2: Stage.PUBLISHED}
    assert latest is not None
    assert (latest.id, list(latest.tables)) == (f"{KEY}@2", [TABLE.table])


async def test_nothing_begins_on_what_was_retired(database: Database) -> None:
    await _shipped(database)
    async with database.begin() as session:
        (row,) = await ProcessVersions(session).history(KEY)
        await ProcessVersions(session).retired(row, "wang", NOW)

    async with database.read() as session:
        releases = await Releases(session).all_latest()
        assert [await in_use(session, releases, at) for at in (NOW - DAY, NOW)] == [releases, []]


@pytest.mark.parametrize("name", ["content", "cases", "authors", "release", "approver"])
async def test_the_database_refuses_to_change_what_was_published(database: Database, name: str) -> None:
    await _shipped(database, CASE)
    other = {"content": {}, "cases": [], "authors": [], "release": "other@1", "approver": "li"}[name]

    with pytest.raises(DBAPIError, match="never changed"):
        async with database.begin() as session:
            await session.execute(update(table_of(ProcessVersionRow)).values({name: other}))
    with pytest.raises(DBAPIError, match="never changed"):
        async with database.begin() as session:
            await session.execute(delete(table_of(ProcessVersionRow)))
