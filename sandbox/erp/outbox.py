import asyncio
import hashlib
import hmac
from collections import deque
from contextlib import suppress
from datetime import datetime
from typing import ClassVar, Protocol

import httpx
from pydantic import BaseModel, ConfigDict

from sandbox.clock import Clock

_TIMEOUT_SECONDS = 3.0
_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 5.0
_TOLD = {"id", "model", "record", "mode", "state", "version", "round", "occurred_at"}


class ChangedDocument(Protocol):
    """What an event says about a document."""

    model: ClassVar[str]
    id: str
    state: str
    version: int
    round: int
    updated_at: datetime


class EventTarget(BaseModel):
    """Where events go and the key they are signed with; without a URL they wait."""

    model_config = ConfigDict(extra="forbid")

    url: str | None = None
    secret: str


class OutboxEvent(BaseModel):
    id: str
    model: str
    record: str
    mode: str
    state: str
    version: int
    round: int
    occurred_at: datetime
    attempts: int = 0
    delivered_at: datetime | None = None
    last_error: str | None = None

    def body(self) -> bytes:
        return self.model_dump_json(include=_TOLD).encode()


class Outbox:
    """Delivers each change at least once, in order per document, for as long as it takes."""

    def __init__(self, clock: Clock, http: httpx.AsyncClient, target: EventTarget) -> None:
        self._clock = clock
        self._http = http
        self.target = target
        self._aimed_anew = asyncio.Event()
        self._waiting: dict[str, deque[OutboxEvent]] = {}
        self._couriers: dict[str, asyncio.Task[None]] = {}
        self.events: list[OutboxEvent] = []

    def append(self, document: ChangedDocument, mode: str) -> None:
        """Must run inside the event loop, which then carries the event."""
        event = OutboxEvent(
            id=f"erp-{len(self.events) + 1}",
            model=document.model,
            record=document.id,
            mode=mode,
            state=document.state,
            version=document.version,
            round=document.round,
            occurred_at=document.updated_at,
        )
        self.events.append(event)
        self._waiting.setdefault(document.id, deque()).append(event)
        courier = self._couriers.get(document.id)
        if courier is None or courier.done():
            self._couriers[document.id] = asyncio.create_task(self._carry(document.id))

    def aim(self, target: EventTarget) -> None:
        """Sends to another address from now on; waiting events start at once."""
        self.target = target
        self._aimed_anew.set()
        self._aimed_anew = asyncio.Event()

    async def close(self) -> None:
        for courier in self._couriers.values():
            courier.cancel()
        await asyncio.gather(*self._couriers.values(), return_exceptions=True)

    async def _carry(self, record: str) -> None:
        waiting = self._waiting[record]
        while waiting:
            event = waiting[0]
            while event.delivered_at is None:
                await self._attempt(event)
            waiting.popleft()

    async def _attempt(self, event: OutboxEvent) -> None:
        target, aimed_anew = self.target, self._aimed_anew
        if target.url is None:
            await aimed_anew.wait()
            return
        event.attempts += 1
        event.last_error = await self._post(target.url, target.secret, event)
        if event.last_error is None:
            event.delivered_at = self._clock.now()
            return
        pause = min(_FIRST_PAUSE_SECONDS * 2.0 ** (event.attempts - 1), _LONGEST_PAUSE_SECONDS)
        with suppress(TimeoutError):
            await asyncio.wait_for(aimed_anew.wait(), pause)

    async def _post(self, url: str, secret: str, event: OutboxEvent) -> str | None:
        """None when accepted, else what went wrong."""
        body = event.body()
        headers = signed_headers(secret, event.id, int(self._clock.now().timestamp()), body)
        try:
            reply = await self._http.post(url, content=body, headers=headers, timeout=_TIMEOUT_SECONDS)
        except (httpx.HTTPError, httpx.InvalidURL) as broken:
            return repr(broken)
        return None if reply.is_success else f"HTTP {reply.status_code}: {reply.text[:200]}"


def signed_headers(secret: str, event_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """X-Event-Signature = hex(HMAC-SHA256(secret, "<unix seconds>." + raw body))."""
    signature = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Event-Id": event_id,
        "X-Event-Timestamp": str(timestamp),
        "X-Event-Signature": signature,
    }
