"""Whatever the API's own description allows, nothing breaks it."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from api.addresses import V1
from api.app import create_app
from api.cookie import COOKIE, CSRF
from api.parts import Parts
from api.running import Running
from postroad.model.rights import ADMINISTRATOR, SCOPES
from postroad.store.database import Database
from postroad.store.grants import Grants
from postroad.store.instances import Instances
from postroad.store.people import People
from postroad.store.releases import Releases
from postroad.store.sessions import Lasting, Sessions, csrf_of
from postroad.store.tasks import Tasks
from postroad.store.tokens import Tokens
from tests.api.erp import connectors
from tests.api.office import ORGANISATION, PURCHASE, approval, instance_view
from tests.serving import served
from tests.temporal import DevServer

ROOT = Path(__file__).parents[2]
EXAMPLES = 5
VIEW = instance_view("purchase-approval:erp:PR-1:1", "PR-1", "li")
TASK = approval(VIEW, "chen")
KNOWN = {"task_id": TASK.id, "instance_id": VIEW.id, "key": PURCHASE.process, "system": "erp"}


class Whole(Parts):
    """Nobody else is left in the server's loop to close the database."""

    async def stop(self) -> None:
        await super().stop()
        await self.database.close()


async def _seed(database_url: str) -> dict[str, dict[str, str]]:
    """The headers of somebody who may do everything, by a token and by a session."""
    database = Database(database_url)
    now = VIEW.started_at
    async with database.begin() as session:
        await People(session).load(ORGANISATION)
        await Instances(session).put(VIEW)
        await Tasks(session).put(TASK)
        await Releases(session).publish(PURCHASE, [], now)
        secret = await Tokens(session).issue("all", SCOPES, "chen", now)
        await Grants(session).give("chen", ADMINISTRATOR, None, now, by="")
        entered = await Sessions(session, Lasting()).open("chen", "password", "", datetime.now(UTC))
    await database.close()
    cookie = {"Cookie": f"{COOKIE}={entered}", CSRF: csrf_of(entered)}
    return {"token": {"Authorization": f"Bearer {secret}"}, "session": cookie}


async def _parts(database_url: str, server: DevServer) -> Parts:
    """Made here, used in the server's own loop: nothing is connected yet."""
    client = await Client.connect(server.address, lazy=True, data_converter=pydantic_data_converter)
    running = Running(client, "nobody", patience=0.2)
    return Whole(database=Database(database_url), running=running, connectors=connectors(), channels={})


@pytest.fixture(params=["token", "session"])
def api(
    database_url: str, dev_server: DevServer, request: pytest.FixtureRequest
) -> Iterator[tuple[str, Any, dict[str, str]]]:
    """Base URL, description, and the headers of somebody who may do everything."""
    headers = asyncio.run(_seed(database_url))[request.param]
    parts = asyncio.run(_parts(database_url, dev_server))
    app = create_app(parts)
    with served(app) as url:
        yield url, app.openapi(), headers


def test_nothing_that_the_description_allows_breaks_the_api(api: tuple[str, Any, dict[str, str]]) -> None:
    url, description, headers = api
    operations = [found.ok() for found in schemathesis.openapi.from_dict(description).get_all_operations()]
    for operation in sorted(operations, key=_ends_sessions):
        _probe(operation, url, headers)


def _ends_sessions(operation: Any) -> bool:
    """Those come last: after them the rest would be asked by nobody."""
    return bool(operation.path.startswith((f"{V1}/session", f"{V1}/logins")))


def _probe(operation: Any, url: str, headers: dict[str, str]) -> None:
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy())
    def never_breaks(case: Any) -> None:
        for parameters in (case.path_parameters, {**case.path_parameters, **_known(case)}):
            case.path_parameters = parameters
            answer = case.call(base_url=url, headers=headers)
            assert answer.status_code < 500, f"{operation.label}: {answer.status_code} {answer.text}"

    never_breaks()


def _known(case: Any) -> dict[str, str]:
    return {name: KNOWN[name] for name in case.path_parameters if name in KNOWN}


def test_every_endpoint_is_in_the_documentation() -> None:
    parts = Parts(database=Database("sqlite+aiosqlite:///:memory:"), running=None, connectors={}, channels={})  # type: ignore[arg-type]
    told = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")

    for path, acts in create_app(parts).openapi()["paths"].items():
        shown = re.sub(
            r"\{(task|instance|person|absence|department|grant|token)_id\}", "{id}", path.removeprefix(V1)
        ).replace("{path_secret}", "{secret}")
        missing = [method for method in acts if f"`{method.upper()} {shown}" not in told]
        assert not missing, f"{missing} {path}"
        assert all("/" in act["summary"] for act in acts.values()), path
