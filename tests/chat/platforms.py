"""Chat platforms for tests, behind the same words: DingTalk as the sandbox plays it, and the one in memory."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
from fastapi import FastAPI, Request

from postroad.chat.base import ChatPort
from postroad.chat.dingtalk import DingTalk, DingTalkApp
from postroad.chat.dingtalk.callback import signature_of
from postroad.chat.memory import MemoryChat

Message = tuple[Mapping[str, str], bytes]
SECRET = "callback-secret"


class Platform(ABC):
    chat: ChatPort

    @abstractmethod
    async def screen(self, person: str) -> list[dict[str, str]]:
        """What the person's cards show now: title, status and note of each."""

    @abstractmethod
    async def messages(self, person: str) -> list[str]:
        """What the robot wrote to the person beside the cards."""

    @abstractmethod
    async def press(self, person: str, action: str, opinion: str = "") -> tuple[Message, datetime]:
        """The person presses a button on the first card; the message we are sent, and when."""

    @abstractmethod
    def signed(self, raw: bytes, at: datetime) -> Message:
        """Any body, properly signed by the platform at this time."""


class MemoryPlatform(Platform):
    def __init__(self) -> None:
        self.chat = MemoryChat({"chen", "wang"})

    async def screen(self, person: str) -> list[dict[str, str]]:
        shown = [screen.card for screen in self.chat.screens.values() if screen.account == person]
        return [{"title": card.title, "status": card.status, "note": card.note} for card in shown]

    async def messages(self, person: str) -> list[str]:
        return [f"{nudge.title} {nudge.text} {nudge.link}" for account, nudge in self.chat.nudges if account == person]

    async def press(self, person: str, action: str, opinion: str = "") -> tuple[Message, datetime]:
        ref = next(ref for ref, screen in self.chat.screens.items() if screen.account == person)
        at = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
        return self.chat.press(ref, action, at, opinion), at

    def signed(self, raw: bytes, at: datetime) -> Message:
        return self.chat.signed(raw, at)


class Listener:
    """Takes presses and answers them as told."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.answer: dict[str, Any] = {}
        self.app = FastAPI()
        self.app.post("/presses")(self._take)

    async def _take(self, request: Request) -> dict[str, Any]:
        self.messages.append((dict(request.headers), await request.body()))
        return self.answer


def dingtalk_app(url: str, **changes: str) -> DingTalkApp:
    """The app that the sandbox knows."""
    said = {
        "base_url": f"{url}/dingtalk",
        "app_key": "dingsandbox",
        "app_secret": "sandbox-app-secret",
        "callback_secret": SECRET,
        "corp_id": "dingsandboxcorp",
    }
    return DingTalkApp.model_validate({**said, **changes})


def signed_by_dingtalk(raw: bytes, at: datetime) -> Message:
    stamp = str(int(at.timestamp() * 1000))
    return {"x-ddpaas-signature-timestamp": stamp, "x-ddpaas-signature": signature_of(SECRET, stamp)}, raw


class DingTalkPlatform(Platform):
    def __init__(self, url: str, listener: Listener, http: httpx.AsyncClient) -> None:
        self.url, self.listener, self.http = url, listener, http
        self.app = dingtalk_app(url)
        self.chat = DingTalk(self.app, http)

    async def cards(self, person: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.http.get(f"{self.url}/phone/{person}/cards.json")).json()["cards"]
        return found

    async def screen(self, person: str) -> list[dict[str, str]]:
        params = [card["params"] for card in await self.cards(person)]
        return [{name: card[name] for name in ("title", "status", "note")} for card in params]

    async def messages(self, person: str) -> list[str]:
        told = (await self.http.get(f"{self.url}/phone/{person}/cards.json")).json()["messages"]
        return [str(one["text"]) for one in told]

    async def press(self, person: str, action: str, opinion: str = "") -> tuple[Message, datetime]:
        card = (await self.cards(person))[0]
        said = {"outTrackId": card["outTrackId"], "action": action, "opinion": opinion}
        (await self.http.post(f"{self.url}/phone/{person}/press", json=said)).raise_for_status()
        headers, raw = self.listener.messages[-1]
        stamp = int(headers["x-ddpaas-signature-timestamp"])
        return (headers, raw), datetime.fromtimestamp(stamp / 1000, UTC)

    def signed(self, raw: bytes, at: datetime) -> Message:
        return signed_by_dingtalk(raw, at)

    async def fault(self, kind: str, **more: Any) -> None:
        said = {"target": "dingtalk", "kind": kind, **more}
        (await self.http.post(f"{self.url}/_sim/faults", json=said)).raise_for_status()

    async def violations(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.http.get(f"{self.url}/_sim/violations")).json()
        return found


def body(**changes: Any) -> bytes:
    """A press as DingTalk posts it."""
    content = {"cardPrivateData": {"actionIds": ["approve"], "params": {"action": "approve", "token": "t"}}}
    said = {
        "type": "actionCallback",
        "outTrackId": "pr-1",
        "corpId": "dingsandboxcorp",
        "userId": "chen",
        "content": json.dumps(content),
    }
    return json.dumps({**said, **changes}).encode()
