"""Absences and hand-overs from the request to the task and back, on real servers."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import Client

from postroad.store.database import Database
from tests.process.staging import approval, definition
from tests.real.place import Place, open_place
from tests.real.vectors import organisation, systems

ORDER = definition(approval("ask", "chen"), approval("then", "wang"))


@pytest.fixture
async def place(database: Database, temporal: Client) -> AsyncIterator[Place]:
    async with open_place(database, temporal, organisation(), systems([ORDER])) as place:
        await place.office.publish(ORDER)
        yield place


async def _submit(place: Place, number: str) -> str:
    document = {"number": number, "applicant": "li", "amount": "100"}
    place.systems["erp"].put("order", number, "submitted", document)
    told = await place.post("/api/v1/processes/order/start", {"document": number})
    instance: str = told.raise_for_status().json()["instance"]
    await place.quiet(instance)
    return instance


async def _say(place: Place, **more: Any) -> str:
    now = place.office.parts.now()
    said = {"agent": "sun", "from": now.isoformat(), "to": (now + timedelta(days=5)).isoformat(), **more}
    told = await place.post("/api/v1/absences", said, person="chen")
    absence: str = told.raise_for_status().json()["absence"]["id"]
    return absence


async def _agents(place: Place, instance: str) -> list[tuple[str, str | None]]:
    told = await place.get(f"/api/v1/instances/{instance}")
    return [(task["person"], task["agent"]) for task in told["tasks"] if task["state"] == "open"]


async def _look(place: Place, instance: str) -> None:
    await place.office.parts.standing_in.look()
    await place.quiet(instance)


async def test_whoever_is_away_is_asked_with_the_agent_who_decides(place: Place) -> None:
    await _say(place)
    instance = await _submit(place, "O-1")
    assert await _agents(place, instance) == [("chen", "sun")]

    decided = await place.post(f"/api/v1/tasks/{instance}/ask/1/1/decide", {"action": "approve"}, person="sun")
    await place.quiet(instance)

    assert decided.json()["verdict"] == "accepted"
    timeline = await place.get(f"/api/v1/instances/{instance}/timeline")
    assert [line["text"]["zh"] for line in timeline["lines"] if line["kind"] == "clicked"] == ["代 陈静 已同意"]
    told = await place.get(f"/api/v1/instances/{instance}")
    assert [task["decided_by"] for task in told["tasks"] if task["state"] == "done"] == ["sun"]


async def test_open_tasks_get_the_agent_and_lose_it_when_the_absence_is_ended(place: Place) -> None:
    instance = await _submit(place, "O-2")
    absence = await _say(place, open_tasks=True)
    await _look(place, instance)
    assert await _agents(place, instance) == [("chen", "sun")]

    ended = await place.office.http.delete(f"/api/v1/absences/{absence}", headers=await place.headers("chen"))
    await _look(place, instance)

    assert (ended.status_code, await _agents(place, instance)) == (204, [("chen", None)])
    refused = await place.post(f"/api/v1/tasks/{instance}/ask/1/1/decide", {"action": "approve"}, person="sun")
    assert refused.status_code == 404


async def test_an_agent_is_in_force_only_until_the_absence_is_over(place: Place) -> None:
    await _say(place)
    instance = await _submit(place, "O-3")
    place.office.ahead(days=6)

    await _look(place, instance)

    assert await _agents(place, instance) == [("chen", None)]


async def test_the_tasks_of_a_leaver_are_handed_over_once(place: Place) -> None:
    instances = [await _submit(place, number) for number in ("O-8", "O-9")]
    order = {"to": "zhou", "reason": "离职"}

    preview = (await place.post("/api/v1/people/chen/handover", order)).json()
    done = (await place.post("/api/v1/people/chen/handover", {**order, "preview": False})).json()
    for instance in instances:
        await place.quiet(instance)
    again = (await place.post("/api/v1/people/chen/handover", {**order, "preview": False})).json()

    assert [one["number"] for one in preview["tasks"]] == ["O-8", "O-9"]
    assert [one["moved"] for one in done["tasks"]] == [True, True]
    assert again["tasks"] == []
    assert [await _agents(place, instance) for instance in instances] == [[("zhou", None)]] * 2
