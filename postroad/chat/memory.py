"""A chat platform in memory: an honest one, which passes the tests that the real adapters pass."""

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from postroad.chat.base import ChatPort, Delivery, PlatformClick
from postroad.chat.card import Card, Nudge
from postroad.chat.errors import NoAccount, NoCard
from postroad.model.label import Label
from postroad.model.refusals import Malformed, TooLarge, Unauthenticated

_MOST_BYTES = 64 * 1024
_WINDOW = timedelta(minutes=5)


@dataclass
class Shown:
    """A card on somebody's screen."""

    account: str
    card: Card


class MemoryChat(ChatPort):
    """Cards by ref, for the accounts it knows. `sent` lists every call that reached somebody, as (what, ref).

    `nudges` are the messages sent beside them, as (account, message).
    """

    platform = "memory"

    def __init__(self, accounts: Collection[str], secret: str = "memory-chat") -> None:  # noqa: S107 - of a platform that exists in memory only
        self.accounts = set(accounts)
        self.screens: dict[str, Shown] = {}
        self.sent: list[tuple[str, str]] = []
        self.nudges: list[tuple[str, Nudge]] = []
        self.callback_url = ""
        self._secret = secret

    async def deliver(self, card: Card, account: str, ref: str) -> Delivery:
        if account not in self.accounts:
            raise NoAccount(f"{account} 没有账号", f"{account} has no account")
        self.screens.setdefault(ref, Shown(account, card))
        self.sent.append(("deliver", ref))
        return Delivery(ref=ref)

    async def update(self, ref: str, card: Card) -> None:
        if ref not in self.screens:
            raise NoCard(f"没有卡片 {ref}", f"There is no card {ref}")
        self.screens[ref].card = card
        self.sent.append(("update", ref))

    async def remind(self, nudge: Nudge, account: str) -> None:
        if account not in self.accounts:
            raise NoAccount(f"{account} 没有账号", f"{account} has no account")
        self.nudges.append((account, nudge))

    def parse_click(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> PlatformClick:
        if len(raw) > _MOST_BYTES:
            raise TooLarge("消息过大", "The message is too large")
        given = {name.lower(): value for name, value in headers.items()}
        stamp = given.get("x-time", "")
        if not hmac.compare_digest(self._sign(stamp, raw), given.get("x-signature", "")):
            raise Unauthenticated("签名不正确", "The signature is wrong")
        at = datetime.fromtimestamp(int(stamp), UTC)
        if abs(now - at) > _WINDOW:
            raise Unauthenticated("消息已过期", "The message is too old or too new")
        return self._click(raw, stamp, at)

    def answer(self, shown: Card | Label) -> dict[str, Any]:
        return {"card": shown.model_dump(mode="json")} if isinstance(shown, Card) else {"note": str(shown)}

    async def prepare(self, callback_url: str) -> None:
        self.callback_url = callback_url

    def press(self, ref: str, action: str, at: datetime, opinion: str = "") -> tuple[dict[str, str], bytes]:
        """The message the platform sends when the owner of a card presses a button: headers and body."""
        shown = self.screens[ref]
        token = next(button.token for button in shown.card.buttons if button.action == action)
        said = {"account": shown.account, "ref": ref, "action": action, "token": token, "opinion": opinion}
        return self.signed(json.dumps(said).encode(), at)

    def signed(self, raw: bytes, at: datetime) -> tuple[dict[str, str], bytes]:
        stamp = str(int(at.timestamp()))
        return {"X-Time": stamp, "X-Signature": self._sign(stamp, raw)}, raw

    def _sign(self, stamp: str, raw: bytes) -> str:
        return hmac.new(self._secret.encode(), stamp.encode() + b"." + raw, hashlib.sha256).hexdigest()

    def _click(self, raw: bytes, stamp: str, at: datetime) -> PlatformClick:
        try:
            said = json.loads(raw)
            facts = {"platform": self.platform, "delivery": hashlib.sha256(stamp.encode() + raw).hexdigest(), "at": at}
            return PlatformClick.model_validate({**said, **facts})
        except (TypeError, ValueError, RecursionError) as wrong:
            raise Malformed("消息无法识别", "The message cannot be read") from wrong
