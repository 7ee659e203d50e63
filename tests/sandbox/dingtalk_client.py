import json
from typing import Any

import httpx

AGREE = {"label": "同意", "action": "agree", "style": "primary", "token": "t-agree"}
REJECT = {"label": "驳回", "action": "reject", "style": "danger", "token": "t-reject"}
PURCHASE = {
    "title": "采购审批 PR-2026-0001",
    "subtitle": "李四 提交",
    "lines": json.dumps([{"k": "金额", "v": "28,000.00 元"}, {"k": "物料", "v": "冷轧钢板"}], ensure_ascii=False),
    "status": "",
    "status_kind": "open",
    "by": "",
    "note": "",
    "opinion": "optional",
    "link": "http://127.0.0.1:1/tasks/1",
    "button1": json.dumps(AGREE, ensure_ascii=False),
    "button2": json.dumps(REJECT, ensure_ascii=False),
    "button3": "",
    "button4": "",
}
BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}
AGREED = {
    "cardUpdateOptions": BY_KEY,
    "cardData": {"cardParamMap": {"status": "已同意", "status_kind": "agreed", "button1": "", "button2": ""}},
}


class DingTalk:
    """Speaks to the sandbox as the product would, with the least a request needs."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.token = ""

    async def log_in(self, with_secret: str = "") -> httpx.Response:
        order = {"appKey": "dingsandbox", "appSecret": with_secret or "sandbox-app-secret"}
        reply = await self.http.post("/dingtalk/v1.0/oauth2/accessToken", json=order)
        self.token = reply.json().get("accessToken", "")
        return reply

    async def register(self, url: str, secret: str, *, force: bool = False) -> httpx.Response:
        order = {"callbackUrl": url, "callbackRouteKey": "clicks", "apiSecret": secret, "forceUpdate": force}
        return await self.call("POST", "card/callbacks/register", order)

    async def deliver(self, *users: str, card: str = "task-1", **changes: Any) -> httpx.Response:
        """Sends a purchase card; `changes` replace parts of the request."""
        order = {
            "cardTemplateId": "postroad-approval.schema",
            "outTrackId": card,
            "userIdType": 1,
            "callbackType": "HTTP",
            "callbackRouteKey": "clicks",
            "cardData": {"cardParamMap": PURCHASE},
            "openSpaceId": "dtv1.card//" + ";".join(f"IM_ROBOT.{user}" for user in users),
            "imRobotOpenSpaceModel": {"supportForward": False, "lastMessageI18n": {"ZH_CN": "待审批"}},
            "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": "dingsandbox"},
        }
        return await self.call("POST", "card/instances/createAndDeliver", {**order, **changes})

    async def update(self, card: str = "task-1", **parts: Any) -> httpx.Response:
        return await self.call("PUT", "card/instances", {"outTrackId": card, **parts})

    async def call(self, method: str, path: str, order: dict[str, Any]) -> httpx.Response:
        headers = {"x-acs-dingtalk-access-token": self.token}
        return await self.http.request(method, f"/dingtalk/v1.0/{path}", json=order, headers=headers)

    async def cards(self, user: str) -> list[dict[str, Any]]:
        reply = await self.http.get(f"/phone/{user}/cards.json")
        cards: list[dict[str, Any]] = reply.json()["cards"]
        return cards

    async def press(self, user: str, action: str = "agree", **more: str) -> dict[str, Any]:
        order = {"outTrackId": "task-1", "action": action, **more}
        reply = await self.http.post(f"/phone/{user}/press", json=order)
        outcome: dict[str, Any] = reply.json()
        return outcome

    async def violations(self) -> list[str]:
        reply = await self.http.get("/_sim/violations")
        return [violation["what"] for violation in reply.json()]
