from datetime import timedelta
from typing import Any

from postroad.model.label import Label
from postroad.model.process import Process
from postroad.model.task import InstanceView, TaskKind, TaskState
from postroad.store.instances import Instances
from tests.api.office import PURCHASE, Office


async def told(office: Office, query: str = "", person: str = "chen", *scopes: str) -> dict[str, Any]:
    headers = await office.token(*(scopes or ("act",)), person=person)
    answer = await office.http.get(f"/api/v1/todo{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def purchase(office: Office, **more: Any) -> InstanceView:
    """One that shows its amount."""
    view = (await office.instance()).model_copy(
        update={
            "revision": 2,
            "initiator_name": "李四",
            "fields": {"title": "钢板 3 吨", "amount": "28000.00", "currency": "CNY"},
            "card": ((Label.of("金额"), Label.of("28000.00")),),
            "card_fields": ("amount",),
            **more,
        }
    )
    async with office.database.begin() as session:
        await Instances(session).put(view)
    return view


async def test_a_line_says_what_it_is_about_and_how_long_it_waits(office: Office) -> None:
    view = await purchase(office)
    due = office.parts.now() + timedelta(hours=1)
    task = await office.task(view, due_at=due)

    [line] = (await told(office))["items"]

    assert line["task"]["id"] == task.id
    about = line["instance"]
    assert (about["number"], about["title"], about["process_title"]["zh"]) == ("PR-1", "钢板 3 吨", "采购审批")
    assert (about["initiator"], about["initiator_name"], about["system"]) == ("li", "李四", "erp")
    assert (about["amount"], about["currency"]) == ("28000.00", "CNY")
    assert [(one["label"]["zh"], one["value"]["zh"]) for one in about["summary"]] == [("金额", "28000.00")]
    assert (line["node_title"]["zh"], line["overdue"], line["unread"]) == ("采购审批", False, False)
    assert line["dwell_since"] == line["task"]["opened_at"]


async def test_a_list_holds_the_callers_own_alone_also_with_a_token_that_reads_all(office: Office) -> None:
    await office.task(await office.instance(), "chen")

    assert (await told(office, "", "wang", "act", "read"))["items"] == []
    assert len((await told(office, "", "chen", "act", "read"))["items"]) == 1


async def test_a_line_shows_nothing_that_the_task_hides(office: Office) -> None:
    view = await purchase(office)
    await office.task(view, fields={"amount": "hidden"}, reason=Label.of("金额 28000.00"))

    answer = await told(office)

    assert "28000" not in str(answer)
    assert answer["items"][0]["instance"]["amount"] is None
    assert (await told(office, "?search=28000"))["items"] == []


async def test_what_the_caller_started_is_listed_without_a_task(office: Office) -> None:
    view = await purchase(office, waiting_for="陈静：采购审批")

    [line] = (await told(office, "?box=started&due=today", "li"))["items"]

    assert (line["task"], line["instance"]["id"], line["instance"]["waiting_for"]) == (None, view.id, "陈静：采购审批")


async def test_pages_follow_each_other_by_next(office: Office) -> None:
    view = await office.instance()
    for number in range(3):
        await office.task(view, id=f"{view.id}/approve/1/{number}")

    first = await told(office, "?limit=2")
    second = await told(office, f"?limit=2&after={first['next']}")

    assert [len(first["items"]), len(second["items"]), second["next"]] == [2, 1, None]


async def test_key_controls_and_what_asks_for_fields_are_not_decided_together(office: Office) -> None:
    await office.publish(_key_controlled())
    view = await office.instance()
    await office.task(view)
    assert [one["batch"] for one in (await told(office))["items"]] == [False]

    await office.publish(PURCHASE)
    later = await office.instance("PR-2")
    async with office.database.begin() as session:
        await Instances(session).put(later.model_copy(update={"release": "purchase-approval@2", "revision": 2}))
    await office.task(later, fields={"note": "required"})
    await office.task(later, id="plain")

    batch = {one["task"]["id"]: one["batch"] for one in (await told(office))["items"]}
    assert batch["plain"] is True
    assert list(batch.values()).count(True) == 1


def _key_controlled() -> Process:
    said = PURCHASE.model_dump(mode="json")
    said["steps"][0]["key_control"] = True
    return Process.model_validate(said)


async def test_opening_a_copy_marks_it_read(office: Office) -> None:
    copy = await office.task(await office.instance(), kind=TaskKind.CC, state=TaskState.DONE, actions=())
    chen = await office.token("act", person="chen")
    counts = (await office.http.get("/api/v1/todo/counts", headers=chen)).json()

    marked = await office.http.post("/api/v1/todo/read", json={"tasks": [copy.id]}, headers=chen)

    assert (counts["copied_unread"], marked.json()) == (1, {"marked": 1})
    assert (await office.http.get("/api/v1/todo/counts", headers=chen)).json()["copied_unread"] == 0
    assert [one["unread"] for one in (await told(office, "?box=copied"))["items"]] == [False]


async def test_today_is_the_companys_day(office: Office) -> None:
    now = office.parts.now()
    midnight = now.astimezone(office.parts.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    view = await office.instance()
    for name, due in (("before", midnight - timedelta(seconds=1)), ("after", midnight + timedelta(days=1))):
        await office.task(view, id=name, due_at=due)
    await office.task(view, id="last", due_at=midnight + timedelta(days=1, seconds=-1))

    counts = (await office.http.get("/api/v1/todo/counts", headers=await office.token("act", person="chen"))).json()

    assert [one["task"]["id"] for one in (await told(office, "?due=today"))["items"]] == ["last"]
    assert counts == {"open": 3, "overdue": 1, "due_today": 1, "copied_unread": 0, "started_running": 0}
    assert [one["overdue"] for one in (await told(office, "?order=due"))["items"]] == [True, False, False]
