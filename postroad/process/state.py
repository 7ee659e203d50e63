"""What an instance remembers. Everything is JSON; only `advance` changes it, on a copy of its own."""

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from postroad.model.bound import Moment
from postroad.model.call import Caller
from postroad.model.deadline import Call, Deadline
from postroad.model.decision import Action, Answer, RoundMode
from postroad.model.document import Document, DocumentRef
from postroad.model.effect import Actor, EffectStatus, Intent
from postroad.model.label import Label
from postroad.model.people import StandIn
from postroad.model.task import InstanceStatus, TaskKind
from postroad.process.commands import AnyCommand, Sleep


class Memory(BaseModel):
    model_config = ConfigDict(extra="forbid")


SlotState = Literal[
    "wait", "active", "held", "delegated", "approved", "rejected", "auto", "transferred", "cancelled", "done"
]
Origin = Literal["rule", "before", "after", "parallel", "delegate"]
FINAL: frozenset[str] = frozenset({"approved", "rejected", "auto", "transferred", "cancelled", "done"})


class Slot(Memory):
    """One person's part in an activation, and so one task. A slot in a final state never changes again.

    A change of owner or a re-opening makes a new slot that `replaces` this one, with its position and weight. `parent`
    is the slot whose person added this one or asked it for an opinion; one that was added before or after a decision
    belongs to a `round`, and does not count in the activation itself. An automatic one names the decision that stands
    for it as its `source` (`node/epoch/number`), and so does a decision that was copied into a new visit. `cut_short`:
    it was cancelled only because the others had decided, so it is asked again when that is undone. `overdue`: nobody
    decided it in time. `clock` is the number of the clock that it is on. The `agent` may act for its person, who is
    away; `acted` says that such a one decided.
    """

    number: int
    actor: str
    name: str
    agent: str | None = None
    agent_name: str = ""
    former_agents: list[str] = []
    reason: Label
    state: SlotState
    opened_at: AwareDatetime
    position: int
    weight: int = 1
    origin: Origin = "rule"
    parent: int | None = None
    round: int | None = None
    replaces: int | None = None
    principal: str | None = None
    hops: int = 0
    reminders: int = 0
    closed_at: AwareDatetime | None = None
    action: Action | None = None
    acted: StandIn | None = None
    opinion: str = ""
    click: str | None = None
    form_hash: str | None = None
    cause: Label | None = None
    target: str | None = None
    source: str | None = None
    cut_short: bool = False
    overdue: Literal["pass", "reject", "return"] | None = None
    clock: int | None = None
    closed_revision: int = 0

    @property
    def open(self) -> bool:
        return self.state not in FINAL

    @property
    def doer(self) -> str:
        """The one who really decided it; its own person until somebody did."""
        return self.acted.person if self.acted else self.actor

    @property
    def signature(self) -> str:
        """Whose decision it is, in words: 陈静, or 孙磊 代 陈静."""
        return f"{self.acted.name} 代 {self.name}" if self.acted else self.name


RoundState = Literal["planned", "open", "passed", "rejected", "void"]


class Round(Memory):
    """Those whom one person added before or after their own decision (加签), who decide among themselves.

    A round after is planned until its adder agrees. In an `advisory` one every answer is an opinion. `cut_short` as for
    a slot.
    """

    number: int
    adder: int
    place: Literal["before", "after"]
    mode: RoundMode
    advisory: bool = False
    state: RoundState = "planned"
    cut_short: bool = False


class Clock(Memory):
    """The deadline of those whose turn came at `since` together; `past` counts the calls that have come.

    `due` is None until the moments are known. A clock keeps its deadline, even in another release of the process.
    """

    number: int
    deadline: Deadline
    since: AwareDatetime
    due: AwareDatetime | None = None
    calls: tuple[Call, ...] = ()
    past: int = 0


