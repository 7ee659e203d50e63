import asyncio

from postroad.store import Database
from postroad.store.cards import CardRow, Cards, CardState, Wish
from postroad.store.instances import Instances
from postroad.store.tasks import Tasks
from tests.store.samples import INSTANCE, NOW, a_task, an_instance, later

TASK = a_task().id


async def _want(database: Database, revision: int = 1, platform: str | None = "dingtalk") -> None:
    task = a_task(revision=revision)
    async with database.begin() as session:
        await Instances(session).put(an_instance())
        await Tasks(session).put(task)
        await Cards(session).want(task, platform, NOW)


async def _show(database: Database, revision: int, digest: str = "d1") -> bool:
    async with database.begin() as session:
        return await Cards(session).shown(TASK, "chen", revision, digest, "ref-1", later(revision))


async def _card(database: Database, person: str = "chen") -> CardRow:
    async with database.read() as session:
        card = await Cards(session).find(TASK, person)
    assert card is not None
    return card


async def _due(database: Database) -> list[str]:
    async with database.read() as session:
        return [due.task.id for due in await Cards(session).due(INSTANCE)]


async def test_a_wanted_card_is_due_until_it_is_shown(database: Database) -> None:
    await _want(database)
    assert await _due(database) == [TASK]

    assert await _show(database, 1)

    assert await _due(database) == []
    assert (await _card(database)).state == CardState.SHOWN


async def test_whoever_acts_for_the_person_has_a_card_of_the_same_task(database: Database) -> None:
    await _want(database)
    async with database.begin() as session:
        await Cards(session).want_all([Wish(a_task(), "sun", "dingtalk")], NOW)
        await Cards(session).shown(TASK, "sun", 1, "d1", "ref-2", NOW)

    assert await _due(database) == [TASK]
    assert ((await _card(database)).shown_revision, (await _card(database, "sun")).shown_revision) == (-1, 1)


async def test_each_reminder_is_sent_once_to_each_person_and_one_that_is_spared_rings_nowhere(
    database: Database,
) -> None:
    await _want(database)
    async with database.begin() as session:
        cards = Cards(session)
        await cards.want_all([Wish(a_task(), "sun", "dingtalk")], NOW)
        first = await cards.reminding(TASK, "sun", 1, NOW)
        again = await cards.reminding(TASK, "sun", 1, later(1))
        spared = await cards.reminding(TASK, "sun", 2, None)
        earlier = await cards.reminding(TASK, "sun", 1, later(3))
        the_other = await cards.reminding(TASK, "chen", 2, None)

    assert (first, again, spared, earlier, the_other) == (True, False, True, False, True)
    sun, chen = await _card(database, "sun"), await _card(database)
    assert (sun.reminded, sun.reminded_at, chen.reminded, chen.reminded_at) == (2, NOW, 2, None)


async def test_a_task_that_changed_makes_its_card_due_again(database: Database) -> None:
    await _want(database)
    await _show(database, 1)

    await _want(database, revision=2)

    assert (await _card(database)).state == CardState.STALE
    assert await _due(database) == [TASK]


async def test_an_older_wish_changes_nothing(database: Database) -> None:
    await asyncio.gather(*(_want(database, revision) for revision in (3, 7, 2, 6)))

    assert (await _card(database)).wanted_revision == 7


async def test_what_is_shown_only_goes_forward(database: Database) -> None:
    await _want(database, revision=5)

    noted = await asyncio.gather(*(_show(database, revision, f"d{revision}") for revision in (5, 3, 4)))

    card = await _card(database)
    assert (card.shown_revision, card.shown_digest, noted[0]) == (5, "d5", True)
    assert not await _show(database, 5)


async def test_showing_an_overtaken_revision_leaves_the_card_stale(database: Database) -> None:
    await _want(database, revision=2)

    await _show(database, 1)

    assert (await _card(database)).state == CardState.STALE
    assert await _due(database) == [TASK]


async def test_the_first_sending_is_remembered(database: Database) -> None:
    await _want(database, revision=2)
    await _show(database, 1)
    await _show(database, 2)

    card = await _card(database)
    assert (card.sent_at, card.ref) == (later(1), "ref-1")


async def test_a_card_that_is_never_sent_has_no_name_on_the_platform(database: Database) -> None:
    await _want(database)
    async with database.begin() as session:
        await Cards(session).shown(TASK, "chen", 1, "d1", None, NOW)

    card = await _card(database)
    assert (card.state, card.ref, card.sent_at) == (CardState.SHOWN, None, None)


async def test_a_card_is_found_by_its_name_on_the_platform(database: Database) -> None:
    await _want(database)
    await _show(database, 1)

    async with database.read() as session:
        found = await Cards(session).by_ref("dingtalk", "ref-1")
        assert await Cards(session).by_ref("wecom", "ref-1") is None
    assert found is not None
    assert found.task_id == TASK


async def test_while_a_press_is_answered_the_card_says_so(database: Database) -> None:
    await _want(database)
    async with database.begin() as session:
        await Cards(session).answering(TASK, "chen", later(4))
    assert (await _card(database)).answering_until == later(4)

    async with database.begin() as session:
        await Cards(session).answered(TASK, "chen", "answered")

    card = await _card(database)
    assert (card.answering_until, card.shown_digest) == (None, "answered")


async def test_an_answer_without_a_card_leaves_what_is_shown(database: Database) -> None:
    await _want(database)
    await _show(database, 1)
    async with database.begin() as session:
        await Cards(session).answered(TASK, "chen", None)

    assert (await _card(database)).shown_digest == "d1"


async def test_a_person_without_an_account_is_unreachable_and_not_due(database: Database) -> None:
    await _want(database, platform=None)

    card = await _card(database)
    assert card.state == CardState.UNREACHABLE
    assert "没有绑定" in (card.error or "")
    assert await _due(database) == []


async def test_a_person_who_got_an_account_is_reached_with_the_next_change(database: Database) -> None:
    await _want(database, platform=None)

    await _want(database, revision=2)

    card = await _card(database)
    assert (card.state, card.error) == (CardState.NEW, None)
    assert await _due(database) == [TASK]


async def test_a_person_whom_the_platform_does_not_know_is_not_tried_again(database: Database) -> None:
    await _want(database)
    async with database.begin() as session:
        await Cards(session).unreachable(TASK, "chen", "钉钉没有此人", NOW)

    await _want(database, revision=2)

    card = await _card(database)
    assert (card.state, card.error) == (CardState.UNREACHABLE, "钉钉没有此人")
