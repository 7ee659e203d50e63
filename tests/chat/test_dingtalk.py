"""What DingTalk does that other platforms do not."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest

from postroad.chat.base import PlatformClick
from postroad.chat.card import Nudge, nudge_of
from postroad.chat.dingtalk import DingTalk
from postroad.chat.dingtalk.callback import parse
from postroad.chat.errors import ChatFailure, Later, Misconfigured, QuotaSpent
from postroad.model.label import Label
from postroad.model.refusals import Forbidden, Malformed, Unauthenticated
from tests.chat.platforms import SECRET, DingTalkPlatform, Listener, body, dingtalk_app, signed_by_dingtalk
from tests.chat.things import NOW, approved, card


async def test_the_answer_to_a_press_changes_the_card(dingtalk: DingTalkPlatform, listener: Listener) -> None:
    await dingtalk.chat.deliver(card(), "chen", "pr-1")
    listener.answer = dingtalk.chat.answer(card(approved()))

    await dingtalk.press("chen", "approve")

    shown = (await dingtalk.cards("chen"))[0]["params"]
    assert (shown["status"], shown["by"], shown["button1"]) == ("已同意", "陈静 11-22 14:03", "")


async def test_a_note_leaves_the_rest_of_the_card_alone(dingtalk: DingTalkPlatform, listener: Listener) -> None:
    await dingtalk.chat.deliver(card(), "chen", "pr-1")
    listener.answer = dingtalk.chat.answer(Label(zh="您不是处理人", en="Not yours"))

    await dingtalk.press("chen", "approve")

    shown = (await dingtalk.cards("chen"))[0]["params"]
    assert (shown["note"], json.loads(shown["button1"])["label"]) == ("您不是处理人", "同意")


async def test_a_token_that_the_platform_dropped_is_replaced_once(dingtalk: DingTalkPlatform) -> None:
    await dingtalk.chat.deliver(card(), "chen", "pr-1")
    await dingtalk.http.post(f"{dingtalk.url}/_sim/clock", json={"skew_seconds": 7300})

    await dingtalk.chat.update("pr-1", card(approved()))

    assert [shown["status"] for shown in await dingtalk.screen("chen")] == ["已同意"]


async def test_a_full_queue_is_not_a_missing_permission(dingtalk: DingTalkPlatform) -> None:
    await dingtalk.fault("rate_limit", match="createAndDeliver", times=1)

    with pytest.raises(Later) as later:
        await dingtalk.chat.deliver(card(), "chen", "pr-1")

    assert later.value.after == timedelta(seconds=1)


@pytest.mark.parametrize("kind", ["drop_reply", "error_after_commit"])
async def test_a_lost_answer_makes_no_second_card(dingtalk: DingTalkPlatform, kind: str) -> None:
    await dingtalk.fault(kind, match="createAndDeliver", times=1)
    with pytest.raises(Later):
        await dingtalk.chat.deliver(card(), "chen", "pr-1")

    await dingtalk.chat.deliver(card(), "chen", "pr-1")

    assert len(await dingtalk.screen("chen")) == 1


async def test_an_address_that_moved_is_registered_anew(dingtalk: DingTalkPlatform, addresses: tuple[str, str]) -> None:
    await dingtalk.chat.prepare("http://127.0.0.1:1/old")
    await dingtalk.chat.prepare(addresses[1])
    await dingtalk.chat.deliver(card(), "chen", "pr-1")

    (headers, raw), at = await dingtalk.press("chen", "approve")

    assert dingtalk.chat.parse_click(headers, raw, at).action == "approve"


async def test_a_wrong_app_secret_is_for_an_administrator(dingtalk: DingTalkPlatform) -> None:
    wrong = dingtalk_app(dingtalk.url, app_secret="wrong")

    with pytest.raises(Misconfigured, match="密钥"):
        await DingTalk(wrong, dingtalk.http).deliver(card(), "chen", "pr-1")


class Answering:
    """A DingTalk that hands out a token and then answers every call the same way."""

    def __init__(self, status: int, content: Any, lasts: int = 7200) -> None:
        self.calls: list[str] = []
        self._status, self._lasts = status, lasts
        self._content = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.http = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))
        self.chat = DingTalk(dingtalk_app("http://dingtalk.test"), self.http)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(request.url.path.rpartition("/")[2])
        if request.url.path.endswith("accessToken"):
            return httpx.Response(200, json={"accessToken": f"t{len(self.calls)}", "expireIn": self._lasts})
        return httpx.Response(self._status, content=self._content)


@pytest.mark.parametrize(
    ("status", "content", "failure", "after"),
    [
        (403, {"code": "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"}, Later, timedelta(seconds=1)),
        (403, {"code": "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi"}, Later, timedelta(seconds=60)),
        (403, {"code": "Forbidden.AccessDenied.QpsLimitForApi"}, Later, timedelta(seconds=2)),
        (403, {"code": "Forbidden.AccessDenied.ApiCountLimitForOrg"}, QuotaSpent, None),
        (403, {"code": "Forbidden.AccessDenied.AccessTokenPermissionDenied"}, Misconfigured, None),
        (400, {"code": "param.templateNotExist"}, Misconfigured, None),
        (400, {"code": "InvalidAuthentication"}, Misconfigured, None),
        (200, {"status": 1111, "wait": 5, "punish": "deny"}, Later, timedelta(minutes=5)),
        (200, b"<html>blocked</html>", Later, timedelta(minutes=5)),
        (200, {"success": False, "code": "SystemError"}, Misconfigured, None),
        (500, {"code": "SystemError"}, Later, None),
        (502, b"<html>bad gateway</html>", Later, None),
        (503, b"", Later, None),
        (500, [1, 2], Later, None),
        (400, b"\xff" * 5_000_000, Later, timedelta(minutes=5)),
        (400, {"code": ["x"], "message": {"y": 1}}, Misconfigured, None),
    ],
)
async def test_every_error_says_what_to_do(
    status: int, content: Any, failure: type[ChatFailure], after: timedelta | None
) -> None:
    answering = Answering(status, content)

    with pytest.raises(failure) as raised:
        await answering.chat.update("pr-1", card())

    await answering.http.aclose()
    assert getattr(raised.value, "after", None) == after


async def test_a_message_that_the_platform_holds_back_was_not_sent() -> None:
    answering = Answering(200, {"invalidStaffIdList": [], "flowControlledStaffIdList": ["chen"]})

    with pytest.raises(Later, match="chen"):
        await answering.chat.remind(nudge_of(card()), "chen")

    await answering.http.aclose()


async def test_what_people_wrote_is_no_markup_in_a_message(dingtalk: DingTalkPlatform) -> None:
    nudge = Nudge(
        title="采购 *PR*", text="[点此](http://x.test)\n# 请批", link="https://postroad.example/instances/a b(1)"
    )
    await dingtalk.chat.remind(nudge, "chen")

    assert await dingtalk.messages("chen") == [
        "**采购 ＊PR＊**\n\n［点此］(http://x.test) # 请批\n\n[查看详情](https://postroad.example/instances/a%20b%281%29)"
    ]


async def test_one_token_serves_many_calls() -> None:
    answering = Answering(200, {"success": True, "result": True})

    for _ in range(3):
        await answering.chat.update("pr-1", card())

    await answering.http.aclose()
    assert answering.calls == ["accessToken", "instances", "instances", "instances"]


async def test_a_token_is_renewed_five_minutes_before_it_ends() -> None:
    answering = Answering(200, {"success": True, "result": True}, lasts=300)

    for _ in range(2):
        await answering.chat.update("pr-1", card())

    await answering.http.aclose()
    assert answering.calls == ["accessToken", "instances", "accessToken", "instances"]


async def test_a_platform_that_cannot_be_reached_is_tried_later() -> None:
    async with httpx.AsyncClient() as http:
        with pytest.raises(Later):
            await DingTalk(dingtalk_app("http://127.0.0.1:1"), http).deliver(card(), "chen", "pr-1")


def read(headers: Mapping[str, str], raw: bytes) -> PlatformClick:
    return parse(headers, raw, NOW, secret=SECRET, corp_id="dingsandboxcorp")


def test_a_press_of_another_company_is_refused() -> None:
    headers, raw = signed_by_dingtalk(body(corpId="other"), NOW)

    with pytest.raises(Forbidden):
        read(headers, raw)


def test_fields_that_dingtalk_adds_are_ignored() -> None:
    headers, raw = signed_by_dingtalk(body(extension="{}", value=None, spaceType="IM_ROBOT"), NOW)

    assert read(headers, raw).account == "chen"


CONTENTS = [
    None,
    "",
    "[]",
    '{"cardPrivateData": null}',
    '{"cardPrivateData": {"params": {}}}',
    '{"cardPrivateData": {"params": {"action": 1}}}',
    json.dumps({"cardPrivateData": {"params": {"action": "approve", "opinion": "长" * 2001}}}),
]


@pytest.mark.parametrize("content", CONTENTS)
def test_a_press_without_a_button_is_malformed(content: str | None) -> None:
    headers, raw = signed_by_dingtalk(body(content=content), NOW)

    with pytest.raises(Malformed):
        read(headers, raw)


@pytest.mark.parametrize("stamp", ["", "0", "-5", "soon", "9" * 50, "٣"])
def test_a_press_without_a_proper_time_is_refused(stamp: str) -> None:
    headers, raw = signed_by_dingtalk(body(), NOW)

    with pytest.raises(Unauthenticated):
        read({**headers, "x-ddpaas-signature-timestamp": stamp}, raw)


def test_the_signature_is_the_documented_one() -> None:
    """base64(HMAC-SHA256(key "this is a secret", "1577262236757")), computed with OpenSSL."""
    headers = {
        "X-Ddpaas-Signature-Timestamp": "1577262236757",
        "X-Ddpaas-Signature": "cviWWKk4OPwVpK0VGNkvThhQ7PXwQPYvJhM+/YVA1VI=",
    }
    at = NOW.replace(year=2019, month=12, day=25, hour=8, minute=24)

    assert parse(headers, body(), at, secret="this is a secret", corp_id="").ref == "pr-1"
