"""Walks every endpoint of the API's own description as everybody there is: nothing beyond the reach is ever told."""

import re
from collections.abc import AsyncIterator, Iterator
from itertools import product
from typing import Any, NamedTuple

import httpx
import pytest

from postroad.model.rights import SHIPPED
from postroad.store.database import Database
from tests.api.company import ACROSS, COMPANY, DEPARTMENTS, WITHIN, Things, secret, settle
from tests.api.entering import Desk, desk
from tests.api.erp import connectors
from tests.api.office import Office, new_office
from tests.api.test_tokens import GUARDED, UNGUARDED
from tests.temporal import DevServer

LEFT_ALONE = ("/session", "/setup")
"""They would log the walker out."""

EVERYWHERE = {
    f"/api/v1/{path}"
    for path in (
        "instances", "instances/stuck", "instances/{instance_id}", "instances/{instance_id}/timeline",
        "tasks/{task_id}", "decisions", "absences", "grants", "people/{person_id}",
    )
}  # fmt: skip
"""Where something of every department is told to whoever may read all: the walk would notice."""

BODIES: dict[str, dict[str, Any]] = {
    "decide": {"action": "approve"},
    "admin": {"act": "nudge", "reason": "x"},
    "handover": {"to": "administrator", "reason": "x"},
}
DEFINITIONS = {"key": "purchase-approval", "number": "1", "system": "erp", "platform": "dingtalk", "path_secret": "x"}
Step = tuple["Endpoint", str, httpx.Response]
MANY = pytest.mark.timeout(300)


class Company(NamedTuple):
    office: Office
    things: dict[str, Things]


class Endpoint(NamedTuple):
    method: str
    path: str
    queries: tuple[str, ...]


@pytest.fixture
async def company(database: Database, dev_server: DevServer) -> AsyncIterator[Company]:
    async with new_office(
        database, await dev_server.connect(), connectors=connectors(), organisation=COMPANY
    ) as office:
        yield Company(office, await settle(office))


def endpoints(office: Office) -> Iterator[Endpoint]:
    for path, acts in office.app.openapi()["paths"].items():
        if path.startswith("/api/v1") and not path.removeprefix("/api/v1").startswith(LEFT_ALONE):
            for method, act in acts.items():
                queries = (one for one in act.get("parameters", ()) if one["in"] == "query")
                texts = tuple(one["name"] for one in queries if "string" in str(one["schema"]))
                yield Endpoint(method.upper(), path, texts)


def addresses(path: str, things: Things) -> str:
    """The endpoint, about what this department has."""
    return re.sub(r"{(\w+)}", lambda found: {**DEFINITIONS, **_names(things)}.get(found[1], "1"), path)


def _names(things: Things) -> dict[str, str]:
    return {f"{name}_id": str(value) for name, value in vars(things).items()}


def is_about_somebodys(path: str) -> bool:
    return bool(set(re.findall(r"{(\w+)}", path)) & {f"{name}_id" for name in Things.__annotations__})


async def ask(walker: Desk | None, office: Office, one: Endpoint, address: str, **told: Any) -> httpx.Response:
    headers = walker.headers if walker else {}
    body = None if one.method == "GET" else BODIES.get(address.rsplit("/", 1)[1], {})
    return await office.http.request(one.method, address, headers=headers, json=body, **told)


async def walk(
    company: Company, walker: Desk, *, searching: bool
) -> AsyncIterator[tuple[Endpoint, str, httpx.Response]]:
    """Every endpoint about every department's things; where there is something to search by, by what others have."""
    office, things = company
    for one in endpoints(office):
        for department in DEPARTMENTS if is_about_somebodys(one.path) else ("east",):
            address = addresses(one.path, things[department])
            yield one, department, await ask(walker, office, one, address)
            if one.method == "GET" and searching:
                for query, value in product(one.queries, _known_of("west", things["west"])):
                    yield one, department, await ask(walker, office, one, address, params={query: value})


def _known_of(department: str, things: Things) -> tuple[str, ...]:
    return secret(department)[:-2], things.instance, things.person, department


