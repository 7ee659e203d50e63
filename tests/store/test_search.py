"""Finding instances by any way finds what is there, within the reach of whoever asks, once and newest first."""

from typing import Any

import pytest
from sqlalchemy import select

from postroad.model.decision import Action
from postroad.model.people import Department, Organisation, Person
from postroad.model.refusals import Malformed
from postroad.model.rights import Reach
from postroad.model.task import InstanceStatus, TaskKind, TaskState
from postroad.store import Database
from postroad.store.instances import InstanceRow, Instances
from postroad.store.people import People
from postroad.store.search import FEW, Search, Sought, cursor
from postroad.store.tasks import Tasks
from postroad.store.within import instances_within
from tests.store.samples import NOW, a_task, an_instance, later

PLANT = Organisation(
    departments=(Department(id="plant", name="工厂"), Department(id="office", name="办公室")),
    people=(
        Person(id="li", name="李四", department="plant"),
        Person(id="zhao", name="赵六", department="office"),
    ),
)
OVER = {"state": TaskState.DONE, "action": Action.APPROVE, "actions": (), "closed_at": NOW}


@pytest.fixture
async def filled(database: Database) -> Database:
    """Four instances, `i1` the oldest; the even ones are Zhao's, of the office."""
    async with database.begin() as session:
        await People(session).load(PLANT)
        for number in range(1, 5):
            who = {"initiator": "zhao", "initiator_name": "赵六"} if number % 2 == 0 else {}
            more = {1: {"process": "leave", "status": InstanceStatus.FINISHED}, 4: {"release": "purchase-approval@2"}}
            said = {"number": f"PR-{number}", "started_at": later(number), **who, **more.get(number, {})}
            await Instances(session).put(an_instance(f"i{number}", **said))
        await Tasks(session).put(
            a_task(1, instance="i1", decided_by="chen", **OVER),
            a_task(1, instance="i2", agent="sun"),
            a_task(2, instance="i2", state=TaskState.CANCELLED, closed_at=NOW),
            a_task(1, instance="i3", person="wang", node="check", former_agents=("chen",)),
            a_task(1, instance="i4", kind=TaskKind.CC, state=TaskState.DONE, person="wang"),
        )
    return database


async def found(database: Database, **sought: Any) -> list[str]:
    async with database.read() as session:
        return [one.id for one in await Search(session).page(Sought(**sought))]


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        ({}, ["i4", "i3", "i2", "i1"]),
        ({"words": "pr-3"}, ["i3"]),
        ({"words": " PR "}, ["i4", "i3", "i2", "i1"]),
        ({"words": "r-3"}, []),
        ({"words": "赵"}, ["i4", "i2"]),
        ({"words": "%"}, []),
        ({"process": "leave"}, ["i1"]),
        ({"status": InstanceStatus.RUNNING, "words": "李四"}, ["i3"]),
        ({"system": "oa"}, []),
        ({"departments": ["office"]}, ["i4", "i2"]),
        ({"person": "chen"}, ["i2", "i1"]),
        ({"person": "sun"}, ["i2"]),
        ({"person": "zhao"}, ["i4", "i2"]),
        ({"since": later(2), "until": later(4)}, ["i3", "i2"]),
        ({"release": "purchase-approval@2"}, ["i4"]),
        ({"node": "check"}, ["i3"]),
        ({"node": "approve"}, ["i2"]),
    ],
)
async def test_what_is_sought_is_found(filled: Database, sought: dict[str, Any], expected: list[str]) -> None:
    assert await found(filled, **sought) == expected


@pytest.mark.parametrize(
    "reach",
    [
        Reach(everything=True),
        Reach(person="chen"),
        Reach(person="sun"),
        Reach(person="wang"),
        Reach(person="li"),
        Reach(person="chen", departments=frozenset({"office"})),
        Reach(departments=frozenset({"plant"})),
        Reach(),
    ],
)
async def test_exactly_what_is_within_the_reach_is_found(filled: Database, reach: Reach) -> None:
    async with filled.read() as session:
        within = set(await session.scalars(select(InstanceRow.id).where(instances_within(reach))))  # type: ignore[call-overload]  # a column, on the class

    assert set(await found(filled, reach=reach)) == within
    assert set(await found(filled, reach=reach, person="chen")) == within & {"i1", "i2"}


@pytest.mark.parametrize("reach", [Reach(everything=True), Reach(person="chen", departments=frozenset({"plant"}))])
async def test_paging_finds_everything_once(filled: Database, reach: Reach) -> None:
    whole, seen, after = await found(filled, reach=reach), list[str](), None

    async with filled.read() as session:
        while page := await Search(session).page(Sought(reach=reach, limit=2, after=after)):
            seen += [one.id for one in page]
            after = cursor(page[-1])

    assert seen == whole


async def test_a_page_after_what_ended_none_is_refused(filled: Database) -> None:
    with pytest.raises(Malformed):
        await found(filled, after="nonsense~i1")


async def test_who_has_an_instance_now_comes_without_those_who_had_it(filled: Database) -> None:
    async with filled.read() as session:
        holders = await Search(session).holders(["i1", "i2", "i3", "i4"])

    assert [(row.instance, row.person, row.agent) for row in holders] == [("i2", "chen", "sun"), ("i3", "wang", None)]
    assert holders[0].opened_at == NOW


async def test_words_that_very_many_answer_to_find_the_newest_of_them(database: Database) -> None:
    async with database.begin() as session:
        for number in range(FEW + 2):
            said = {"number": f"PR-{number:04}", "initiator": "zhao", "started_at": later(number)}
            await Instances(session).put(an_instance(f"i{number:04}", **said))
        await Instances(session).put(an_instance("other", number="SO-1", started_at=later(9999)))

    assert await found(database, words="PR-", limit=2) == [f"i{FEW + 1}", f"i{FEW}"]
