"""Administrators' acts through the API: for them, and for nobody else."""

from typing import get_args

import pytest

from postroad.model.event import ActName
from postroad.model.people import Organisation, Person
from postroad.store.people import People
from tests.api.office import ORGANISATION, Office


@pytest.mark.parametrize("act", get_args(ActName))
async def test_nobody_else_acts_as_an_administrator(office: Office, act: str) -> None:
    view = await office.instance(initiator="li")
    await office.task(view, "chen")
    order = {"act": act, "reason": "越权", "node": "approve"}
    callers = [
        await office.token("act", person="li"),
        await office.token("act", person="chen"),
        await office.token("read"),
        await office.token("metrics"),
    ]

    answers = [await office.http.post(f"/api/v1/instances/{view.id}/admin", json=order, headers=one) for one in callers]
    unknown = await office.http.post(f"/api/v1/instances/{view.id}/admin", json=order)

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, "scope_missing")] * len(callers)
    assert unknown.status_code == 401


@pytest.mark.parametrize("act", get_args(ActName))
async def test_an_administrator_does_every_act_and_is_told_its_outcome(office: Office, act: str) -> None:
    view = await office.instance()
    order = {"act": act, "reason": "核查", "node": "approve", "confirmed": True}

    async with office.at_work():
        answer = await office.http.post(
            f"/api/v1/instances/{view.id}/admin", json=order, headers=await office.token("admin")
        )

    assert (answer.status_code, answer.json()["verdict"]) == (200, "accepted")


async def test_an_act_without_a_reason_is_refused(office: Office) -> None:
    view = await office.instance()
    admin = await office.token("admin")

    answers = [
        await office.http.post(f"/api/v1/instances/{view.id}/admin", json={"act": "suspend", **said}, headers=admin)
        for said in ({}, {"reason": ""})
    ]

    assert [one.status_code for one in answers] == [422, 422]


async def test_a_task_is_reassigned_to_somebody_who_is_there(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view)
    order = {"act": "reassign", "reason": "离职", "task": task.id, "to": "gone"}

    answer = await office.http.post(
        f"/api/v1/instances/{view.id}/admin", json=order, headers=await office.token("admin")
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_person")


async def test_the_instance_is_told_who_the_administrator_is(office: Office) -> None:
    view = await office.instance()
    people = (*ORGANISATION.people, Person(id="boss", name="管理员甲"))
    async with office.database.begin() as session:
        await People(session).load(Organisation(people=people))
    admin = await office.token("admin", person="boss")

    async with office.at_work():
        await office.http.post(
            f"/api/v1/instances/{view.id}/admin", json={"act": "suspend", "reason": "核查"}, headers=admin
        )
        assert await office.asks(view.id, "acts") == ["suspend by 管理员甲: 核查"]


async def test_an_act_that_ended_the_instance_has_its_outcome_when_it_is_sent_again(office: Office) -> None:
    view = await office.instance()
    admin = await office.token("admin")
    order = {"act": "withdraw", "reason": "作废", "id": "once"}

    async with office.at_work():
        await office.http.post(f"/api/v1/instances/{view.id}/admin", json=order, headers=admin)
        await office.temporal.get_workflow_handle(view.id).result()
        again = await office.http.post(f"/api/v1/instances/{view.id}/admin", json=order, headers=admin)
        other = await office.http.post(f"/api/v1/instances/{view.id}/admin", json={**order, "id": "two"}, headers=admin)

    assert (again.json()["verdict"], other.json()["verdict"]) == ("accepted", "late")
