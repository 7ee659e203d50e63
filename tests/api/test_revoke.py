"""撤销 and 拿回 through the API: by whom they may be asked for, and nobody else."""

from postroad.model.decision import Action
from postroad.model.task import TaskState
from tests.api.office import Office


async def test_the_initiator_asks_for_a_revocation_and_the_instance_is_asked(office: Office) -> None:
    view = await office.instance(initiator="li")
    li = await office.token("act", person="li")

    answer = await office.http.post(f"/api/v1/instances/{view.id}/revoke", json={"reason": "项目取消"}, headers=li)
    assert answer.status_code == 202

    async with office.at_work():
        assert len(await office.asks(view.id, "clicks")) == 1


async def test_somebody_who_takes_part_but_did_not_start_it_may_not(office: Office) -> None:
    view = await office.instance(initiator="li")
    await office.task(view, "chen")
    chen = await office.token("act", person="chen")

    answer = await office.http.post(f"/api/v1/instances/{view.id}/revoke", json={}, headers=chen)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_initiator")


async def test_an_administrator_cannot_ask_for_it_in_place_of_the_initiator(office: Office) -> None:
    view = await office.instance(initiator="li")

    answer = await office.http.post(f"/api/v1/instances/{view.id}/revoke", json={}, headers=await office.token("admin"))
    assert answer.status_code == 403


async def test_a_stranger_does_not_even_learn_of_the_instance(office: Office) -> None:
    view = await office.instance(initiator="li")
    wang = await office.token("act", person="wang")

    answer = await office.http.post(f"/api/v1/instances/{view.id}/revoke", json={}, headers=wang)
    assert answer.status_code == 404


async def test_only_the_one_who_decided_takes_it_back(office: Office) -> None:
    view = await office.instance(initiator="li")
    task = await office.task(view, "chen", state=TaskState.DONE, action=Action.APPROVE, actions=(Action.TAKE_BACK,))
    said = {"action": "take_back"}
    chen, li = await office.token("act", person="chen"), await office.token("act", person="li")

    theirs = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json=said, headers=chen)
    others = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json=said, headers=li)
    assert (theirs.status_code, others.status_code, others.json()["code"]) == (202, 404, "unknown")
