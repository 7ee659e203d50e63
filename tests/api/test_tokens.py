"""Every endpoint states whom it lets in, and lets in nobody else."""

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts

from api.depends import Guard
from postroad.model.rights import SCOPES
from postroad.store.tokens import Tokens
from tests.api.office import Office

UNGUARDED = {
    ("GET", "/m/t/{token}"),
    ("POST", "/m/t/{token}"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("POST", "/callbacks/{platform}/{path_secret}"),
    ("POST", "/events/{system}"),
    ("POST", "/api/v1/session"),
    ("GET", "/api/v1/session"),
    ("DELETE", "/api/v1/session"),
    ("PUT", "/api/v1/session/password"),
    ("GET", "/api/v1/setup"),
    ("POST", "/api/v1/setup"),
}
GUARDED = {
    ("GET", "/metrics"): {"metrics"},
    ("GET", "/api/v1/openapi.json"): {"read"},
    ("GET", "/api/v1/docs"): {"read"},
    ("GET", "/api/v1/tasks"): {"read", "act"},
    ("GET", "/api/v1/tasks/{task_id:path}"): {"read", "act"},
    ("GET", "/api/v1/tasks/{task_id:path}/assignment"): {"read", "act"},
    ("POST", "/api/v1/assign/resolve"): {"act", "admin"},
    ("POST", "/api/v1/tasks/{task_id:path}/decide"): {"act"},
    ("GET", "/api/v1/todo"): {"act"},
    ("GET", "/api/v1/views"): {"read", "act"},
    ("PUT", "/api/v1/views"): {"read", "act"},
    ("GET", "/api/v1/changes"): {"read", "act", "rules", "rules_approve", "processes", "processes_approve"},
    ("GET", "/api/v1/todo/counts"): {"act"},
    ("POST", "/api/v1/todo/read"): {"act"},
    ("POST", "/api/v1/batch/decide"): {"act"},
    ("GET", "/api/v1/absences"): {"read", "act"},
    ("POST", "/api/v1/absences"): {"act", "admin"},
    ("DELETE", "/api/v1/absences/{absence_id}"): {"act", "admin"},
    ("GET", "/api/v1/instances"): {"read", "act"},
    ("GET", "/api/v1/instances/search"): {"read", "act"},
    ("GET", "/api/v1/instances/stuck"): {"admin"},
    ("GET", "/api/v1/instances/{instance_id:path}"): {"read", "act"},
    ("GET", "/api/v1/instances/{instance_id:path}/timeline"): {"read", "act"},
    ("POST", "/api/v1/instances/{instance_id:path}/withdraw"): {"act", "admin"},
    ("POST", "/api/v1/instances/{instance_id:path}/urge"): {"act", "admin"},
    ("POST", "/api/v1/instances/{instance_id:path}/revoke"): {"act"},
    ("POST", "/api/v1/instances/{instance_id:path}/admin"): {"admin"},
    ("GET", "/api/v1/processes"): {"read", "act"},
    ("GET", "/api/v1/processes/{key}"): {"read", "act"},
    ("POST", "/api/v1/processes/{key}/start"): {"admin"},
    ("GET", "/api/v1/processes/{key}/releases"): {"read", "act"},
    ("POST", "/api/v1/processes/{key}/move"): {"admin", "processes", "processes_approve"},
    ("GET", "/api/v1/processes/drafts"): {"read", "processes", "processes_approve"},
    ("POST", "/api/v1/processes/drafts"): {"processes"},
    ("GET", "/api/v1/processes/{key}/versions"): {"read", "processes", "processes_approve"},
    ("GET", "/api/v1/processes/{key}/versions/{number}"): {"read", "processes", "processes_approve"},
    ("PUT", "/api/v1/processes/{key}/versions/{number}"): {"processes"},
    ("POST", "/api/v1/processes/{key}/versions/{number}/check"): {"processes"},
    ("POST", "/api/v1/processes/{key}/versions/{number}/cases/run"): {"read", "processes", "processes_approve"},
    ("POST", "/api/v1/processes/{key}/versions/{number}/approve"): {"processes_approve"},
    ("POST", "/api/v1/processes/{key}/versions/{number}/publish"): {"processes", "processes_approve"},
    ("POST", "/api/v1/processes/{key}/versions/{number}/retire"): {"processes_approve"},
    ("GET", "/api/v1/processes/{key}/versions/{number}/difference"): {"read", "processes", "processes_approve"},
    ("GET", "/api/v1/processes/vocabulary"): {"processes", "processes_approve"},
    ("GET", "/api/v1/instances/{instance_id:path}/flow"): {"read", "act"},
    ("POST", "/api/v1/processes/check"): {"processes", "processes_approve"},
    ("POST", "/api/v1/processes/sentences"): {"processes", "processes_approve"},
    ("POST", "/api/v1/processes/preview"): {"processes", "processes_approve"},
    ("POST", "/api/v1/people/{person_id}/handover"): {"admin"},
    ("GET", "/api/v1/access-roles"): {"people", "audit"},
    ("GET", "/api/v1/access-roles/{key}"): {"people", "audit"},
    ("PUT", "/api/v1/access-roles/{key}"): {"people"},
    ("GET", "/api/v1/grants"): {"people", "audit"},
    ("POST", "/api/v1/grants"): {"people"},
    ("DELETE", "/api/v1/grants/{grant_id}"): {"people"},
    ("GET", "/api/v1/logins"): {"people", "audit"},
    ("POST", "/api/v1/logins"): {"people"},
    ("DELETE", "/api/v1/logins/{person_id}"): {"people"},
    ("GET", "/api/v1/tokens"): set(SCOPES),
    ("POST", "/api/v1/tokens"): set(SCOPES),
    ("DELETE", "/api/v1/tokens/{token_id}"): set(SCOPES),
    ("GET", "/api/v1/audit"): {"audit"},
    ("GET", "/api/v1/people"): {"read", "act", "people"},
    ("POST", "/api/v1/people"): {"people"},
    ("GET", "/api/v1/people/{person_id}"): {"read", "act", "people"},
    ("PUT", "/api/v1/people/{person_id}"): {"people"},
    ("POST", "/api/v1/people/import"): {"people"},
    ("GET", "/api/v1/people/export"): {"read", "people"},
    ("GET", "/api/v1/departments"): {"read", "act", "people"},
    ("POST", "/api/v1/departments"): {"people"},
    ("PUT", "/api/v1/departments/{department_id}"): {"people"},
    ("DELETE", "/api/v1/departments/{department_id}"): {"people"},
    ("GET", "/api/v1/role-holders"): {"read", "people"},
    ("POST", "/api/v1/role-holders"): {"people"},
    ("PUT", "/api/v1/role-holders/{holder}"): {"people"},
    ("DELETE", "/api/v1/role-holders/{holder}"): {"people"},
    ("GET", "/api/v1/calendar"): {"read", "act", "people"},
    ("GET", "/api/v1/rules"): {"read", "rules", "rules_approve"},
    ("GET", "/api/v1/rules/{key}"): {"read", "rules", "rules_approve"},
    ("GET", "/api/v1/rules/{key}/versions/{number}"): {"read", "rules", "rules_approve"},
    ("GET", "/api/v1/rules/{key}/versions/{number}/cases"): {"read", "rules", "rules_approve"},
    ("GET", "/api/v1/rules/{key}/versions/{number}/differences"): {"read", "rules", "rules_approve"},
    ("GET", "/api/v1/rules/{key}/hits"): {"read", "rules", "rules_approve"},
    ("POST", "/api/v1/rules/check"): {"read", "rules", "rules_approve"},
    ("POST", "/api/v1/rules/read-cells"): {"read", "rules", "rules_approve"},
    ("POST", "/api/v1/rules/try"): {"read", "rules", "rules_approve"},
    ("POST", "/api/v1/rules/read-file"): {"rules"},
    ("GET", "/api/v1/who-choices"): {"read", "rules", "rules_approve", "processes", "processes_approve"},
    ("POST", "/api/v1/rules/{key}/drafts"): {"rules"},
    ("POST", "/api/v1/rules/{key}/import"): {"rules"},
    ("GET", "/api/v1/rules/{key}/versions/{number}/export"): {"read", "rules", "rules_approve"},
    ("PUT", "/api/v1/rules/{key}/versions/{number}"): {"rules"},
    ("POST", "/api/v1/rules/{key}/versions/{number}/check"): {"rules"},
    ("POST", "/api/v1/rules/{key}/versions/{number}/approve"): {"rules_approve"},
    ("POST", "/api/v1/rules/{key}/versions/{number}/publish"): {"rules", "rules_approve"},
    ("POST", "/api/v1/rules/{key}/versions/{number}/retire"): {"rules_approve"},
    ("POST", "/api/v1/rules/{key}/evaluate"): {"rules", "rules_evaluate"},
    ("POST", "/api/v1/rules/{key}/evaluate/batch"): {"rules", "rules_evaluate"},
    ("POST", "/api/v1/rules/{key}/explain"): {"read", "rules", "rules_approve"},
    ("GET", "/api/v1/decisions"): {"rules", "admin"},
    ("POST", "/api/v1/case-files"): {"rules"},
    ("POST", "/api/v1/rules/{key}/backtests"): {"rules"},
    ("GET", "/api/v1/rules/{key}/backtests"): {"rules", "rules_approve"},
    ("GET", "/api/v1/rules/{key}/backtests/{backtest_id}"): {"rules", "rules_approve"},
    ("POST", "/api/v1/rules/{key}/backtests/{backtest_id}/cancel"): {"rules"},
}
BODIES = {
    "read": {"tasks": ["t"]},
    "decide": {"action": "approve"},
    "withdraw": {},
    "urge": {},
    "admin": {"act": "nudge", "reason": "催办"},
    "start": {"document": "PR-1"},
}
ENDPOINTS = pytest.mark.parametrize(("method", "path"), GUARDED, ids=[" ".join(one) for one in GUARDED])


def routes(office: Office) -> list[RouteContext]:
    return list(iter_route_contexts(office.app.routes))


def guards(dependant: Dependant) -> set[str]:
    found = {scope for one in dependant.dependencies for scope in guards(one)}
    return found | (set(dependant.call.scopes) if isinstance(dependant.call, Guard) else set())


async def call(office: Office, method: str, path: str, headers: dict[str, str]) -> int:
    address = (
        path.replace("{task_id:path}", "i/approve/1/chen")
        .replace("{instance_id:path}", "i")
        .replace("{key}", "k")
        .replace("{number}", "1")
    )
    body = BODIES.get(path.rsplit("/", 1)[1])
    return (await office.http.request(method, address, json=body, headers=headers)).status_code


def test_every_endpoint_has_a_stated_guard(office: Office) -> None:
    stated = {(method, route.path): guards(route.dependant) for route in routes(office) for method in route.methods}

    assert {endpoint: found for endpoint, found in stated.items() if endpoint not in UNGUARDED} == GUARDED
    assert all(not found for endpoint, found in stated.items() if endpoint in UNGUARDED)


@ENDPOINTS
async def test_nobody_gets_in_without_a_good_token(office: Office, method: str, path: str) -> None:
    revoked = await office.token(*SCOPES)
    async with office.database.begin() as session:
        for row in await Tokens(session).page():
            await Tokens(session).revoke(row.id, office.parts.now())

    for headers in ({}, {"Authorization": "Bearer pr_wrong"}, {"Authorization": "Bearer"}, revoked):
        assert await call(office, method, path, headers) == 401


@ENDPOINTS
async def test_only_the_stated_scopes_open_an_endpoint(office: Office, method: str, path: str) -> None:
    allowed = GUARDED[method, path]

    for scope in SCOPES:
        status = await call(office, method, path, await office.token(scope, person="li"))
        assert (status == 403) == (scope not in allowed), f"{scope}: {status}"


async def test_a_person_sees_only_their_own(office: Office) -> None:
    view = await office.instance(initiator="li")
    task = await office.task(view, "chen")
    stranger, chen, li = [await office.token("act", person=one) for one in ("wang", "chen", "li")]

    assert (await office.http.get(f"/api/v1/tasks/{task.id}", headers=stranger)).status_code == 404
    assert (await office.http.get(f"/api/v1/tasks/{task.id}", headers=chen)).status_code == 200
    assert (await office.http.get(f"/api/v1/instances/{view.id}", headers=stranger)).status_code == 404
    assert (await office.http.get(f"/api/v1/instances/{view.id}/timeline", headers=stranger)).status_code == 404
    assert (await office.http.get(f"/api/v1/instances/{view.id}", headers=li)).status_code == 200
    assert (await office.http.get(f"/api/v1/instances/{view.id}", headers=chen)).status_code == 200
    assert (await office.http.get("/api/v1/tasks?person=chen", headers=stranger)).status_code == 403
    assert (await office.http.get("/api/v1/instances?person=li", headers=stranger)).status_code == 403


async def test_a_person_with_read_sees_everybodys(office: Office) -> None:
    task = await office.task(await office.instance(), "chen")
    reader = await office.token("read", "act", person="wang")

    assert (await office.http.get(f"/api/v1/tasks/{task.id}", headers=reader)).status_code == 200
    assert (await office.http.get("/api/v1/tasks?person=chen", headers=reader)).json()[0]["id"] == task.id


async def test_a_token_that_stands_for_nobody_cannot_act(office: Office) -> None:
    task = await office.task(await office.instance())

    headers = await office.token("act")
    answer = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json={"action": "approve"}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "no_person")


async def test_nobody_decides_for_another_person(office: Office) -> None:
    task = await office.task(await office.instance(), "chen")

    headers = await office.token("act", "read", person="wang")
    answer = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json={"action": "approve"}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_handler")


async def test_a_browser_may_read_the_reference_with_the_token_as_password(office: Office) -> None:
    secret = (await office.token("read"))["Authorization"].removeprefix("Bearer ")

    asked = await office.http.get("/api/v1/docs")
    page = await office.http.get("/api/v1/docs", auth=("anybody", secret))

    assert asked.headers["WWW-Authenticate"].startswith("Basic")
    assert "/api/v1/tasks/{task_id}/decide" in page.text


async def test_use_of_a_token_is_noted(office: Office) -> None:
    await office.http.get("/api/v1/people", headers=await office.token("read"))

    async with office.database.read() as session:
        assert (await Tokens(session).page())[0].last_used_at is not None
