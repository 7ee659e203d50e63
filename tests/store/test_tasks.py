import asyncio

import pytest

from postroad.model.decision import Action
from postroad.model.refusals import Unknown
from postroad.model.task import TaskKind, TaskState
from postroad.store import Database
from postroad.store.tasks import Tasks
from tests.store.samples import INSTANCE, a_task, later


async def test_a_task_is_read_as_it_was_written(database: Database) -> None:
    decided = a_task(
        state=TaskState.DONE, closed_at=later(), action=Action.REJECT, decided_by="chen", opinion="超预算", actions=()
    )
    async with database.begin() as session:
        await Tasks(session).put(decided)

    async with database.read() as session:
        assert await Tasks(session).find(decided.id) == decided


async def test_an_older_picture_of_a_task_never_overwrites_a_newer_one(database: Database) -> None:
    async def put(revision: int) -> None:
        async with database.begin() as session:
            await Tasks(session).put(a_task(revision=revision), a_task(2, revision=revision))

    await asyncio.gather(*(put(revision) for revision in (4, 9, 2, 8, 1, 7)))

    async with database.read() as session:
        assert [task.revision for task in await Tasks(session).of_instance(INSTANCE)] == [9, 9]


async def test_of_two_pictures_of_one_task_in_one_record_the_newer_stays(database: Database) -> None:
    async with database.begin() as session:
        await Tasks(session).put(a_task(revision=2, cause="newer"), a_task(revision=1))

    async with database.read() as session:
        found = await Tasks(session).find(a_task().id)
    assert found is not None
    assert str(found.cause) == "newer"


async def test_a_list_of_to_dos_is_the_persons_open_tasks_of_the_kinds_asked_for(database: Database) -> None:
    async with database.begin() as session:
        await Tasks(session).put(
            a_task(1),
            a_task(2, person="zhao"),
            a_task(3, state=TaskState.DONE),
            a_task(4, kind=TaskKind.CC),
            a_task(5, kind=TaskKind.EXCEPTION, opened_at=later()),
        )

    async with database.read() as session:
        kinds = {TaskKind.APPROVAL, TaskKind.EXCEPTION}
        found = await Tasks(session).page(person="chen", state=TaskState.OPEN, kinds=kinds)
        assert [task.id for task in found] == [a_task(5).id, a_task(1).id]


async def test_what_only_informs_is_not_counted_as_waiting(database: Database) -> None:
    async with database.begin() as session:
        told, withdrawn = a_task(2, kind=TaskKind.CC), a_task(3, state=TaskState.CANCELLED)
        await Tasks(session).put(a_task(1), told, withdrawn, a_task(4))

    async with database.read() as session:
        assert await Tasks(session).open_count("chen") == 2


async def test_paging_shows_every_task_once(database: Database) -> None:
    async with database.begin() as session:
        await Tasks(session).put(*(a_task(slot) for slot in range(5)))

    seen: list[str] = []
    async with database.read() as session:
        while page := await Tasks(session).page(limit=2, after=seen[-1] if seen else None):
            seen += [task.id for task in page]

    assert seen == [a_task(slot).id for slot in (4, 3, 2, 1, 0)]


async def test_a_page_after_an_unknown_task_is_refused(database: Database) -> None:
    async with database.read() as session:
        with pytest.raises(Unknown, match="nothing"):
            await Tasks(session).page(after="nothing")
