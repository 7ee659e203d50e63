"""People as lists, on both databases."""

import asyncio

from postroad.model.people import Department, Organisation, Person
from postroad.store import Database
from postroad.store.people import People
from postroad.store.roster import Roster, below, path, with_those_below

DEPARTMENTS = (
    Department(id="company", name="公司"),
    Department(id="plant", name="工厂", parent="company"),
    Department(id="line", name="一线", parent="plant"),
    Department(id="sales", name="销售部", parent="company"),
)
COMPANY = Organisation(
    departments=DEPARTMENTS,
    people=(
        Person(id="zhou", name="周涛", department="sales", position="采购专员"),
        Person(id="chen", name="陈静", department="line", position="焊工_高级", accounts={"dingtalk": "d-chen"}),
        Person(id="li", name="李四", department="plant", active=False),
        Person(id="wang", name="王强", department="line"),
    ),
)


async def _loaded(database: Database, organisation: Organisation = COMPANY) -> None:
    async with database.begin() as session:
        await People(session).load(organisation)


async def test_pages_follow_the_order_of_the_file(database: Database) -> None:
    await _loaded(database)

    async with database.read() as session:
        first = await Roster(session).page(limit=2)
        rest = await Roster(session).page(limit=2, after=first[-1].id)

    assert [one.id for one in (*first, *rest)] == ["zhou", "chen", "li", "wang"]


async def test_people_are_found_by_name_id_and_position(database: Database) -> None:
    await _loaded(database)

    async with database.read() as session:
        found = {word: [one.id for one in await Roster(session).page(search=word)] for word in _WORDS}

    assert found == {"静": ["chen"], "ZHO": ["zhou"], "采购 周": ["zhou"], "_": ["chen"], "%": [], "没有": []}


_WORDS = ("静", "ZHO", "采购 周", "_", "%", "没有")


async def test_a_department_is_looked_at_with_those_below(database: Database) -> None:
    await _loaded(database)

    async with database.read() as session:
        departments = await Roster(session).departments()
        plant = await Roster(session).page(departments=below(departments, "plant"), active=True)
        counts = with_those_below(departments, await Roster(session).counts())

    assert [one.id for one in plant] == ["chen", "wang"]
    assert counts == {"company": 3, "plant": 2, "line": 2, "sales": 1}
    assert [one.id for one in path(departments, "line")] == ["company", "plant", "line"]


async def test_a_load_writes_what_differs_and_nothing_else_is_lost(database: Database) -> None:
    await _loaded(database)
    first, second, *others = COMPANY.people
    swapped = (
        second.model_copy(update={"accounts": {}}),
        first.model_copy(update={"accounts": {"dingtalk": "d-chen"}}),
        *others,
    )
    after = COMPANY.model_copy(update={"people": swapped, "departments": DEPARTMENTS[:1] + DEPARTMENTS[1:]})

    await _loaded(database, after)

    async with database.read() as session:
        assert await People(session).organisation() == after
        owner = await People(session).by_account("dingtalk", "d-chen")
    assert owner is not None
    assert owner.id == "zhou"


async def test_changes_at_the_same_time_come_one_after_the_other(database: Database) -> None:
    await _loaded(database)

    async def joins(name: str) -> None:
        async with database.begin() as session:
            there = await People(session).locked()
            await People(session).load(there.model_copy(update={"people": (*there.people, Person(id=name, name=name))}))

    await asyncio.gather(*(joins(f"new{number}") for number in range(5)))

    async with database.read() as session:
        assert len(await Roster(session).page()) == 9
