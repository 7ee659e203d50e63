from sqlalchemy import text

from api.workflow_pages import WorkflowPages
from postroad.model.document import DocumentRef
from postroad.model.effect import Actor, EffectResult, EffectStatus, Intent
from postroad.model.label import Label
from postroad.model.task import InstanceStatus, InstanceView, Line
from postroad.store.instances import Instances
from postroad.store.ledger import Ledger
from postroad.store.story import Story
from tests.api.office import Office


def line(office: Office, number: int, said: str) -> Line:
    return Line(number=number, at=office.parts.now(), kind="clicked", text=Label(zh=said, en=said))


async def write_story(office: Office, view: InstanceView) -> None:
    async with office.database.begin() as session:
        await Story(session).append(view.id, [line(office, 1, "发起"), line(office, 2, "同意")])


async def test_an_instance_shows_its_tasks_and_effects(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view, reason=Label(zh="部门负责人", en="Head of department"))
    document = DocumentRef(system="erp", kind="purchase_requisition", id="PR-1")
    intent = Intent(
        key="k1", instance=view.id, connector="erp", entity="purchase_requisition", action="approve", document=document
    )
    async with office.database.begin() as session:
        await Ledger(session).plan(intent, office.parts.now())

    told = (await office.http.get(f"/api/v1/instances/{view.id}", headers=await office.token("read"))).json()

    assert told["instance"]["number"] == "PR-1"
    assert [(one["id"], one["reason"]["zh"]) for one in told["tasks"]] == [(task.id, "部门负责人")]
    assert [(one["action"], one["status"]) for one in told["effects"]] == [("approve", "planned")]


async def test_an_effect_shows_its_step_and_what_was_read_back(office: Office) -> None:
    view = await office.instance()
    document = DocumentRef(system="erp", kind="purchase_requisition", id="PR-1")
    intent = Intent(
        key=f"{view.id}:write_back:1",
        instance=view.id,
        connector="erp",
        entity="purchase_requisition",
        action="approve",
        document=document,
        actor=Actor(person="chen", name="陈静"),
    )
    confirmed = EffectResult(status=EffectStatus.CONFIRMED, version="4", state="approved", replayed=True)
    async with office.database.begin() as session:
        await Ledger(session).plan(intent, office.parts.now())
        await Ledger(session).finish(intent.key, confirmed, office.parts.now())

    told = (await office.http.get(f"/api/v1/instances/{view.id}", headers=await office.token("read"))).json()

    (effect,) = told["effects"]
    shown = [effect[name] for name in ("node", "on_behalf_of", "result_version", "result_state", "replayed", "ref")]
    assert shown == ["write_back", "陈静", "4", "approved", True, None]


async def test_an_administrator_finds_the_workflow_in_temporal_and_nobody_else_does(office: Office) -> None:
    view = await office.instance()
    office.parts.workflow_pages = WorkflowPages("http://temporal.example/", "default")
    admin, reader = await office.token("read", "admin"), await office.token("read")

    told, others = [
        (await office.http.get(f"/api/v1/instances/{view.id}", headers=one)).json() for one in (admin, reader)
    ]

    page = "http://temporal.example/namespaces/default/workflows/" + view.id.replace(":", "%3A")
    assert (told["workflow_page"], others["workflow_page"]) == (page, None)


async def test_there_is_no_link_to_temporal_unless_the_settings_name_its_pages(office: Office) -> None:
    view = await office.instance()
    admin = await office.token("read", "admin")

    told = (await office.http.get(f"/api/v1/instances/{view.id}", headers=admin)).json()

    assert told["workflow_page"] is None


