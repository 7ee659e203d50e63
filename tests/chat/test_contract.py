"""What every chat platform's adapter promises, asked of DingTalk as the sandbox plays it and of the one in memory."""

from datetime import timedelta

import pytest

from postroad.chat.card import nudge_of
from postroad.chat.errors import NoAccount, NoCard
from postroad.model.decision import Action
from postroad.model.label import Label
from postroad.model.refusals import Malformed, TooLarge, Unauthenticated
from tests.chat.platforms import Platform
from tests.chat.things import NOW, TOKENS, approved, card, task


async def test_a_card_reaches_the_person(platform: Platform) -> None:
    delivery = await platform.chat.deliver(card(), "chen", "pr-1")

    assert delivery.ref == "pr-1"
    assert [shown["title"] for shown in await platform.screen("chen")] == ["采购审批 · PR-2026-0001"]


async def test_a_card_delivered_again_is_one_card_and_keeps_its_content(platform: Platform) -> None:
    await platform.chat.deliver(card(), "chen", "pr-1")
    await platform.chat.deliver(card(approved()), "chen", "pr-1")

    assert [shown["status"] for shown in await platform.screen("chen")] == [""]


async def test_a_card_is_updated_in_place(platform: Platform) -> None:
    await platform.chat.deliver(card(), "chen", "pr-1")
    await platform.chat.update("pr-1", card(approved()))

    assert [shown["status"] for shown in await platform.screen("chen")] == ["已同意"]


async def test_nobody_is_reached_without_an_account(platform: Platform) -> None:
    with pytest.raises(NoAccount, match="nobody"):
        await platform.chat.deliver(card(), "nobody", "pr-1")


async def test_a_reminder_is_a_message_that_points_to_the_task(platform: Platform) -> None:
    await platform.chat.remind(nudge_of(card(note="已超时，请尽快处理")), "chen")

    [message] = await platform.messages("chen")
    assert all(part in message for part in (card().title, "已超时，请尽快处理", card().link))
    assert await platform.messages("wang") == []


async def test_nobody_is_reminded_without_an_account(platform: Platform) -> None:
    with pytest.raises(NoAccount, match="nobody"):
        await platform.chat.remind(nudge_of(card()), "nobody")


async def test_a_card_that_was_never_delivered_cannot_be_updated(platform: Platform) -> None:
    with pytest.raises(NoCard):
        await platform.chat.update("pr-9", card())


async def test_a_press_says_who_pressed_what_on_which_card(platform: Platform) -> None:
    await platform.chat.deliver(card(), "chen", "pr-1")

    (headers, raw), at = await platform.press("chen", "reject", "超预算")

    click = platform.chat.parse_click(headers, raw, at)
    assert (click.account, click.ref, click.action, click.opinion) == ("chen", "pr-1", "reject", "超预算")
    assert TOKENS.read(click.token, NOW).action is Action.REJECT
    assert TOKENS.read(click.token, NOW).task == task().id


async def test_the_same_message_is_the_same_delivery_and_another_is_not(platform: Platform) -> None:
    await platform.chat.deliver(card(), "chen", "pr-1")
    (headers, raw), at = await platform.press("chen", "approve")
    (others, other), later = await platform.press("chen", "reject")

    first = platform.chat.parse_click(headers, raw, at).delivery

    assert platform.chat.parse_click(headers, raw, at + timedelta(seconds=9)).delivery == first
    assert platform.chat.parse_click(others, other, later).delivery != first


async def test_a_press_of_another_time_is_refused(platform: Platform) -> None:
    await platform.chat.deliver(card(), "chen", "pr-1")
    (headers, raw), at = await platform.press("chen", "approve")

    with pytest.raises(Unauthenticated):
        platform.chat.parse_click(headers, raw, at + timedelta(minutes=6))


def test_a_press_signed_by_nobody_is_refused(platform: Platform) -> None:
    with pytest.raises(Unauthenticated):
        platform.chat.parse_click({}, b"{}", NOW)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff", b"null", b'{"type": 1}', b"[" * 50_000])
def test_a_signed_message_that_makes_no_sense_is_malformed(platform: Platform, raw: bytes) -> None:
    headers, raw = platform.signed(raw, NOW)

    with pytest.raises(Malformed):
        platform.chat.parse_click(headers, raw, NOW)


def test_a_message_of_megabytes_is_not_even_looked_at(platform: Platform) -> None:
    headers, raw = platform.signed(b" " * 1_000_000, NOW)

    with pytest.raises(TooLarge):
        platform.chat.parse_click(headers, raw, NOW)


def test_a_press_can_be_answered_with_a_note(platform: Platform) -> None:
    assert "已收到" in str(platform.chat.answer(Label(zh="已收到", en="Received")))
