import asyncio

import pytest
from sqlalchemy import delete, update

from postroad.store import Database
from postroad.store.instances import Instances
from postroad.store.story import Story, StoryContradiction, StoryRow
from postroad.store.upsert import table_of
from tests.store.samples import INSTANCE, a_line, an_instance

STORY = table_of(StoryRow)


@pytest.fixture
async def told(database: Database) -> Database:
    async with database.begin() as session:
        await Story(session).append(INSTANCE, [a_line(number) for number in (1, 2, 3)])
    return database


async def _problems(database: Database) -> list[str]:
    async with database.read() as session:
        return await Story(session).verify(INSTANCE)


async def test_a_story_is_read_as_it_was_told(told: Database) -> None:
    async with told.read() as session:
        assert [row.line for row in await Story(session).of(INSTANCE)] == [a_line(number) for number in (1, 2, 3)]


async def test_an_untouched_story_verifies(told: Database) -> None:
    async with told.begin() as session:
        await Story(session).append(INSTANCE, [a_line(4)])

    assert await _problems(told) == []


async def test_telling_the_same_lines_again_changes_nothing(told: Database) -> None:
    async with told.begin() as session:
        await Story(session).append(INSTANCE, [a_line(2), a_line(3), a_line(4)])

    async with told.read() as session:
        assert len(await Story(session).of(INSTANCE)) == 4
    assert await _problems(told) == []


async def test_another_line_under_a_number_that_is_taken_is_refused(told: Database) -> None:
    async with told.begin() as session:
        with pytest.raises(StoryContradiction, match="第 2 行"):
            await Story(session).append(INSTANCE, [a_line(2, "陈静驳回")])


async def test_a_line_that_leaves_a_gap_is_refused(told: Database) -> None:
    async with told.begin() as session:
        with pytest.raises(StoryContradiction, match="第 4 行"):
            await Story(session).append(INSTANCE, [a_line(5)])


async def test_a_changed_text_is_found(told: Database) -> None:
    async with told.begin() as session:
        forged = {"zh": "陈静驳回", "en": "Chen refused"}
        await session.execute(update(STORY).where(STORY.c.number == 2).values(text=forged))

    assert await _problems(told) == ["第 2 行被改动 / line 2 was changed"]


async def test_a_line_taken_out_of_the_middle_is_found(told: Database) -> None:
    async with told.begin() as session:
        await session.execute(delete(STORY).where(STORY.c.number == 2))

    assert len(await _problems(told)) == 1


async def test_a_line_taken_out_and_the_rest_renumbered_is_found(told: Database) -> None:
    async with told.begin() as session:
        await session.execute(delete(STORY).where(STORY.c.number == 2))
        await session.execute(update(STORY).where(STORY.c.number == 3).values(number=2))

    assert await _problems(told) == ["第 2 行被改动 / line 2 was changed"]


async def test_a_line_carried_over_from_another_story_is_found(told: Database) -> None:
    async with told.begin() as session:
        await session.execute(update(STORY).values(instance="another"))

    async with told.read() as session:
        assert len(await Story(session).verify("another")) == 3


async def test_two_attempts_at_the_same_record_tell_it_once(database: Database) -> None:
    async def attempt() -> None:
        async with database.begin() as session:
            await Instances(session).put(an_instance())
            await Story(session).append(INSTANCE, [a_line(1), a_line(2)])

    await asyncio.gather(*(attempt() for _ in range(4)))

    async with database.read() as session:
        assert len(await Story(session).of(INSTANCE)) == 2
    assert await _problems(database) == []