async def test_an_instance_shows_those_that_it_called_and_each_of_them_its_caller(office: Office) -> None:
    view = await office.instance()
    await office.task(view)
    over = {"called_by": view.id, "status": InstanceStatus.FINISHED, "outcome": "rejected", "revision": 2}
    called = (await office.instance("PR-1-Q", initiator="wang")).model_copy(update=over)
    async with office.database.begin() as session:
        await Instances(session).put(called)
    chen, reader = await office.token("act", person="chen"), await office.token("read")

    told = (await office.http.get(f"/api/v1/instances/{view.id}", headers=chen)).json()
    itself = (await office.http.get(f"/api/v1/instances/{called.id}", headers=reader)).json()
    not_hers = await office.http.get(f"/api/v1/instances/{called.id}", headers=chen)

    assert [(one["id"], one["status"], one["outcome"]) for one in told["calls"]] == [
        (called.id, "finished", "rejected")
    ]
    assert (itself["instance"]["called_by"], not_hers.status_code) == (view.id, 404)


async def test_the_timeline_tells_the_story_and_that_it_is_whole(office: Office) -> None:
    view = await office.instance()
    await write_story(office, view)

    told = (await office.http.get(f"/api/v1/instances/{view.id}/timeline", headers=await office.token("read"))).json()

    assert [one["text"]["zh"] for one in told["lines"]] == ["发起", "同意"]
    assert (told["verified"], told["problems"]) == (True, [])


async def test_the_timeline_tells_when_somebody_altered_it(office: Office) -> None:
    view = await office.instance()
    await write_story(office, view)
    async with office.database.begin() as session:
        await session.execute(text("update story set kind = 'forged' where number = 1"))

    told = (await office.http.get(f"/api/v1/instances/{view.id}/timeline", headers=await office.token("read"))).json()

    assert not told["verified"]


async def test_only_the_initiator_withdraws(office: Office) -> None:
    view = await office.instance(initiator="li")
    await office.task(view, "chen")
    li, chen = [await office.token("act", person=one) for one in ("li", "chen")]

    async with office.at_work():
        refused = await office.http.post(f"/api/v1/instances/{view.id}/withdraw", json={"reason": "重复"}, headers=chen)
        taken = await office.http.post(f"/api/v1/instances/{view.id}/withdraw", json={"reason": "重复"}, headers=li)

    assert (refused.status_code, refused.json()["code"]) == (403, "not_initiator")
    assert taken.json()["verdict"] == "accepted"


async def test_an_administrator_acts_on_an_instance(office: Office) -> None:
    view = await office.instance()
    admin = await office.token("admin")

    async with office.at_work():
        order = {"act": "nudge", "reason": "催办"}
        nudged = await office.http.post(f"/api/v1/instances/{view.id}/admin", json=order, headers=admin)
        ended = await office.http.post(f"/api/v1/instances/{view.id}/withdraw", json={"reason": "作废"}, headers=admin)
        await office.temporal.get_workflow_handle(view.id).result()
        closed = await office.http.post(f"/api/v1/instances/{view.id}/admin", json=order, headers=admin)

    assert nudged.json()["verdict"] == ended.json()["verdict"] == "accepted"
    assert (closed.json()["verdict"], closed.json()["message"]["zh"]) == ("late", "流程已结束")


async def test_an_administrators_act_without_a_worker_says_that_it_may_be_repeated(office: Office) -> None:
    view = await office.instance()
    order = {"act": "nudge", "reason": "催办", "id": "once"}

    office.parts.running.patience = 0.2
    away = await office.http.post(f"/api/v1/instances/{view.id}/admin", json=order, headers=await office.token("admin"))

    assert (away.status_code, away.json()["code"]) == (503, "unavailable")


async def test_instances_are_found_by_number_and_person(office: Office) -> None:
    view = await office.instance("PR-7", initiator="li")
    await office.instance("PR-8", initiator="wang")
    li, reader = await office.token("act", person="li"), await office.token("read")

    mine = (await office.http.get("/api/v1/instances", headers=li)).json()
    found = (await office.http.get("/api/v1/instances?number=PR-7", headers=reader)).json()

    assert [one["id"] for one in mine] == [one["id"] for one in found] == [view.id]
