"""C1: what was decided is asked anew. A decision never changes: a new slot takes the place of the one that made it.

In an activation that is still open the new slot replaces the old one, which stops counting and stays as it was. After
its end the node is visited anew: decisions that still hold are copied into the new visit with their `source`, and only
the others are asked, among them those who had been cut short. The person of a slot that is asked anew is asked after
the people he wanted asked before, if any of these is asked anew too; whom he wanted asked after him is asked again
once he has agreed.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from postroad.model.decision import Place
from postroad.model.label import Label
from postroad.model.people import Candidate
from postroad.process import deciding
from postroad.process.state import Activation, Round, Run, Slot
from postroad.process.turn import Turn

_STANDS = Label(zh="沿用之前的决定", en="The decision given before stands")


def decided(activation: Activation) -> set[int]:
    """The slots that can be asked anew: those whose decision counts, in the activation or in a round that is not void.

    An opinion is no decision, and what was replaced or cancelled is none any more, nor what was asked for by somebody
    who is no longer asked.
    """
    found: set[int] = set()
    counting = activation.counting
    rounds = [one for one in activation.rounds if one.state not in {"void", "planned"}]
    while counting:
        found |= {slot.number for slot in counting if not slot.open or slot.state == "held"}
        adders = set().union(*(activation.lineage(slot) for slot in counting)) if rounds else set()
        counting = [slot for one in rounds if one.adder in adders for slot in activation.members(one)]
        rounds = [one for one in rounds if one.adder not in adders]
    return found


def reopen_slots(turn: Turn, activation: Activation, numbers: Collection[int], cause: Label) -> list[Slot]:
    """Ask these slots of an open activation anew, as far as they are `decided`; the new slots that are to decide.

    C2: in a sequence the earliest of them has the turn, and those after it wait again.
    """
    wanted = frozenset(numbers) & decided(activation)
    known = len(activation.slots)
    if wanted:
        anew = _Anew(turn, activation, activation, wanted, cause)
        for slot in activation.counting:
            anew.mend(slot)
        _take_turns(turn, activation)
    return [slot for slot in activation.slots[known:] if slot.open]


def reopen_activation(turn: Turn, key: str, numbers: Collection[int], cause: Label) -> Activation:
    """Visit the node of an ended activation anew, asking these slots of it and those that were cut short.

    What is around the node has to be under way. If the decisions that stand decide it at once, they do.
    """
    was = turn.state.activations[key]
    epoch = turn.next_epoch(was.node)
    fresh = {"epoch": epoch, "form_hash": turn.form_at(was.node), "slots": [], "rounds": [], "clocks": []}
    now = was.model_copy(update={**fresh, "claimed": None, "known_as": None, "state": "open"})
    turn.state.runs[was.node] = Run(node=was.node, epoch=epoch)
    turn.state.activations[f"{was.node}/{epoch}"] = now
    anew = _Anew(turn, was, now, frozenset(numbers), cause)
    for slot in _group(was, None):
        anew.place(slot, None)
    now.claimed = anew.places.get(was.claimed or 0)
    _take_turns(turn, now)
    deciding.settle(turn, now, None, by="此前的决定")
    return now


def _group(activation: Activation, round_: int | None) -> list[Slot]:
    """Those who decide the activation or a round, with those whom its end cut short, in order."""
    replaced = {slot.replaces for slot in activation.slots}
    members = [
        slot
        for slot in activation.slots
        if slot.round == round_
        and slot.origin != "delegate"
        and slot.number not in replaced
        and (slot.state != "cancelled" or slot.cut_short)
    ]
    return sorted(members, key=lambda slot: slot.position)


@dataclass
class _Anew:
    """One asking anew: slots of `was` find their place in `now`, which is the same activation while that is open."""

    turn: Turn
    was: Activation
    now: Activation
    numbers: frozenset[int]
    cause: Label
    places: dict[int, int] = field(default_factory=dict)

    def mend(self, slot: Slot) -> None:
        """In an open activation: replace this slot if it, or what it stands on, is asked anew; else look below it."""
        if slot.number in self.numbers:
            self.place(slot, slot.round)
            return
        for round_ in self._rounds(slot):
            if not self._concerns(round_):
                continue
            if round_.state == "open":
                for member in self.was.members(round_):
                    self.mend(member)
            elif slot.open and slot.state != "held":
                self._ask_before(slot, round_)
            else:
                self.place(slot, slot.round)
                return

    def place(self, slot: Slot, round_: int | None) -> None:
        """Give a slot its new place: it waits, is asked, is held, or stands as it was decided."""
        before = self._last(slot, "before")
        after = self._last(slot, "after")
        asked = slot.number in self.numbers or slot.state == "cancelled"
        later = _group(self.was, after.number) if after else []
        if slot.state == "held":
            self._let_go(slot, after)
        if before and (before.cut_short or self._concerns(before)):
            self._ask_before(self._ask(slot, round_), before)
        elif asked:
            self._ask(slot, round_)
        elif after and self._concerns(after):
            held = self._copy(slot, round_, state="held", closed_at=None, closed_revision=0)
            self._open(after, held, later)
            return
        else:
            self._copy(slot, round_, cause=_STANDS if slot.state not in {"auto", "done"} else slot.cause)
            return
        if after and later:
            self._plan(after, self.now.slots[self.places[slot.number] - 1], later)

    def _let_go(self, slot: Slot, after: Round | None) -> None:
        """What was agreed to, with others to be asked after, does not count any more, nor are these asked any more."""
        if self.was is self.now:
            self.turn.close(self.was, slot, "approved", action=slot.action)
            if after:
                deciding.void(self.turn, self.was, after, f"{self.cause.zh} / {self.cause.en}")

    def _ask_before(self, slot: Slot, round_: Round) -> None:
        """Those before `slot` are asked anew, and it waits for them."""
        slot.state = "wait"
        self.turn.touch(self.now, slot)
        self._open(round_, slot, _group(self.was, round_.number))

    def _open(self, round_: Round, adder: Slot, members: Iterable[Slot]) -> None:
        copy = self._round(round_, adder, "open")
        for member in members:
            self.place(member, copy.number)

    def _plan(self, round_: Round, adder: Slot, members: Iterable[Slot]) -> None:
        copy = self._round(round_, adder, "planned")
        for member in members:
            self._ask(member, copy.number, state="wait")

    def _round(self, round_: Round, adder: Slot, state: str) -> Round:
        fresh = {"number": len(self.now.rounds) + 1, "adder": adder.number, "state": state, "cut_short": False}
        copy = round_.model_copy(update=fresh)
        self.now.rounds.append(copy)
        return copy

    def _ask(self, slot: Slot, round_: int | None, state: str = "active") -> Slot:
        """A new slot for the same person, in the same place and with the same weight; its clock starts anew."""
        person = Candidate(person=slot.actor, name=slot.name, reason=slot.reason)
        new = self.turn.add_slot(self.now, person, instead_of=slot)
        new.state, new.round, new.hops = state, round_, slot.hops  # type: ignore[assignment]  # one of its literals
        new.opened_at, new.cause = self.turn.at, self.cause
        return self._placed(slot, new)

    def _copy(self, slot: Slot, round_: int | None, **update: object) -> Slot:
        source = slot.source or f"{self.was.node}/{self.was.epoch}/{slot.number}"
        fresh = {"number": len(self.now.slots) + 1, "round": round_, "replaces": slot.number, "source": source}
        clock = slot.clock if self.was is self.now else None
        new = slot.model_copy(update={**fresh, "clock": clock, **update})
        self.now.slots.append(new)
        self.turn.touch(self.now, new)
        return self._placed(slot, new)

    def _placed(self, slot: Slot, new: Slot) -> Slot:
        """Tie the new slot to the others of `now`, and to nothing in an activation that has ended."""
        self.places.update(dict.fromkeys(self.was.lineage(slot), new.number))
        new.parent = self.places.get(slot.parent or 0, slot.parent if self.was is self.now else None)
        if self.was is not self.now:
            new.replaces = None
        elif self.now.claimed == slot.number:
            self.now.claimed = new.number
        return new

    def _last(self, slot: Slot, place: Place) -> Round | None:
        """The last round that the slot's person had asked, if it had a say or was cut short."""
        meant = [one for one in self._rounds(slot) if one.place == place]
        return meant[-1] if meant else None

    def _rounds(self, slot: Slot) -> list[Round]:
        """What the slot's person, or the one he took over from, had asked. What became void counts if cut short."""
        adders = self.was.lineage(slot)
        return [one for one in self.was.rounds if one.adder in adders and (one.state != "void" or one.cut_short)]

    def _concerns(self, round_: Round) -> bool:
        """Whether anybody of a round is asked anew."""
        return any(
            slot.number in self.numbers or any(self._concerns(one) for one in self._rounds(slot))
            for slot in self.was.members(round_)
        )


def _take_turns(turn: Turn, activation: Activation) -> None:
    """C2: in a sequence the first who has not decided has the turn, and the others wait; in a pool, the claimer."""
    if activation.pool and activation.claimed is not None:
        _only([slot for slot in activation.counting if slot.number != activation.claimed])
    groups = [activation.counting] if activation.mode == "sequence" else []
    groups += [activation.members(one) for one in activation.rounds if one.mode == "sequence" and one.state == "open"]
    for group in groups:
        still = [slot for slot in group if slot.open]
        _only(still[1:])
        for slot in still[1:]:
            slot.clock = None  # it starts anew when their turn comes
        if still and still[0].state == "wait" and not deciding.asks_first(activation, still[0]):
            still[0].state = "active"
    for slot in activation.slots:
        if slot.open:
            turn.touch(activation, slot)


def _only(slots: Iterable[Slot]) -> None:
    """These have to wait for another."""
    for slot in slots:
        if slot.state == "active":
            slot.state = "wait"
