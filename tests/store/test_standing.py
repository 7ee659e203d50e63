"""Which instances may have come to a halt, from the projection alone, on both databases."""

from datetime import timedelta
from typing import Any, Literal

import pytest

from postroad.model.absence import Absence
from postroad.model.effect import EffectResult, EffectStatus
from postroad.model.label import Label
from postroad.model.people import Organisation, Person
from postroad.model.refusals import Unknown
from postroad.model.stuck import Standing
from postroad.model.task import Halt, InstanceStatus, TaskState
from postroad.store import Database
from postroad.store.absences import Absences
from postroad.store.clicks import Clicks
from postroad.store.instances import Instances
from postroad.store.ledger import Ledger
from postroad.store.people import People
from postroad.store.standing import Standings
from postroad.store.tasks import Tasks
from tests.store.samples import INSTANCE, NOW, a_click, a_task, an_answer, an_instance, an_intent, later

SOON, LONG_AFTER = later(60), NOW + timedelta(days=5)


@pytest.fixture
async def database(database: Database) -> Database:
    await _people(database)
    await _put(database)
    return database


async def _people(database: Database, *, active: bool = True) -> None:
    people = (
        Person(id="chen", name="陈静", active=active),
        Person(id="wang", name="王强"),
        Person(id="li", name="李四"),
    )
    async with database.begin() as session:
        await People(session).load(Organisation(people=people))


async def _put(database: Database, instance: str = INSTANCE, revision: int = 1, **facts: Any) -> None:
    async with database.begin() as session:
        await Instances(session).put(an_instance(instance, revision, **facts))


async def _task(database: Database, **facts: Any) -> None:
    async with database.begin() as session:
        await Tasks(session).put(a_task(**facts))


async def _page(database: Database, now: Any = SOON, **how: Any) -> list[Standing]:
    async with database.read() as session:
        return await Standings(session).page(
            now, now - timedelta(days=3), now - timedelta(minutes=10), now - timedelta(minutes=2), **how
        )


async def test_an_instance_that_goes_its_way_is_not_among_them(database: Database) -> None:
    await _task(database)

    assert await _page(database) == []


async def test_one_in_trouble_comes_with_its_tasks_and_their_people(database: Database) -> None:
    halt = Halt(kind="trouble", text=Label.of("单据状态已变"), since=NOW, node="write_back", effect="key")
    await _put(database, revision=2, status=InstanceStatus.TROUBLED, halts=(halt,))
    await _task(database)
    await _task(database, slot=2, state=TaskState.DONE)

    (one,) = await _page(database)

    assert (one.instance.halts, [task.id for task in one.tasks]) == ((halt,), [f"{INSTANCE}/approve/1/1"])
    assert {person: handler.name for person, handler in one.handlers.items()} == {"chen": "陈静"}


@pytest.mark.parametrize("kind", ["event", "call"])
async def test_a_person_an_event_or_a_called_process_that_is_waited_for_too_long(
    database: Database, kind: Literal["event", "call"]
) -> None:
    halt = Halt(kind=kind, text=Label.of("到货"), since=NOW, node="wait")
    await _put(database, "purchase:2", halts=(halt,))
    await _task(database)

    assert await _page(database) == []
    assert [one.instance.id for one in await _page(database, LONG_AFTER)] == [INSTANCE, "purchase:2"]


async def test_a_task_of_somebody_who_has_left(database: Database) -> None:
    await _task(database)
    await _people(database, active=False)

    (one,) = await _page(database)

    assert not one.handlers["chen"].is_active


async def test_a_task_of_somebody_who_is_not_in_the_organisation(database: Database) -> None:
    await _task(database, person="stranger")

    (one,) = await _page(database)

    assert one.handlers == {}


async def test_a_task_of_somebody_who_is_away_while_the_agent_has_left(database: Database) -> None:
    await _task(database, person="wang")
    absence = {"id": "leave", "principal": "wang", "agent": "chen", "from": NOW, "to": LONG_AFTER}
    async with database.begin() as session:
        await Absences(session).put(Absence.model_validate(absence))

    assert await _page(database) == []

    await _people(database, active=False)
    (one,) = await _page(database)

    assert one.handlers["wang"].away_until == LONG_AFTER


async def test_an_effect_that_does_not_end(database: Database) -> None:
    async with database.begin() as session:
        await Ledger(session).plan(an_intent(), NOW)
        await Ledger(session).sent(an_intent().key, NOW)

    assert await _page(database) == []

    (one,) = await _page(database, later(3600))

    assert [(effort.key, effort.attempts) for effort in one.efforts] == [(an_intent().key, 1)]

    async with database.begin() as session:
        await Ledger(session).finish(an_intent().key, EffectResult(status=EffectStatus.CONFIRMED), later(3600))

    assert await _page(database, later(3600)) == []


async def test_presses_without_an_outcome_on_a_task_or_on_the_instance(database: Database) -> None:
    await _task(database)
    async with database.begin() as session:
        await Clicks(session).receive(a_click(), "dingtalk", None)
        await Clicks(session).receive(a_click(task=INSTANCE), "api", None)

    assert await _page(database, later(60)) == []

    (one,) = await _page(database, later(600))

    assert (one.unanswered, one.unanswered_since) == (2, NOW)

    async with database.begin() as session:
        await Clicks(session).all_answered([an_answer(a_click()), an_answer(a_click(task=INSTANCE))], later(600))

    assert await _page(database, later(600)) == []


async def test_what_temporal_does_not_know_until_it_says_something_itself(database: Database) -> None:
    async with database.begin() as session:
        await Standings(session).checked(INSTANCE, "missing", SOON)

    (one,) = await _page(database)

    assert (one.workflow, one.checked_at) == ("missing", SOON)

    await _put(database, revision=2)

    assert await _page(database) == []


async def test_each_is_looked_at_once_in_a_while(database: Database) -> None:
    await _put(database, "purchase:2", status=InstanceStatus.FINISHED)
    async with database.begin() as session:
        standings = Standings(session)
        assert await standings.unchecked(NOW, 10) == []
        assert await standings.unchecked(SOON, 10) == [INSTANCE]
        await standings.checked(INSTANCE, "", SOON)
        assert await standings.unchecked(SOON, 10) == []
        assert await standings.unchecked(LONG_AFTER, 10) == [INSTANCE]


async def test_they_come_in_pages_the_longest_running_first(database: Database) -> None:
    for number in range(2, 5):
        await _put(
            database, f"purchase:{number}", status=InstanceStatus.SUSPENDED, started_at=NOW - timedelta(hours=number)
        )

    first = await _page(database, limit=2)
    second = await _page(database, limit=2, after=first[-1].instance.id)

    assert [one.instance.id for one in (*first, *second)] == ["purchase:4", "purchase:3", "purchase:2"]
    with pytest.raises(Unknown):
        await _page(database, after="nothing")


async def test_an_ended_instance_is_not_stuck(database: Database) -> None:
    await _task(database)
    await _put(database, revision=2, status=InstanceStatus.FINISHED)

    assert await _page(database, LONG_AFTER) == []
