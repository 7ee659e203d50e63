import asyncio

from postroad.model.decision import Action, Verdict
from postroad.store import Database
from postroad.store.clicks import ClickRow, Clicks
from tests.store.samples import NOW, a_click, an_answer, later


async def _receive(database: Database, opinion: str = "", delivery: str | None = None) -> ClickRow:
    async with database.begin() as session:
        return await Clicks(session).receive(a_click(opinion=opinion), "dingtalk", delivery)


async def test_a_press_is_kept_as_it_came(database: Database) -> None:
    await _receive(database, "同意", "d-1")

    async with database.read() as session:
        row = await Clicks(session).find(a_click(opinion="同意").id)
    assert row is not None
    assert row.click == a_click(opinion="同意")
    assert (row.platform, row.delivery, row.received_at, row.answer) == ("dingtalk", "d-1", NOW, None)


async def test_the_same_press_from_many_deliveries_at_once_is_one_row(database: Database) -> None:
    rows = await asyncio.gather(*(_receive(database, delivery=f"d-{number}") for number in range(8)))

    assert len({(row.id, row.delivery) for row in rows}) == 1


async def test_a_delivery_that_was_seen_gives_the_press_it_brought_then(database: Database) -> None:
    await _receive(database, "同意", "d-1")

    row = await _receive(database, "再想想", "d-1")

    assert row.click.opinion == "同意"


async def test_presses_without_a_delivery_do_not_collide(database: Database) -> None:
    assert (await _receive(database, "一")).id != (await _receive(database, "二")).id


async def test_the_first_answer_stays(database: Database) -> None:
    await _receive(database)
    for verdict in (Verdict.ACCEPTED, Verdict.LATE):
        async with database.begin() as session:
            await Clicks(session).answered(an_answer(a_click(), verdict), later())

    async with database.read() as session:
        row = await Clicks(session).find(a_click().id)
    assert row is not None
    assert row.answer == an_answer(a_click(), Verdict.ACCEPTED)


async def test_an_answer_to_a_press_that_never_came_is_not_kept(database: Database) -> None:
    async with database.begin() as session:
        await Clicks(session).answered(an_answer(a_click()), NOW)
        assert await Clicks(session).find(a_click().id) is None


async def test_a_press_waits_until_it_is_answered(database: Database) -> None:
    await _receive(database)
    async with database.read() as session:
        assert [row.id for row in await Clicks(session).unanswered(later())] == [a_click().id]
        assert await Clicks(session).unanswered(NOW) == []
        assert await Clicks(session).unanswered_count() == 1

    async with database.begin() as session:
        await Clicks(session).answered(an_answer(a_click()), NOW)
        assert await Clicks(session).unanswered(later()) == []


async def test_a_press_that_was_just_signalled_is_left_alone_for_a_while(database: Database) -> None:
    await _receive(database)
    async with database.begin() as session:
        await Clicks(session).signalled(a_click().id, later(10))

    async with database.read() as session:
        assert await Clicks(session).unanswered(later(5)) == []
        again = await Clicks(session).unanswered(later(11))
    assert [row.signals for row in again] == [1]


async def test_of_many_relays_one_takes_a_press_on(database: Database) -> None:
    await _receive(database)

    async def claim() -> bool:
        async with database.begin() as session:
            return await Clicks(session).claim(a_click().id, None, later())

    assert sorted(await asyncio.gather(*(claim() for _ in range(5)))) == [False] * 4 + [True]


async def test_different_actions_of_one_person_are_different_presses(database: Database) -> None:
    async with database.begin() as session:
        clicks = Clicks(session)
        first = await clicks.receive(a_click(Action.APPROVE), "dingtalk", "d-1")
        second = await clicks.receive(a_click(Action.REJECT), "dingtalk", "d-2")
    assert first.id != second.id
