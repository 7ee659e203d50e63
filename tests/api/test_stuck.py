"""The instances that do not move by themselves: for administrators, with what can be done about them."""

from postroad.model.label import Label
from postroad.model.task import Halt, InstanceStatus
from postroad.store.instances import Instances
from tests.api.office import Office


async def _suspended(office: Office, document: str = "PR-1") -> str:
    view = await office.instance(document)
    halt = Halt(kind="suspended", text=Label.of("流程已挂起：核查（管理员）"), since=office.parts.now())
    async with office.database.begin() as session:
        held = {"revision": 2, "status": InstanceStatus.SUSPENDED, "halts": (halt,)}
        await Instances(session).put(view.model_copy(update=held))
    return view.id


async def test_only_an_administrator_sees_what_is_stuck(office: Office) -> None:
    others = [
        await office.token("read"),
        await office.token("act", person="li"),
        await office.token("metrics"),
    ]

    assert [(await office.http.get("/api/v1/instances/stuck", headers=one)).status_code for one in others] == [
        403,
        403,
        403,
    ]
    assert (await office.http.get("/api/v1/instances/stuck")).status_code == 401


async def test_the_list_says_why_since_when_and_what_can_be_done(office: Office) -> None:
    instance = await _suspended(office)

    told = (await office.http.get("/api/v1/instances/stuck", headers=await office.token("admin"))).json()

    (one,) = told["stuck"]
    assert (one["instance"]["id"], one["causes"][0]["cause"]) == (instance, "suspended")
    assert [repair["act"] for repair in one["causes"][0]["repairs"]] == ["resume"]
    assert told["next"] is None


async def test_a_repair_can_be_sent_as_it_is(office: Office) -> None:
    instance = await _suspended(office)
    admin = await office.token("admin")
    repair = (await office.http.get("/api/v1/instances/stuck", headers=admin)).json()["stuck"][0]["causes"][0][
        "repairs"
    ][0]
    order = {**{name: said for name, said in repair.items() if name != "needs"}, "reason": "核查完毕"}

    async with office.at_work():
        answer = await office.http.post(f"/api/v1/instances/{instance}/admin", json=order, headers=admin)

    assert answer.json()["verdict"] == "accepted"


async def test_how_long_is_too_long_is_up_to_who_asks(office: Office) -> None:
    await office.task(await office.instance())
    office.ahead(days=2)
    admin = await office.token("admin")

    usual = (await office.http.get("/api/v1/instances/stuck", headers=admin)).json()
    soon = (await office.http.get("/api/v1/instances/stuck?days=1", headers=admin)).json()

    assert (usual["stuck"], soon["stuck"][0]["causes"][0]["cause"]) == ([], "person")


async def test_one_instance_can_be_looked_at_alone(office: Office) -> None:
    wanted = await _suspended(office, "PR-1")
    await _suspended(office, "PR-2")
    moves = await office.instance("PR-3")
    admin = await office.token("admin")

    told, nothing = [
        (await office.http.get("/api/v1/instances/stuck", params={"instance": one}, headers=admin)).json()
        for one in (wanted, moves.id)
    ]

    assert [one["instance"]["id"] for one in told["stuck"]] == [wanted]
    assert nothing["stuck"] == []


async def test_the_list_comes_in_pages(office: Office) -> None:
    wanted = {await _suspended(office, number) for number in ("PR-1", "PR-2", "PR-3")}
    admin = await office.token("admin")
    first = (await office.http.get("/api/v1/instances/stuck?limit=2", headers=admin)).json()
    more = {"limit": 2, "after": first["next"]}
    second = (await office.http.get("/api/v1/instances/stuck", params=more, headers=admin)).json()

    assert {one["instance"]["id"] for one in (*first["stuck"], *second["stuck"])} == wanted
    assert second["next"] is None


async def test_an_instance_that_temporal_does_not_know_is_found(office: Office) -> None:
    known, unknown = await office.instance("PR-1"), await office.instance("PR-2")
    gone = unknown.model_copy(update={"id": "purchase-approval:erp:gone:1"})
    async with office.database.begin() as session:
        await Instances(session).put(gone)
    await office.temporal.get_workflow_handle(unknown.id).terminate()
    office.ahead(hours=2)

    looked_at = await office.parts.checkup.look()
    again = await office.parts.checkup.look()
    told = (await office.http.get("/api/v1/instances/stuck", headers=await office.token("admin"))).json()["stuck"]

    assert (looked_at, again) == (3, 0)
    assert {one["instance"]["id"]: one["causes"][0]["cause"] for one in told} == {unknown.id: "lost", gone.id: "lost"}
    assert known.id not in {one["instance"]["id"] for one in told}


async def test_while_temporal_is_away_nothing_is_said_to_be_lost(office: Office) -> None:
    await office.instance()
    office.ahead(days=1)
    office.parts.running.patience = 0.0

    assert await office.parts.checkup.look() == 0
