"""Presses as DingTalk posts them.

Its signature covers the time only, never the body: whoever acts on a press must read the button's token too.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from postroad.chat.base import PlatformClick
from postroad.model.refusals import Forbidden, Malformed, TooLarge, Unauthenticated

MOST_BYTES = 64 * 1024
WINDOW = timedelta(minutes=5)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_DIGITS = 14
_TIMESTAMP, _SIGNATURE = "x-ddpaas-signature-timestamp", "x-ddpaas-signature"


class _Message(BaseModel):
    """DingTalk adds fields as it pleases; these are the ones we read."""

    model_config = ConfigDict(extra="ignore", strict=True)


class _Params(_Message):
    action: str = Field(min_length=1, max_length=40)
    token: str = Field(default="", max_length=4000)
    opinion: str = Field(default="", max_length=2000)


class _Private(_Message):
    params: _Params


class _Content(_Message):
    private: _Private = Field(alias="cardPrivateData")


class _Body(_Message):
    type: str
    card: str = Field(alias="outTrackId", min_length=1, max_length=200)
    corp: str = Field(default="", alias="corpId")
    user: str = Field(alias="userId", min_length=1, max_length=200)
    content: str


def parse(headers: Mapping[str, str], raw: bytes, now: datetime, *, secret: str, corp_id: str) -> PlatformClick:
    """The press that a callback reports.

    Raises:
        TooLarge: more than 64 KiB.
        Unauthenticated: not signed by DingTalk, or not within five minutes of `now`.
        Forbidden: of another company.
        Malformed: it cannot be read.
    """
    if len(raw) > MOST_BYTES:
        raise TooLarge("回调超过 64 KiB", "The callback is larger than 64 KiB")
    given = {name.lower(): value for name, value in headers.items()}
    timestamp = given.get(_TIMESTAMP, "")
    _verify(timestamp, given.get(_SIGNATURE, ""), secret)
    at = _fresh(timestamp, now)
    body, params = _read(raw)
    if corp_id and body.corp != corp_id:
        raise Forbidden("回调来自其他企业", "The callback comes from another company", code="other_company")
    return PlatformClick(
        platform="dingtalk",
        account=body.user,
        ref=body.card,
        action=params.action,
        token=params.token,
        opinion=params.opinion.strip(),
        delivery=hashlib.sha256(timestamp.encode() + raw).hexdigest(),
        at=at,
    )


def signature_of(secret: str, timestamp: str) -> str:
    """base64 of HMAC-SHA256(api secret, timestamp in milliseconds as decimal text)."""
    digest = hmac.new(secret.encode(), timestamp.encode("utf-8", "replace"), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _verify(timestamp: str, signature: str, secret: str) -> None:
    expected, given = signature_of(secret, timestamp).encode(), signature.encode("utf-8", "replace")
    if not (timestamp and hmac.compare_digest(expected, given)):
        raise Unauthenticated(
            "回调签名不正确，请核对卡片回调的 apiSecret",
            "The callback's signature is wrong; check the apiSecret of the card callback",
            code="bad_signature",
        )


def _fresh(timestamp: str, now: datetime) -> datetime:
    digits = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _MOST_DIGITS
    sent = _EPOCH + timedelta(milliseconds=int(timestamp)) if digits else _EPOCH
    if abs(now - sent) > WINDOW:
        raise Unauthenticated(
            "回调时间与本机相差超过 5 分钟，请检查时钟",
            "The callback is more than 5 minutes from our clock; check the clock",
            code="stale_callback",
        )
    return sent


def _read(raw: bytes) -> tuple[_Body, _Params]:
    try:
        body = _Body.model_validate(_json(raw))
        if body.type != "actionCallback":
            raise Malformed(f"不支持的回调类型 {body.type[:40]}", f"Callbacks of type {body.type[:40]} are not known")
        return body, _Content.model_validate(_json(body.content)).private.params
    except ValidationError as wrong:
        named = ", ".join(".".join(str(part) for part in error["loc"]) for error in wrong.errors())
        raise Malformed(f"回调缺少或写错：{named}", f"The callback lacks or misstates: {named}") from wrong


def _json(raw: bytes | str) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as wrong:
        raise Malformed("回调不是 JSON", "The callback is not JSON") from wrong
