"""Running instances move to a new release through the HTTP interface and the command line, on real servers."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from click.testing import Result
from temporalio.client import Client
from typer.testing import CliRunner

from api.__main__ import app
from postroad.connectors.memory import MemoryConnector
from postroad.model.process import Process
from postroad.store.database import Database
from tests.real.place import Json, Place, open_place
from tests.real.vectors import organisation
from tests.temporal import DevServer

SAID = {
    "process": "leave",
    "title": "请假",
    "owner": {"role": "process_owner"},
    "document": {"system": "erp", "kind": "leave", "starts_on": "submitted"},
}


def leave(*steps: Json) -> Process:
    return Process.model_validate({**SAID, "steps": list(steps)})


def asks(name: str, person: str) -> Json:
    return {"approval": name, "title": name, "who": {"person": person}}


@pytest.fixture
async def place(database: Database, temporal: Client) -> AsyncIterator[Place]:
    system = MemoryConnector("erp", {})
    async with open_place(database, temporal, organisation(), [system]) as place:
        await place.office.publish(leave(asks("head", "zhang")))
        yield place


async def started(place: Place, document: str) -> str:
    place.systems["erp"].put("leave", document, "submitted", {"number": document, "applicant": "li"})
    reply = await place.post("/api/v1/processes/leave/start", {"document": document})
    instance: str = reply.raise_for_status().json()["instance"]
    await place.quiet(instance)
    return instance


async def moved(place: Place, **order: Any) -> Json:
    told: Json = (await place.post("/api/v1/processes/leave/move", order)).raise_for_status().json()
    return told


async def approve(place: Place, instance: str, person: str) -> None:
    tasks = (await place.get(f"/api/v1/instances/{instance}"))["tasks"]
    task = next(one for one in tasks if one["person"] == person and one["state"] == "open")
    reply = await place.post(f"/api/v1/tasks/{task['id']}/decide", {"action": "approve"}, person=person)
    assert reply.raise_for_status().json()["verdict"] == "accepted"
    await place.quiet(instance)


async def test_a_dry_run_tells_and_moves_nothing(place: Place) -> None:
    instance = await started(place, "L-1")
    await place.office.publish(leave(asks("head", "zhang"), asks("boss", "wang")))
    told = await moved(place)

    (item,) = told["items"]
    assert (told["to"], told["counts"], item["verdict"], item["moved"]) == ("leave@2", {"safe": 1}, "safe", False)
    assert [change["text"]["zh"] for change in item["changes"]] == ["之后会经过“boss”"]
    assert (await place.get(f"/api/v1/instances/{instance}"))["instance"]["release"] == "leave@1"


async def test_the_safe_ones_move_and_finish_in_the_new_release(place: Place) -> None:
    instance = await started(place, "L-2")
    await place.office.publish(leave(asks("head", "zhang"), asks("boss", "wang")))
    told = await moved(place, dry_run=False, reason="增加总监审批")
    await place.quiet(instance)
    view = (await place.get(f"/api/v1/instances/{instance}"))["instance"]
    await approve(place, instance, "zhang")
    await approve(place, instance, "wang")

    assert ([item["moved"] for item in told["items"]], view["release"]) == ([True], "leave@2")
    assert (await place.get(f"/api/v1/instances/{instance}"))["instance"]["outcome"] == "approved"
    timeline = await place.get(f"/api/v1/instances/{instance}/timeline")
    assert "迁移到新版本 leave@2（原 leave@1）：增加总监审批" in [line["text"]["zh"] for line in timeline["lines"]]
    assert (await moved(place))["items"] == []


async def test_a_renamed_step_moves_once_the_mapping_says_what_it_has_become(place: Place) -> None:
    instance = await started(place, "L-3")
    await place.office.publish(leave(asks("chief", "zhang")))
    refused = await moved(place, dry_run=False, reason="改名")
    accepted = await moved(place, dry_run=False, reason="改名", mapping={"head": "chief"})
    await place.quiet(instance)
    await approve(place, instance, "zhang")

    (item,) = refused["items"]
    assert (item["verdict"], item["moved"], item["reasons"][0]["code"]) == ("needs_mapping", False, "gone")
    assert [item["moved"] for item in accepted["items"]] == [True]
    assert (await place.get(f"/api/v1/instances/{instance}"))["instance"]["outcome"] == "approved"


async def test_instances_are_chosen_by_name_and_by_page(place: Place) -> None:
    first, second, third = [await started(place, f"L-4{letter}") for letter in "abc"]
    await place.office.publish(leave(asks("head", "zhang"), asks("boss", "wang")))
    page = await moved(place, limit=2)
    rest = await moved(place, limit=2, after=page["next"])
    named = await moved(place, dry_run=False, reason="试行", instances=[second, "leave:erp:ghost:1"])
    await place.quiet(second)

    assert [item["instance"] for item in (*page["items"], *rest["items"])] == [third, second, first]
    assert rest["next"] is None
    assert [(item["verdict"], item["moved"]) for item in named["items"]] == [("safe", True), ("must_stay", False)]
    assert [item["instance"] for item in (await moved(place, **{"from": "leave@1"}))["items"]] == [third, first]


async def test_releases_tell_how_many_instances_run_on_each(place: Place) -> None:
    await started(place, "L-5")
    await place.office.publish(leave(asks("head", "zhang"), asks("boss", "wang")))
    reply = await place.office.http.get("/api/v1/processes/leave/releases", headers=await place.office.token("read"))

    assert [(one["release"], one["running"]) for one in reply.json()] == [("leave@2", 0), ("leave@1", 1)]


async def test_the_command_line_prints_who_can_move_and_moves_them(
    place: Place, own_server: DevServer, database_url: str
) -> None:
    instance = await started(place, "L-6")
    await place.office.publish(leave(asks("head", "zhang"), asks("boss", "wang")))
    environment = {
        "POSTROAD_DATABASE_URL": database_url,
        "POSTROAD_CONNECTORS_FILE": "processes/connectors.yaml",
        "TEMPORAL_ADDRESS": own_server.address,
    }
    looked = await asyncio.to_thread(run, environment, "move", "leave")
    done = await asyncio.to_thread(run, environment, "move", "leave", "--go", "--reason", "改版", "--by", "admin")
    await place.quiet(instance)

    assert "L-6  leave@1 → leave@2  ✓ 可以迁移 / can move" in looked.output
    assert "之后会经过“boss”" in looked.output
    assert "✓ 已迁移 / moved" in done.output
    assert (await place.get(f"/api/v1/instances/{instance}"))["instance"]["release"] == "leave@2"


def run(environment: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(app, list(words), env=environment)
