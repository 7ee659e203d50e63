import asyncio

from postroad.model.event import ErpNews
from postroad.store import Database
from postroad.store.events import ErpEvents, EventRow
from tests.store.samples import NOW, REQUISITION, later


async def _receive(database: Database, event: str, document: str = "PR-1") -> bool:
    ref = REQUISITION.model_copy(update={"id": document})
    news = ErpNews(event_id=event, mode="submitted", version="3")
    async with database.begin() as session:
        return await ErpEvents(session).receive(ref, news, at=NOW, payload={"金额": "28000.00"}, round=2)


async def _waiting(database: Database, **facts: object) -> list[EventRow]:
    async with database.read() as session:
        return await ErpEvents(session).waiting(**facts)


async def _done(database: Database, row: EventRow) -> None:
    async with database.begin() as session:
        await ErpEvents(session).done(row.id or 0, "started", later())


async def test_an_event_is_kept_as_it_came(database: Database) -> None:
    await _receive(database, "e-1")

    [row] = await _waiting(database)

    assert (row.document, row.news) == (REQUISITION, ErpNews(event_id="e-1", mode="submitted", version="3"))
    assert (row.round, row.payload, row.received_at) == (2, {"金额": "28000.00"}, NOW)


async def test_an_event_that_is_delivered_many_times_at_once_is_new_once(database: Database) -> None:
    news = await asyncio.gather(*(_receive(database, "e-1") for _ in range(6)))

    assert sum(news) == 1


async def test_events_wait_in_the_order_of_arrival_one_for_each_document(database: Database) -> None:
    for event, document in (("e-1", "PR-1"), ("e-2", "PR-2"), ("e-3", "PR-1")):
        await _receive(database, event, document)

    assert [row.event_id for row in await _waiting(database)] == ["e-1", "e-2"]


async def test_the_next_event_of_a_document_waits_for_the_one_before(database: Database) -> None:
    for event in ("e-1", "e-2"):
        await _receive(database, event)
    [first] = await _waiting(database)

    await _done(database, first)

    assert [row.event_id for row in await _waiting(database)] == ["e-2"]


async def test_an_event_that_failed_is_due_again_after_a_pause_that_grows(database: Database) -> None:
    await _receive(database, "e-1")
    [row] = await _waiting(database)
    for moment in (NOW, later(1), later(3)):
        async with database.begin() as session:
            await ErpEvents(session).failed(row.id or 0, "ERP 不可用", moment)

    assert await _waiting(database, at=later(6.9)) == []
    assert [row.attempts for row in await _waiting(database, at=later(7))] == [3]


async def test_an_event_that_keeps_failing_is_tried_every_five_minutes(database: Database) -> None:
    await _receive(database, "e-1")
    [row] = await _waiting(database)
    for _ in range(20):
        async with database.begin() as session:
            await ErpEvents(session).failed(row.id or 0, "ERP 不可用", NOW)

    assert await _waiting(database, at=later(299)) == []
    assert len(await _waiting(database, at=later(300))) == 1


async def test_one_that_failed_does_not_let_a_later_event_of_its_document_pass(database: Database) -> None:
    for event, document in (("e-1", "PR-1"), ("e-2", "PR-1"), ("e-3", "PR-2")):
        await _receive(database, event, document)
    first, _ = await _waiting(database)
    async with database.begin() as session:
        await ErpEvents(session).failed(first.id or 0, "ERP 不可用", NOW)

    assert [row.event_id for row in await _waiting(database, at=NOW)] == ["e-3"]


async def test_what_was_done_stays_on_record_and_no_longer_waits(database: Database) -> None:
    await _receive(database, "e-1")
    [row] = await _waiting(database)

    await _done(database, row)

    async with database.read() as session:
        [done] = await ErpEvents(session).of_document(REQUISITION)
        assert await ErpEvents(session).waiting_count() == 0
    assert (done.result, done.done_at, done.attempts) == ("started", later(), 1)
