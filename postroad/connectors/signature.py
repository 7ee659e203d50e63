import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from postroad.model.refusals import Unauthenticated

WINDOW = timedelta(minutes=5)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_DIGITS = 11  # seconds up to the year 5138; more would not be a date


def verify(*, payload: bytes, signature: str, secrets: Iterable[str]) -> None:
    """Hex HMAC-SHA256 of `payload` with one of `secrets`, compared in constant time. Raises Unauthenticated."""
    given = signature.strip().lower().encode("utf-8", "replace")
    matches = [hmac.compare_digest(_hex(secret, payload), given) for secret in secrets]
    if not any(matches):
        raise Unauthenticated(
            "事件签名不正确，请核对双方的密钥",
            "The event's signature is wrong; check that both sides have the same secret",
            code="bad_signature",
        )


def _hex(secret: str, payload: bytes) -> bytes:
    return hmac.new(secret.encode(), payload, hashlib.sha256).hexdigest().encode()


def check_fresh(timestamp: str, now: datetime) -> None:
    """Unix seconds at most five minutes from `now`, either way. Raises Unauthenticated."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _MOST_DIGITS):
        raise Unauthenticated(
            "事件缺少时间戳，或时间戳不是秒数", "The event has no timestamp in unix seconds", code="bad_timestamp"
        )
    sent = _EPOCH + timedelta(seconds=int(timestamp))
    if abs(now - sent) > WINDOW:
        raise Unauthenticated(
            f"事件时间与本机相差超过 5 分钟（{sent:%Y-%m-%d %H:%M:%S} UTC），请检查双方时钟",
            f"The event's time, {sent:%Y-%m-%d %H:%M:%S} UTC, is more than 5 minutes from our clock; check both clocks",
            code="stale_event",
        )
