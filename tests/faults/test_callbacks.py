"""Presses that DingTalk did not send, or not now, or not for this person: each is told why, and nothing happens."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from postroad.chat.token import ButtonTokens
from postroad.model.decision import Action
from tests.faults.case import Case, callback, send_callback, token_of
from tests.stack import Stack

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("stack")]


async def goes_on_as_if_nothing_had_happened(case: Case) -> None:
    assert await case.story("clicked") == []
    outcome = await case.press("zhang", "approve")
    assert outcome["card"]["params"]["status"] == "已同意"
    await case.finished()
    assert await case.done_in_erp() == {"approve": 1}


def tokens(stack: Stack) -> ButtonTokens:
    keys = json.loads(stack.settings["POSTROAD_TOKEN_KEYS"])
    return ButtonTokens({name: base64.b64decode(key) for name, key in keys.items()}, next(iter(keys)))


async def test_a_forged_press_fails_on_the_phone_and_counts_for_nothing(stack: Stack) -> None:
    case = await Case.submitted(stack)
    card = await case.card("zhang", "approve")
    await stack.fault("click", "forged_signature", times=1, match=card["outTrackId"])

    outcome = await case.press_on(card, "zhang", "approve")

    assert (outcome["delivered"], outcome["error"]) == (False, "操作失败，请稍后重试")
    await goes_on_as_if_nothing_had_happened(case)


@pytest.mark.parametrize(
    ("secret", "age", "words", "status", "code", "told"),
    [
        ("guessed", 0, "", 401, "bad_signature", "回调签名不正确"),
        ("", 600, "", 401, "stale_callback", "回调时间与本机相差超过 5 分钟"),
        ("", 0, "长" * 70_000, 413, "too_large", "内容超过 64 KiB"),
    ],
    ids=["forged", "stale", "oversized"],
)
async def test_a_callback_that_is_none_is_refused_with_a_reason(  # noqa: PLR0917 - the columns of a table
    stack: Stack, secret: str, age: float, words: str, status: int, code: str, told: str
) -> None:
    case = await Case.submitted(stack)
    card = await case.card("zhang", "approve")
    raw = callback(card, "zhang", "approve", token_of(card, "approve"), words)

    reply = await send_callback(stack, raw, age=age, secret=secret)

    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert told in reply.json()["message"]["zh"]
    await goes_on_as_if_nothing_had_happened(case)


@pytest.mark.parametrize(
    ("task", "for_whom", "by", "told"),
    [
        ("purchase-approval:erp:PR-1999-0001:1/approve/1/1", "zhang", "zhang", "没有这个任务"),
        ("", "zhang", "chen", "您不是此任务的处理人"),
        ("", "chen", "chen", "您不是此任务的处理人"),
    ],
    ids=["unknown-task", "another-persons-button", "button-for-another-person"],
)
async def test_a_press_that_is_not_this_persons_is_told_so_on_the_card(
    stack: Stack, task: str, for_whom: str, by: str, told: str
) -> None:
    case = await Case.submitted(stack)
    card = await case.card("zhang", "approve")
    mine = (await case.told())["tasks"][0]["id"]
    token = tokens(stack).issue(task or mine, for_whom, Action.APPROVE, "", datetime.now(UTC) + timedelta(days=1))

    reply = await send_callback(stack, callback(card, by, "approve", token))

    assert told in reply.json()["cardData"]["cardParamMap"]["note"]
    await goes_on_as_if_nothing_had_happened(case)


async def test_a_button_that_was_tampered_with_is_told_so_on_the_card(stack: Stack) -> None:
    case = await Case.submitted(stack)
    card = await case.card("zhang", "approve")
    rejecting = token_of(card, "approve").replace(".approve.", ".reject.")

    reply = await send_callback(stack, callback(card, "zhang", "reject", rejecting, "不同意"))

    assert "按钮无效" in reply.json()["cardData"]["cardParamMap"]["note"]
    await goes_on_as_if_nothing_had_happened(case)


async def test_a_replayed_press_gets_the_first_answer_and_counts_once(stack: Stack) -> None:
    case = await Case.submitted(stack)
    card = await case.card("zhang", "approve")
    raw = callback(card, "zhang", "approve", token_of(card, "approve"))

    first = await send_callback(stack, raw)
    await case.finished()
    later = [await send_callback(stack, raw) for _ in range(3)]

    shown = [reply.json()["cardData"]["cardParamMap"] for reply in (first, *later)]
    assert [card["status"] for card in shown] == ["已同意"] * 4
    assert len(await case.story("clicked")) == 1
    assert await case.done_in_erp() == {"approve": 1}
