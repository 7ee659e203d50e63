"""What administrators do is in the log, by whom and why; what people do for themselves is in the stories."""

from typing import Any

from tests.api.office import Office
from tests.api.rulebook import KEY, rulebook


async def log(office: Office, **about: str) -> list[dict[str, Any]]:
    """The oldest first."""
    answer = await office.http.get("/api/v1/audit", params=about, headers=await office.token("audit"))
    told: list[dict[str, Any]] = answer.json()
    return told[::-1]


async def test_acts_on_an_instance_are_noted_with_their_reason(office: Office) -> None:
    view = await office.instance(initiator="li")
    admin, li = await office.token("admin", person="wang"), await office.token("act", person="li")
    act = {"act": "suspend", "reason": "核查"}

    async with office.at_work():
        await office.http.post(f"/api/v1/instances/{view.id}/urge", json={}, headers=li)
        await office.http.post(f"/api/v1/instances/{view.id}/admin", json=act, headers=admin)
        await office.http.post(f"/api/v1/instances/{view.id}/withdraw", json={"reason": "重复"}, headers=admin)

    first, second = await log(office, object=f"instance:{view.id}")
    assert (first["act"], first["person"], first["reason"]) == ("instance.suspend", "wang", "核查")
    assert (second["act"], second["name"], second["reason"]) == ("instance.withdraw", "test", "重复")


async def test_an_absence_is_noted_where_somebody_else_says_it(office: Office) -> None:
    admin, chen = await office.token("admin", person="wang"), await office.token("act", person="chen")
    away = {"agent": "li", "from": "2030-01-01T00:00:00Z", "to": "2030-01-02T00:00:00Z", "note": "住院"}

    said = await office.http.post("/api/v1/absences", json=away | {"principal": "chen"}, headers=admin)
    absence = said.json()["absence"]["id"]
    await office.http.delete(f"/api/v1/absences/{absence}", headers=admin)
    own = await office.http.post("/api/v1/absences", json=away, headers=chen)

    assert own.status_code == 201
    told = await log(office, act="absence")
    assert [(one["act"], one["object"], one["reason"]) for one in told] == [
        ("absence.said", "person:chen", "住院"),
        ("absence.ended", "person:chen", "住院"),
    ]
    assert told[0]["after"]["agent"] == "li"


async def test_a_hand_over_is_noted_when_it_is_done_and_not_when_it_is_looked_at(office: Office) -> None:
    await office.publish()
    task = await office.task(await office.instance(), "chen")
    admin = await office.token("admin", person="wang")
    order = {"to": "wang", "reason": "离职"}

    async with office.at_work():
        for preview in (True, False):
            path = "/api/v1/people/chen/handover"
            await office.http.post(path, json=order | {"preview": preview}, headers=admin)

    [noted] = await log(office)
    assert (noted["act"], noted["object"], noted["reason"]) == ("tasks.handed_over", "person:chen", "离职")
    assert noted["after"] == {"to": "wang", "tasks": [task.id]}


async def test_a_move_is_noted_when_it_is_done_and_not_when_it_is_looked_at(office: Office) -> None:
    await office.publish()
    admin = await office.token("admin")

    for dry_run in (True, False):
        order = {"reason": "新版本", "dry_run": dry_run}
        await office.http.post("/api/v1/processes/purchase-approval/move", json=order, headers=admin)

    [noted] = await log(office)
    assert (noted["act"], noted["object"], noted["reason"]) == (
        "process.moved", "process:purchase-approval", "新版本",
    )  # fmt: skip


async def test_the_versions_of_rules_are_noted_on_their_way(office: Office) -> None:
    book = await rulebook(office)
    await book.published()
    await book.do("retire")

    told = await log(office, object=f"rules:{KEY}")
    assert [(one["act"], one["person"]) for one in told] == [
        ("rules.approved", "wang"),
        ("rules.published", "li"),
        ("rules.retired", "wang"),
    ]
    assert told[1]["after"]["version"] == 1
