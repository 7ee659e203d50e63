"""Words that we sign, so that whoever carries them can change nothing: `<purpose>.<key id>.<…>.<expiry>.<mac>`.

The purpose stands in what is signed: a word made for one is worth nothing for another.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime

from postroad.model.refusals import Forbidden, Malformed

_LONGEST = 2000


class SigningKeys:
    """HMAC-SHA256. During a rotation old keys are still read; `current` signs."""

    def __init__(self, keys: Mapping[str, bytes], current: str) -> None:
        if current not in keys or not all(keys.values()) or any("." in name for name in keys):
            raise ValueError(
                "按钮密钥缺失，或当前密钥不在其中 / "
                "a button key is missing or empty, or the current one is not among them"
            )
        self._keys, self._current = dict(keys), current

    def signed(self, purpose: str, said: Sequence[str], expires: datetime) -> str:
        """A word that says this; none of its parts holds a dot. `expires` is aware."""
        text = ".".join((purpose, self._current, *said, str(int(expires.timestamp()))))
        return f"{text}.{_encoded(self._mac(self._current, text))}"

    def read(self, purpose: str, word: str, parts: int) -> list[str] | None:
        """What a word says in so many parts, the last its expiry; None for what we never signed for this purpose."""
        said = word.split(".") if len(word) <= _LONGEST else []
        if len(said) != parts + 3 or said[0] != purpose or said[1] not in self._keys:
            return None
        text, _, mac = word.rpartition(".")
        if not hmac.compare_digest(_encoded(self._mac(said[1], text)).encode(), mac.encode("utf-8", "replace")):
            return None
        return said[2:-1]

    def _mac(self, key: str, text: str) -> bytes:
        return hmac.new(self._keys[key], text.encode("utf-8", "replace"), hashlib.sha256).digest()


def check_expiry(expiry: str, now: datetime, zh: str, en: str) -> None:
    """Raises Forbidden, in these words, once the time has come."""
    if int(now.timestamp()) >= int(expiry):
        raise Forbidden(zh, en, code="expired")


def packed(text: str) -> str:
    """A text as a part of a word."""
    return _encoded(text.encode())


def unpacked(part: str, refused: Malformed) -> str:
    """The text that was packed so. Raises `refused` for anything else."""
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError) as wrong:
        raise refused from wrong


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
