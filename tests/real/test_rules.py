"""What processes were answered by rule tables, as their owners read it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from temporalio.client import Client

from postroad.connectors.memory import MemoryConnector
from postroad.model.process import Process
from postroad.model.table import Table
from postroad.store.database import Database
from postroad.store.shipped import publish_with_tables
from tests.api.rulebook import COMPANY, KEY, Json, rulebook, table
from tests.real.place import Place, open_place

DEFINITION: Json = {
    "process": "buying",
    "title": {"zh": "采购", "en": "Buying"},
    "document": {"system": "erp", "kind": "purchase_requisition", "starts_on": "submitted"},
    "owner": {"person": "wang"},
    "steps": [
        {"work": "wait", "who": {"person": "li"}},
        {"decide": "pinned", "table": KEY},
        {"decide": "newest", "table": KEY, "pin": "latest"},
        {"approval": "approve", "who": {"from": "newest.approver"}},
    ],
}
PROCESS = Process.model_validate(DEFINITION)


@pytest.fixture
async def place(database: Database, temporal: Client) -> AsyncIterator[Place]:
    async with open_place(database, temporal, COMPANY, [MemoryConnector("erp", {})]) as place:
        async with database.begin() as session:
            known = [Table.model_validate(table())]
            await publish_with_tables(session, PROCESS, known, "ops", place.office.parts.now())
        yield place


async def started(place: Place, number: str, **fields: Any) -> str:
    system = place.systems["erp"]
    ref = system.put("purchase_requisition", number, "submitted", {"number": number, "applicant": "li", **fields})
    headers = await place.office.token("admin")
    told = await place.office.http.post("/api/v1/processes/buying/start", json={"document": ref.id}, headers=headers)
    instance: str = told.json()["instance"]
    await place.quiet(instance)
    return instance


async def done(place: Place, instance: str) -> None:
    told = await place.post(f"/api/v1/tasks/{instance}/wait/1/1/decide", {"action": "complete"}, person="li")
    assert told.json().get("verdict") == "accepted", told.text
    await place.quiet(instance)


async def log_of(place: Place, instance: str) -> dict[str, Json]:
    headers = await place.office.token("rules", person="li")
    told = await place.office.http.get("/api/v1/decisions", params={"instance": instance}, headers=headers)
    return {row["node"]: row for row in told.json()["items"]}


async def test_a_step_decides_by_the_version_it_is_pinned_to(place: Place) -> None:
    instance = await started(place, "PR-1", amount="100")
    book = await rulebook(place.office)
    await book.published(table({"id": "all", "then": {"approver": {"role": "purchasing_director"}}}))

    await done(place, instance)

    log = await log_of(place, instance)
    assert {node: (row["version"], row["rows"]) for node, row in log.items()} == {
        "pinned": (1, ["r1"]),
        "newest": (2, ["all"]),
    }
    assert (log["pinned"]["inputs"], log["pinned"]["caller"]) == ({"amount": "100"}, None)
    assert log["pinned"]["ms"] > 0


async def test_a_question_without_an_answer_is_in_the_log_too(place: Place) -> None:
    instance = await started(place, "PR-2", amount="-1")

    await done(place, instance)

    [row] = (await log_of(place, instance)).values()
    assert (row["node"], row["status"], row["outcome"]) == ("pinned", "INPUT_ERROR", None)
    assert "-1" in row["message"]["zh"]
