"""Whoever acts for somebody away: their tasks on the list, and decided as that person's."""

from datetime import timedelta

import pytest

from postroad.model.absence import Absence
from postroad.model.decision import Signers
from postroad.model.people import StandIn
from postroad.store.absences import Absences
from postroad.store.clicks import Clicks
from tests.api.office import FORM, Office

WANG = StandIn(person="wang", name="王强")


@pytest.fixture
async def chen_is_away(office: Office) -> None:
    now = office.parts.now()
    days = {"from": now - timedelta(hours=1), "to": now + timedelta(days=5)}
    async with office.database.begin() as session:
        await Absences(session).put(
            Absence.model_validate({"id": "leave", "principal": "chen", "agent": "wang", **days})
        )


async def test_the_tasks_of_those_for_whom_i_act_are_on_my_list_and_marked(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view, agent="wang", agent_name="王强")
    wang = await office.token("act", person="wang")

    listed = (await office.http.get("/api/v1/tasks?state=open", headers=wang)).json()
    instances = (await office.http.get("/api/v1/instances", headers=wang)).json()

    assert [(one["id"], one["person"], one["agent"]) for one in listed] == [(task.id, "chen", "wang")]
    assert [one["id"] for one in instances] == [view.id]


async def test_the_agent_sees_the_task_and_its_instance_and_nobody_else_does(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view, agent="wang")
    wang, gone = await office.token("act", person="wang"), await office.token("act", person="zhao")

    paths = (f"/api/v1/tasks/{task.id}", f"/api/v1/instances/{view.id}", f"/api/v1/instances/{view.id}/timeline")
    assert [(await office.http.get(path, headers=wang)).status_code for path in paths] == [200, 200, 200]
    assert [(await office.http.get(path, headers=gone)).status_code for path in paths] == [404, 404, 404]


async def test_the_agent_decides(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view, agent="wang")
    wang = await office.token("act", person="wang")

    async with office.at_work():
        order = {"action": "approve", "form_hash": FORM}
        answer = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json=order, headers=wang)

    assert answer.json()["verdict"] == "accepted"


async def test_the_agent_decides_several_at_once(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view, agent="wang")
    await office.publish()
    wang = await office.token("act", person="wang")

    async with office.at_work():
        batch = {"action": "approve", "tasks": [{"id": task.id}]}
        (item,) = (await office.http.post("/api/v1/batch/decide", json=batch, headers=wang)).json()

    assert item["outcome"]["verdict"] == "accepted"


async def test_somebody_else_does_not_decide(office: Office) -> None:
    task = await office.task(await office.instance(), agent="wang")
    everybody = await office.token("read", "act", person="li")

    answer = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json={"action": "approve"}, headers=everybody)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_handler")


@pytest.mark.usefixtures("chen_is_away")
async def test_whoever_gets_a_task_brings_the_agent_along(office: Office) -> None:
    task = await office.task(await office.instance(initiator="li"), "li")
    li = await office.token("act", person="li")

    await office.http.post(f"/api/v1/tasks/{task.id}/decide", json={"action": "transfer", "to": "chen"}, headers=li)
    order = {"action": "add_signers", "signers": {"place": "before", "people": ["chen"]}}
    await office.http.post(f"/api/v1/tasks/{task.id}/decide", json=order, headers=li)

    async with office.database.read() as session:
        transfer, added = [row.click for row in await Clicks(session).unanswered(office.parts.now(), 10)]
    assert (transfer.to_name, transfer.to_agent) == ("陈静", WANG)
    assert added.signers == Signers(place="before", people=("chen",), names={"chen": "陈静"}, agents={"chen": WANG})


@pytest.mark.usefixtures("chen_is_away")
async def test_the_initiator_is_nobodys_agent(office: Office) -> None:
    task = await office.task(await office.instance(initiator="wang"), "li")
    li = await office.token("act", person="li")

    await office.http.post(f"/api/v1/tasks/{task.id}/decide", json={"action": "transfer", "to": "chen"}, headers=li)

    async with office.database.read() as session:
        (row,) = await Clicks(session).unanswered(office.parts.now(), 10)
    assert row.click.to_agent is None
