"""One document of a test, from the hands of its people to the books of the systems."""

import json
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Self

import httpx

from sandbox.dingtalk.callbacks import signed_headers as signed_callback
from sandbox.erp.outbox import signed_headers as signed_event
from tests.stack import Json, Stack, until

SMALL = {
    "title": "办公用品",
    "applicant": "li",
    "department": "production",
    "amount": "3800.00",
    "material": "office",
    "category": "office",
}
"""Goes to 张伟 (zhang), who heads the department."""

LARGE = {**SMALL, "title": "数控车床", "amount": "120000.00", "material": "production", "category": "steel"}
"""Goes to 王强 (wang), then a follow-up task is made in the project system."""


@dataclass(frozen=True)
class Case:
    stack: Stack
    number: str

    @classmethod
    async def submitted(cls, stack: Stack, draft: dict[str, str] = SMALL, *, force: bool = False) -> Self:
        path = "/erp/api/purchase_requisitions"
        made = await erp(stack, "POST", path, draft, params={"force": str(force).lower()})
        await erp(stack, "POST", f"{path}/{made['number']}/submit", {"by": draft["applicant"]})
        return cls(stack, made["number"])

    @property
    def path(self) -> str:
        return f"/erp/api/purchase_requisitions/{self.number}"

    async def card(self, person: str, action: str) -> Json:
        """The card of this document on the person's phone, as soon as it offers the action."""

        async def offered() -> Json | None:
            return next((card for card in await self.cards(person) if token_of(card, action)), None)

        return await until(f"{action} on the phone of {person}", offered)

    async def cards(self, person: str) -> list[Json]:
        return await self.stack.outside.cards(person, self.number)

    async def press(self, person: str, action: str, opinion: str = "") -> Json:
        """Presses as soon as the button is there; what the phone then shows, and whether there was an answer."""
        return await self.press_on(await self.card(person, action), person, action, opinion)

    async def press_on(self, card: Json, person: str, action: str, opinion: str = "", token: str = "") -> Json:
        """Presses now; with a token, from a screen that still shows the button."""
        order = {"outTrackId": card["outTrackId"], "action": action, "opinion": opinion, "token": token or None}
        reply = await self.stack.sandbox.post(f"/phone/{person}/press", json=order)
        outcome: Json = reply.raise_for_status().json()
        return outcome

    async def open_task(self, node: str) -> Json | None:
        """The open task of a node, once there is one."""
        tasks = (await self.told())["tasks"]
        return next((task for task in tasks if task["node"] == node and task["state"] == "open"), None)

    async def decide(self, person: str, action: str, opinion: str = "") -> httpx.Response:
        """The same through the API, for the person's only open task of this document."""
        http = self.stack.by_person[person]
        tasks = (await http.get("/api/v1/tasks", params={"state": "open", "limit": 200})).raise_for_status().json()
        task = next(task for task in tasks if f":{self.number}:" in task["instance"])
        return await http.post(f"/api/v1/tasks/{task['id']}/decide", json={"action": action, "opinion": opinion})

    async def told(self) -> Json:
        """The instance with its tasks and effects."""
        view = await until(f"an instance of {self.number}", lambda: self.stack.outside.instance(self.number))
        reply = await self.stack.api.get(f"/api/v1/instances/{view['id']}")
        told: Json = reply.raise_for_status().json()
        return told

    async def finished(self, seconds: float = 60.0) -> Json:
        async def ended() -> Json | None:
            told = await self.told()
            return told if told["instance"]["status"] == "finished" else None

        return await until(f"{self.number} finished", ended, seconds)

    async def story(self, kind: str) -> list[Json]:
        told = await self.told()
        timeline = await self.stack.outside.timeline(told["instance"]["id"])
        assert timeline["verified"], timeline["problems"]
        return [line for line in timeline["lines"] if line["kind"] == kind]

    async def done_in_erp(self) -> Counter[str]:
        """What was done to the document there, other than by its applicant's own first hands."""
        did = Counter(await self.stack.outside.journal(self.number))
        return did - Counter({"create": 1, "submit": 1})

    async def confirmed(self) -> list[str]:
        """The actions that the ledger holds for done."""
        return [effect["action"] for effect in (await self.told())["effects"] if effect["status"] == "confirmed"]


async def erp(stack: Stack, method: str, path: str, body: Any = None, **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {stack.settings['SANDBOX_ERP_TOKEN']}"}
    reply = await stack.sandbox.request(method, path, json=body, headers=headers, **more)
    return reply.raise_for_status().json()


async def send_event(stack: Stack, event: Json, secret: str = "") -> httpx.Response:
    """An event as the ERP posts it, signed now."""
    raw = json.dumps(event).encode()
    key = secret or stack.settings["SANDBOX_ERP_EVENTS_SECRET"]
    headers = signed_event(key, event["id"], int(time.time()), raw)
    return await stack.api.post("/events/erp", content=raw, headers=headers)


def callback(card: Json, person: str, action: str, token: str, opinion: str = "") -> bytes:
    """The body of a press as DingTalk posts it."""
    params = {"action": action, "token": token, "opinion": opinion}
    content = {"cardPrivateData": {"actionIds": [action], "params": params}}
    body = {"type": "actionCallback", "outTrackId": card["outTrackId"], "corpId": "dingsandboxcorp", "userId": person}
    return json.dumps({**body, "userIdType": 1, "content": json.dumps(content)}).encode()


async def send_callback(stack: Stack, raw: bytes, *, age: float = 0.0, secret: str = "") -> httpx.Response:
    """Posts a press past the sandbox, signed `age` seconds ago, by DingTalk unless with another secret."""
    path = stack.settings["POSTROAD_DINGTALK_CALLBACK_PATH_SECRET"]
    key = secret or stack.settings["POSTROAD_DINGTALK_CALLBACK_SECRET"]
    headers = signed_callback(key, int((time.time() - age) * 1000))
    return await stack.api.post(f"/callbacks/dingtalk/{path}", content=raw, headers=headers)


def token_of(card: Json, action: str) -> str:
    """What the button carries; empty without such a button."""
    shown = [card["params"].get(f"button{number}") for number in range(1, 5)]
    buttons = [json.loads(button) for button in shown if button]
    return next((str(button["token"]) for button in buttons if button["action"] == action), "")
