import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from postroad.model.absence import Absence
from postroad.model.people import Organisation, Person
from postroad.model.refusals import Conflict, Unknown
from postroad.store import Database
from postroad.store.absences import Absences, OverlappingAbsence
from postroad.store.people import People
from tests.store.samples import NOW

COMPANY = Organisation(people=tuple(Person(id=name, name=name) for name in ("wang", "li", "zhao")))


@pytest.fixture
async def database(database: Database) -> Database:
    async with database.begin() as session:
        await People(session).load(COMPANY)
    return database


def _day(days: int) -> datetime:
    return NOW + timedelta(days=days)


def _absence(id: str = "leave", first: int = 0, last: int = 5, **facts: Any) -> Absence:  # noqa: A002 - the absence's id
    days = {"from": _day(first), "to": _day(last)}
    return Absence.model_validate({"id": id, "principal": "wang", "agent": "li", **days, **facts})


async def _put(database: Database, absence: Absence) -> None:
    async with database.begin() as session:
        await Absences(session).put(absence)


async def _cancel(database: Database, id: str, at: datetime = NOW) -> bool:  # noqa: A002 - the absence's id
    async with database.begin() as session:
        return await Absences(session).cancel(id, at)


async def _current(database: Database, at: datetime = NOW) -> list[str]:
    async with database.read() as session:
        return [absence.id for absence in await Absences(session).current(at)]


async def _of(database: Database, person: str) -> tuple[Absence, ...]:
    async with database.read() as session:
        return await Absences(session).of(person)


async def test_an_absence_is_read_as_it_was_said(database: Database) -> None:
    said = _absence(processes=["order"], amount_cap="5000.50", amount_field="total", open_tasks=True, note="年假")

    await _put(database, said)

    assert await _of(database, "wang") == (said,)
    assert await _of(database, "li") == ()


async def test_an_absence_is_current_from_its_beginning_until_before_its_end(database: Database) -> None:
    await _put(database, _absence())
    moment = timedelta(microseconds=1)

    assert await _current(database, _day(0) - moment) == []
    assert await _current(database, _day(0)) == ["leave"]
    assert await _current(database, _day(5) - moment) == ["leave"]
    assert await _current(database, _day(5)) == []


async def test_an_absence_may_be_said_anew(database: Database) -> None:
    await _put(database, _absence())
    await _put(database, _absence(first=1, last=9, agent="zhao"))

    [absence] = await _of(database, "wang")
    assert (absence.agent, absence.to) == ("zhao", _day(9))


@pytest.mark.parametrize("facts", [{"first": 4, "last": 9}, {"processes": ["order"]}, {"amount_cap": "5"}])
async def test_a_second_agent_at_the_same_time_is_refused(database: Database, facts: dict[str, Any]) -> None:
    await _put(database, _absence())

    with pytest.raises(OverlappingAbsence, match=r"wang 在 .* 已由 li 代理"):
        await _put(database, _absence("other", agent="zhao", **facts))
    assert len(await _of(database, "wang")) == 1


@pytest.mark.parametrize("facts", [{"first": 5, "last": 9}, {"processes": ["repair"]}, {"principal": "zhao"}])
async def test_agents_who_never_meet_are_fine(database: Database, facts: dict[str, Any]) -> None:
    await _put(database, _absence(processes=["order"]))

    await _put(database, _absence("other", **facts))

    assert await _current(database, _day(4)) == (["leave"] if facts.get("first") else ["leave", "other"])


async def test_of_two_that_are_said_at_the_same_time_one_is_refused(database: Database) -> None:
    puts = [_put(database, _absence(name, agent=agent)) for name, agent in (("a", "li"), ("b", "zhao"), ("c", "li"))]

    done = await asyncio.gather(*puts, return_exceptions=True)

    assert [type(one) for one in done if one is not None] == [OverlappingAbsence, OverlappingAbsence]
    assert len(await _of(database, "wang")) == 1


async def test_an_absence_is_cancelled_once_and_makes_room(database: Database) -> None:
    await _put(database, _absence())

    assert [await _cancel(database, "leave"), await _cancel(database, "leave")] == [True, False]
    assert await _current(database) == []
    await _put(database, _absence("other", agent="zhao"))


async def test_what_is_over_cannot_be_cancelled(database: Database) -> None:
    await _put(database, _absence())

    assert not await _cancel(database, "leave", _day(5))


async def test_a_cancelled_absence_stays_cancelled(database: Database) -> None:
    await _put(database, _absence())
    await _cancel(database, "leave")

    with pytest.raises(Conflict, match="已取消"):
        await _put(database, _absence())
    assert await _current(database) == []


@pytest.mark.parametrize("facts", [{"agent": "nobody"}, {"principal": "nobody"}])
async def test_strangers_are_refused(database: Database, facts: dict[str, str]) -> None:
    with pytest.raises(Unknown, match="nobody"):
        await _put(database, _absence(**facts))


async def test_loading_the_organisation_anew_keeps_absences(database: Database) -> None:
    await _put(database, _absence())

    async with database.begin() as session:
        await People(session).load(Organisation())

    assert await _current(database) == ["leave"]
