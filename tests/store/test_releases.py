import asyncio
from pathlib import Path

import pytest
import yaml

from postroad.model.process import Process
from postroad.model.refusals import Malformed
from postroad.model.table import Table
from postroad.rules.canonical import sha256_of
from postroad.store import Database
from postroad.store.releases import Release, Releases
from postroad.store.rule_tables import RuleTables
from tests.store.samples import NOW

PURCHASE = Path(__file__).parents[2] / "processes" / "purchase-approval"
PROCESS = Process.model_validate(yaml.safe_load((PURCHASE / "process.yaml").read_text()))
TABLE = Table.model_validate(yaml.safe_load((PURCHASE / "purchase-route.table.yaml").read_text()))


def _titled(title: str) -> Process:
    return PROCESS.model_copy(update={"title": PROCESS.title.model_copy(update={"zh": title})})


async def _publish(database: Database, process: Process = PROCESS, table: Table = TABLE) -> Release:
    async with database.begin() as session:
        return await Releases(session).publish(process, [table], NOW)


async def test_a_release_is_read_as_it_was_published(database: Database) -> None:
    await _publish(database)

    async with database.read() as session:
        release = await Releases(session).latest("purchase-approval")
        assert release is not None
        assert (release.id, release.process, release.published_at) == ("purchase-approval@1", PROCESS, NOW)
        assert release.tables == {"purchase-route": sha256_of(TABLE)}
        assert await RuleTables(session).find(sha256_of(TABLE)) == TABLE


async def test_publishing_the_same_content_again_gives_the_existing_release(database: Database) -> None:
    await _publish(database)

    assert (await _publish(database)).number == 1


async def test_the_same_content_published_by_many_at_once_is_one_release(database: Database) -> None:
    assert {release.number for release in await asyncio.gather(*(_publish(database) for _ in range(5)))} == {1}


async def test_different_contents_published_at_once_get_a_number_each(database: Database) -> None:
    releases = await asyncio.gather(*(_publish(database, _titled(f"采购 {number}")) for number in range(5)))

    assert {release.number for release in releases} == {1, 2, 3, 4, 5}


async def test_a_changed_table_makes_a_new_release_and_the_old_table_stays(database: Database) -> None:
    await _publish(database)
    changed = TABLE.model_copy(update={"rows": TABLE.rows[:2]})

    release = await _publish(database, table=changed)

    assert (release.number, release.tables) == (2, {"purchase-route": sha256_of(changed)})
    async with database.read() as session:
        assert await RuleTables(session).find(sha256_of(TABLE)) == TABLE


async def test_publishing_an_older_content_again_goes_back_to_it(database: Database) -> None:
    for process in (PROCESS, _titled("采购审批（新）"), PROCESS):
        await _publish(database, process)

    async with database.read() as session:
        assert [(r.number, r.process.title.zh) for r in await Releases(session).history("purchase-approval")] == [
            (3, "采购审批"),
            (2, "采购审批（新）"),
            (1, "采购审批"),
        ]


async def test_the_latest_release_of_every_process_is_listed(database: Database) -> None:
    await _publish(database)
    await _publish(database, _titled("新"))
    await _publish(database, PROCESS.model_copy(update={"process": "order-review"}))

    async with database.read() as session:
        assert [r.id for r in await Releases(session).all_latest()] == ["order-review@1", "purchase-approval@2"]


async def test_two_tables_of_one_name_are_refused(database: Database) -> None:
    async with database.begin() as session:
        with pytest.raises(Malformed, match="重名"):
            await Releases(session).publish(PROCESS, [TABLE, TABLE], NOW)


async def test_a_table_that_was_never_published_is_not_found(database: Database) -> None:
    async with database.read() as session:
        assert await RuleTables(session).find("0" * 64) is None
