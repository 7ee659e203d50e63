"""The demo's hands and eyes: the ERP's screen, the phones, the project system, and the product's API."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx

_POLL_SECONDS = 0.2
_PATIENCE_SECONDS = 60.0
_Found = TypeVar("_Found")
Json = dict[str, Any]


class StoryFailed(Exception):  # noqa: N818 - it says what did not happen
    """Something that the story waits for did not happen, or happened otherwise."""


class Outside:
    """Only what a customer has: pages, buttons and HTTP interfaces. `sandbox` and `api` have base URL and token set."""

    def __init__(self, sandbox: httpx.AsyncClient, api: httpx.AsyncClient, erp_token: str, pms_token: str) -> None:
        self._sandbox, self._api = sandbox, api
        self._erp = {"Authorization": f"Bearer {erp_token}"}
        self._pms = {"Authorization": f"Bearer {pms_token}"}

    async def submit(self, **draft: str) -> str:
        """Files and submits a requisition in the ERP; its number."""
        made = await self._send("POST", "/erp/api/purchase_requisitions", draft, self._erp)
        number = str(made["number"])
        path = f"/erp/api/purchase_requisitions/{number}/submit"
        await self._send("POST", path, {"by": draft["applicant"]}, self._erp)
        return number

    async def requisition(self, number: str) -> Json:
        document: Json = await self._get(f"/erp/api/purchase_requisitions/{number}", self._erp)
        return document

    async def journal(self, number: str) -> list[str]:
        """What was done to a requisition in the ERP, in order."""
        entries = await self._get("/erp/api/journal", self._erp)
        return [entry["action"] for entry in entries if entry["document"] == number]

    async def project_tasks(self, number: str) -> list[Json]:
        tasks = await self._get("/pms/api/tasks", self._pms)
        return [task for task in tasks if number in task["title"]]

    async def violations(self) -> list[Json]:
        found: list[Json] = await self._get("/_sim/violations")
        return found

    async def cards(self, person: str, number: str) -> list[Json]:
        conversation = await self._get(f"/phone/{person}/cards.json")
        return [card for card in conversation["cards"] if number in card["params"].get("title", "")]

    async def press(self, person: str, number: str, action: str, opinion: str = "") -> str:
        """Waits until the person's phone shows the button and presses it; what the card then says."""
        card = await self.until(
            f"{person} 的手机上出现 {number} 的“{action}”", lambda: self._card_with(person, number, action)
        )
        order = {"outTrackId": card["outTrackId"], "action": action, "opinion": opinion}
        outcome = await self._send("POST", f"/phone/{person}/press", order)
        if not outcome["delivered"]:
            raise StoryFailed(f"{person} 按下 {action} 未得到回应 / no answer to {action}: {outcome['detail']}")
        return str(outcome["card"]["params"].get("status", ""))

    async def instance(self, number: str) -> Json | None:
        """The newest process instance of the requisition, once the API knows it."""
        found = (await self._api_get("/api/v1/instances", number=number)) or [None]
        newest: Json | None = found[0]
        return newest

    async def timeline(self, instance: str) -> Json:
        told: Json = await self._api_get(f"/api/v1/instances/{instance}/timeline")
        return told

    async def until(self, what: str, look: Callable[[], Awaitable[_Found | None]]) -> _Found:
        """What `look` finds, as soon as it finds something. Raises StoryFailed after a minute."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                while not (found := await look()):  # noqa: ASYNC110 - it happens in another process
                    await asyncio.sleep(_POLL_SECONDS)
        except TimeoutError as late:
            raise StoryFailed(f"{_PATIENCE_SECONDS:.0f} 秒内没有等到：{what} / waited in vain") from late
        return found

    async def _card_with(self, person: str, number: str, action: str) -> Json | None:
        cards = await self.cards(person, number)
        return next((card for card in cards if action in _actions(card)), None)

    async def _get(self, path: str, headers: dict[str, str] | None = None) -> Any:
        return (await self._sandbox.get(path, headers=headers)).raise_for_status().json()

    async def _send(self, method: str, path: str, body: Json, headers: dict[str, str] | None = None) -> Json:
        sent = await self._sandbox.request(method, path, json=body, headers=headers)
        answer: Json = sent.raise_for_status().json()
        return answer

    async def _api_get(self, path: str, **query: str) -> Any:
        return (await self._api.get(path, params=query)).raise_for_status().json()


def _actions(card: Json) -> set[str]:
    params = card["params"]
    buttons = [json.loads(params[name]) for name in ("button1", "button2", "button3", "button4") if params.get(name)]
    return {button["action"] for button in buttons}
