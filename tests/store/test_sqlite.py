import asyncio

from postroad.store import Database
from postroad.store.tasks import Tasks
from tests.store.samples import a_task


async def test_whoever_waits_for_another_process_does_not_hold_up_the_rest_of_its_own(url: str) -> None:
    ours, theirs = Database(url), Database(url)

    async def write() -> None:
        async with ours.begin() as session:
            await Tasks(session).put(a_task(revision=2))

    async with theirs.begin() as writing:
        await Tasks(writing).put(a_task(revision=1))
        waiting = asyncio.create_task(write())
        async with asyncio.timeout(2), ours.read() as session:
            assert await Tasks(session).find(a_task().id) is None
        assert not waiting.done()

    await waiting
    async with ours.read() as session:
        found = await Tasks(session).find(a_task().id)
    assert found is not None
    assert found.revision == 2
    for database in (ours, theirs):
        await database.close()
