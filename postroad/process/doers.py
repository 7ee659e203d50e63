"""Who did a step: for those who are asked because of it, and for those who must not be the same."""

from postroad.model.people import Who
from postroad.process.opinions import BUSINESS
from postroad.process.state import Activation, State
from postroad.process.tree import of_one_item, plain
from postroad.process.turn import Turn


def who_did(turn: Turn, node_id: str, who: Who) -> list[Who]:
    """Whoever decided in a step the last time, for the same item where there are several; an agent for the principal.

    The specification itself, where it speaks of no step.
    """
    if who.did is None:
        return [who]
    visits = _visits(turn.state, who.did, node_id)
    last = max(visits, key=lambda act: act.epoch, default=None)
    people = dict.fromkeys(slot.doer for slot in last.slots if slot.action in BUSINESS) if last else {}
    title = turn.tree.label(turn.tree.nearest(node_id, who.did)).zh
    return [Who(person=person, did=title, weight=who.weight) for person in people]


def _visits(state: State, step: str, node_id: str) -> list[Activation]:
    return [act for act in state.activations.values() if plain(act.node) == step and of_one_item(act.node, node_id)]


def done_by(state: State, step: str, node_id: str) -> tuple[str, ...]:
    """Who decided in the visits to a step, for the same item where there are several; an agent and the principal."""
    people = [
        person
        for act in _visits(state, step, node_id)
        for slot in act.slots
        if slot.action
        for person in (slot.actor, slot.doer)
    ]
    return tuple(dict.fromkeys(people))