def told_of_others(answer: httpx.Response, own: str) -> list[str]:
    return [one for one in DEPARTMENTS if one != own and secret(one) in answer.text]


@MANY
@pytest.mark.parametrize("role", WITHIN)
async def test_nothing_of_another_department_is_ever_told(company: Company, role: str) -> None:
    walker = await desk(company.office, f"east-{role}")
    leaks, opened, own = [], [], set()
    async with company.office.at_work():
        async for one, department, answer in walk(company, walker, searching=True):
            leaks += [(one, department, other) for other in told_of_others(answer, "east")]
            if is_about_somebodys(one.path) and department != "east" and answer.is_success:
                opened.append((one.method, answer.url.path))
            if secret("east") in answer.text:
                own.add(one.path)

    assert leaks == []
    assert [one for one in opened if not is_public(one[0], one[1])] == []
    assert {"/api/v1/instances", "/api/v1/instances/{instance_id}"} <= own, "what is theirs is told"


def is_public(method: str, path: str) -> bool:
    """The directory is for everybody who acts: names, departments, positions."""
    return method == "GET" and path.startswith("/api/v1/people/")


@MANY
@pytest.mark.parametrize("department", DEPARTMENTS[1:])
@pytest.mark.parametrize("role", ["member", "leader"])
async def test_nor_to_those_of_the_other_departments(company: Company, department: str, role: str) -> None:
    walker = await desk(company.office, f"{department}-{role}")
    async with company.office.at_work():
        leaks = [
            (one, other)
            async for one, _, answer in walk(company, walker, searching=False)
            for other in told_of_others(answer, department)
        ]

    assert leaks == []


@MANY
@pytest.mark.parametrize("role", ["manager", "leader"])
async def test_a_token_of_ones_own_is_told_no_more(company: Company, role: str) -> None:
    office = company.office
    entered = await desk(office, f"west-{role}")
    rights = (await entered.asks("GET", "/session")).json()["rights"]
    made = (await entered.asks("POST", "/tokens", json={"name": "t", "scopes": rights})).json()
    entered.headers = {"Authorization": f"Bearer {made['secret']}"}

    async with office.at_work():
        leaks = [
            (one, other)
            async for one, _, answer in walk(company, entered, searching=False)
            for other in told_of_others(answer, "west")
        ]

    assert leaks == []


async def test_nobody_is_told_anything_without_being_known(company: Company) -> None:
    office, things = company
    for one in endpoints(office):
        answer = await ask(None, office, one, addresses(one.path, things["east"]))
        assert answer.status_code == 401, one


@MANY
async def test_who_reaches_the_whole_company_is_told_of_every_department(company: Company) -> None:
    walker = await desk(company.office, "administrator")
    seen = dict.fromkeys(DEPARTMENTS, frozenset[str]())
    async for one, _, answer in walk(company, walker, searching=False):
        if one.method == "GET":
            for department in DEPARTMENTS:
                if secret(department) in answer.text:
                    seen[department] |= {one.path}

    assert seen["east"] == seen["west"] == seen["north"]
    assert seen["east"] >= EVERYWHERE


@MANY
@pytest.mark.parametrize("role", [*ACROSS, "member", "manager"])
async def test_what_a_role_lacks_is_never_done(company: Company, role: str) -> None:
    office, things = company
    walker = await desk(office, role if role in ACROSS else f"east-{role}")
    rights = set(SHIPPED[role].rights)
    for (method, template), scopes in GUARDED.items():
        path = template.replace(":path", "")
        if path.removeprefix("/api/v1").startswith(LEFT_ALONE) or path == "/api/v1/changes":
            continue
        answer = await ask(walker, office, Endpoint(method, path, ()), addresses(path, things["east"]))
        lacks = answer.status_code == 403 and answer.json()["code"] == "scope_missing"
        assert lacks == (not rights & scopes), f"{method} {path}: {answer.text}"
    assert not UNGUARDED & GUARDED.keys()
