"""Sequences that are steered to one combination each: how is decided, where a rejection leads, who is added how, where.

One in `EVERY` sequences that `test_swarm.py` plays is of these; the rest of what happens in them is chance, as in all.
"""

from itertools import product
from typing import Any, NamedTuple

from postroad.model.decision import Action, Signers, Verdict
from postroad.model.process import Approval, Each, Parallel, Process
from postroad.process import clicks
from postroad.process.state import Activation, Slot
from postroad.process.turn import Turn
from tests.process.staging import MONDAY, approval
from tests.process.swarm import GOOD, PROCESSES, REJECTS, Sequence
from tests.process.trees import MODES

EVERY = 4
NODE = "x"
ADDED = (*product(("before", "after"), ("all", "any", "sequence")), ("parallel", "all"))
WAYS = ("passed", "rejected", "returned")
STRANGERS = "ghij"


class Combination(NamedTuple):
    """An approval of this mode (by number), with people added to it, that ends this way."""

    mode: int
    reject: int
    in_parallel: bool
    place: str
    round_mode: str
    way: str


COMBINATIONS = [
    Combination(mode, reject, in_parallel, *added, way)
    for mode, reject, in_parallel, added, way in product(
        range(len(MODES)), range(len(REJECTS)), (False, True), ADDED, WAYS
    )
]


def _shape(node: Approval) -> tuple[Any, ...]:
    return node.mode, node.or_reject, node.assign, node.percent, node.count, node.veto, node.reject


def _process(how: dict[str, Any], reject: Any, *, in_parallel: bool) -> Process:
    wanted = _shape(Approval.model_validate(approval(NODE, "a", "b", "c", **how, reject=reject)))
    for process in PROCESSES:
        node = process.node(NODE)
        forks = any(isinstance(one, Parallel | Each) for _, one in process.walk())
        stands = process.reach == "open"  # where an edit takes up passed steps too, hardly any way ends
        if isinstance(node, Approval) and _shape(node) == wanted and forks is in_parallel and stands:
            return process
    raise LookupError(f"no process of the swarm has {how} with {reject}")


BY_SHAPE = {
    (mode, reject, in_parallel): _process(MODES[mode], REJECTS[reject], in_parallel=in_parallel)
    for mode, reject, in_parallel in product(range(len(MODES)), range(len(REJECTS)), (False, True))
}


class Steered(Sequence):
    commands = 18

    def __init__(self, number: int) -> None:
        self.combination = COMBINATIONS[number // EVERY % len(COMBINATIONS)]
        self.added: dict[str, set[tuple[str, str]]] = {}
        super().__init__(number)
        self.goes_on = True  # who fills in something else each time has everybody asked anew, and hardly any way ends

    def _chosen(self) -> Process:
        return BY_SHAPE[self.combination[:3]]

    @property
    def reached(self) -> set[Combination]:
        """The combinations that were really met."""
        return {
            Combination(*self.combination[:3], *added, way)
            for key, all_added in self.added.items()
            if (way := _way(self.state.activations[key]))
            for added in all_added
        }

    def _act(self) -> None:
        wanted = self._wanted()
        if wanted is None or self.chance.random() > 0.9:
            super()._act()
            return
        activation, slot, action = wanted
        verdict = self._click(activation, slot, slot.actor, action)
        if verdict is Verdict.ACCEPTED and action is Action.ADD_SIGNERS:
            signers = self.told[-1].signers
            assert signers is not None
            key = f"{activation.node}/{activation.epoch}"
            self.added.setdefault(key, set()).add((signers.place, signers.mode))

    def _wanted(self) -> tuple[Activation, Slot, Action] | None:
        """What brings it nearer to the combination; None once it is reached or cannot be any more."""
        if self.state.suspended:
            return None
        here = [(act, slot) for act, slot in self._open() if act.node == NODE and act.state == "open"]
        if not here:
            first = [(act, slot) for act, slot in self._open() if act.node == "first"]
            return self._of(first, GOOD) if first and not self.added else None
        if f"{NODE}/{here[0][0].epoch}" not in self.added:
            return self._of(here, (Action.ADD_SIGNERS, Action.CLAIM))
        towards = {"rejected": (Action.REJECT,), "returned": (Action.RETURN,), "passed": ()}[self.combination.way]
        return self._of(here, (*towards, *GOOD))

    def _of(
        self, asked: list[tuple[Activation, Slot]], actions: tuple[Action, ...]
    ) -> tuple[Activation, Slot, Action] | None:
        """The first of these actions that somebody may do."""
        turn = Turn(self.process, self.state, MONDAY)
        offers = [(act, slot, clicks.actions(turn, act, slot)) for act, slot in asked]
        found = ((act, slot, action) for action in actions for act, slot, offered in offers if action in offered)
        return next(found, None)

    def _signers(self) -> Signers:
        if self.added:
            return super()._signers()
        place, mode = self.combination[3:5]
        people = self.chance.sample(STRANGERS, self.chance.randint(1, 2))
        return Signers.model_validate({"place": place, "people": people, "mode": mode})


def _way(activation: Activation) -> str | None:
    """How it ended, if people ended it."""
    if any(slot.action is Action.RETURN for slot in activation.slots):
        return "returned"
    return activation.state if activation.state in WAYS else None
