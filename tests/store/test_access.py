"""Rights, tries and the audit log, as both databases keep them."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from postroad.model.acting import Actor
from postroad.model.people import Organisation
from postroad.model.refusals import Conflict
from postroad.model.rights import AccessRole, Reach
from postroad.store import Database
from postroad.store.attempts import Attempts
from postroad.store.audit import Audit, AuditRow
from postroad.store.grants import Grants
from postroad.store.logins import Logins
from postroad.store.people import People
from postroad.store.upsert import table_of
from tests.store.samples import NOW, later

BOSS = Actor(name="老板", person="boss", via="t1", address="10.0.0.1")
ORGANISATION = Organisation.model_validate(
    {
        "departments": [{"id": "sales", "name": "销售部"}, {"id": "east", "name": "华东", "parent": "sales"}],
        "people": [
            {"id": "boss", "name": "老板", "department": "sales"},
            {"id": "chen", "name": "陈静", "department": "east"},
        ],
    }
)


async def _company(database: Database) -> None:
    async with database.begin() as session:
        await People(session).load(ORGANISATION)
        for person in ("boss", "chen"):
            await Logins(session).put(person, person, "hash", NOW, must_change=False)


async def test_what_somebody_may_do_follows_from_the_roles_they_hold_now(database: Database) -> None:
    await _company(database)
    async with database.begin() as session:
        await Grants(session).give("boss", "manager", None, NOW, by="")
        await Grants(session).give("boss", "auditor", ["east"], NOW, by="")

    async with database.read() as session:
        rights = await Grants(session).rights("boss")
        assert rights.scopes == {"act", "read", "audit"}
        assert rights.reach("read") == Reach(person="boss", departments=frozenset({"sales", "east"}))
        assert rights.reach("audit").departments == {"east"}
    async with database.begin() as session:
        await Logins(session).change("boss", disabled_at=NOW)
        assert (await Grants(session).rights("boss")).scopes == frozenset()
        assert (await Grants(session).held("boss")).scopes == {"act", "read", "audit"}


async def test_a_company_changes_a_shipped_role_and_adds_its_own(database: Database) -> None:
    await _company(database)
    async with database.begin() as session:
        grants = Grants(session)
        await grants.put_role(AccessRole(key="manager", title="主管", rights=("act",), extent="own"))
        await grants.put_role(AccessRole(key="hr", title="人事", rights=("people",), extent="all"))
        await grants.give("chen", "manager", None, NOW, by="boss")
        await grants.give("chen", "hr", None, NOW, by="boss")

        assert (await grants.rights("chen")).scopes == {"act", "people"}
        assert [row.role for row in await grants.page(person="chen", role="hr")] == ["hr"]
        assert await grants.page(reach=Reach(departments=frozenset({"sales"}))) == []


async def test_of_two_administrators_who_remove_each_other_at_once_one_stays(database: Database) -> None:
    await _company(database)
    async with database.begin() as session:
        for person in ("boss", "chen"):
            await Grants(session).give(person, "administrator", None, NOW, by="")
        found = [row.id for row in await Grants(session).page()]

    async def remove(grant: str) -> None:
        async with database.begin() as session, Grants(session).an_administrator_stays():
            await Grants(session).take(grant)

    outcomes = await asyncio.gather(*map(remove, found), return_exceptions=True)

    assert sorted(type(one) for one in outcomes if one is not None) == [Conflict]
    async with database.read() as session:
        assert len(await Grants(session).page()) == 1


async def test_tries_are_counted_before_they_are_made_however_many_come_at_once(database: Database) -> None:
    async def one() -> timedelta | None:
        async with database.begin() as session:
            return await Attempts(session).count({"login:chen": 3, "address:a": 100}, NOW)

    waits = await asyncio.gather(*(one() for _ in range(8)))

    assert sorted(wait is None for wait in waits) == [False] * 5 + [True] * 3
    async with database.begin() as session:
        attempts = Attempts(session)
        assert await attempts.count({"login:chen": 3}, later(60)) == timedelta(minutes=14)
        assert await attempts.count({"login:chen": 3}, later(15 * 60)) is None
        await attempts.succeeded("login:chen", "address:a", NOW)
        assert await attempts.count({"login:chen": 1}, NOW) is None


async def test_an_act_is_found_by_whom_what_on_what_and_when(database: Database) -> None:
    async with database.begin() as session:
        audit = Audit(session)
        await audit.note(BOSS, "role.granted", "person:chen", NOW, after={"role": "hr"}, reason="新岗位")
        await audit.note(BOSS, "token.revoked", "token:1", later(1))

        [first] = await audit.page(act="role", object="person:chen", person="boss", until=later(1))
        assert (first.name, first.address, first.after, first.before) == ("老板", "10.0.0.1", {"role": "hr"}, None)
        newest, oldest = await audit.page()
        assert [newest.act, oldest.act] == ["token.revoked", "role.granted"]
        assert await audit.page(after=newest.number) == [oldest]
        assert await audit.page(since=later(2)) == await audit.page(person="chen") == []


@pytest.mark.parametrize("change", [update(table_of(AuditRow)).values(name="x"), delete(table_of(AuditRow))])
async def test_the_database_itself_keeps_what_is_in_the_audit_log(database: Database, change: object) -> None:
    async with database.begin() as session:
        await Audit(session).note(BOSS, "role.granted", "person:chen", NOW)

    with pytest.raises(DBAPIError, match="only ever added to"):
        async with database.begin() as session:
            await session.execute(change)  # type: ignore[call-overload]
    async with database.read() as session:
        assert [row.name for row in await Audit(session).page()] == ["老板"]


async def test_an_act_that_is_not_done_is_not_in_the_log(database: Database) -> None:
    async def fails() -> None:
        async with database.begin() as session:
            await Audit(session).note(BOSS, "role.granted", "person:chen", NOW)
            raise Conflict("不行", "no")

    with pytest.raises(Conflict):
        await fails()
    async with database.read() as session:
        assert await Audit(session).page() == []
