from datetime import timedelta

from postroad.model.process import Process
from postroad.model.table import Table
from postroad.store import Database
from postroad.store.rule_versions import RuleVersions
from postroad.store.shipped import publish_with_tables
from tests.store.samples import NOW
from tests.store.test_releases import PROCESS, TABLE


def _other(note: str) -> Table:
    return TABLE.model_copy(update={"title": TABLE.title.model_copy(update={"zh": note})})


async def _publish(database: Database, table: Table = TABLE, process: Process = PROCESS) -> list[int]:
    """The numbers of the rule versions that came with it."""
    async with database.begin() as session:
        _, brought = await publish_with_tables(session, process, [table], "ops", NOW)
    return [row.number for row in brought]


async def _owners_publish(database: Database, table: Table) -> None:
    async with database.begin() as session:
        versions = RuleVersions(session)
        row = await versions.approved(await versions.draft(table, "li", "", NOW), "wang", NOW)
        await versions.published(row, "li", NOW, NOW)


async def test_a_process_brings_its_tables_as_published_versions(database: Database) -> None:
    assert await _publish(database) == [1]

    async with database.read() as session:
        row = await RuleVersions(session).in_force(TABLE.table, NOW)
    assert row is not None
    assert (row.authors, row.approver) == (["purchase-approval@1"], "ops")


async def test_the_same_files_again_bring_nothing(database: Database) -> None:
    await _publish(database)

    assert await _publish(database) == []


async def test_a_changed_file_is_a_new_version_and_so_is_the_way_back(database: Database) -> None:
    await _publish(database)

    assert [await _publish(database, _other("二")), await _publish(database)] == [[2], [3]]


async def test_what_the_owners_published_stays_while_the_file_is_as_it_was(database: Database) -> None:
    await _publish(database)
    await _owners_publish(database, _other("负责人改的"))
    retitled = PROCESS.model_copy(update={"title": PROCESS.title.model_copy(update={"zh": "采购审批（新）"})})

    assert await _publish(database, process=retitled) == []
    async with database.read() as session:
        row = await RuleVersions(session).in_force(TABLE.table, NOW + timedelta(days=1))
    assert row is not None
    assert row.number == 2


async def test_another_process_that_comes_with_a_known_table_changes_nothing(database: Database) -> None:
    await _publish(database)
    await _owners_publish(database, _other("负责人改的"))

    assert await _publish(database, process=PROCESS.model_copy(update={"process": "order-review"})) == []
