"""Somebody leaves, and somebody else gets what is open."""

from datetime import timedelta
from typing import Any

from postroad.model.absence import Absence
from postroad.model.task import TaskKind, TaskState
from postroad.store.absences import Absences
from tests.api.office import Office


async def _hand_over(office: Office, *, person: str = "chen", to: str = "wang", **more: Any) -> dict[str, Any]:
    order = {"to": to, "reason": "离职", **more}
    told = await office.http.post(f"/api/v1/people/{person}/handover", json=order, headers=await office.token("admin"))
    said: dict[str, Any] = told.raise_for_status().json()
    return said


async def test_a_preview_lists_what_is_open_and_moves_nothing(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view)
    await office.task(view, id=f"{view.id}/copy/1/1", kind=TaskKind.CC)
    await office.task(view, id=f"{view.id}/old/1/1", state=TaskState.DONE)

    said = await _hand_over(office)

    assert [(one["task"], one["number"], one["movable"], one["moved"]) for one in said["tasks"]] == [
        (task.id, "PR-1", True, False)
    ]
    async with office.at_work():
        assert await office.asks(view.id, "about") == []


async def test_it_moves_every_task_and_tells_what_became_of_each(office: Office) -> None:
    first, second = await office.instance("PR-1"), await office.instance("PR-2")
    one, other = await office.task(first), await office.task(second)

    async with office.at_work():
        said = await _hand_over(office, preview=False)

        assert [(told["task"], told["moved"]) for told in said["tasks"]] == [(one.id, True), (other.id, True)]
        assert await office.asks(first.id, "about") == [f"reassign {one.id} wang"]


async def test_the_same_order_twice_moves_a_task_once(office: Office) -> None:
    view = await office.instance()
    await office.task(view)

    async with office.at_work():
        said = [await _hand_over(office, preview=False) for _ in range(2)]

        assert [told["tasks"][0]["moved"] for told in said] == [True, True]
        assert len(await office.asks(view.id, "about")) == 1


async def test_what_cannot_be_moved_is_said_with_the_reason(office: Office) -> None:
    await office.publish()
    own, both, held = [await office.instance(name, initiator=who) for name, who in _INSTANCES]
    await office.task(own)
    await office.task(both)
    await office.task(both, "wang")
    await office.task(held, state=TaskState.WAITING, action="approve")

    async with office.at_work():
        said = await _hand_over(office, preview=False)

    assert {one["number"]: one["message"]["zh"] for one in said["tasks"]} == {
        "PR-1": "接收人是发起人，不能审批自己的申请",
        "PR-2": "接收人已是此任务的处理人",
        "PR-3": "已同意，正等待加签人",
    }
    assert not any(one["movable"] or one["moved"] for one in said["tasks"])


_INSTANCES = (("PR-1", "wang"), ("PR-2", "li"), ("PR-3", "li"))


async def test_an_instance_that_does_not_answer_holds_up_no_other(office: Office) -> None:
    gone, view = await office.instance("PR-1"), await office.instance("PR-2")
    await office.task(gone)
    await office.task(view)
    await office.temporal.get_workflow_handle(gone.id).terminate()

    async with office.at_work():
        said = await _hand_over(office, preview=False)

    assert [(one["number"], one["moved"]) for one in said["tasks"]] == [("PR-1", False), ("PR-2", True)]


async def test_it_may_be_for_one_process_only(office: Office) -> None:
    await office.task(await office.instance())

    assert (await _hand_over(office, process="other"))["tasks"] == []
    assert len((await _hand_over(office, process="purchase-approval"))["tasks"]) == 1


async def test_absences_of_and_for_the_leaver_are_listed(office: Office) -> None:
    now = office.parts.now()
    said = {"id": "leave", "principal": "li", "agent": "chen", "from": now, "to": now + timedelta(days=9)}
    async with office.database.begin() as session:
        await Absences(session).put(Absence.model_validate(said))

    told = await _hand_over(office)

    assert [(one["principal_name"], one["agent_name"]) for one in told["absences"]] == [("李四", "陈静")]


async def test_only_administrators_hand_over(office: Office) -> None:
    order = {"to": "wang", "reason": "离职"}
    for scopes in (["act"], ["read"], ["read", "act"]):
        headers = await office.token(*scopes, person="chen")
        answer = await office.http.post("/api/v1/people/chen/handover", json=order, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


async def test_both_are_known_and_two_people(office: Office) -> None:
    admin = await office.token("admin")
    answers = [
        await office.http.post(f"/api/v1/people/{person}/handover", json={"to": to, "reason": "离职"}, headers=admin)
        for person, to in (("nobody", "wang"), ("chen", "gone"), ("chen", "chen"))
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 422]
