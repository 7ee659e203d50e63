from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import V1
from api.errors import problem
from postroad.model.label import Label

KIB = 1024
USUAL = 64 * KIB
BY_PREFIX = {
    "/events/": 256 * KIB,
    f"{V1}/rules/": 1024 * KIB,
    f"{V1}/case-files": 16 * 1024 * KIB,
    f"{V1}/people/import": 20 * 1024 * KIB,
    f"{V1}/processes/": 1024 * KIB,
}


class BodyLimit:
    """Answers 413 to a body that is longer than its endpoint reads; no more than the limit is ever held in memory."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = next((size for prefix, size in BY_PREFIX.items() if scope["path"].startswith(prefix)), USUAL)
        body = await _read(receive, limit)
        if body is None:
            message = Label(
                zh=f"内容超过 {limit // KIB} KiB，请拆分后再发",
                en=f"The body is longer than {limit // KIB} KiB; send less at a time",
            )
            await problem(413, "too_large", message)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)


async def _read(receive: Receive, limit: int) -> list[Message] | None:
    messages, size = [], 0
    while True:
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit:
            return None
        messages.append(message)
        if not message.get("more_body", False):
            return messages


def _replay(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def again() -> Message:
        return next(waiting, None) or await receive()

    return again