class Activation(Memory):
    """One visit to a node that asks people: (node, epoch). It ends once.

    `pool`: the task is one person's, who claims it; `claimed` is the number of that slot. `known_as` is the name of the
    node in the ids of its tasks, where that is not the one it has in the instance's release.
    """

    node: str
    epoch: int
    kind: TaskKind
    title: Label
    mode: Literal["all", "any", "votes", "sequence"]
    percent: int | None = None
    count: int | None = None
    veto: bool = False
    or_reject: Literal["first", "all"] = "first"
    pool: bool = False
    claimed: int | None = None
    form_hash: str
    slots: list[Slot]
    rounds: list[Round] = []
    clocks: list[Clock] = []
    state: Literal["open", "passed", "rejected", "cancelled"] = "open"
    trouble: Label | None = None
    known_as: str | None = None

    @property
    def counting(self) -> list[Slot]:
        """The slots that decide the activation, in the order of their positions."""
        return self._standing(None)

    def members(self, round_: Round) -> list[Slot]:
        """The slots that decide a round, in the order of their positions."""
        return self._standing(round_.number)

    def asks(self, person: str, *, beside: Slot | None = None) -> bool:
        """Whether somebody has an open part in it now, an own one or as an agent; `beside` is not looked at."""
        return any(one.open and one is not beside and person in {one.actor, one.agent} for one in self.slots)

    def slot(self, number: int) -> Slot:
        return self.slots[number - 1]

    def lineage(self, slot: Slot) -> set[int]:
        """The slot and those whose place it has taken."""
        return {slot.number} | (self.lineage(self.slot(slot.replaces)) if slot.replaces else set())

    def _standing(self, round_: int | None) -> list[Slot]:
        replaced = {slot.replaces for slot in self.slots}
        standing = [
            slot
            for slot in self.slots
            if slot.round == round_
            and slot.origin != "delegate"
            and slot.number not in replaced
            and slot.state != "cancelled"
        ]
        return sorted(standing, key=lambda slot: slot.position)


class Run(Memory):
    """A node that has been entered and not left. `finished` are the branches or lanes that are through.

    `chosen` are the ways that an inclusive branch took.
    """

    node: str
    epoch: int
    finished: list[int] = []
    since: AwareDatetime | None = None
    chosen: list[int] = []


class Lane(Memory):
    """An item of a list, as it was when the list was read, and what people call it."""

    item: Any
    name: Label


class Lanes(Memory):
    """The items of an `each`. A lane is one item's for good; `current` are those of the list read last, in order."""

    lanes: list[Lane] = []
    current: list[int] = []

    @property
    def names(self) -> list[Label]:
        return [lane.name for lane in self.lanes]


class Deed(Memory):
    """One effect of this instance, in the order in which they were first asked for."""

    intent: Intent
    node: str
    undo: str | None
    status: EffectStatus = EffectStatus.PLANNED
    ref: str | None = None
    own_document: bool = False


class CalledProcess(Memory):
    """A process that `node` called. `unwanted`: its node was left, so it is called off; it is over when it says so.

    `since` is when it was called, or called off; `instance` is known once it has begun. `own_document`: it is about
    this instance's own document.
    """

    node: str
    since: AwareDatetime
    waits: bool
    own_document: bool
    status: Literal["starting", "running", "unwanted", "over"] = "starting"
    instance: str | None = None
    outcome: str | None = None
    failed: bool = False
    cause: Label | None = None


class Unwinding(Memory):
    """On the way back: compensate in reverse, tell the document's system (`moment`), then finish, return or walk.

    `by_system`: the document's own system turned us back, so what we did to that document is not undone any more.
    `actor` and `note` say on whose behalf and in which words; without them it is the last one who acted. `target` is
    the node to walk to, the first one if it is None.
    """

    then: Literal["finish", "return", "walk"]
    outcome: str = ""
    moment: Moment | None = None
    compensate: bool = True
    by_system: bool = False
    actor: Actor | None = None
    note: str | None = None
    target: str | None = None


class Returning(Memory):
    """On the way back to `target`: what was done in the nodes of `scope` is undone first, then it is entered anew.

    What is under way in the nodes of `waits_for` is waited for, and stands. `parent` is the innermost node around the
    target that went on meanwhile, None where there is none. Where somebody takes a decision back, it is the `slot` of
    the activation `key` that is asked anew, for this `cause`.
    """

    target: str
    scope: list[str]
    waits_for: list[str] = []
    parent: str | None = None
    parent_epoch: int | None = None
    key: str | None = None
    slot: int = 0
    cause: Label | None = None


class Left(Memory):
    """Where everything stood when `node` returned it to the initiator by the decision of `slot`.

    `done` are the deeds that were in force; `routing`, by what the way it takes was decided.
    """

    node: str
    slot: int
    runs: dict[str, Run]
    trail: list[tuple[str, int]]
    results: dict[str, Any]
    done: list[str]
    routing: str


