"""The signed word on every button: `v1.<key id>.<task>.<person>.<action>.<form hash>.<expiry>.<mac>`.

It binds a press to task, person, action and form even where the platform's own signature does not cover the body.
"""

from collections.abc import Mapping
from datetime import datetime

from postroad.chat.page_token import PageTokens
from postroad.chat.signing import SigningKeys, check_expiry, packed, unpacked
from postroad.model.base import Fact
from postroad.model.decision import Action
from postroad.model.refusals import Malformed

_PURPOSE, _PARTS = "v1", 5


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
        self._keys = SigningKeys(keys, current)
        self.pages = PageTokens(self._keys)

    def issue(self, task: str, person: str, action: Action, form_hash: str, expires: datetime) -> str:
        """A token for this button; `expires` is aware."""
        return self._keys.signed(_PURPOSE, (packed(task), packed(person), action.value, form_hash), expires)

    def read(self, token: str, now: datetime) -> ButtonClaim:
        """What the token says.

        Raises:
            Malformed: this is no token of ours: wrong form, unknown key, wrong signature.
            Forbidden: the button has expired.
        """
        said = self._keys.read(_PURPOSE, token, _PARTS)
        if said is None:
            raise _not_ours()
        task, person, action, form_hash, expiry = said
        claim = ButtonClaim(
            task=unpacked(task, _not_ours()),
            person=unpacked(person, _not_ours()),
            action=Action(action),
            form_hash=form_hash,
            card=expiry,  # it was sent when its buttons began to count down
        )
        check_expiry(
            expiry, now, "按钮已过期，请打开卡片上的链接处理", "This button has expired; open the link on the card"
        )
        return claim


def _not_ours() -> Malformed:
    return Malformed(
        "按钮无效，请刷新卡片或打开链接处理",
        "This is not a button of ours; open the link on the card",
        code="bad_token",
    )
