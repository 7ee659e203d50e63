"""The signed word in the address of a one-task page: `p1.<key id>.<task>.<person>.<expiry>.<mac>`.

Whoever has it may see and do this one task as this person, and nothing else; no button's word opens a page.
"""

from datetime import datetime
from typing import NamedTuple

from postroad.chat.signing import SigningKeys, check_expiry, packed, unpacked
from postroad.model.refusals import Malformed

_PURPOSE, _PARTS = "p1", 3


class PageClaim(NamedTuple):
    """Whose page of which task it is."""

    task: str
    person: str


class PageTokens:
    def __init__(self, keys: SigningKeys) -> None:
        self._keys = keys

    def issue(self, task: str, person: str, expires: datetime) -> str:
        """A token for this page; `expires` is aware."""
        return self._keys.signed(_PURPOSE, (packed(task), packed(person)), expires)

    def read(self, token: str, now: datetime) -> PageClaim:
        """What the token says.

        Raises:
            Malformed: this is no token of ours.
            Forbidden: the page has expired.
        """
        said = self._keys.read(_PURPOSE, token, _PARTS)
        if said is None:
            raise _not_ours()
        task, person, expiry = said
        check_expiry(
            expiry, now, "链接已过期，请登录后在待办中心处理", "This link has expired; log in and open the to-do centre"
        )
        return PageClaim(unpacked(task, _not_ours()), unpacked(person, _not_ours()))


def _not_ours() -> Malformed:
    return Malformed(
        "链接无效，请从卡片重新打开，或登录后在待办中心处理",
        "This is not a link of ours; open it from the card again, or log in and open the to-do centre",
        code="bad_token",
    )
