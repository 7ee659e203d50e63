import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request, Response

from tests.sandbox.dingtalk_client import AGREED

Answer = Callable[[], Awaitable[Response]]


class ClickReceiver:
    """Remembers each click as it came over the wire and answers it as told."""

    def __init__(self) -> None:
        self.url = ""
        self.secret = "receiver-secret"
        self.clicks: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.app = FastAPI()
        self.app.post("/clicks")(self._receive)
        self.answer: Answer = self.says(AGREED)

    def click_params(self) -> dict[str, str]:
        """What the last pressed button sent."""
        content = json.loads(self.clicks[-1]["content"])
        params: dict[str, str] = content["cardPrivateData"]["params"]
        return params

    @staticmethod
    def says(answer: object, status: int = 200) -> Answer:
        async def reply() -> Response:
            return Response(json.dumps(answer), status, media_type="application/json")

        return reply

    @staticmethod
    def says_after(seconds: float) -> Answer:
        async def reply() -> Response:
            await asyncio.sleep(seconds)
            return Response(json.dumps(AGREED), media_type="application/json")

        return reply

    async def _receive(self, request: Request) -> Response:
        self.clicks.append(await request.json())
        self.headers.append(dict(request.headers))
        return await self.answer()


class EventReceiver:
    """Remembers ERP events; refuses as many as told, with the statuses given."""

    def __init__(self) -> None:
        self.url = ""
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.refusals: list[int] = []
        self.app = FastAPI()
        self.app.post("/events")(self._receive)

    def accepted(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]

    async def _receive(self, request: Request) -> Response:
        if self.refusals:
            return Response("not now", self.refusals.pop(0))
        self.bodies.append(await request.body())
        self.headers.append(dict(request.headers))
        return Response("{}", 200)
