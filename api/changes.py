"""Live updates for open pages, as server-sent events: what to fetch anew, and nothing of what it says."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import StreamingResponse

from api.cookie import secret_in
from api.depends import Caller, Guard, Tools
from api.listening import Listener, Listening, News, Topic
from postroad.model.refusals import TooMany, Unavailable
from postroad.store.sessions import hash_of

router = APIRouter(tags=["changes 实时更新"])

HEARTBEAT = 15.0
"""Seconds without a word after which something is said, so that nobody between takes the connection for dead."""

LONGEST = 3600.0
"""Seconds after which a page connects anew, and its person's rights are looked at again."""

PAGES = 30
"""Open pages of one person in one process."""

REMEMBERED = timedelta(hours=1)
_READY = "retry: 3000\nevent: ready\ndata: {}\n\n"
_HEARD: dict[Topic, frozenset[str]] = {
    "tasks": frozenset({"read", "act"}),
    "instances": frozenset({"read", "act"}),
    "rules": frozenset({"read", "rules", "rules_approve"}),
    "processes": frozenset({"read", "act", "processes", "processes_approve"}),
}
_DRAWN = frozenset({"read", "processes", "processes_approve"})

Reader = Annotated[
    Caller, Depends(Guard("read", "act", "rules", "rules_approve", "processes", "processes_approve"))
]  # fmt: skip


@router.get(
    "/changes",
    summary="实时更新 / What changed, while it does",
    response_class=StreamingResponse,
    include_in_schema=False,  # no answer in the sense of the description: it has no end
)
async def changes(
    request: Request,
    caller: Reader,
    parts: Tools,
    last_event_id: Annotated[str | None, Header(max_length=40)] = None,
) -> StreamingResponse:
    """Events `tasks`, `instances`, `rules` and `processes`, each with `{"ids": […]}`; null for too many to name.

    `ready` is the first one. It ends when the token or the session does, and after an hour.
    """
    listening = parts.listening
    if not listening.is_looking:
        raise Unavailable("服务正在停止，请稍后重新连接", "The service is about to stop; connect anew soon")
    if caller.person is not None and listening.of(caller.person) >= PAGES:
        raise TooMany(timedelta(minutes=1))
    listener = _listener(request, caller)
    _go_on(listener, last_event_id, parts.now())
    return StreamingResponse(
        _told(listening, listener),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _listener(request: Request, caller: Caller) -> Listener:
    hears = frozenset(topic for topic, scopes in _HEARD.items() if caller.scopes & scopes)
    drawn = not caller.scopes.isdisjoint(_DRAWN)
    secret = secret_in(request) if caller.by_session else None
    if secret is not None:
        return Listener(caller.reach, hears, drawn, session=hash_of(secret))
    return Listener(caller.reach, hears, drawn, token=caller.token)


def _go_on(listener: Listener, last: str | None, now: datetime) -> None:
    """Behind the event that the page heard last, if it says so."""
    if last is None or not last.isdecimal():
        return
    heard = datetime.fromtimestamp(min(int(last), int(now.timestamp() * 1000)) / 1000, UTC)
    if now - heard <= REMEMBERED:
        listener.since = heard
        return
    for topic in listener.hears:
        listener.tell(topic, None, now)


async def _told(listening: Listening, listener: Listener) -> AsyncIterator[str]:
    clock = asyncio.get_running_loop().time
    until = clock() + LONGEST
    listening.add(listener)
    try:
        await listener.is_current.wait()
        yield _READY
        while not listener.is_over and clock() < until:
            news = await listener.next(HEARTBEAT)
            if news is not None:
                yield _events(news)
            elif not listener.is_over:
                yield ": \n\n"
    finally:
        listening.remove(listener)


def _events(news: News) -> str:
    mark = int(news.at.timestamp() * 1000)
    return "".join(
        f"id: {mark}\nevent: {topic}\ndata: {json.dumps({'ids': None if ids is None else sorted(ids)})}\n\n"
        for topic, ids in news.ids.items()
    )
