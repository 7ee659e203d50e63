"""Sending one declared request and receiving its answer within the connector's time."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

from postroad.connectors.auth import headers_of
from postroad.connectors.classify import classify
from postroad.connectors.config import Call, RestConfig
from postroad.connectors.errors import Rejected, Retryable
from postroad.connectors.filling import fill, fill_path
from postroad.connectors.reply import Reply, receive
from postroad.connectors.secret import MissingSecret

_CONNECT_SECONDS = 3.0


class Wire:
    """The HTTP side of one system. Redirects are not followed: they could lead to a host nobody allowed."""

    def __init__(
        self, system: str, config: RestConfig, base_url: str, *, http: httpx.AsyncClient, environ: Mapping[str, str]
    ) -> None:
        self.system, self._config, self._base = system, config, base_url.rstrip("/")
        self._http, self._environ = http, environ
        self._auth = headers_of(config.auth, environ)

    def renew(self) -> bool:
        """Look the credentials up again; True if they are other ones now."""
        try:
            fresh = headers_of(self._config.auth, self._environ)
        except MissingSecret:
            return False
        changed, self._auth = fresh != self._auth, fresh
        return changed

    async def ask(self, call: Call, values: Mapping[str, Any]) -> Reply:
        """The answer to a request that the system took; anything else is raised as a ConnectorFailure."""
        reply = await self._send(self._request(call, values))
        if not reply.is_success:
            raise classify(self.system, reply, self._config.errors, self._config.message)
        return reply

    def _request(self, call: Call, values: Mapping[str, Any]) -> httpx.Request:
        try:
            url = self._base + fill_path(call.path, values)
        except ValueError as wrong:
            raise Rejected(
                f"{self.system} 的请求无法发出：{wrong}", f"{self.system} cannot be asked: {wrong}"
            ) from wrong
        headers = {**self._auth, **self._key_header(values)}
        body = None if call.body is None else fill(call.body, values)
        return self._http.build_request(
            call.method, url, params=fill(call.query, values) or None, json=body, headers=headers
        )

    def _key_header(self, values: Mapping[str, Any]) -> dict[str, str]:
        header, key = self._config.idempotency.header, values.get("key")
        # a key may name a document in Chinese; headers are ASCII
        return {header: str(key).encode("ascii", "backslashreplace").decode()} if header and key else {}

    async def _send(self, request: httpx.Request) -> Reply:
        seconds = self._config.timeout.total_seconds()
        request.extensions["timeout"] = httpx.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS)).as_dict()
        try:
            # httpx bounds each read and not the whole: an answer that drips would never end
            async with asyncio.timeout(seconds):
                response = await self._http.send(request, stream=True)
                try:
                    return await receive(response)
                finally:
                    await response.aclose()
        except (TimeoutError, httpx.TimeoutException) as late:
            raise Retryable(
                f"{self.system} 在 {seconds:g} 秒内没有答复", f"{self.system} did not answer within {seconds:g} s"
            ) from late
        except httpx.HTTPError as broken:
            raise Retryable(
                f"无法连接 {self.system}：{type(broken).__name__}",
                f"{self.system} cannot be reached: {type(broken).__name__}: {broken}",
            ) from broken
