"""R6, R12, R13: a task passes to somebody else for good, for an opinion, or out of a pool and back."""

from postroad.model.decision import Action
from postroad.model.label import Label
from postroad.model.people import Candidate, StandIn
from postroad.model.process import Approval
from postroad.process import deciding
from postroad.process.refused import forbidden
from postroad.process.state import Activation, Slot, SlotState
from postroad.process.turn import Turn

MAX_HOPS = 5


def check_receiver(turn: Turn, activation: Activation, slot: Slot, to: str | None, *, or_agent: bool = False) -> str:
    """R12: to somebody, not to oneself, not to one who already has a part in it. Raises Refused.

    With `or_agent` the one who acts for the slot's person may become its person.
    """
    if not to:
        raise forbidden("请选择交给谁", "Say to whom")
    check_not_initiator(turn, activation, to)
    if to == slot.actor or activation.asks(to, beside=slot if or_agent else None):
        raise forbidden("对方已是此任务的处理人", "That person already has this task")
    return to


def receiver(person: str, name: str, agent: StandIn | None, reason: Label) -> Candidate:
    """Somebody who is drawn in by name, with whoever acts for him."""
    acting = {"agent": agent.person, "agent_name": agent.name} if agent else {}
    return Candidate(person=person, name=name, reason=reason, **acting)


def check_not_initiator(turn: Turn, activation: Activation, person: str) -> None:
    """R20: nobody hands the initiator a part in deciding his own request, where he may have none. Raises Refused."""
    node = turn.tree.places.get(activation.node)
    forbids = node is not None and isinstance(node.node, Approval) and node.node.self_approval != "self"
    if forbids and person == turn.state.initiator:
        raise forbidden("发起人不能审批自己的申请", "The initiator does not decide on the own request")


def check_hops(slot: Slot) -> None:
    if slot.hops >= MAX_HOPS:
        raise forbidden(f"最多转交 {MAX_HOPS} 次", f"A task is handed over {MAX_HOPS} times at most")


def hand_over(
    turn: Turn, activation: Activation, slot: Slot, receiver: Candidate, *, because: str | None = None
) -> Slot:
    """R12: the slot's part goes to somebody else for good; weight, position and clock stay. The receiver's slot.

    `because` says why, where it was not the slot's person who acted. Whom the person meant to ask after his decision
    (C8), or for an opinion, is not asked any more.
    """
    state: SlotState = "wait" if slot.state == "wait" and not deciding.asks_first(activation, slot) else "active"
    action = Action.TRANSFER if because is None else None
    turn.close(activation, slot, "transferred", action=action, cause=because or "")
    let_go(turn, activation, slot, because or f"{slot.signature} 已转交 / {slot.signature} handed it over")
    taken = turn.add_slot(activation, receiver, state=state, instead_of=slot)
    if state == "active" and not deciding.its_turn(activation, taken):
        taken.state = "wait"
    if activation.claimed == slot.number:
        activation.claimed = taken.number
    return taken


def let_go(turn: Turn, activation: Activation, slot: Slot, cause: str) -> None:
    """Whom the slot's person asked before or after deciding, or for an opinion, is not asked any more."""
    for round_ in activation.rounds:
        if round_.adder == slot.number and round_.state in {"planned", "open"}:
            deciding.void(turn, activation, round_, cause)
    _end_delegation(turn, activation, slot, cause)


def delegate(turn: Turn, activation: Activation, slot: Slot, receiver: Candidate) -> None:
    """R13: somebody is asked for an opinion; the decision stays with the slot's person."""
    slot.state = "delegated"
    turn.touch(activation, slot)
    turn.add_slot(activation, receiver, position=slot.position, origin="delegate", parent=slot.number)


def advise(turn: Turn, activation: Activation, slot: Slot) -> None:
    """The opinion is given, and the one who asked decides."""
    turn.close(activation, slot, "done", action=Action.ADVISE)
    deciding.resume(turn, activation, activation.slot(slot.parent or 0))


def recall(turn: Turn, activation: Activation, slot: Slot) -> None:
    """The opinion is not waited for any longer."""
    _end_delegation(turn, activation, slot, f"{slot.name} 已收回委派 / {slot.name} took it back")
    deciding.resume(turn, activation, slot)


def _end_delegation(turn: Turn, activation: Activation, slot: Slot, cause: str) -> None:
    for other in activation.slots:
        if other.origin == "delegate" and other.parent == slot.number:
            deciding.dismiss(turn, activation, other, cause)


def claim(turn: Turn, activation: Activation, slot: Slot) -> None:
    """R6: the first who claims it has it; the others see who."""
    activation.claimed = slot.number
    for other in activation.slots:
        if other.state == "active" and other.number != slot.number:
            other.state = "wait"
    turn.touch(activation, *(other for other in activation.slots if other.open))


def unclaim(turn: Turn, activation: Activation, slot: Slot) -> None:
    """Back to the pool, its clock running on (C16). Whom the claimer asked meanwhile is not asked any more."""
    deciding.release(turn, activation, slot, f"{slot.name} 已放回 / {slot.name} put it back")
    activation.claimed = None
    for other in activation.counting:
        if other.state == "wait":
            other.state = "active"
    turn.touch(activation, *(other for other in activation.slots if other.open))


def asked_by(name: str) -> Label:
    return Label(zh=f"{name} 委派，请提供意见", en=f"{name} asks for your opinion")
