"""Open tasks follow the absences of their people."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from api.running import Running
from api.standing_in import StandingIn
from postroad.model.absence import Absence
from postroad.model.task import TaskState
from postroad.store.absences import Absences
from postroad.store.database import Database
from tests.api.erp import connectors
from tests.api.office import Office, new_office
from tests.temporal import DevServer


@pytest.fixture
async def office(database: Database, dev_server: DevServer) -> AsyncIterator[Office]:
    """As ever, with little patience for instances that do not answer."""
    temporal = await dev_server.connect()
    async with new_office(database, temporal, connectors=connectors()) as office:
        office.parts.running.patience = 1
        yield office


async def _away(office: Office, *, days: float = 5, **more: Any) -> None:
    now = office.parts.now()
    said = {"id": "leave", "principal": "chen", "agent": "wang", "from": now, "to": now + timedelta(days=days)}
    async with office.database.begin() as session:
        await Absences(session).put(Absence.model_validate({**said, **more}))


async def _look(office: Office) -> None:
    async with office.at_work():
        await office.parts.standing_in.look()


async def test_what_is_open_when_an_absence_begins_gets_the_agent(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view)
    await _away(office, open_tasks=True)

    await _look(office)

    async with office.at_work():
        assert await office.asks(view.id, "about") == [f"stand_in {task.id} wang"]


async def test_an_absence_for_new_tasks_alone_leaves_open_ones_as_they_are(office: Office) -> None:
    view = await office.instance()
    await office.task(view)
    await _away(office)

    await _look(office)

    async with office.at_work():
        assert await office.asks(view.id, "about") == []


@pytest.mark.parametrize("more", [{"processes": ["other"]}, {"amount_cap": "5"}, {"agent": "li"}])
async def test_it_is_for_its_processes_and_amounts_and_never_for_the_initiator(
    office: Office, more: dict[str, Any]
) -> None:
    view = await office.instance()
    await office.task(view)
    await _away(office, open_tasks=True, **more)

    await _look(office)

    async with office.at_work():
        assert await office.asks(view.id, "about") == []


async def test_what_is_over_is_left_alone(office: Office) -> None:
    view = await office.instance()
    await office.task(view, state=TaskState.DONE)
    await _away(office, open_tasks=True)

    await _look(office)

    async with office.at_work():
        assert await office.asks(view.id, "about") == []


async def test_a_task_with_an_agent_loses_it_when_the_absence_is_over(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view, agent="wang")
    await _away(office, days=1)

    await _look(office)
    office.ahead(days=2)
    await _look(office)

    async with office.at_work():
        assert await office.asks(view.id, "about") == [f"stand_in {task.id} -"]


async def test_an_agent_who_is_away_is_followed_by_the_own_agent(office: Office) -> None:
    view = await office.instance(initiator="nobody")
    task = await office.task(view, agent="wang")
    await _away(office)
    await _away(office, id="second", principal="wang", agent="li")

    await _look(office)

    async with office.at_work():
        assert await office.asks(view.id, "about") == [f"stand_in {task.id} li"]


async def test_however_often_and_by_whomever_it_is_said_an_instance_takes_it_once(office: Office) -> None:
    view = await office.instance()
    await office.task(view)
    await _away(office, open_tasks=True)
    beside = StandingIn(office.database, Running(office.temporal, office.queue), office.parts.now)

    async with office.at_work():
        for one in (office.parts.standing_in, office.parts.standing_in, beside):
            await one.look()

        assert len(await office.asks(view.id, "about")) == 1


async def test_an_instance_that_nobody_works_on_is_told_as_soon_as_somebody_does(office: Office) -> None:
    view = await office.instance()
    await office.task(view)
    await _away(office, open_tasks=True)

    await office.parts.standing_in.look()
    await _look(office)

    async with office.at_work():
        assert len(await office.asks(view.id, "about")) == 1


async def test_an_instance_that_has_ended_holds_up_no_other(office: Office) -> None:
    gone, view = await office.instance("PR-1"), await office.instance("PR-2")
    await office.task(gone)
    task = await office.task(view)
    await office.temporal.get_workflow_handle(gone.id).terminate()
    await _away(office, open_tasks=True)

    await _look(office)

    async with office.at_work():
        assert await office.asks(view.id, "about") == [f"stand_in {task.id} wang"]


async def test_an_absence_that_is_said_is_seen_to_at_once(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view)
    chen = await office.token("act", person="chen")
    now = office.parts.now()
    said = {"agent": "wang", "from": now.isoformat(), "to": (now + timedelta(days=1)).isoformat(), "open_tasks": True}

    office.parts.standing_in.start()
    async with office.at_work():
        await office.http.post("/api/v1/absences", json=said, headers=chen)
        while not await office.asks(view.id, "about"):
            pass

        assert await office.asks(view.id, "about") == [f"stand_in {task.id} wang"]