class Trouble(Memory):
    """Why a node cannot go on, which command would be tried again, and at which epoch somebody was asked."""

    reason: Label
    key: str | None
    epoch: int
    since: AwareDatetime | None = None


class Fill(Memory):
    """What somebody filled in, over what the document itself said, if it had that field (`there`)."""

    value: Any
    beneath: Any = None
    there: bool = False


class Planned(Memory):
    """What became due while the instance was suspended.

    `epoch` is that of the visit that is left or turned down, or of the node around the one that is entered. What is
    reopened is the activation `key`, asking these `slots` of it, for that `cause`.
    """

    do: Literal["enter", "leave", "reopen", "turn_down"]
    node: str
    epoch: int | None = None
    key: str = ""
    slots: list[int] = []
    cause: Label = Label(zh="", en="")


class Suspension(Memory):
    """Who put the instance on hold, for what, and what waits for its resumption.

    `elapsed` are the timers that ran out (they stay pending); `reread`, that the document has changed.
    """

    by: str
    name: str
    reason: str
    since: AwareDatetime
    planned: list[Planned] = []
    elapsed: list[str] = []
    reread: bool = False


class State(Memory):
    """`document` is as it was last read, with what people `filled` in.

    `expected_state` is the state in which we last saw or put the document: any other one is somebody else's doing.

    `reread`: word of the document came while a reading could not be trusted; it is read again when it can be.
    `walking`: the way begins anew as soon as the document has been read, at `walk_to` or else at the first node.
    `turned_back`: the revision at which it last went back, to a node or to the initiator. `left`: where that left
    everything. `takeable`: the slots (`node/epoch/number`) whose decision can be taken back; `taken_back`, those whose
    was. `urged`: when people were reminded. `engine`: how the interpreter behaves for this instance; a state of the
    first one did not say so.
    """

    engine: int = 1
    instance: str
    release: str
    ref: DocumentRef
    status: InstanceStatus = InstanceStatus.RUNNING
    outcome: str | None = None
    initiator: str = ""
    initiator_name: str = ""
    caller: Caller | None = None
    inputs: dict[str, Any] = {}
    document: Document | None = None
    filled: dict[str, Fill] = {}
    form_hash: str = ""
    expected_state: str | None = None
    reread: bool = False
    walking: bool = False
    walk_to: str | None = None
    results: dict[str, Any] = {}
    started_at: AwareDatetime | None = None
    finished_at: AwareDatetime | None = None
    revision: int = 0
    lines: int = 0
    epochs: dict[str, int] = {}
    runs: dict[str, Run] = {}
    lanes: dict[str, Lanes] = {}
    activations: dict[str, Activation] = {}
    trail: list[tuple[str, int]] = []
    pending: dict[str, AnyCommand] = {}
    deeds: dict[str, Deed] = {}
    calls: dict[str, CalledProcess] = {}
    troubles: dict[str, Trouble] = {}
    answers: dict[str, Answer] = {}
    heard: list[str] = []
    unwinding: Unwinding | None = None
    returning: list[Returning] = []
    left: Left | None = None
    takeable: list[str] = []
    taken_back: list[str] = []
    turned_back: int = 0
    urged: list[AwareDatetime] = []
    suspension: Suspension | None = None

    @property
    def over(self) -> bool:
        return self.status in {InstanceStatus.FINISHED, InstanceStatus.FAILED}

    @property
    def is_returned(self) -> bool:
        """Whether the initiator is asked to amend the document and submit it again."""
        return any(act.kind is TaskKind.RESUBMIT and act.state == "open" for act in self.activations.values())

    @property
    def suspended(self) -> bool:
        """Whether an administrator put it on hold; postroad/process/suspending.py says what that means."""
        return self.suspension is not None

    @property
    def sleeping(self) -> list[Sleep]:
        """The timers that still run."""
        elapsed = self.suspension.elapsed if self.suspension else ()
        return [one for one in self.pending.values() if isinstance(one, Sleep) and one.key not in elapsed]

    @property
    def variables(self) -> dict[str, Any]:
        """What conditions, rules and templates may name: the document's fields, who started it, and results so far.

        In a process that was called, also what its caller gave it.
        """
        fields = dict(self.document.data) if self.document else {}
        return {"applicant": self.initiator, **fields, "initiator": self.initiator, **self.inputs, **self.results}
