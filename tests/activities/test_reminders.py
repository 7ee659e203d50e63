"""Who is reminded of a task hears the phone, once for each reminder and not too often."""

from datetime import timedelta

import pytest

from activities import reminders
from postroad.chat.card import ref_of
from postroad.model.task import Task
from postroad.store.cards import CardRow
from tests.activities.test_chat import FailingChat, Office, chat, office
from tests.chat.things import NOW, approved, task

__all__ = ["chat", "office"]

AWAY = {"name": "陈静", "agent": "wang", "agent_name": "王强"}


def reminded(times: int, **changes: object) -> Task:
    return task(**{"revision": 1 + times, "reminders": times, "cause": f"已超时（第 {times} 次提醒）", **changes})


async def test_a_reminder_changes_the_card_and_lets_the_phone_ring_once(office: Office, chat: FailingChat) -> None:
    await office.told(task())
    await office.told(reminded(1))
    await office.told(reminded(1, revision=3, opinion="看过"))

    assert [(account, nudge.text) for account, nudge in chat.nudges] == [("chen", "已超时（第 1 次提醒）")]


async def test_a_phone_rings_at_most_once_in_half_an_hour_for_a_task(office: Office, chat: FailingChat) -> None:
    await office.told(task())
    await office.told(reminded(1))
    await office.told(reminded(2))

    assert len(chat.nudges) == 1
    assert [shown.card.note for shown in chat.screens.values()] == ["已超时（第 2 次提醒）"]


async def test_a_card_that_is_new_on_the_phone_needs_no_message_beside_it(office: Office, chat: FailingChat) -> None:
    await office.told(reminded(1))

    assert (chat.sent, chat.nudges) == ([("deliver", ref_of(task().id))], [])


async def test_nobody_is_reminded_of_what_is_over(office: Office, chat: FailingChat) -> None:
    await office.told(task())
    await office.told(approved(revision=3, reminders=1))

    assert chat.nudges == []


async def test_a_reminder_that_cannot_be_sent_is_not_sent_later_and_holds_up_nothing(
    office: Office, chat: FailingChat
) -> None:
    await office.told(task())
    chat.accounts.clear()
    recorded = await office.told(reminded(1))

    assert (recorded.cards_due, chat.nudges) == (False, [])
    assert (await office.row(task())).reminded == 1


async def test_while_somebody_is_away_only_the_agents_phone_rings_and_both_cards_say_so(
    office: Office, chat: FailingChat
) -> None:
    await office.told(task(**AWAY))
    await office.told(reminded(1, **AWAY))

    assert [account for account, _ in chat.nudges] == ["wang"]
    assert [shown.card.note for shown in chat.screens.values()] == ["已超时（第 1 次提醒）"] * 2


async def test_whoever_is_back_is_reminded_again_and_the_agent_no_more(office: Office, chat: FailingChat) -> None:
    await office.told(task(**AWAY))
    await office.told(reminded(1, **AWAY))
    await office.told(reminded(2, former_agents=("wang",)))

    assert [account for account, _ in chat.nudges] == ["wang", "chen"]


def _card(**changes: object) -> CardRow:
    return CardRow.model_validate(
        {
            "task_id": task().id,
            "person": "chen",
            "instance": task().instance,
            "wanted_revision": 2,
            "state": "stale",
            "sent_at": NOW,
            "updated_at": NOW,
            **changes,
        }
    )


@pytest.mark.parametrize(("minutes", "rings"), [(0, False), (29, False), (30, True)])
def test_a_phone_that_rang_is_left_alone_for_half_an_hour(minutes: int, rings: bool) -> None:
    rang = _card(reminded=1, reminded_at=NOW)

    assert reminders.ring(reminded(2), rang, NOW + timedelta(minutes=minutes)) is rings
