"""The signed word on every button: `v1.<key id>.<task>.<person>.<action>.<form hash>.<expiry>.<mac>`.

It binds a press to task, person, action and form even where the platform's own signature does not cover the body.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from postroad.model.base import Fact
from postroad.model.decision import Action
from postroad.model.refusals import Forbidden, Malformed

_PARTS = 8
_LONGEST = 2000


class ButtonClaim(Fact):
    """What a button was made for. `card` names the card as it was once sent: all its buttons share it."""

    task: str
    person: str
    action: Action
    form_hash: str
    card: str


class ButtonTokens:
    """Issues and reads button tokens, HMAC-SHA256. During a rotation old keys are still read; `current` signs."""

    def __init__(self, keys: Mapping[str, bytes], current: str) -> None:
        if current not in keys or not all(keys.values()) or any("." in name for name in keys):
            raise ValueError(
                "按钮密钥缺失，或当前密钥不在其中 / "
                "a button key is missing or empty, or the current one is not among them"
            )
        self._keys, self._current = dict(keys), current

    def issue(self, task: str, person: str, action: Action, form_hash: str, expires: datetime) -> str:
        """A token for this button; `expires` is aware."""
        said = [
            "v1",
            self._current,
            _packed(task),
            _packed(person),
            action.value,
            form_hash,
            str(int(expires.timestamp())),
        ]
        text = ".".join(said)
        return f"{text}.{_encoded(self._mac(self._current, text))}"

    def read(self, token: str, now: datetime) -> ButtonClaim:
        """What the token says.

        Raises:
            Malformed: this is no token of ours: wrong form, unknown key, wrong signature.
            Forbidden: the button has expired.
        """
        parts = token.split(".") if len(token) <= _LONGEST else []
        if len(parts) != _PARTS or parts[0] != "v1" or parts[1] not in self._keys:
            raise _not_ours()
        text, _, mac = token.rpartition(".")
        if not hmac.compare_digest(_encoded(self._mac(parts[1], text)).encode(), mac.encode("utf-8", "replace")):
            raise _not_ours()
        claim = ButtonClaim(
            task=_unpacked(parts[2]),
            person=_unpacked(parts[3]),
            action=Action(parts[4]),
            form_hash=parts[5],
            card=parts[6],  # it was sent when its buttons began to count down
        )
        if int(now.timestamp()) >= int(parts[6]):
            raise Forbidden(
                "按钮已过期，请打开卡片上的链接处理",
                "This button has expired; open the link on the card",
                code="expired",
            )
        return claim

    def _mac(self, key: str, text: str) -> bytes:
        return hmac.new(self._keys[key], text.encode("utf-8", "replace"), hashlib.sha256).digest()


def _not_ours() -> Malformed:
    return Malformed(
        "按钮无效，请刷新卡片或打开链接处理",
        "This is not a button of ours; open the link on the card",
        code="bad_token",
    )


def _packed(text: str) -> str:
    return _encoded(text.encode())


def _unpacked(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError) as wrong:
        raise _not_ours() from wrong


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
