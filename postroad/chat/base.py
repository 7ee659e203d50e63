"""The port to chat platforms."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime

from postroad.chat.card import Card, Nudge
from postroad.model.base import Fact
from postroad.model.label import Label


class Delivery(Fact):
    """A card that reached the person; `ref` names it on the platform."""

    ref: str


class PlatformClick(Fact):
    """A press as the platform reports it, its sender verified. `account` is the person's id on the platform.

    `delivery` is the same for the same message, however often it comes; `token` is still to be read.
    """

    platform: str
    account: str
    ref: str
    action: str
    token: str
    opinion: str
    delivery: str
    at: AwareDatetime


class ChatPort(ABC):
    """One platform. Each call is one attempt and raises the errors of :mod:`postroad.chat.errors`."""

    platform: str

    @abstractmethod
    async def deliver(self, card: Card, account: str, ref: str) -> Delivery:
        """Send a new card. A second delivery under the same `ref` changes nothing, not even the content."""

    @abstractmethod
    async def update(self, ref: str, card: Card) -> None:
        """Make the card say this. Never while a press of it is being answered. Raises NoCard."""

    @abstractmethod
    async def remind(self, nudge: Nudge, account: str) -> None:
        """Send a message that makes the phone ring. Every call is a message: who calls sees to it that it is one."""

    @abstractmethod
    def parse_click(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> PlatformClick:
        """Verify and read a press. Raises Unauthenticated, Malformed or TooLarge."""

    @abstractmethod
    def answer(self, shown: Card | Label) -> dict[str, Any]:
        """What the platform wants to hear in reply to a press: the card anew, or only a note on it."""

    @abstractmethod
    async def prepare(self, callback_url: str) -> None:
        """Tell the platform where presses go; harmless to repeat."""
