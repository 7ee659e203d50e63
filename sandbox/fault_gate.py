import asyncio
from http import HTTPStatus

from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.dingtalk.errors import failure_body
from sandbox.faults import Faults, Target

_AREAS: dict[str, Target] = {"/erp/api/": "erp", "/pms/api/": "pms", "/dingtalk/": "dingtalk"}
_REFUSALS = {"error_before", "outage", "rate_limit"}
_AFTER_COMMIT = {"error_after_commit", "drop_reply"}
_READS = {"GET", "HEAD", "OPTIONS"}


class FaultGate:
    """ASGI middleware that lets the faults in force strike requests to the three outside systems, never the pages."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        target = _target_of(scope)
        if target is None:
            await self._app(scope, receive, send)
            return
        if latency := self._faults.strike(target, {"latency"}, scope["path"]):
            await asyncio.sleep(latency.seconds or 0)
        if refusal := self._faults.strike(target, _REFUSALS, scope["path"]):
            await failure(target, refusal.kind)(scope, receive, send)
        elif scope["method"] in _READS:
            await self._app(scope, receive, send)
        else:
            await self._write(target, scope, receive, send)

    async def _write(self, target: Target, scope: Scope, receive: Receive, send: Send) -> None:
        reply = _Reply()
        await self._app(scope, receive, reply.keep)
        fault = self._faults.strike(target, _AFTER_COMMIT, scope["path"]) if reply.is_success else None
        if fault is None:
            await reply.send_whole(send)
        elif fault.kind == "drop_reply":
            await reply.send_broken(send)
        else:
            await failure(target, fault.kind)(scope, receive, send)


class _Reply:
    """An answer held back until it is known whether the caller may have it."""

    def __init__(self) -> None:
        self._messages: list[Message] = []

    async def keep(self, message: Message) -> None:
        self._messages.append(message)

    @property
    def is_success(self) -> bool:
        return bool(self._messages and self._messages[0]["status"] < HTTPStatus.BAD_REQUEST)

    async def send_whole(self, send: Send) -> None:
        for message in self._messages:
            await send(message)

    async def send_broken(self, send: Send) -> None:
        """Announces the whole length, sends a part and ends; the server then cuts the connection."""
        start, *rest = self._messages
        await send(start)
        body = b"".join(message.get("body", b"") for message in rest)
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})


def failure(target: Target, kind: str) -> JSONResponse:
    """How the system answers while the fault is on, in its own error format."""
    if target == "dingtalk":
        status, code, message = _DINGTALK_FAILURES[kind]
        return JSONResponse(failure_body(code, message), status_code=status)
    status, code, message, message_en = _BUSINESS_FAILURES[kind]
    headers = {"Retry-After": "1"} if status == HTTPStatus.TOO_MANY_REQUESTS else None
    return JSONResponse({"code": code, "message": message, "message_en": message_en}, status, headers)


_DINGTALK_FAILURES = {
    "error_before": (500, "SystemError", "系统错误，请稍后重试"),
    "error_after_commit": (500, "SystemError", "系统错误，请稍后重试"),
    "outage": (503, "ServiceUnavailable", "服务暂不可用，请稍后重试"),
    "rate_limit": (403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "请求的接口调用超过 QPS 限制，请稍后重试"),
}
_BUSINESS_FAILURES = {
    "error_before": (500, "internal_error", "系统错误，请稍后重试", "Internal error; try again later"),
    "error_after_commit": (500, "internal_error", "系统错误，请稍后重试", "Internal error; try again later"),
    "outage": (503, "unavailable", "系统停机，请稍后重试", "The system is down; try again later"),
    "rate_limit": (429, "rate_limited", "调用太频繁，请 1 秒后重试", "Too many calls; try again in a second"),
}


def _target_of(scope: Scope) -> Target | None:
    if scope["type"] != "http":
        return None
    return next((target for prefix, target in _AREAS.items() if scope["path"].startswith(prefix)), None)
