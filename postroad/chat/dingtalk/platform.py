import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from postroad.chat.base import ChatPort, Delivery, PlatformClick
from postroad.chat.card import Card, Nudge
from postroad.chat.dingtalk import callback
from postroad.chat.dingtalk.app import DingTalkApp
from postroad.chat.dingtalk.client import DingTalkClient
from postroad.chat.dingtalk.template import cut, params_of
from postroad.chat.errors import Later, NoAccount
from postroad.model.label import Label

_WIDE = str.maketrans("*`[]<>\n", "＊｀［］＜＞ ")
_IN_ADDRESSES = str.maketrans({"(": "%28", ")": "%29", " ": "%20"})
_BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}


class DingTalk(ChatPort):
    """Cards in one-to-one conversations with the app's robot."""

    platform = "dingtalk"

    def __init__(self, app: DingTalkApp, http: httpx.AsyncClient, *, lang: str = "zh") -> None:
        self._app, self._lang = app, lang
        self._client = DingTalkClient(app, http)

    async def deliver(self, card: Card, account: str, ref: str) -> Delivery:
        answer = await self._client.call(
            "POST", "/v1.0/card/instances/createAndDeliver", self._order(card, account, ref)
        )
        for result in _deliveries(answer):
            if result.get("success") is not True:
                said = str(result.get("errorMsg") or "?")[:200]
                raise NoAccount(f"钉钉无法送达 {account}：{said}", f"DingTalk cannot deliver to {account}: {said}")
        return Delivery(ref=ref)

    async def update(self, ref: str, card: Card) -> None:
        body = {
            "outTrackId": ref,
            "userIdType": 1,
            "cardData": {"cardParamMap": params_of(card)},
            "cardUpdateOptions": _BY_KEY,
        }
        await self._client.call("PUT", "/v1.0/card/instances", body)

    async def remind(self, nudge: Nudge, account: str) -> None:
        title, text = _literally(cut(nudge.title)), _literally(cut(nudge.text))
        link = f"[{Label(zh='查看详情', en='Details').text(self._lang)}]({nudge.link.translate(_IN_ADDRESSES)})"
        said = {"title": title, "text": "\n\n".join(part for part in (f"**{title}**", text, link) if part)}
        order = {
            "robotCode": self._app.robot,
            "userIds": [account],
            "msgKey": "sampleMarkdown",
            "msgParam": json.dumps(said, ensure_ascii=False),
        }
        answer = await self._client.call("POST", "/v1.0/robot/oToMessages/batchSend", order)
        if answer.get("invalidStaffIdList"):
            raise NoAccount(f"钉钉无法送达 {account}", f"DingTalk cannot deliver to {account}")
        if answer.get("flowControlledStaffIdList"):
            raise Later(f"钉钉限制了给 {account} 的消息", f"DingTalk limits the messages to {account}")

    def parse_click(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> PlatformClick:
        secret = self._app.callback_secret.get_secret_value()
        return callback.parse(headers, raw, now, secret=secret, corp_id=self._app.corp_id)

    def answer(self, shown: Card | Label) -> dict[str, Any]:
        params = params_of(shown) if isinstance(shown, Card) else {"note": cut(shown.text(self._lang))}
        return {"cardUpdateOptions": _BY_KEY, "cardData": {"cardParamMap": params}}

    async def prepare(self, callback_url: str) -> None:
        """Register the address that presses are posted to; an older registration that differs is replaced."""
        secret = self._app.callback_secret.get_secret_value()
        order = {"callbackUrl": callback_url, "callbackRouteKey": self._app.route_key, "apiSecret": secret}
        answer = await self._client.call("POST", "/v1.0/card/callbacks/register", {**order, "forceUpdate": False})
        known = answer.get("result")
        if known != {"callbackUrl": callback_url, "apiSecret": secret}:
            await self._client.call("POST", "/v1.0/card/callbacks/register", {**order, "forceUpdate": True})

    def _order(self, card: Card, account: str, ref: str) -> dict[str, Any]:
        alert = cut(" ".join(part for part in (card.status, card.title) if part), 120)
        return {
            "cardTemplateId": self._app.template_id,
            "outTrackId": ref,
            "userIdType": 1,
            "callbackType": "HTTP",
            "callbackRouteKey": self._app.route_key,
            "cardData": {"cardParamMap": params_of(card)},
            "openSpaceId": f"dtv1.card//IM_ROBOT.{account}",
            "imRobotOpenSpaceModel": {
                "supportForward": False,
                "lastMessageI18n": {"ZH_CN": alert, "EN_US": alert},
                "notification": {"alertContent": alert, "notificationOff": False},
            },
            "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": self._app.robot},
        }


def _literally(text: str) -> str:
    """Text that is no Markdown, whatever people wrote in it: what would mark it up becomes a wide character."""
    return text.translate(_WIDE)


def _deliveries(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The result per person; an answer without any tells of no failure."""
    result = answer.get("result")
    listed = result.get("deliverResults") if isinstance(result, dict) else None
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
