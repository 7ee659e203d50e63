import secrets
from time import perf_counter
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import V1
from api.errors import unexpected

log = structlog.get_logger("api")
QUIET = {"/healthz", "/readyz", "/metrics"}


class AccessLog:
    """One log line per request with its outcome, and the last net under faults of ours: 500 with an id to look up.

    The line names the route's template, never the address as called: that may hold a secret.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, seen = perf_counter(), dict[str, Any]()

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception:
            seen |= {"error_id": secrets.token_hex(6)}
            log.exception("request.failed", **_facts(scope), **seen)
            if "status" in seen:  # the answer is under way, nobody could be told any more
                raise
            await unexpected(seen["error_id"])(scope, receive, watch)
        _write(scope, seen, perf_counter() - started)


def _write(scope: Scope, seen: dict[str, Any], seconds: float) -> None:
    facts = _facts(scope)
    if facts["route"] not in QUIET or seen.get("status") != 200:  # noqa: PLR2004 - HTTP's own number
        log.info("request", **facts, **seen, ms=round(seconds * 1000, 1))


def _facts(scope: Scope) -> dict[str, Any]:
    route = scope.get("route")
    told = scope.get("state", {})
    under = V1 if scope["path"].startswith(f"{V1}/") else ""  # a route does not know the prefix it was included with
    facts = {"method": scope["method"], "route": under + getattr(route, "path", "-")}
    return facts | {name: told[name] for name in ("caller", "refused") if name in told}
