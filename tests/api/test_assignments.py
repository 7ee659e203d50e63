"""Why a task is somebody's, and whose a task would be: who may ask, and what they are told."""

import asyncio
from typing import Any

import pytest
from typer.testing import CliRunner

from api.__main__ import app
from postroad.directory import shortlist
from postroad.model.people import Organisation, Who
from postroad.model.task import Task, TaskState
from postroad.store.database import Database
from postroad.store.instances import Instances
from postroad.store.loads import Change, Loads
from postroad.store.people import People
from postroad.store.reserving import Wanted, reserve
from postroad.store.tasks import Tasks
from tests.api.office import ORGANISATION, PURCHASE, Office

HOLDERS = [{"role": "buyer", "person": person} for person in ("chen", "wang", "gone")]
COMPANY = ORGANISATION.model_copy(update={"roles": Organisation.model_validate(
    {"people": ORGANISATION.people, "roles": HOLDERS}).roles})  # fmt: skip
IDLE = {"role": "buyer", "strategy": "least_loaded"}
TRIAL: dict[str, Any] = {"spec": IDLE, "context": {"process": "purchase-approval", "initiator": "li"}}


async def _load(office: Office) -> None:
    async with office.database.begin() as session:
        await People(session).load(COMPANY)


async def _given(office: Office, **facts: Any) -> Task:
    """A task that a strategy gave to somebody, in the database."""
    view = await office.instance()
    async with office.database.begin() as session:
        amount = view.model_copy(update={"fields": {"customer": "K1"}, "revision": 2})
        await Instances(session).put(amount)
    sticky = {"role": "buyer", "strategy": "sticky", "same": "{customer}"}
    short = shortlist(Who.model_validate(sticky), owner=Who(person="wang"), initiator="li",
                      variables={"customer": "K1"}, organisation=COMPANY)  # fmt: skip
    wanted = Wanted(f"{view.id}/approve/1/1", short, office.parts.now(), same="purchase-approval/approve K1")
    trace = await reserve(office.database, wanted)
    return await office.task(view, trace.choice.people[0].person, id=f"{view.id}/approve/1/1", **facts)


async def test_whoever_sees_a_task_is_told_why_it_is_this_persons(office: Office) -> None:
    await _load(office)
    task = await _given(office)

    told = (
        await office.http.get(f"/api/v1/tasks/{task.id}/assignment", headers=await office.token("act", person="chen"))
    ).json()

    assert (told["task"], told["number"], told["step"]) == (task.id, 1, "meant")
    assert told["people"] == [{"person": "chen", "name": "陈静", "agent": None}]
    assert told["why"]["zh"].startswith("上次没有人或已不能办理")
    assert [(one["person"], one["excluded"] and one["excluded"]["code"]) for one in told["ranking"]] == [
        ("chen", None),
        ("wang", None),
        ("gone", "inactive"),
    ]
    assert told["trace"]["shortlist"]["key"] == "K1"


async def test_whoever_does_not_see_the_task_is_told_nothing(office: Office) -> None:
    await _load(office)
    task = await _given(office)

    stranger = await office.token("act", person="wang")
    assert (await office.http.get(f"/api/v1/tasks/{task.id}/assignment", headers=stranger)).status_code == 404


async def test_once_the_task_is_over_its_person_is_told_the_reason_alone_and_readers_still_everything(
    office: Office,
) -> None:
    await _load(office)
    task = await _given(office)
    async with office.database.begin() as session:
        await Tasks(session).put(task.model_copy(update={"state": TaskState.DONE, "revision": 9}))

    path = f"/api/v1/tasks/{task.id}/assignment"
    chen = (await office.http.get(path, headers=await office.token("act", person="chen"))).json()
    reader = (await office.http.get(path, headers=await office.token("read"))).json()

    assert chen["why"] == reader["why"]
    assert (chen["ranking"], chen["trace"]) == ([], None)
    assert len(reader["ranking"]) == 3


