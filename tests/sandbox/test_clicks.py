import base64
import hashlib
import hmac
import time

import httpx
import pytest
from fastapi import Response

from tests.sandbox.dingtalk_client import AGREED, PURCHASE, DingTalk
from tests.sandbox.receivers import ClickReceiver

PLATFORM_ERROR = "操作失败，请稍后重试"


async def test_a_press_sends_who_what_and_why(dingtalk: DingTalk, receiver: ClickReceiver) -> None:
    await dingtalk.deliver("chen")

    await dingtalk.press("chen", "reject", opinion="超预算")

    click = receiver.clicks[0]
    assert receiver.click_params() == {"action": "reject", "token": "t-reject", "opinion": "超预算"}
    assert (click["type"], click["outTrackId"], click["userId"]) == ("actionCallback", "task-1", "chen")
    assert (click["corpId"], click["spaceType"], click["spaceId"]) == ("dingsandboxcorp", "IM_ROBOT", "chen")


async def test_a_press_is_signed_with_the_registered_secret(dingtalk: DingTalk, receiver: ClickReceiver) -> None:
    await dingtalk.deliver("chen")

    await dingtalk.press("chen")

    stamp = receiver.headers[0]["x-ddpaas-signature-timestamp"]
    expected = base64.b64encode(hmac.digest(b"receiver-secret", stamp.encode(), hashlib.sha256)).decode()
    assert receiver.headers[0]["x-ddpaas-signature"] == expected
    assert abs(int(stamp) / 1000 - time.time()) < 10


async def test_a_wrong_platform_clock_shows_in_the_signature(
    http: httpx.AsyncClient, dingtalk: DingTalk, receiver: ClickReceiver
) -> None:
    await dingtalk.deliver("chen")
    await http.post("/_sim/clock", json={"skew_seconds": -900})

    await dingtalk.press("chen")

    assert time.time() - int(receiver.headers[0]["x-ddpaas-signature-timestamp"]) / 1000 > 890


async def test_the_answer_changes_the_card(dingtalk: DingTalk) -> None:
    await dingtalk.deliver("chen")

    outcome = await dingtalk.press("chen")

    assert (outcome["delivered"], outcome["answer"], outcome["error"]) == (True, AGREED, None)
    assert (await dingtalk.cards("chen"))[0]["params"]["status"] == "已同意"


async def test_private_data_of_the_answer_is_the_clickers_alone(dingtalk: DingTalk, receiver: ClickReceiver) -> None:
    await dingtalk.deliver("chen", "wang")
    receiver.answer = receiver.says({"userPrivateData": {"cardParamMap": {"note": "单据已变更，请重新查看"}}})

    await dingtalk.press("chen")

    notes = [(await dingtalk.cards(user))[0]["params"]["note"] for user in ("chen", "wang")]
    assert notes == ["单据已变更，请重新查看", ""]


async def test_an_empty_answer_changes_nothing(dingtalk: DingTalk, receiver: ClickReceiver) -> None:
    await dingtalk.deliver("chen")
    receiver.answer = receiver.says({})

    outcome = await dingtalk.press("chen")

    assert (outcome["delivered"], outcome["card"]["params"]) == (True, PURCHASE)


@pytest.mark.parametrize(
    "answer",
    [
        ClickReceiver.says(AGREED, status=500),
        ClickReceiver.says(["no", "object"]),
        ClickReceiver.says({"cardDate": {}}),
        ClickReceiver.says({"cardData": {"cardParamMap": {"status": "x", "unheard_of": "x"}}}),
    ],
    ids=["http-500", "not-an-object", "unknown-field", "unknown-variable"],
)
async def test_without_a_valid_answer_the_phone_shows_the_platforms_error(
    dingtalk: DingTalk, receiver: ClickReceiver, answer: object
) -> None:
    await dingtalk.deliver("chen")
    receiver.answer = answer

    outcome = await dingtalk.press("chen")

    card = (await dingtalk.cards("chen"))[0]
    assert (outcome["delivered"], outcome["answer"]) == (False, None)
    assert (card["error"], card["params"]) == (PLATFORM_ERROR, PURCHASE)


@pytest.mark.parametrize("patience", [0.1])
async def test_an_answer_that_comes_too_late_is_none(dingtalk: DingTalk, receiver: ClickReceiver) -> None:
    await dingtalk.deliver("chen")
    receiver.answer = receiver.says_after(2)

    outcome = await dingtalk.press("chen")

    card = (await dingtalk.cards("chen"))[0]
    assert (outcome["delivered"], outcome["answer"]) == (False, None)
    assert (card["error"], card["params"]) == (PLATFORM_ERROR, PURCHASE)


async def test_an_invalid_answer_is_recorded(dingtalk: DingTalk, receiver: ClickReceiver) -> None:
    await dingtalk.deliver("chen")
    receiver.answer = receiver.says({"cardDate": {}})

    await dingtalk.press("chen")

    assert "cardDate" in (await dingtalk.violations())[0]


async def test_an_unreachable_receiver_shows_the_platforms_error(dingtalk: DingTalk) -> None:
    await dingtalk.register("http://127.0.0.1:1/clicks", "s", force=True)
    await dingtalk.deliver("chen")

    assert (await dingtalk.press("chen"))["error"] == PLATFORM_ERROR


async def test_the_error_goes_away_with_the_next_good_answer(dingtalk: DingTalk, receiver: ClickReceiver) -> None:
    await dingtalk.deliver("chen")
    receiver.answer = receiver.says({}, status=500)
    await dingtalk.press("chen")
    receiver.answer = receiver.says(AGREED)

    await dingtalk.press("chen")

    assert (await dingtalk.cards("chen"))[0]["error"] is None


async def test_updating_a_card_while_its_click_is_answered_is_a_violation(
    dingtalk: DingTalk, receiver: ClickReceiver
) -> None:
    await dingtalk.deliver("chen")

    async def update_first() -> Response:
        async with httpx.AsyncClient(base_url=dingtalk.http.base_url, trust_env=False) as own:
            forbidden = DingTalk(own)
            forbidden.token = dingtalk.token
            await forbidden.update(cardData={"cardParamMap": {"status": "x"}})
        return Response("{}", media_type="application/json")

    receiver.answer = update_first
    await dingtalk.press("chen")

    assert "task-1" in (await dingtalk.violations())[0]


async def test_a_button_that_is_gone_is_not_sent(dingtalk: DingTalk, receiver: ClickReceiver) -> None:
    await dingtalk.deliver("chen")
    await dingtalk.press("chen")

    again = await dingtalk.press("chen")

    assert (again["delivered"], len(receiver.clicks)) == (False, 1)


async def test_an_outdated_screen_can_still_send_its_button(dingtalk: DingTalk, receiver: ClickReceiver) -> None:
    await dingtalk.deliver("chen")
    await dingtalk.press("chen")

    await dingtalk.press("chen", token="t-agree")

    assert [len(receiver.clicks), receiver.click_params()["token"]] == [2, "t-agree"]


async def test_nobody_presses_on_a_card_they_did_not_get(http: httpx.AsyncClient, dingtalk: DingTalk) -> None:
    await dingtalk.deliver("chen")

    reply = await http.post("/phone/wang/press", json={"outTrackId": "task-1", "action": "agree"})

    assert reply.status_code == 404
