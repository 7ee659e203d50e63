"""What an instance remembers. Everything is JSON; only `advance` changes it, on a copy of its own."""

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from postroad.model.decision import Action, Answer
from postroad.model.document import Document, DocumentRef
from postroad.model.effect import Actor, EffectStatus, Intent
from postroad.model.label import Label
from postroad.model.process import Moment
from postroad.model.task import InstanceStatus, TaskKind
from postroad.process.commands import AnyCommand


class Memory(BaseModel):
    model_config = ConfigDict(extra="forbid")


SlotState = Literal[
    "wait", "active", "held", "delegated", "approved", "rejected", "auto", "transferred", "cancelled", "done"
]
FINAL: frozenset[str] = frozenset({"approved", "rejected", "auto", "transferred", "cancelled", "done"})


class Slot(Memory):
    """One person's part in an activation, and so one task. A slot in a final state never changes again.

    A change of owner or a re-opening makes a new slot that `replaces` this one, with its position and weight.
    """

    number: int
    actor: str
    name: str
    reason: Label
    state: SlotState
    opened_at: AwareDatetime
    position: int
    weight: int = 1
    origin: Literal["rule", "before", "after", "parallel"] = "rule"
    parent: int | None = None
    replaces: int | None = None
    principal: str | None = None
    hops: int = 0
    closed_at: AwareDatetime | None = None
    action: Action | None = None
    opinion: str = ""
    click: str | None = None
    form_hash: str | None = None
    cause: Label | None = None

    @property
    def open(self) -> bool:
        return self.state not in FINAL


class Activation(Memory):
    """One visit to a node that asks people: (node, epoch). It ends once."""

    node: str
    epoch: int
    kind: TaskKind
    title: Label
    mode: Literal["all", "any"]
    form_hash: str
    slots: list[Slot]
    state: Literal["open", "passed", "rejected", "cancelled"] = "open"
    trouble: Label | None = None

    @property
    def counting(self) -> list[Slot]:
        replaced = {slot.replaces for slot in self.slots}
        return [slot for slot in self.slots if slot.number not in replaced and slot.state != "cancelled"]


class Run(Memory):
    """A node that has been entered and not left. `finished` are the branches of a parallel that are through."""

    node: str
    epoch: int
    finished: list[int] = []


class Deed(Memory):
    """One effect of this instance, in the order in which they were first asked for."""

    intent: Intent
    node: str
    undo: str | None
    status: EffectStatus = EffectStatus.PLANNED
    ref: str | None = None
    own_document: bool = False


class Unwinding(Memory):
    """On the way back: compensate in reverse, tell the document's system (`moment`), then finish, return or walk.

    `by_system`: the document's own system turned us back, so what we did to that document is not undone any more.
    `actor` and `note` say on whose behalf and in which words; without them it is the last one who acted.
    """

    then: Literal["finish", "return", "walk"]
    outcome: str = ""
    moment: Moment | None = None
    compensate: bool = True
    by_system: bool = False
    actor: Actor | None = None
    note: str | None = None


class Trouble(Memory):
    """Why a node cannot go on, which command would be tried again, and at which epoch somebody was asked."""

    reason: Label
    key: str | None
    epoch: int


class State(Memory):
    """`expected_state` is the state in which we last saw or put the document: any other one is somebody else's doing.

    `reread`: word of the document came while a reading could not be trusted; it is read again when it can be.
    `walking`: the way begins anew as soon as the document has been read.
    """

    instance: str
    release: str
    ref: DocumentRef
    status: InstanceStatus = InstanceStatus.RUNNING
    outcome: str | None = None
    initiator: str = ""
    initiator_name: str = ""
    document: Document | None = None
    form_hash: str = ""
    expected_state: str | None = None
    reread: bool = False
    walking: bool = False
    results: dict[str, Any] = {}
    started_at: AwareDatetime | None = None
    finished_at: AwareDatetime | None = None
    revision: int = 0
    lines: int = 0
    epochs: dict[str, int] = {}
    runs: dict[str, Run] = {}
    activations: dict[str, Activation] = {}
    trail: list[tuple[str, int]] = []
    pending: dict[str, AnyCommand] = {}
    deeds: dict[str, Deed] = {}
    troubles: dict[str, Trouble] = {}
    answers: dict[str, Answer] = {}
    heard: list[str] = []
    unwinding: Unwinding | None = None

    @property
    def over(self) -> bool:
        return self.status in {InstanceStatus.FINISHED, InstanceStatus.FAILED}

    @property
    def variables(self) -> dict[str, Any]:
        """What conditions, rules and templates may name: the document's fields, who started it, and results so far."""
        fields = dict(self.document.data) if self.document else {}
        return {"applicant": self.initiator, **fields, "initiator": self.initiator, **self.results}
