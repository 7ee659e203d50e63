from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from postroad.model.decision import Action
from postroad.model.label import Label
from postroad.model.people import Candidate
from postroad.model.process import Process
from postroad.model.task import Line, TaskKind
from postroad.process import agents, rights
from postroad.process.commands import AnyCommand
from postroad.process.state import Activation, Origin, Slot, SlotState, State
from postroad.process.tree import Tree

ALL: Mapping[str, object] = {"mode": "all"}
ANY: Mapping[str, object] = {"mode": "any"}


@dataclass(frozen=True)
class Enter:
    """Go to `node`, as long as its parent is still at the epoch at which this was planned."""

    node: str
    parent_epoch: int | None = None


@dataclass(frozen=True)
class Leave:
    """`node` is through: go on behind it."""

    node: str


@dataclass(frozen=True)
class Reopen:
    """Visit the node of an ended activation anew, asking these slots of it again."""

    key: str
    slots: frozenset[int]
    cause: Label


@dataclass(frozen=True)
class TurnDown:
    """`node` is rejected, though nobody was asked."""

    node: str


Due = Enter | Leave | Reopen | TurnDown


@dataclass
class Turn:
    """One call of `advance` at work: the state it may change, and what it has decided so far.

    `elapsed` are timers that ran out while the instance was suspended, and count now.
    """

    process: Process
    state: State
    at: datetime
    commands: list[AnyCommand] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    touched: dict[tuple[str, int], None] = field(default_factory=dict)
    agenda: deque[Due] = field(default_factory=deque)
    elapsed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.grow()
        self.before = self.state.document.data if self.state.document else {}
        """The form as it was when the turn began; it is replaced and never changed."""

    def grow(self) -> None:
        """Lay out the tree with every lane there is."""
        self.tree = Tree(self.process, {node: laid.names for node, laid in self.state.lanes.items()})

    def say(
        self, kind: str, zh: str, en: str, *, node: str | None = None, person: str | None = None, **data: Any
    ) -> None:
        """Add a line to the instance's story."""
        self.state.lines += 1
        text = Label(zh=zh, en=en)
        self.lines.append(
            Line(number=self.state.lines, at=self.at, kind=kind, text=text, node=node, person=person, data=data)
        )

    def headline(self, kind: str, zh: str, en: str, *, person: str | None = None, **data: Any) -> None:
        """Add a line in front of all that this turn has said: what it is all about."""
        self.say(kind, zh, en, person=person, **data)
        said = [self.lines[-1], *self.lines[:-1]]
        first = self.state.lines - len(said) + 1
        self.lines = [line.model_copy(update={"number": number}) for number, line in enumerate(said, start=first)]

    def issue(self, command: AnyCommand) -> None:
        self.state.pending[command.key] = command
        self.commands.append(command)

    def drop(self, keys: Iterable[str]) -> None:
        """No longer wait for these commands; an outcome that comes all the same is ignored."""
        for key in [key for key in keys if key in self.state.pending]:
            del self.state.pending[key]
            if not any(command.key == key for command in self.commands):
                self.dropped.append(key)
            self.commands = [command for command in self.commands if command.key != key]

    def next_epoch(self, node: str) -> int:
        epoch = self.state.epochs.get(node, 0) + 1
        self.state.epochs[node] = epoch
        return epoch

    def form_at(self, node: str) -> str:
        """The hash of the form as those see it who are asked at this node."""
        return rights.form(self.tree, node, self.state.document, self.state.form_hash)

    def touch(self, activation: Activation, *slots: Slot) -> None:
        """These tasks look different now."""
        key = f"{activation.node}/{activation.epoch}"
        for slot in slots:
            self.touched[(key, slot.number)] = None

    def ask(
        self,
        node: str,
        epoch: int,
        kind: TaskKind,
        title: Label,
        candidates: Iterable[Candidate],
        *,
        rule: Mapping[str, object] = ALL,
        trouble: Label | None = None,
    ) -> Activation:
        """Open an activation with one slot for each candidate, in order; `rule` is how they decide: `mode` and more."""
        activation = Activation.model_validate(
            {
                "node": node,
                "epoch": epoch,
                "kind": kind,
                "title": title,
                **rule,
                "form_hash": self.form_at(node),
                "slots": [],
                "trouble": trouble,
            }
        )
        self.state.activations[f"{node}/{epoch}"] = activation
        for place, candidate in enumerate(candidates, start=1):
            waits = activation.mode == "sequence" and place > 1
            self.add_slot(activation, candidate, state="wait" if waits else "active", position=place)
        return activation

    def add_slot(
        self,
        activation: Activation,
        candidate: Candidate,
        *,
        state: SlotState = "active",
        position: int = 1,
        origin: Origin = "rule",
        parent: int | None = None,
        round_: int | None = None,
        instead_of: Slot | None = None,
    ) -> Slot:
        """A new slot; `instead_of` hands it the place and weight of the slot it replaces.

        It keeps the clock of one that was handed over; what is opened again is given its time anew.

        R21: nobody has two parts in one activation, so whoever is asked acts for no other there.
        """
        was = instead_of
        for other in agents.acted_for(activation, candidate.person):
            agents.appoint(other, None)
            self.touch(activation, other)
        agent = agents.of(activation, candidate, was, self.state.initiator)
        slot = Slot(
            number=len(activation.slots) + 1,
            actor=candidate.person,
            name=candidate.name,
            agent=agent.person if agent else None,
            agent_name=agent.name if agent else "",
            reason=candidate.reason,
            state=state,
            opened_at=was.opened_at if was else self.at,
            position=was.position if was else position,
            weight=was.weight if was else candidate.weight,
            origin=was.origin if was else origin,
            parent=was.parent if was else parent,
            round=was.round if was else round_,
            replaces=was.number if was else None,
            hops=was.hops + 1 if was else 0,
            clock=was.clock if was and was.state == "transferred" else None,
        )
        activation.slots.append(slot)
        self.touch(activation, slot)
        return slot

    def close(
        self, activation: Activation, slot: Slot, state: SlotState, *, action: Action | None = None, cause: str = ""
    ) -> None:
        """Bring a slot to a final state, which it then keeps."""
        slot.state, slot.closed_at, slot.action = state, self.at, action
        slot.closed_revision = self.state.revision
        slot.cause = Label.of(cause) if cause else None
        slot.form_hash = slot.form_hash or self.state.form_hash
        self.touch(activation, slot)

    def cancel(self, activation: Activation, cause: str, *, end: str = "cancelled") -> None:
        """End an activation; what is still open in it is cancelled for `cause`, which those concerned will read."""
        for slot in activation.slots:
            if slot.open:
                slot.cut_short = True
                self.close(activation, slot, "cancelled", cause=cause)
        for round_ in activation.rounds:
            if round_.state in {"planned", "open"}:
                round_.state, round_.cut_short = "void", True
        if activation.state == "open":
            activation.state = end  # type: ignore[assignment]  # the callers pass one of its literals
