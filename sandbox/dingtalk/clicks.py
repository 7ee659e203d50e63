import asyncio
import json
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sandbox.clock import Clock
from sandbox.dingtalk.callbacks import CallbackRoutes, Route, signed_headers
from sandbox.dingtalk.cards import Card, Cards
from sandbox.dingtalk.errors import ProtocolBreachError
from sandbox.dingtalk.models import CallbackAnswer
from sandbox.faults import Faults
from sandbox.violations import Violations

PLATFORM_ERROR = "操作失败，请稍后重试"
BUTTON_GONE = "按钮已失效，请查看卡片最新内容"


class Press(BaseModel):
    """A finger on a button. With `token` it comes from an outdated screen: the button may be gone by now."""

    model_config = ConfigDict(extra="forbid")

    out_track_id: str = Field(alias="outTrackId")
    action: str
    opinion: str = ""
    token: str | None = None


@dataclass(frozen=True)
class Pressed:
    """`answer` is the receiver's valid answer; else `error` is what the phone shows and `detail` why."""

    answer: dict[str, Any] | None = None
    error: str | None = None
    detail: str | None = None


class ClickFailedError(Exception):
    """No valid answer came within the deadline."""


class Clicks:
    """Carries clicks to the registered address and the answers back onto the cards."""

    def __init__(
        self,
        *,
        cards: Cards,
        routes: CallbackRoutes,
        violations: Violations,
        faults: Faults,
        clock: Clock,
        http: httpx.AsyncClient,
        corp_id: str,
        deadline_seconds: float,
    ) -> None:
        self._cards, self._routes, self._violations, self._faults = cards, routes, violations, faults
        self._clock, self._http = clock, http
        self._corp_id, self._deadline = corp_id, deadline_seconds

    async def press(self, card: Card, user: str, press: Press) -> Pressed:
        button = card.button(user, press.action)
        if button is None and press.token is None:
            return Pressed(error=BUTTON_GONE, detail=f"no button {press.action} on {card.out_track_id}")
        token = press.token if press.token is not None else button.token if button else ""
        params = {"action": press.action, "token": token, "opinion": press.opinion}
        try:
            with card.being_answered():
                answer = await self._ask(card, self._body(card, user, params))
            self._apply(card, user, answer)
        except ClickFailedError as failed:
            self._cards.fail(card, user, PLATFORM_ERROR)
            return Pressed(error=PLATFORM_ERROR, detail=str(failed))
        return Pressed(answer=answer)

    def _body(self, card: Card, user: str, params: dict[str, str]) -> bytes:
        content = {"cardPrivateData": {"actionIds": [params["action"]], "params": params}}
        body = {
            "type": "actionCallback",
            "outTrackId": card.out_track_id,
            "corpId": self._corp_id,
            "userId": user,
            "userIdType": 1,
            "spaceType": "IM_ROBOT",
            "spaceId": user,
            "content": json.dumps(content, ensure_ascii=False),
        }
        return json.dumps(body, ensure_ascii=False).encode()

    async def _ask(self, card: Card, body: bytes) -> dict[str, Any]:
        route = self._routes.find(card.route_key)
        if route is None:
            raise ClickFailedError(f"card {card.out_track_id} has no registered callback")
        try:
            async with asyncio.timeout(self._deadline):
                reply = await self._send(route, card.out_track_id, body)
        except (TimeoutError, httpx.TimeoutException) as late:
            raise ClickFailedError(f"no answer within {self._deadline} s") from late
        except (httpx.HTTPError, httpx.InvalidURL) as broken:
            raise ClickFailedError(f"{route.url}: {broken!r}") from broken
        return _answer_of(reply)

    async def _send(self, route: Route, where: str, body: bytes) -> httpx.Response:
        if latency := self._faults.strike("click", {"latency"}, where):
            await asyncio.sleep(latency.seconds or 0)
        forged = self._faults.strike("click", {"forged_signature"}, where)
        stamp = int(self._clock.platform_now().timestamp() * 1000)
        headers = signed_headers("not the secret" if forged else route.api_secret, stamp)
        reply = await self._http.post(route.url, content=body, headers=headers)
        if self._faults.strike("click", {"duplicate"}, where):
            await self._http.post(route.url, content=body, headers=headers)
        if self._faults.strike("click", {"drop_reply"}, where):
            raise ClickFailedError("the answer was lost on the way (fault drop_reply)")
        return reply

    def _apply(self, card: Card, user: str, answer: dict[str, Any]) -> None:
        try:
            self._cards.answer(card, user, CallbackAnswer.model_validate(answer))
        except (ValidationError, ProtocolBreachError) as wrong:
            self._violations.record(f"answer to a click on {card.out_track_id}", str(wrong))
            raise ClickFailedError(f"invalid answer: {wrong}") from wrong


def _answer_of(reply: httpx.Response) -> dict[str, Any]:
    if reply.status_code != httpx.codes.OK:
        raise ClickFailedError(f"answered with HTTP {reply.status_code}")
    try:
        answer = reply.json()
    except ValueError as wrong:
        raise ClickFailedError("the answer is not JSON") from wrong
    if not isinstance(answer, dict):
        raise ClickFailedError("the answer is not a JSON object")
    return answer
