import asyncio
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from postroad.chat.dingtalk.app import DingTalkApp
from postroad.chat.dingtalk.refusal import StaleToken, refusal
from postroad.chat.errors import Later, Misconfigured

_RENEW_EARLY_SECONDS = 300
_TIMEOUT = httpx.Timeout(5.0, connect=3.0)
_WHOLE_SECONDS = 5.0
_EXCERPT = 300


class DingTalkClient:
    """DingTalk's new-style API of one app: keeps the access token, and turns every failure into a ChatFailure.

    `elapsed` counts seconds and never goes back.
    """

    def __init__(
        self, app: DingTalkApp, http: httpx.AsyncClient, *, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._app, self._http, self._elapsed = app, http, elapsed
        self._base = app.base_url.rstrip("/")
        self._token, self._renew_at = "", 0.0
        self._renewing = asyncio.Lock()

    async def call(self, method: str, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one call; a token that is not taken is replaced, once."""
        token = await self._access_token()
        try:
            return await self._send(method, path, body, token)
        except StaleToken:
            self._drop(token)
        try:
            return await self._send(method, path, body, await self._access_token())
        except StaleToken as again:
            raise Misconfigured(again.zh, again.en) from again

    async def _access_token(self) -> str:
        async with self._renewing:
            if not self._token or self._elapsed() >= self._renew_at:
                await self._renew()
            return self._token

    async def _renew(self) -> None:
        said = {"appKey": self._app.app_key, "appSecret": self._app.app_secret.get_secret_value()}
        answer = await self._send("POST", "/v1.0/oauth2/accessToken", said, None)
        token, lasts = answer.get("accessToken"), answer.get("expireIn")
        if not isinstance(token, str) or not isinstance(lasts, int):
            raise Later("钉钉的令牌答复无法识别", "DingTalk's answer holds no access token")
        # a token that lasts less than the margin is used once, and then asked for again
        self._token, self._renew_at = token, self._elapsed() + max(lasts - _RENEW_EARLY_SECONDS, 0)

    def _drop(self, token: str) -> None:
        if self._token == token:
            self._token = ""

    async def _send(self, method: str, path: str, body: Mapping[str, Any], token: str | None) -> dict[str, Any]:
        headers = {"x-acs-dingtalk-access-token": token} if token else {}
        try:
            # httpx bounds each read and not the whole
            async with asyncio.timeout(_WHOLE_SECONDS):
                reply = await self._http.request(
                    method, self._base + path, json=dict(body), headers=headers, timeout=_TIMEOUT
                )
        except (TimeoutError, httpx.TimeoutException) as late:
            raise Later("钉钉没有及时答复", "DingTalk did not answer in time") from late
        except httpx.HTTPError as broken:
            raise Later(
                f"无法连接钉钉：{type(broken).__name__}", f"DingTalk cannot be reached: {type(broken).__name__}"
            ) from broken
        return _understood(reply)


def _understood(reply: httpx.Response) -> dict[str, Any]:
    body = _json(reply.content)
    if reply.is_success and isinstance(body, dict) and body.get("success", True) is not False and "punish" not in body:
        return body
    raise refusal(reply.status_code, body, reply.content[:_EXCERPT].decode("utf-8", "replace"))


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None