async def test_whoever_sees_only_a_part_of_the_document_is_told_the_reason_alone(office: Office) -> None:
    await _load(office)
    await _given(office)
    task = await _given(office, fields={"customer": "hidden"})

    chen = await office.token("act", person="chen")
    told = (await office.http.get(f"/api/v1/tasks/{task.id}/assignment", headers=chen)).json()

    assert (told["ranking"], told["trace"]) == ([], None)
    assert "K1" not in str(told["why"])


async def test_a_task_that_was_not_given_by_a_strategy_says_so(office: Office) -> None:
    task = await office.task(await office.instance())

    answer = await office.http.get(f"/api/v1/tasks/{task.id}/assignment", headers=await office.token("read"))

    assert (answer.status_code, answer.json()["code"]) == (404, "not_assigned")


async def test_an_administrator_tries_who_would_be_chosen_and_nothing_is_given(office: Office) -> None:
    await _load(office)
    await office.task(await office.instance(), "chen")
    admin = await office.token("admin")

    first, second = [
        (await office.http.post("/api/v1/assign/resolve", json=TRIAL, headers=admin)).json() for _ in range(2)
    ]

    assert first == second
    assert [one["person"] for one in first["people"]] == ["wang"]
    async with office.database.read() as session:
        assert set(await Loads(session).of(["chen", "wang"])) == {"chen"}


async def test_the_owner_of_a_process_may_try_and_nobody_else(office: Office) -> None:
    await _load(office)
    await office.publish(PURCHASE)
    asked = {
        "owner": await office.token("act", person="wang"),
        "other": await office.token("act", person="li"),
        "nobody": await office.token("act"),
        "reader": await office.token("read"),
    }

    found = {
        name: (await office.http.post("/api/v1/assign/resolve", json=TRIAL, headers=headers)).status_code
        for name, headers in asked.items()
    }
    elsewhere = {**TRIAL, "context": {"process": "another"}}
    without = (await office.http.post("/api/v1/assign/resolve", json=elsewhere, headers=asked["owner"])).json()

    assert found == {"owner": 200, "other": 403, "nobody": 403, "reader": 403}
    assert without["code"] == "not_owner"


@pytest.mark.parametrize(
    "trial",
    [
        {"spec": {**IDLE, "region": "\x00"}},
        {"spec": {"role": "buyer"}},
        {"spec": IDLE, "dry_run": False},
        {"spec": {**IDLE, "weights": {"load": 1}}},
    ],
    ids=["NUL", "no strategy", "for real", "wrong"],
)
async def test_what_cannot_be_tried_is_refused(office: Office, trial: dict[str, Any]) -> None:
    answer = await office.http.post("/api/v1/assign/resolve", json=trial, headers=await office.token("admin"))

    assert answer.status_code == 422


async def test_loads_that_are_wrong_are_put_right_and_counted(office: Office) -> None:
    task = await office.task(await office.instance(), "chen")
    async with office.database.begin() as session:
        await Loads(session).change({"chen": Change(2, 45)})

    wrong = await office.parts.loads.look()

    assert [(one.person, one.tasks, one.real_tasks) for one in wrong] == [("chen", 3, 1)]
    assert await office.parts.loads.look() == []
    assert b"postroad_wrong_loads_total 1.0" in office.parts.metrics.text()
    async with office.database.begin() as session:
        await Tasks(session).put(task.model_copy(update={"state": TaskState.DONE, "revision": 99}))
    assert await office.parts.loads.look() == []


def test_the_command_compares_loads_and_puts_them_right_when_told_to(database_url: str) -> None:
    asyncio.run(_miscounted(database_url))
    told = {"POSTROAD_DATABASE_URL": database_url}

    looked, repaired, after = [
        CliRunner().invoke(app, ["loads", *words], env=told) for words in ((), ("--repair",), ())
    ]

    assert (looked.exit_code, repaired.exit_code, after.exit_code) == (1, 0, 0)
    assert "chen：1 / 60 min → 0 / 0 min" in looked.output
    assert "已改正" in repaired.output


async def _miscounted(url: str) -> None:
    database = Database(url)
    async with database.begin() as session:
        await Loads(session).change({"chen": Change(1, 60)})
    await database.close()
