"""Several tasks of one step decided at once, with a result for each."""

from typing import Any

from postroad.model.process import Process
from tests.api.office import FORM, PURCHASE, Office


def step(**changes: Any) -> Process:
    said = {"approval": "approve", "title": "采购审批", "who": {"person": "chen"}, **changes}
    return Process.model_validate({**PURCHASE.model_dump(mode="json"), "steps": [said]})


async def decided(office: Office, tasks: list[str], person: str = "chen", **more: Any) -> Any:
    order = {"action": "approve", "tasks": [{"id": one, "form_hash": FORM} for one in tasks], **more}
    return await office.http.post("/api/v1/batch/decide", json=order, headers=await office.token("act", person=person))


async def test_each_task_has_a_result_of_its_own(office: Office) -> None:
    await office.publish()
    first, second = [await office.task(await office.instance(number)) for number in ("PR-1", "PR-2")]

    async with office.at_work():
        answer = await decided(office, [first.id, second.id, "nothing/approve/1/1"])

    results = answer.json()
    assert [one["id"] for one in results] == [first.id, second.id, "nothing/approve/1/1"]
    assert [one["outcome"] and one["outcome"]["verdict"] for one in results] == ["accepted", "accepted", None]
    assert results[2]["skipped"]["zh"] == "没有此任务，或您无权查看"


async def test_the_same_batch_again_changes_nothing(office: Office) -> None:
    await office.publish()
    task = await office.task(await office.instance())

    async with office.at_work():
        await decided(office, [task.id])
        again = await decided(office, [task.id])

    assert [one["outcome"]["verdict"] for one in again.json()] == ["duplicate"]


async def test_a_key_control_is_decided_one_by_one(office: Office) -> None:
    await office.publish(step(key_control=True))
    task = await office.task(await office.instance())

    (result,) = (await decided(office, [task.id])).json()

    assert (result["outcome"], result["skipped"]["zh"]) == (None, "关键控制节点需要逐个审批")


async def test_what_asks_for_fields_is_done_by_itself(office: Office) -> None:
    work = {"work": "approve", "who": {"person": "chen"}, "fields": ["quantity"]}
    await office.publish(Process.model_validate({**PURCHASE.model_dump(mode="json"), "steps": [work]}))
    task = await office.task(await office.instance(), fields={"quantity": "required"})

    (result,) = (await decided(office, [task.id], action="complete")).json()

    assert result["skipped"]["zh"] == "需要填写内容，请单独办理"


async def test_tasks_of_several_steps_are_not_decided_together(office: Office) -> None:
    await office.publish()
    view = await office.instance()
    first, other = await office.task(view), await office.task(view, id=f"{view.id}/pay/1/1", node="pay")

    answer = await decided(office, [first.id, other.id])

    assert answer.status_code == 422
    assert (await decided(office, [first.id, first.id])).status_code == 422


async def test_a_rejection_without_words_is_left_to_its_own_page(office: Office) -> None:
    await office.publish()
    task = await office.task(await office.instance())

    (result,) = (await decided(office, [task.id], action="reject")).json()

    assert result["skipped"]["zh"] == "请填写驳回意见"


async def test_another_persons_tasks_are_not_there(office: Office) -> None:
    await office.publish()
    task = await office.task(await office.instance())

    (result,) = (await decided(office, [task.id], person="wang")).json()

    assert (result["outcome"], result["skipped"]["en"]) == (None, "There is no such task that you may see")
