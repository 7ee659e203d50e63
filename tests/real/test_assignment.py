"""A service process on real servers: whom requests reach, what that does to their loads, and why."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client

from api.publishing import read_folder
from postroad.cli.trial import has_problems, try_process
from postroad.connectors.memory import MemoryConnector
from postroad.files import load_yaml
from postroad.model.people import Organisation
from postroad.store.database import Database
from postroad.store.load_check import LoadCheck
from postroad.store.loads import Loads
from postroad.store.releases import Releases
from postroad.store.tasks import Tasks
from tests.real.place import Place, open_place

FOLDER = Path(__file__).parent / "service"
COMPANY = Organisation.model_validate(load_yaml(FOLDER / "organisation.yaml"))


@pytest.fixture
async def place(database: Database, temporal: Client) -> AsyncIterator[Place]:
    async with open_place(database, temporal, COMPANY, [MemoryConnector("erp", {})]) as place:
        process, tables = read_folder(FOLDER)
        async with database.begin() as session:
            await Releases(session).publish(process, tables, place.office.parts.now())
        yield place


async def requested(place: Place, number: str, region: str = "华东", *, customer: str = "K1", by: str = "gu") -> str:
    """Somebody asks for service; the instance's id, once it waits for people. No two tests use one number."""
    fields = {"number": number, "applicant": by, "customer": customer, "region": region, "fault": "不启动"}
    ref = place.systems["erp"].put("service_request", number, "submitted", fields)
    told = await place.post("/api/v1/processes/service/start", {"document": ref.id})
    instance: str = told.json()["instance"]
    await place.quiet(instance)
    return instance


async def does(place: Place, person: str, task: str, action: str, **said: Any) -> None:
    told = await place.post(f"/api/v1/tasks/{task}/decide", {"action": action, **said}, person=person)
    assert told.json().get("verdict") == "accepted", told.text
    await place.quiet(task.rsplit("/", 3)[0])


async def asked(place: Place, instance: str) -> list[str]:
    async with place.office.database.read() as session:
        tasks = await Tasks(session).of_instance(instance)
    return [f"{task.node} {task.doer}" for task in tasks if task.closed_at is None]


async def has(place: Place, person: str) -> tuple[int, int]:
    """How many open tasks and minutes are counted for a person; everybody's have to be right."""
    async with place.office.database.read() as session:
        assert await LoadCheck(session).differences() == []
        load = (await Loads(session).of([person]))[person]
    return load.tasks, load.minutes


def test_the_cases_of_the_process_come_out_as_its_owner_expects() -> None:
    assert not has_problems(try_process(FOLDER))


async def test_a_request_from_the_east_reaches_the_best_engineer_and_loads_follow_it(place: Place) -> None:
    instance = await requested(place, "SR-101")
    assert await asked(place, instance) == ["repair tang"]
    assert await has(place, "tang") == (1, 180)

    await does(place, "tang", f"{instance}/repair/1/1", "complete")
    assert await asked(place, instance) == ["check li"]
    assert (await has(place, "tang"), await has(place, "li")) == ((0, 0), (1, 30))

    await does(place, "li", f"{instance}/check/1/1", "approve")
    assert await has(place, "li") == (0, 0)


async def test_many_requests_at_once_fill_up_the_best_and_go_on_with_the_next(place: Place) -> None:
    instances = await asyncio.gather(*(requested(place, f"SR-2{number}") for number in range(10)))

    found = [one for instance in instances for one in await asked(place, instance)]
    assert sorted(found) == ["repair he", *["repair song"] * 3, *["repair tang"] * 3, *["repair xu"] * 3]
    assert await has(place, "tang") == (3, 540)


async def test_the_story_and_the_task_say_why(place: Place) -> None:
    instance = await requested(place, "SR-301")

    timeline = await place.get(f"/api/v1/instances/{instance}/timeline")
    told = await place.get(f"/api/v1/tasks/{instance}/repair/1/1/assignment")

    said = [line["text"]["zh"] for line in timeline["lines"] if line["kind"] == "asked"]
    assert said == ["分配给 唐亮：技能 service：5 级最高"]
    assert [one["person"] for one in told["ranking"]] == ["tang", "song", "xu"]


async def test_a_request_that_is_handed_over_counts_for_whoever_has_it_then(place: Place) -> None:
    instance = await requested(place, "SR-401", "华南", customer="K2")
    assert await asked(place, instance) == ["repair fang"]

    reassign = {"act": "reassign", "task": f"{instance}/repair/1/1", "to": "mo", "reason": "顺路"}
    await place.post(f"/api/v1/instances/{instance}/admin", reassign)
    await place.quiet(instance)

    assert await asked(place, instance) == ["repair mo"]
    assert (await has(place, "fang"), await has(place, "mo")) == ((0, 0), (1, 180))


async def test_the_same_customer_is_asked_by_whoever_asked_last_time(place: Place) -> None:
    for number, desk in (("SR-501", "li"), ("SR-502", "li")):
        instance = await requested(place, number, customer="K9")
        await does(place, "tang", f"{instance}/repair/1/1", "complete")
        assert await asked(place, instance) == [f"check {desk}"]
        await does(place, desk, f"{instance}/check/1/1", "approve")


async def test_a_request_that_is_ended_counts_for_nobody(place: Place) -> None:
    instance = await requested(place, "SR-601")

    await place.post(f"/api/v1/instances/{instance}/admin", {"act": "terminate", "reason": "客户取消"})
    await place.quiet(instance)

    assert await has(place, "tang") == (0, 0)
