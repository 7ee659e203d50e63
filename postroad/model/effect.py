import hashlib
import json
from enum import StrEnum
from typing import Any

from postroad.model.base import Fact
from postroad.model.document import DocumentRef


class Actor(Fact):
    """On whose behalf an action is done in the other system."""

    person: str
    name: str


class Intent(Fact):
    """One action in another system: what, on which document (or creating which entity), with which arguments.

    With `by_anyone` it is enough that the document gets there: it need not have been us who brought it.
    `key` is derived from the instance, the node and its epoch: every attempt of the same intent carries the same key.
    """

    key: str
    instance: str
    connector: str
    entity: str
    action: str
    document: DocumentRef | None = None
    args: dict[str, Any] = {}
    actor: Actor | None = None
    by_anyone: bool = False

    @property
    def intent_hash(self) -> str:
        said = self.model_dump(mode="json", exclude={"key"})
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class EffectStatus(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    CONFIRMED = "confirmed"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    COMPENSATED = "compensated"


class EffectResult(Fact):
    """How an intent ended. `CONFIRMED` means read back from the other system; `replayed`, that it was already so."""

    status: EffectStatus
    replayed: bool = False
    ref: str | None = None
    version: str | None = None
    state: str | None = None
    message: str = ""
