import asyncio
from datetime import datetime

import pytest

from postroad.model.refusals import Unknown
from postroad.model.task import InstanceStatus
from postroad.store import Database
from postroad.store.instances import Instances
from postroad.store.tasks import Tasks
from tests.store.samples import INSTANCE, NOW, REQUISITION, a_task, an_instance, later


async def _put(database: Database, **facts: object) -> None:
    async with database.begin() as session:
        await Instances(session).put(an_instance(**facts))


async def test_an_instance_is_read_as_it_was_written(database: Database) -> None:
    ended = an_instance(status=InstanceStatus.FINISHED, outcome="approved", finished_at=later())
    async with database.begin() as session:
        await Instances(session).put(ended)

    async with database.read() as session:
        assert await Instances(session).find(INSTANCE) == ended


async def test_an_instance_is_found_with_those_that_it_called(database: Database) -> None:
    await _put(database)
    await _put(database, instance="quality:2", called_by=INSTANCE, started_at=later(2))
    await _put(database, instance="quality:1", called_by=INSTANCE, started_at=later(1))

    async with database.read() as session:
        found = await Instances(session).called_by(INSTANCE)
    assert [one.id for one in found] == ["quality:1", "quality:2"]


async def test_an_older_picture_never_overwrites_a_newer_one(database: Database) -> None:
    await _put(database, revision=3, waiting_for="赵敏")

    await _put(database, revision=2, waiting_for="陈静")

    async with database.read() as session:
        found = await Instances(session).find(INSTANCE)
    assert found is not None
    assert (found.revision, found.waiting_for) == (3, "赵敏")


async def test_pictures_written_at_the_same_time_leave_the_newest(database: Database) -> None:
    await asyncio.gather(*(_put(database, revision=number) for number in (5, 12, 3, 9, 1, 11, 7, 2)))

    async with database.read() as session:
        found = await Instances(session).find(INSTANCE)
    assert found is not None
    assert found.revision == 12


async def test_a_row_read_before_a_write_of_the_same_transaction_is_read_anew_after_it(database: Database) -> None:
    await _put(database, revision=1)

    async with database.begin() as session:
        instances = Instances(session)
        await instances.find(INSTANCE)
        await instances.put(an_instance(revision=2))
        found = await instances.find(INSTANCE)

    assert found is not None
    assert found.revision == 2


async def test_the_stub_gives_way_to_what_the_instance_says_itself(database: Database) -> None:
    view = an_instance()
    for _ in range(2):
        async with database.begin() as session:
            await Instances(session).stub(
                INSTANCE, view.process, view.release, view.title, REQUISITION, "PR-1", "li", NOW
            )
            await Instances(session).put(view)

    async with database.read() as session:
        assert await Instances(session).find(INSTANCE) == view


async def test_only_unfinished_instances_of_a_document_are_open_for_it(database: Database) -> None:
    await _put(database, instance="one", started_at=NOW)
    await _put(database, instance="two", started_at=later(), status=InstanceStatus.TROUBLED)
    await _put(database, instance="three", status=InstanceStatus.FINISHED)
    await _put(database, instance="four", status=InstanceStatus.FAILED)
    await _put(database, instance="five", document=REQUISITION.model_copy(update={"id": "PR-2"}))

    async with database.read() as session:
        assert await Instances(session).open_for(REQUISITION) == ["two", "one"]


async def test_paging_shows_every_instance_once_even_when_they_started_together(database: Database) -> None:
    started: list[tuple[str, datetime]] = [(f"i{number}", NOW if number < 4 else later(number)) for number in range(7)]
    for instance, at in started:
        await _put(database, instance=instance, started_at=at)

    seen: list[str] = []
    async with database.read() as session:
        while page := await Instances(session).page(limit=2, after=seen[-1] if seen else None):
            seen += [view.id for view in page]

    assert seen == ["i6", "i5", "i4", "i3", "i2", "i1", "i0"]


async def test_a_page_after_an_unknown_instance_is_refused(database: Database) -> None:
    async with database.read() as session:
        with pytest.raises(Unknown, match="nowhere"):
            await Instances(session).page(after="nowhere")


async def test_instances_are_found_by_status_process_number_and_person(database: Database) -> None:
    await _put(database, instance="mine", number="PR-10", initiator="zhou")
    await _put(database, instance="returned", number="PR-11", status=InstanceStatus.RETURNED)
    await _put(database, instance="sale", number="SO_1", process="order-review")
    async with database.begin() as session:
        await Tasks(session).put(a_task(instance="returned", person="zhou"))

    async with database.read() as session:
        instances = Instances(session)
        assert {view.id for view in await instances.page(person="zhou")} == {"mine", "returned"}
        assert [view.id for view in await instances.page(status=InstanceStatus.RETURNED)] == ["returned"]
        assert [view.id for view in await instances.page(process="order-review")] == ["sale"]
        assert {view.id for view in await instances.page(number="PR-1")} == {"mine", "returned"}
        assert await instances.page(number="SO%") == []
