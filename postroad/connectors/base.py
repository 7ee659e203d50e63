"""The port to business systems. Adapters differ; the write-back algorithm above them is one and the same."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from postroad.connectors.offer import Offer
from postroad.model.base import Fact
from postroad.model.document import Document, DocumentRef
from postroad.model.effect import Actor

Idempotency = Literal["command", "header", "field", "note", "none"]
"""How our key reaches the system: a command key or header it deduplicates by, a field or note it keeps, or not."""


class Capabilities(Fact):
    """What the system can do. `marks`: what it kept of our keys can be read back."""

    push: bool = False
    idempotency: Idempotency = "none"
    marks: bool = False
    creates: bool = False


class Goal(Fact):
    """The document states from which an action is legal, and the one it leads to; None if it leaves the state alone.

    `settle` is how long the system may take, after it took the request, to show the new state.
    """

    legal_from: frozenset[str]
    to: str | None
    settle: timedelta = timedelta(0)


class Sighting(Fact):
    """A document as it was read, and the keys it carries, oldest first; None if the system does not show keys."""

    document: Document
    marks: tuple[str, ...] | None = None


class ActResult(Fact):
    """The system took the request. That is not yet proof: read the document again."""

    ref: DocumentRef | None = None


class ErpEvent(Fact):
    """Word from the system that a document changed: verified as to its sender, but only a hint as to its content."""

    system: str
    event_id: str = Field(min_length=1, max_length=200)
    document: DocumentRef
    mode: str = Field(min_length=1, max_length=64)
    version: str = ""
    round: str = ""
    occurred_at: AwareDatetime | None = None
    payload: dict[str, Any] = {}


class Connector(ABC):
    """One business system. Every call is one request; none repeats itself.

    All but `goal`, `offer` and `parse_event` raise the errors of :mod:`postroad.connectors.errors`.
    """

    system: str
    capabilities: Capabilities

    @abstractmethod
    async def observe(self, ref: DocumentRef) -> Sighting:
        """The document as it is now, with our marks. Raises NotFound."""

    async def read(self, ref: DocumentRef) -> Document:
        """The document as it is now. Raises NotFound."""
        return (await self.observe(ref)).document

    @abstractmethod
    async def act(
        self, ref: DocumentRef, action: str, args: Mapping[str, Any], *, key: str, actor: Actor | None
    ) -> ActResult:
        """Ask for `action`, sending `key` by the best means the system has."""

    @abstractmethod
    async def find(self, entity: str, ext_id: str) -> Sighting | None:
        """What was created under this external id, None if nothing was."""

    @abstractmethod
    async def create(
        self, entity: str, ext_id: str, data: Mapping[str, Any], *, key: str, actor: Actor | None = None
    ) -> ActResult:
        """Create a new `entity` under our external id, which is unique there. BusinessConflict if it is taken."""

    @abstractmethod
    def goal(self, entity: str, action: str) -> Goal:
        """What `action` needs and reaches. Raises Rejected, saying what to configure, for an unknown one."""

    @abstractmethod
    def offer(self) -> Offer:
        """What can be drawn with: the kinds of things there are, their fields, and what can be done to them."""

    @abstractmethod
    def parse_event(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> ErpEvent:
        """Verify and read a pushed event.

        Raises:
            Unauthenticated: the signature over the raw bytes is wrong, or older or newer than five minutes.
            Malformed, TooLarge: the message cannot be read.
        """

    async def renew(self) -> bool:
        """Get new credentials after AuthExpired; False when there are none other to be had."""
        return False
