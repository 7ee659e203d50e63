"""An HTTP answer as data, whatever was sent: bounded in size, with exact figures, or with no body at all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx

from postroad.model.exact import json_safe

MOST_BYTES = 2 * 1024 * 1024
_EXCERPT = 200


@dataclass(frozen=True)
class Reply:
    """`body` is JSON with figures as exact text.

    It is None, and `readable` False, when the answer was not JSON or too large; `text` is its beginning.
    """

    status: int
    headers: Mapping[str, str]
    body: Any
    readable: bool
    text: str

    @property
    def is_success(self) -> bool:
        return httpx.codes.is_success(self.status)

    def as_data(self) -> dict[str, Any]:
        """What error rules see."""
        return {"status": self.status, "headers": dict(self.headers), "body": self.body}


async def receive(response: httpx.Response) -> Reply:
    """Read a streamed answer, at most two megabytes of it."""
    raw = bytearray()
    async for part in response.aiter_bytes():
        raw += part
        if len(raw) > MOST_BYTES:
            break
    whole = len(raw) <= MOST_BYTES
    body, readable = parse_exact(bytes(raw)) if whole else (None, False)
    text = bytes(raw[: _EXCERPT * 4]).decode("utf-8", "replace").strip()[:_EXCERPT]
    return Reply(response.status_code, dict(response.headers), body, readable, text)


def parse_exact(raw: bytes) -> tuple[Any, bool]:
    """JSON without binary floats, and whether it was JSON at all."""
    if not raw.strip():
        return None, True
    try:
        return json_safe(json.loads(raw, parse_float=Decimal, parse_constant=_no_number)), True
    except (ValueError, RecursionError):
        return None, False


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} 不是数字 / {text} is not a number")
