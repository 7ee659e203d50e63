import pytest

from postroad.model.decision import Signers
from postroad.model.task import TaskState
from postroad.store.clicks import Clicks
from tests.api.office import FORM, Office


async def test_a_decision_through_the_api_is_answered_with_its_verdict(office: Office) -> None:
    task = await office.task(await office.instance())
    chen = await office.token("act", person="chen")

    async with office.at_work():
        order = {"action": "approve", "form_hash": FORM}
        first = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json=order, headers=chen)
        again = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json=order, headers=chen)

    assert first.json() == {
        "status": "answered",
        "verdict": "accepted",
        "first": None,
        "message": {"zh": "已同意", "en": "accepted"},
    }
    assert (again.json()["verdict"], again.json()["first"]) == ("duplicate", "accepted")


@pytest.mark.parametrize(("said", "presses"), [({}, 2), ({"id": "mine"}, 1)])
async def test_the_same_words_are_a_new_press_once_the_task_has_changed_unless_it_has_a_name(
    office: Office, said: dict[str, str], presses: int
) -> None:
    view = await office.instance()
    chen = await office.token("act", person="chen")
    for revision in (1, 2):
        task = await office.task(view, revision=revision, actions=("claim",))
        await office.http.post(f"/api/v1/tasks/{task.id}/decide", json={"action": "claim", **said}, headers=chen)

    async with office.database.read() as session:
        assert await Clicks(session).unanswered_count() == presses


async def test_who_does_once_more_what_they_did_is_told_so_also_after_the_end(office: Office) -> None:
    view = await office.instance()
    done = {"state": TaskState.DONE, "action": "approve", "decided_by": "chen", "actions": ()}
    task = await office.task(view, **done)
    await office.temporal.get_workflow_handle(view.id).terminate()
    chen = await office.token("act", person="chen")

    again = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json={"action": "approve"}, headers=chen)

    assert (again.json()["verdict"], again.json()["first"]) == ("duplicate", "accepted")


async def test_a_decision_that_cannot_be_judged_yet_is_pending_and_kept(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view)
    chen = await office.token("act", person="chen")

    answer = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json={"action": "approve"}, headers=chen)

    assert (answer.status_code, answer.json()["status"], answer.json()["verdict"]) == (202, "pending", None)
    async with office.database.read() as session:
        assert await Clicks(session).unanswered_count() == 1
    async with office.at_work():
        assert len(await office.asks(view.id, "clicks")) == 1


async def test_a_rejection_needs_words(office: Office) -> None:
    task = await office.task(await office.instance())

    chen = await office.token("act", person="chen")
    answer = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json={"action": "reject"}, headers=chen)

    assert (answer.status_code, answer.json()["code"]) == (422, "opinion_needed")


@pytest.mark.parametrize("receiver", ["nobody", "gone"])
async def test_a_task_goes_only_to_somebody_who_works_here(office: Office, receiver: str) -> None:
    task = await office.task(await office.instance())

    chen = await office.token("act", person="chen")
    order = {"action": "transfer", "to": receiver}
    answer = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json=order, headers=chen)

    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_person")


async def test_a_transfer_carries_the_receivers_name(office: Office) -> None:
    task = await office.task(await office.instance())
    chen = await office.token("act", person="chen")

    await office.http.post(f"/api/v1/tasks/{task.id}/decide", json={"action": "transfer", "to": "wang"}, headers=chen)

    async with office.database.read() as session:
        (row,) = await Clicks(session).unanswered(office.parts.now(), 10)
    assert (row.click.to, row.click.to_name) == ("wang", "王强")


async def test_added_people_are_carried_with_their_names(office: Office) -> None:
    task = await office.task(await office.instance())
    chen = await office.token("act", person="chen")
    order = {"action": "add_signers", "signers": {"place": "before", "people": ["wang"], "advisory": True}}

    await office.http.post(f"/api/v1/tasks/{task.id}/decide", json=order, headers=chen)

    async with office.database.read() as session:
        (row,) = await Clicks(session).unanswered(office.parts.now(), 10)
    assert row.click.signers == Signers(place="before", people=("wang",), names={"wang": "王强"}, advisory=True)


@pytest.mark.parametrize("people", [["nobody"], ["wang", "gone"]])
async def test_only_people_who_work_here_are_added(office: Office, people: list[str]) -> None:
    task = await office.task(await office.instance())
    chen = await office.token("act", person="chen")
    order = {"action": "add_signers", "signers": {"place": "after", "people": people}}

    answer = await office.http.post(f"/api/v1/tasks/{task.id}/decide", json=order, headers=chen)

    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_person")


async def test_my_tasks_are_listed_by_state(office: Office) -> None:
    view = await office.instance()
    mine = await office.task(view, "chen")
    await office.task(view, "wang")
    await office.task(view, "chen", id=f"{view.id}/approve/2/1", state=TaskState.CANCELLED, actions=())

    chen = await office.token("act", person="chen")
    listed = (await office.http.get("/api/v1/tasks?state=open", headers=chen)).json()

    assert [one["id"] for one in listed] == [mine.id]
    assert listed[0]["title"] == {"zh": "采购审批", "en": "Purchase approval"}
