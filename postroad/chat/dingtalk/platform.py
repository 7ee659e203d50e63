from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from postroad.chat.base import ChatPort, Delivery, PlatformClick
from postroad.chat.card import Card
from postroad.chat.dingtalk import callback
from postroad.chat.dingtalk.app import DingTalkApp
from postroad.chat.dingtalk.client import DingTalkClient
from postroad.chat.dingtalk.template import cut, params_of
from postroad.chat.errors import NoAccount
from postroad.model.label import Label

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


def _deliveries(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The result per person; an answer without any tells of no failure."""
    result = answer.get("result")
    listed = result.get("deliverResults") if isinstance(result, dict) else None
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
