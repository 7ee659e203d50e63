from datetime import timedelta

from postroad.model.decision import Action
from postroad.model.task import TaskState
from postroad.store.cards import Cards, Wish
from postroad.store.clicks import Clicks
from tests.api.office import Office, shown, signed_headers


async def test_an_accepted_press_shows_the_card_as_decided(office: Office) -> None:
    task = await office.task(await office.instance())

    async with office.at_work():
        card = shown(await office.press(task))

    assert (card["status"], card["status_kind"], card["button1"]) == ("已同意", "agreed", "")
    assert card["by"].startswith("陈静")


async def test_the_same_press_twice_shows_the_same_card_and_is_one_click(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view)

    async with office.at_work():
        first = shown(await office.press(task))
        second = shown(await office.press(task))
        clicks = await office.asks(view.id, "clicks")

    assert first == second
    assert len(clicks) == 1


async def test_a_platform_that_delivers_the_very_same_message_again_gets_the_same_answer(office: Office) -> None:
    task = await office.task(await office.instance())
    headers, token = signed_headers(office.parts.now()), office.button(task)

    async with office.at_work():
        first = shown(await office.press(task, token=token, headers=headers))
        again = shown(await office.press(task, token=token, headers=headers))

    assert first == again


async def test_changing_ones_mind_is_too_late(office: Office) -> None:
    task = await office.task(await office.instance())

    async with office.at_work():
        await office.press(task)
        card = shown(await office.press(task, Action.REJECT, opinion="不行"))

    assert card["note"] == "已由他人处理"


async def test_the_agent_presses_the_button_of_the_own_card(office: Office) -> None:
    task = await office.task(await office.instance(), name="陈静", agent="wang", agent_name="王强")

    async with office.at_work():
        card = shown(await office.press(task, by="ding-wang", token=office.button(task, person="wang")))

    assert (card["status"], card["by"].startswith("王强 代 陈静")) == ("已同意", True)


async def test_while_an_agents_press_is_answered_only_the_own_card_is_reserved(office: Office) -> None:
    task = await office.task(await office.instance(), agent="wang")
    async with office.database.begin() as session:
        await Cards(session).want_all([Wish(task, person, "dingtalk") for person in task.people], office.parts.now())

    async with office.at_work():
        await office.press(task, by="ding-wang", token=office.button(task, person="wang"))

    async with office.database.read() as session:
        chen, wang = [await Cards(session).find(task.id, person) for person in task.people]
    assert chen is not None and wang is not None  # noqa: PT018 - said for the type checker
    assert (chen.shown_digest, wang.shown_digest is None) == (None, False)


async def test_the_agents_button_is_not_the_principals(office: Office) -> None:
    task = await office.task(await office.instance(), agent="wang")

    card = shown(await office.press(task, by="ding-wang", token=office.button(task, person="chen")))

    assert card == {"note": "您不是此任务的处理人"}


async def test_somebody_else_may_not_press_the_button(office: Office) -> None:
    task = await office.task(await office.instance())

    card = shown(await office.press(task, by="ding-wang"))

    assert card == {"note": "您不是此任务的处理人"}
    async with office.database.read() as session:
        assert await Clicks(session).unanswered_count() == 0


async def test_a_rejection_without_words_is_not_taken_and_the_task_stays_open(office: Office) -> None:
    task = await office.task(await office.instance())

    card = shown(await office.press(task, Action.REJECT, opinion="  "))

    assert card == {"note": "请填写驳回意见"}
    async with office.database.read() as session:
        assert await Clicks(session).unanswered_count() == 0


async def test_an_expired_button_says_so(office: Office) -> None:
    task = await office.task(await office.instance())
    token = office.button(task)

    office.ahead(days=2)

    assert shown(await office.press(task, token=token))["note"].startswith("按钮已过期")


async def test_a_forged_button_is_refused(office: Office) -> None:
    task = await office.task(await office.instance())

    assert shown(await office.press(task, token="v1.k1.a.b.approve.c.9.d"))["note"].startswith("按钮无效")


async def test_without_a_worker_the_press_is_kept_and_the_card_says_so(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view)

    card = shown(await office.press(task))

    assert (card["status"], card["status_kind"], card["button1"]) == ("已收到，处理中", "pending", "")
    async with office.at_work():
        assert len(await office.asks(view.id, "clicks")) == 1


async def test_a_press_after_the_end_is_told_who_decided(office: Office) -> None:
    view = await office.instance()
    decided = {"state": TaskState.DONE, "action": "approve", "decided_by": "wang", "actions": ()}
    task = await office.task(view, **decided)
    await office.temporal.get_workflow_handle(view.id).terminate()

    card = shown(await office.press(task, Action.REJECT, opinion="不行"))

    assert card["note"] == "王强 已同意，不能再改"
    assert card["status"] == "已同意"


async def test_a_task_the_instance_never_had_is_not_decided(office: Office) -> None:
    view = await office.instance()
    task = await office.task(view, id=f"{view.id}/ghost/1/1")

    async with office.at_work():
        card = shown(await office.press(task))

    assert "没有这个任务" in card["note"]


async def test_while_a_press_is_answered_the_card_is_reserved_and_then_released(office: Office) -> None:
    task = await office.task(await office.instance())
    async with office.database.begin() as session:
        await Cards(session).want(task, "dingtalk", office.parts.now())

    async with office.at_work():
        await office.press(task)

    async with office.database.read() as session:
        row = await Cards(session).find(task.id, task.person)
    assert row is not None
    assert row.answering_until is None
    assert row.shown_digest is not None


async def test_a_wrong_path_is_not_found_and_a_wrong_signature_not_let_in(office: Office) -> None:
    task = await office.task(await office.instance())
    forged = signed_headers(office.parts.now(), "not the secret")
    old = signed_headers(office.parts.now() - timedelta(minutes=6))

    lost = await office.http.post("/callbacks/dingtalk/guess", content=b"{}")
    refused = await office.press(task, headers=forged)
    stale = await office.press(task, headers=old)

    assert (lost.status_code, refused.status_code, stale.status_code) == (404, 401, 401)
    assert refused.json()["code"] == "bad_signature"
    assert stale.json()["code"] == "stale_callback"
