from typing import Any

from postroad.model.label import Label
from postroad.model.task import Halt
from postroad.store.instances import Instances
from tests.api.office import Office


async def search(office: Office, query: str, *scopes: str, person: str = "wang") -> dict[str, Any]:
    headers = await office.token(*scopes, person=person)
    answer = await office.http.get(f"/api/v1/instances/search{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_an_instance_is_found_with_who_has_it_and_since_when(office: Office) -> None:
    view = await office.instance("PR-7")
    task = await office.task(view, "chen", name="陈静")

    [found] = (await search(office, "?q=pr-7", "read"))["items"]

    assert (found["instance"]["id"], [node["zh"] for node in found["nodes"]]) == (view.id, ["采购审批"])
    [holder] = found["holders"]
    assert (holder["task"], holder["name"], holder["state"]) == (task.id, "陈静", "open")
    assert found["dwell_since"] == holder["since"]


async def test_an_instance_that_waits_for_an_event_says_where(office: Office) -> None:
    view = await office.instance()
    halt = Halt(kind="event", text=Label.of("到货"), node="delivery", since=view.started_at, event="delivered")
    async with office.database.begin() as session:
        await Instances(session).put(view.model_copy(update={"revision": 2, "halts": (halt,)}))

    [found] = (await search(office, "", "read"))["items"]

    assert ([node["zh"] for node in found["nodes"]], found["holders"]) == (["到货"], [])


async def test_whoever_may_read_nothing_of_others_finds_what_they_take_part_in(office: Office) -> None:
    view = await office.instance()
    await office.instance("PR-2")
    await office.task(view, "chen")

    assert [one["instance"]["id"] for one in (await search(office, "", "act", person="chen"))["items"]] == [view.id]
    assert (await search(office, "", "act", person="wang"))["items"] == []


async def test_pages_follow_each_other_by_next(office: Office) -> None:
    for number in range(3):
        await office.instance(f"PR-{number}")

    first = await search(office, "?limit=2", "read")
    second = await search(office, f"?limit=2&after={first['next']}", "read")

    assert [len(first["items"]), len(second["items"]), second["next"]] == [2, 1, None]
