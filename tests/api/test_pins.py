"""Which version of a rule table an instance decides by."""

import json
from typing import Any

from postroad.model.process import Process
from postroad.model.table import Table
from postroad.store.shipped import publish_with_tables
from tests.api.office import PURCHASE, Office
from tests.api.rulebook import KEY, Json, rulebook, table

STEPS = [{"decide": "route", "table": KEY}, {"approval": "approve", "who": {"from": "route.approver"}}]
PROCESS = Process.model_validate(PURCHASE.model_dump(mode="json") | {"steps": STEPS})


async def publish_with_rules(office: Office, *tables: Json) -> None:
    async with office.database.begin() as session:
        known = [Table.model_validate(one) for one in tables]
        await publish_with_tables(session, PROCESS, known, "ops", office.parts.now())


async def pinned(office: Office, document: str) -> Any:
    """The contents with which the instance was started, from its history."""
    order = {"document": document}
    headers = await office.token("admin")
    started = (await office.http.post("/api/v1/processes/purchase-approval/start", json=order, headers=headers)).json()
    async for event in office.temporal.get_workflow_handle(started["instance"]).fetch_history_events():
        told = json.loads(event.workflow_execution_started_event_attributes.input.payloads[0].data)
        return told["tables"]
    raise AssertionError("no history")


async def test_an_instance_keeps_the_version_in_force_when_it_started(office: Office) -> None:
    await publish_with_rules(office, table())
    book = await rulebook(office)
    first = await pinned(office, f"A-{office.queue}")
    second = await book.published(table(title="新规则"))

    later = await pinned(office, f"B-{office.queue}")

    assert later == {KEY: second["sha256"]} != first


async def test_where_no_version_is_in_force_the_release_keeps_its_own(office: Office) -> None:
    await publish_with_rules(office, table())
    book = await rulebook(office)
    before = await pinned(office, f"A-{office.queue}")

    await book.do("retire", 1)

    assert await pinned(office, f"B-{office.queue}") == before
