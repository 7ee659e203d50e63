import asyncio

import pytest

from postroad.model.people import Department, Organisation, Person, RoleHolder
from postroad.store import Database
from postroad.store.people import People, SharedAccount


def _company(*names: str) -> Organisation:
    people = tuple(
        Person(
            id=name,
            name=name,
            department="d2",
            accounts={"dingtalk": f"ding-{name}"},
            skills={"welding": 3},
            regions=("上海", "江苏"),
            email=f"{name}@company.example",
            phone="+86 138 0000 0000",
        )
        for name in names
    )
    return Organisation(
        departments=(Department(id="d2", name="生产部", head=names[0]), Department(id="d1", name="采购部")),
        people=people,
        roles=tuple(RoleHolder(role="buyer", person=name, scope={"category": "steel"}) for name in names),
    )


async def _load(database: Database, organisation: Organisation) -> None:
    async with database.begin() as session:
        await People(session).load(organisation)


async def _organisation(database: Database) -> Organisation:
    async with database.read() as session:
        return await People(session).organisation()


async def test_the_organisation_is_read_as_it_was_loaded_in_the_order_of_the_file(database: Database) -> None:
    await _load(database, _company("zhou", "chen", "li"))

    assert await _organisation(database) == _company("zhou", "chen", "li")


async def test_loading_replaces_everybody_and_changes_the_stamp(database: Database) -> None:
    await _load(database, _company("zhou", "chen"))
    async with database.read() as session:
        before = await People(session).stamp()

    await _load(database, _company("chen"))

    async with database.read() as session:
        assert await People(session).stamp() not in {"", before}
        assert await People(session).by_account("dingtalk", "ding-zhou") is None
    assert await _organisation(database) == _company("chen")


async def test_before_anything_is_loaded_the_organisation_is_empty(database: Database) -> None:
    assert await _organisation(database) == Organisation()


async def test_loads_at_the_same_time_leave_one_whole_organisation(database: Database) -> None:
    companies = [_company("zhou", "chen"), _company("li"), _company("wang", "zhao", "sun")]

    await asyncio.gather(*(_load(database, company) for company in companies))

    assert await _organisation(database) in companies


async def test_a_person_is_found_by_an_account(database: Database) -> None:
    await _load(database, _company("zhou", "chen"))

    async with database.read() as session:
        found = await People(session).by_account("dingtalk", "ding-chen")
        assert await People(session).by_account("wecom", "ding-chen") is None
        assert await People(session).person("chen") == found
    assert found is not None
    assert found.id == "chen"


async def test_an_account_that_two_people_claim_is_refused(database: Database) -> None:
    both = tuple(Person(id=name, name=name, accounts={"dingtalk": "same"}) for name in ("zhou", "chen"))

    with pytest.raises(SharedAccount, match="dingtalk:same"):
        await _load(database, Organisation(people=both))


async def test_a_company_loaded_before_circles_were_refused_can_still_be_read(database: Database) -> None:
    circle = (Person(id="a", name="A", superior="b"), Person(id="b", name="B", superior="a"))
    loaded = Organisation.model_construct(people=circle, departments=(), roles=())

    await _load(database, loaded)

    assert await _organisation(database) == loaded
