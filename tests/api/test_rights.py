"""Who may give what to whom, and what is written down about it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from postroad.model.people import Organisation
from postroad.model.rights import AccessRole
from postroad.store.database import Database
from postroad.store.grants import Grants
from tests.api.entering import desk, log_in, with_login
from tests.api.erp import connectors
from tests.api.office import Office, new_office
from tests.temporal import DevServer

ORGANISATION = Organisation.model_validate(
    {
        "departments": [{"id": "sales", "name": "销售部"}, {"id": "plant", "name": "工厂"}],
        "people": [
            {"id": "boss", "name": "老板"},
            {"id": "vice", "name": "副总"},
            {"id": "hr", "name": "人事", "department": "sales"},
            {"id": "xu", "name": "许", "department": "sales"},
            {"id": "zhou", "name": "周", "department": "plant"},
            {"id": "gone", "name": "离职", "active": False},
        ],
    }
)
PERSONNEL = AccessRole(key="personnel", title="人事", rights=("act", "people"), extent="department")


@pytest.fixture
async def office(database: Database, dev_server: DevServer) -> AsyncIterator[Office]:
    async with new_office(
        database, await dev_server.connect(), connectors=connectors(), organisation=ORGANISATION
    ) as office:
        async with database.begin() as session:
            await Grants(session).put_role(PERSONNEL)
        await with_login(office, "boss", "administrator")
        await with_login(office, "hr", "personnel")
        yield office


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_login_is_made_with_a_one_time_password_and_a_role(office: Office) -> None:
    boss = await desk(office, "boss")

    made = (await boss.asks("POST", "/logins", json={"person": "xu", "login": "Xu.Li", "reason": "入职"})).json()
    entered = await log_in(office, "xu.li", made["password"])

    assert made["login"] | {"person": "xu", "name": "许", "login": "xu.li", "roles": ["member"]} == made["login"]
    assert entered.json()["must_change_password"] is True
    [noted] = await boss.log(act="login")
    assert (noted["act"], noted["object"], noted["person"]) == ("login.created", "person:xu", "boss")
    assert (noted["after"], noted["reason"]) == ({"login": "xu.li", "roles": ["member"]}, "入职")
    assert made["password"] not in str(noted)


async def test_a_reset_ends_what_was_open_and_keeps_the_roles(office: Office) -> None:
    await with_login(office, "xu", "auditor")
    boss, xu = await desk(office, "boss"), await desk(office, "xu")

    made = (await boss.asks("POST", "/logins", json={"person": "xu"})).json()

    assert made["login"]["roles"] == ["auditor"]
    assert refusal(await xu.asks("GET", "/session")) == (401, "no_session")
    assert (await log_in(office, "xu")).status_code == 401


async def test_two_people_do_not_share_a_login_name(office: Office) -> None:
    boss = await desk(office, "boss")

    assert refusal(await boss.asks("POST", "/logins", json={"person": "xu", "login": "BOSS"})) == (409, "login_taken")


async def test_who_left_gets_no_login(office: Office) -> None:
    boss = await desk(office, "boss")

    assert refusal(await boss.asks("POST", "/logins", json={"person": "gone"})) == (409, "has_left")


async def test_a_disabled_login_is_out_at_once_with_its_tokens(office: Office) -> None:
    await with_login(office, "xu", "member")
    boss, xu = await desk(office, "boss"), await desk(office, "xu")
    token = (await xu.asks("POST", "/tokens", json={"name": "t", "scopes": ["act"]})).json()["secret"]
    assert (await office.http.get("/api/v1/tasks", headers={"Authorization": f"Bearer {token}"})).status_code == 200

    assert (await boss.asks("DELETE", "/logins/xu?reason=长期休假")).status_code == 204

    assert (await xu.asks("GET", "/tasks")).status_code == 401
    assert (await log_in(office, "xu")).status_code == 401
    refused = await office.http.get("/api/v1/tasks", headers={"Authorization": f"Bearer {token}"})
    assert refusal(refused) == (403, "scope_missing")
    assert (await boss.log(act="login.disabled"))[0]["reason"] == "长期休假"
    assert refusal(await boss.asks("DELETE", "/logins/xu")) == (404, "no_login")


async def test_nobody_grants_more_than_they_hold(office: Office) -> None:
    hr = await desk(office, "hr")

    assert (await hr.gives("xu", "member")).status_code == 201
    assert (await hr.gives("xu", "personnel")).status_code == 201
    for role in ("manager", "administrator", "auditor"):
        assert refusal(await hr.gives("xu", role)) == (403, "more_than_held")
    assert refusal(await hr.gives("xu", "personnel", departments=["plant"])) == (403, "more_than_held")
    assert refusal(await hr.gives("zhou", "member")) == (404, "unknown")
    assert refusal(await hr.gives("xu", "nothing")) == (404, "no_role")


async def test_nobody_takes_over_a_login_that_may_do_more(office: Office) -> None:
    await with_login(office, "xu", "auditor")
    hr, boss = await desk(office, "hr"), await desk(office, "boss")

    assert refusal(await hr.asks("POST", "/logins", json={"person": "xu"})) == (403, "more_than_held")
    assert refusal(await hr.asks("DELETE", "/logins/xu")) == (403, "more_than_held")
    await boss.asks("DELETE", "/logins/xu")
    assert refusal(await hr.asks("POST", "/logins", json={"person": "xu"})) == (403, "more_than_held")


async def test_nobody_sees_logins_and_grants_beyond_their_reach(office: Office) -> None:
    await with_login(office, "zhou", "member")
    hr = await desk(office, "hr")

    assert [one["person"] for one in (await hr.asks("GET", "/logins")).json()] == ["hr"]
    assert [one["person"] for one in (await hr.asks("GET", "/grants")).json()] == ["hr"]
    boss = await desk(office, "boss")
    assert [one["person"] for one in (await boss.asks("GET", "/logins?limit=2")).json()] == ["boss", "hr"]
    assert [one["person"] for one in (await boss.asks("GET", "/logins?after=hr")).json()] == ["zhou"]


async def test_nobody_takes_away_what_they_do_not_hold(office: Office) -> None:
    await with_login(office, "xu", "auditor", "member")
    hr, boss = await desk(office, "hr"), await desk(office, "boss")
    held = {one["role"]: one["id"] for one in (await boss.asks("GET", "/grants?person=xu")).json()}

    assert refusal(await hr.asks("DELETE", f"/grants/{held['auditor']}")) == (403, "more_than_held")
    assert (await hr.asks("DELETE", f"/grants/{held['member']}?reason=转岗")).status_code == 204
    assert [one["act"] for one in await boss.log(object="person:xu")] == ["role.taken"]


async def test_the_last_administrator_stays(office: Office) -> None:
    boss = await desk(office, "boss")
    [grant] = (await boss.asks("GET", "/grants?role=administrator")).json()

    for method, path in (("DELETE", f"/grants/{grant['id']}"), ("DELETE", "/logins/boss")):
        assert refusal(await boss.asks(method, path)) == (409, "last_administrator")
    assert refusal(await boss.gives("boss", "administrator", departments=["sales"])) == (409, "last_administrator")
    shown = (await boss.asks("GET", "/people/boss")).json()["whole"]
    left = {"person": {**shown["person"], "active": False}, "stamp": shown["stamp"]}
    assert refusal(await boss.asks("PUT", "/people/boss", json=left)) == (409, "last_administrator")

    await with_login(office, "vice", "administrator")
    assert (await boss.asks("DELETE", f"/grants/{grant['id']}")).status_code == 204
    assert refusal(await boss.asks("GET", "/grants")) == (403, "scope_missing")


async def test_a_company_adds_and_changes_roles_but_not_the_administrators(office: Office) -> None:
    boss, hr = await desk(office, "boss"), await desk(office, "hr")
    plain = {"title": {"zh": "质检", "en": "Quality"}, "rights": ["act", "read"], "extent": "departments"}

    added = await boss.asks("PUT", "/access-roles/quality", json=plain | {"departments": ["plant"]})
    changed = await boss.asks("PUT", "/access-roles/member", json=plain | {"extent": "department"})

    assert (added.status_code, changed.json()["shipped"], changed.json()["fixed"]) == (200, True, False)
    roles = {one["key"]: one for one in (await boss.asks("GET", "/access-roles")).json()}
    assert list(roles)[:2] == ["member", "manager"]
    assert (roles["member"]["extent"], roles["quality"]["departments"]) == ("department", ["plant"])
    assert refusal(await boss.asks("PUT", "/access-roles/administrator", json=plain)) == (403, "fixed_role")
    assert refusal(await hr.asks("PUT", "/access-roles/personnel", json=plain)) == (422, "malformed")
    wider = plain | {"extent": "all"}
    assert refusal(await hr.asks("PUT", "/access-roles/personnel", json=wider)) == (403, "more_than_held")
    assert [(one["act"], one["object"]) for one in await boss.log(act="role.")] == [
        ("role.changed", "role:member"),
        ("role.added", "role:quality"),
    ]


async def test_a_changed_role_counts_at_once(office: Office) -> None:
    await with_login(office, "xu", "manager")
    boss, xu = await desk(office, "boss"), await desk(office, "xu")
    assert (await xu.asks("GET", "/session")).json()["reach"] == {"everything": False, "departments": ["sales"]}

    await boss.asks("PUT", "/access-roles/manager", json={"title": "主管", "rights": ["act"]})

    assert (await xu.asks("GET", "/session")).json()["rights"] == ["act"]


async def test_a_token_of_ones_own_never_has_more_than_its_person_has_now(office: Office) -> None:
    await with_login(office, "xu", "manager")
    xu, boss = await desk(office, "xu"), await desk(office, "boss")
    order = {"name": "报表", "scopes": ["read"]}
    made = (await xu.asks("POST", "/tokens", json=order)).json()
    bearer = {"Authorization": f"Bearer {made['secret']}"}

    assert refusal(await xu.asks("POST", "/tokens", json=order | {"scopes": ["audit"]})) == (403, "more_than_held")
    assert (await office.http.get("/api/v1/tasks", headers=bearer)).status_code == 200
    assert refusal(await office.http.post("/api/v1/tokens", json=order, headers=bearer)) == (403, "session_needed")
    [held] = (await boss.asks("GET", "/grants?person=xu")).json()
    await boss.asks("DELETE", f"/grants/{held['id']}")
    assert refusal(await office.http.get("/api/v1/tasks", headers=bearer)) == (403, "scope_missing")


async def test_no_token_speaks_for_somebody_who_left_or_was_disabled(office: Office) -> None:
    for person in ("xu", "zhou"):
        await with_login(office, person, "member")
    issued = [await office.token("act", person=one) for one in ("xu", "gone", "zhou")]
    await (await desk(office, "boss")).asks("DELETE", "/logins/xu")

    answers = [await office.http.get("/api/v1/tasks", headers=one) for one in issued]

    assert [one.status_code for one in answers] == [403, 403, 200]


async def test_a_token_is_seen_and_revoked_by_its_owner_and_by_who_maintains_people(office: Office) -> None:
    for person in ("xu", "zhou"):
        await with_login(office, person, "member")
    xu, zhou, hr, boss = [await desk(office, one) for one in ("xu", "zhou", "hr", "boss")]
    made = [(await xu.asks("POST", "/tokens", json={"name": n, "scopes": ["act"]})).json() for n in ("一", "二")]
    first, second = (one["token"]["id"] for one in made)

    assert [one["name"] for one in (await xu.asks("GET", "/tokens")).json()] == ["二", "一"]
    assert made[0]["secret"] not in (await xu.asks("GET", "/tokens")).text
    assert (await zhou.asks("GET", "/tokens")).json() == []
    for other in (zhou, hr):
        assert refusal(await other.asks("DELETE", f"/tokens/{first}")) == (404, "no_token")
        assert refusal(await other.asks("GET", "/tokens?all=true")) == (403, "not_yours")
    assert (await xu.asks("DELETE", f"/tokens/{first}")).status_code == 204
    assert len((await boss.asks("GET", "/tokens?all=true")).json()) == 2
    assert (await boss.asks("DELETE", f"/tokens/{second}")).status_code == 204
    told = await boss.log(act="token")
    assert [one["act"] for one in told] == ["token.revoked", "token.revoked", "token.made", "token.made"]
    assert not any(one["secret"] in str(told) for one in made)


async def test_a_token_expires(office: Office) -> None:
    await with_login(office, "xu", "member")
    xu = await desk(office, "xu")
    now = office.parts.now()
    order = {"name": "短期", "scopes": ["act"], "expires_at": now.isoformat()}
    assert refusal(await xu.asks("POST", "/tokens", json=order)) == (422, "expires_in_the_past")
    order["expires_at"] = now.replace(year=now.year + 1).isoformat()
    bearer = {"Authorization": f"Bearer {(await xu.asks('POST', '/tokens', json=order)).json()['secret']}"}

    assert (await office.http.get("/api/v1/tasks", headers=bearer)).status_code == 200
    office.ahead(days=367)
    assert (await office.http.get("/api/v1/tasks", headers=bearer)).status_code == 401


async def test_the_log_is_for_auditors_of_the_whole_company(office: Office) -> None:
    await with_login(office, "xu", "auditor")
    boss, xu, hr = [await desk(office, one) for one in ("boss", "xu", "hr")]
    await boss.gives("zhou", "member")

    assert [one["act"] for one in await xu.log()] == ["role.granted"]
    assert refusal(await hr.asks("GET", "/audit")) == (403, "scope_missing")
    await boss.gives("xu", "auditor", departments=["sales"])
    assert refusal(await xu.asks("GET", "/audit")) == (403, "not_all")
