import asyncio
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from postroad.store import Database
from postroad.store.instances import Instances
from postroad.store.tasks import Tasks
from tests.store.samples import INSTANCE, NOW, a_task, an_instance


async def test_a_transaction_that_fails_leaves_nothing_behind(database: Database) -> None:
    async def fail_half_way() -> None:
        async with database.begin() as session:
            await Tasks(session).put(a_task())
            raise TimeoutError

    with pytest.raises(TimeoutError):
        await fail_half_way()

    async with database.read() as session:
        assert await Tasks(session).find(a_task().id) is None


async def test_what_is_done_while_reading_is_not_kept(database: Database) -> None:
    async with database.read() as session:
        await Tasks(session).put(a_task())

    async with database.read() as session:
        assert await Tasks(session).find(a_task().id) is None


async def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    async with database.begin() as writing:
        await Tasks(writing).put(a_task())
        async with asyncio.timeout(2), database.read() as session:
            assert await Tasks(session).find(a_task().id) is None


async def test_many_writers_of_two_processes_all_get_their_turn(url: str) -> None:
    databases = [Database(url), Database(url)]

    async def write(number: int) -> None:
        async with databases[number % 2].begin() as session:
            found = await Tasks(session).of_instance(INSTANCE)
            await Tasks(session).put(a_task(number, revision=len(found)))

    await asyncio.gather(*(write(number) for number in range(40)))

    async with databases[0].read() as session:
        assert len(await Tasks(session).of_instance(INSTANCE)) == 40
    for database in databases:
        await database.close()


async def test_a_moment_in_another_zone_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    shanghai = NOW.astimezone(timezone(timedelta(hours=8)))
    async with database.begin() as session:
        await Instances(session).put(an_instance(started_at=shanghai))

    async with database.read() as session:
        found = await Instances(session).find(INSTANCE)
    assert found is not None
    assert (found.started_at, found.started_at.utcoffset()) == (NOW, timedelta(0))


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 3, 2, 8, 30)  # noqa: DTZ001 - the point of the test
    async with database.begin() as session:
        with pytest.raises(StatementError, match="no time zone"):
            await Instances(session).put(an_instance().model_copy(update={"started_at": naive}))
