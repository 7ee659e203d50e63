from postroad.model.decision import Action
from postroad.model.effect import Actor
from postroad.process.state import State
from postroad.process.tree import of_one_item

BUSINESS = frozenset({Action.APPROVE, Action.REJECT, Action.RETURN, Action.COMPLETE, Action.RESUBMIT, Action.WITHDRAW})


def last_decision(state: State, node_id: str = "") -> dict[str, str]:
    """Who last acted on the business, and in which words: `{decision.name}`, `{decision.opinion}` in arguments.

    Handing a task over, or seeing to a trouble, says nothing about the document; nor does what was decided about
    another item than that of `node_id`. An agent's is his, and named so. What nobody decided in time was the system's
    doing, which is no person.
    """
    slots = [
        slot
        for act in state.activations.values()
        if of_one_item(act.node, node_id)
        for slot in act.slots
        if slot.action in BUSINESS or slot.overdue is not None
    ]
    if not slots:
        return {"person": state.initiator, "name": state.initiator_name or state.initiator, "opinion": ""}
    last = max(reversed(slots), key=lambda slot: slot.closed_at or slot.opened_at)
    if last.overdue is not None:
        return {"person": "", "name": "系统", "opinion": last.cause.zh if last.cause else ""}
    return {"person": last.doer, "name": last.signature, "opinion": last.opinion}


def last_actor(state: State, node_id: str = "") -> Actor | None:
    """On whose behalf an effect is done now."""
    said = last_decision(state, node_id)
    return Actor(person=said["person"], name=said["name"]) if said["person"] else None
