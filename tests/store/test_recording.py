from datetime import datetime, timedelta

import pytest
from sqlalchemy import Table, select
from temporalio import activity
from temporalio.testing import ActivityEnvironment

from activities.cards import CardSync
from activities.tasks import Recorder
from postroad.chat.memory import MemoryChat
from postroad.model.people import Organisation, Person
from postroad.model.task import Record, TaskKind, TaskState
from postroad.store import Database
from postroad.store.cards import Cards, CardState
from postroad.store.clicks import Clicks
from postroad.store.instances import Instances
from postroad.store.people import People
from postroad.store.story import Story, StoryContradiction
from postroad.store.tables import METADATA
from postroad.store.tasks import Tasks
from tests.chat.things import LOOK, TOKENS
from tests.store.samples import INSTANCE, NOW, a_click, a_line, a_task, an_answer, an_instance, later
from workflows.steps import RecordOrder

COMPANY = Organisation(
    people=(
        Person(id="chen", name="陈静", accounts={"dingtalk": "ding-chen"}),
        Person(id="zhao", name="赵敏", accounts={"wecom": "w-zhao"}),
    )
)
RECORD = Record(
    instance=an_instance(revision=2),
    tasks=(a_task(1, 2), a_task(2, 2, person="zhao", kind=TaskKind.CC)),
    lines=(a_line(1), a_line(2), a_line(3)),
    answers=(an_answer(a_click()),),
)


@pytest.fixture
async def recorder(database: Database) -> Recorder:
    async with database.begin() as session:
        await People(session).load(COMPANY)
        await Clicks(session).receive(a_click(), "dingtalk", "d-1")
    return _recorder(database, later(60))


def _recorder(database: Database, now: datetime, *platforms: str) -> Recorder:
    chats = {platform: MemoryChat(()) for platform in platforms or ["dingtalk"]}
    return Recorder(database, lambda: now, CardSync(chats, database, TOKENS, LOOK, lambda: now))


async def _record(recorder: Recorder, record: Record = RECORD) -> None:
    await ActivityEnvironment().run(recorder.record, RecordOrder(record=record, show=False))


async def _everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    async def rows(table: Table) -> list[tuple[object, ...]]:
        return [tuple(row) for row in await session.execute(select(table))]

    async with database.read() as session:
        return {name: await rows(table) for name, table in METADATA.tables.items()}


async def test_a_record_is_seen_everywhere_it_belongs(recorder: Recorder, database: Database) -> None:
    await _record(recorder)

    async with database.read() as session:
        assert await Instances(session).find(INSTANCE) == RECORD.instance
        assert await Tasks(session).of_instance(INSTANCE) == list(RECORD.tasks)
        assert [row.line for row in await Story(session).of(INSTANCE)] == list(RECORD.lines)
        click = await Clicks(session).find(a_click().id)
    assert click is not None
    assert (click.answer, click.answered_at) == (an_answer(a_click()), later(60))


async def test_recording_twice_is_recording_once(recorder: Recorder, database: Database) -> None:
    await _record(recorder)
    before = await _everything(database)

    await _record(_recorder(database, NOW + timedelta(hours=1)))

    assert await _everything(database) == before


async def test_an_older_record_that_arrives_late_changes_no_picture(recorder: Recorder, database: Database) -> None:
    await _record(recorder)
    before = await _everything(database)

    older = Record(instance=an_instance(revision=1), tasks=(a_task(1, 1, state=TaskState.CANCELLED),))
    await _record(recorder, older)

    assert await _everything(database) == before


async def test_every_task_gets_a_card_where_its_person_has_an_account(recorder: Recorder, database: Database) -> None:
    await _record(recorder)

    async with database.read() as session:
        chen, zhao = [await Cards(session).find(task.id, task.person) for task in RECORD.tasks]
    assert chen is not None
    assert zhao is not None
    assert (chen.state, chen.platform, chen.wanted_revision) == (CardState.NEW, "dingtalk", 2)
    assert (zhao.state, zhao.platform) == (CardState.UNREACHABLE, None)


async def test_a_person_with_several_accounts_is_reached_on_the_preferred_one(database: Database) -> None:
    both = Person(id="chen", name="陈静", accounts={"dingtalk": "ding-chen", "wecom": "w-chen"})
    async with database.begin() as session:
        await People(session).load(Organisation(people=(both,)))

    await _record(_recorder(database, NOW, "wecom", "dingtalk"))

    async with database.read() as session:
        card = await Cards(session).find(RECORD.tasks[0].id, RECORD.tasks[0].person)
    assert card is not None
    assert card.platform == "wecom"


async def test_a_record_that_contradicts_the_story_changes_nothing_at_all(
    recorder: Recorder, database: Database
) -> None:
    await _record(recorder)
    before = await _everything(database)

    forged = Record(instance=an_instance(revision=9), tasks=(a_task(1, 9),), lines=(a_line(3, "陈静驳回"),))
    with pytest.raises(StoryContradiction):
        await _record(recorder, forged)

    assert await _everything(database) == before


def test_the_step_is_known_to_workers_by_its_name(database: Database) -> None:
    definition = activity._Definition.must_from_callable(_recorder(database, NOW).record)
    assert definition.name == "tasks.record"
