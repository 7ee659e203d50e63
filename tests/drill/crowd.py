"""The people of a drill: they answer their cards at random, sometimes twice, sometimes on two channels at once."""

import asyncio
import json
import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from postroad.chat.card import ref_of
from tests.drill.plan import Plan
from tests.stack import PEOPLE, Json, Stack

_NUMBER = re.compile(r"PR-\d{4}-\d{4}")
_BUTTONS = ("button1", "button2", "button3", "button4")
_LOOK_AGAIN = 0.8
_MOST_REJECTIONS = 2
Press = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Told:
    """What somebody pressed, and what they were told: the card's ribbon, or the API's verdict."""

    ref: str
    action: str
    channel: str
    said: str


@dataclass
class Crowd:
    stack: Stack
    plan: Plan
    told: list[Told] = field(default_factory=list)
    rejections: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)

    async def work(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as people:
            for number, person in enumerate(PEOPLE):
                people.create_task(self._person(person, random.Random(self.plan.seed + number)))

    async def ribbons(self) -> dict[str, str]:
        """What every card says in its ribbon now, by the card's id; empty for an open card."""
        reply = await self.stack.sandbox.get("/phones.json")
        everybody = [one["user"] for one in reply.raise_for_status().json()]
        return {
            card["outTrackId"]: card["params"].get("status", "")
            for user in everybody
            for card in await self._cards(user)
        }

    async def _cards(self, person: str) -> list[Json]:
        told = (await self.stack.sandbox.get(f"/phone/{person}/cards.json")).raise_for_status().json()
        cards: list[Json] = told["cards"]
        return cards

    async def _person(self, person: str, chance: random.Random) -> None:
        while True:
            with suppress(httpx.HTTPError):
                for card in await self._open_cards(person):
                    if chance.random() < 0.4:  # people do not answer at once
                        await self._answer(person, card, chance)
            await asyncio.sleep(_LOOK_AGAIN)

    async def _open_cards(self, person: str) -> list[Json]:
        return [card for card in await self._cards(person) if _actions(card)]

    async def _answer(self, person: str, card: Json, chance: random.Random) -> None:
        action, opinion = self._choice(card, chance)
        way = chance.choices(("phone", "twice", "both", "torn", "api"), (60, 15, 10, 5, 10))[0]
        self.ways[way] += 1
        on_phone = self._phone(person, card, action, opinion)
        if way == "phone":
            await on_phone()
        elif way == "twice":
            await asyncio.gather(on_phone(), on_phone())
        elif way == "both":
            await asyncio.gather(on_phone(), self._api(person, card, action, opinion)())
        elif way == "torn" and action in {"approve", "reject"}:
            other = "reject" if action == "approve" else "approve"
            await asyncio.gather(on_phone(), self._api(person, card, other, "改了主意")())
        else:
            await self._api(person, card, action, opinion)()

    def _choice(self, card: Json, chance: random.Random) -> tuple[str, str]:
        offered, number = _actions(card), number_of(card)
        if "retry" in offered:
            return chance.choice(("retry", "skip")), ""
        if "resubmit" in offered:
            return ("withdraw", "不买了") if chance.random() < 0.1 else ("resubmit", "已补充")
        if chance.random() < 0.25 and self.rejections[number] < _MOST_REJECTIONS:
            self.rejections[number] += 1
            return "reject", "请补充比价"
        return "approve", chance.choice(("", "同意"))

    def _phone(self, person: str, card: Json, action: str, opinion: str) -> Press:
        order = {"outTrackId": card["outTrackId"], "action": action, "opinion": opinion}

        async def press() -> None:
            with suppress(httpx.HTTPError):
                reply = await self.stack.sandbox.post(f"/phone/{person}/press", json=order)
                outcome = reply.raise_for_status().json()
                said = outcome["card"]["params"].get("status", "") if outcome["delivered"] else "undelivered"
                self.told.append(Told(card["outTrackId"], action, "phone", said))

        return press

    def _api(self, person: str, card: Json, action: str, opinion: str) -> Press:
        http = self.stack.by_person[person]

        async def press() -> None:
            with suppress(httpx.HTTPError):  # the api is killed now and then; whoever gets no answer presses again
                task = await self._task(http, card)
                if task is None:
                    return
                decision = {"action": action, "opinion": opinion, "form_hash": task["form_hash"]}
                reply = await http.post(f"/api/v1/tasks/{task['id']}/decide", json=decision)
                said = (reply.json().get("verdict") or "pending") if reply.is_success else str(reply.status_code)
                self.told.append(Told(card["outTrackId"], action, "api", said))

        return press

    async def _task(self, http: httpx.AsyncClient, card: Json) -> dict[str, Any] | None:
        reply = await http.get("/api/v1/tasks", params={"state": "open", "limit": 200})
        tasks = reply.json() if reply.is_success else []
        return next((task for task in tasks if ref_of(task["id"]) == card["outTrackId"]), None)


def number_of(card: Json) -> str:
    found = _NUMBER.search(card["params"].get("title", ""))
    return found[0] if found else ""


def _actions(card: Json) -> set[str]:
    params = card["params"]
    return {json.loads(params[name])["action"] for name in _BUTTONS if params.get(name)}
