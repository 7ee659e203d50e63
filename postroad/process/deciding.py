"""What follows from a decision: in the round it belongs to, in its activation, and in the process."""

from collections.abc import Sequence

from postroad.model.decision import Action
from postroad.model.process import Approval, ToNode
from postroad.process import approval, ending, returning
from postroad.process.state import Activation, Round, Slot
from postroad.process.turn import Leave, Turn


def decide(turn: Turn, activation: Activation, slot: Slot, action: Action) -> None:
    """A slot's person has decided, and what follows from it."""
    if mark(turn, activation, slot, action):
        settle(turn, activation, slot.round, by=slot.signature)


def mark(turn: Turn, activation: Activation, slot: Slot, action: Action) -> bool:
    """Note the decision. R8: who agrees with others to be asked after is held until those agree too; then False."""
    after = next((one for one in activation.rounds if one.adder == slot.number and one.state == "planned"), None)
    if after is not None and action is not Action.REJECT:
        slot.state, slot.action, slot.form_hash = "held", action, turn.state.form_hash
        turn.touch(activation, slot)
        open_round(turn, activation, after)
        return False
    if after is not None:
        void(turn, activation, after, f"{slot.signature} 已驳回 / {slot.signature} rejected it")
    turn.close(activation, slot, "rejected" if action is Action.REJECT else "approved", action=action)
    return True


def settle(turn: Turn, activation: Activation, round_number: int | None, *, by: str) -> None:
    """Look whether the round, or the activation itself, is decided now; `by` is who brought that about."""
    if round_number is not None:
        _settle_round(turn, activation, activation.rounds[round_number - 1], by)
        return
    result = approval.tally(activation)
    if result is None:
        if activation.mode == "sequence":
            _next(turn, activation, activation.counting)
        return
    activation.state = result
    turn.cancel(activation, f"已由 {by} 决定 / decided by {by}")
    if result == "passed":
        turn.agenda.append(Leave(activation.node))
        return
    rejected(turn, activation.node, _chosen(turn, activation))


def _chosen(turn: Turn, activation: Activation) -> str | None:
    """Where it goes back to, in the words of the one whose rejection decided."""
    if turn.state.engine < 2:  # noqa: PLR2004 - the first one took what anybody said last, even as an opinion
        return next((slot.target for slot in reversed(activation.slots) if slot.target), None)
    return _last_said(activation.counting)


def _last_said(slots: Sequence[Slot]) -> str | None:
    said = [slot for slot in slots if slot.state == "rejected" and slot.target]
    return max(said, key=lambda slot: slot.closed_revision).target if said else None


def rejected(turn: Turn, node_id: str, chosen: str | None = None) -> None:
    """R14: where a rejection leads; `chosen` is what the one who rejected said.

    Where nobody was asked before, back to those is back to the initiator.
    """
    node = turn.tree.node(node_id)
    rule = node.reject if isinstance(node, Approval) else "end"
    if isinstance(rule, ToNode):
        target: str | None = turn.tree.nearest(node_id, rule.to_node)
    elif rule == "to_previous":
        target = returning.previous(turn, node.id) or returning.INITIATOR
    elif rule == "ask":
        target = chosen
    else:
        target = returning.INITIATOR if rule == "to_initiator" else None
    if target is None:
        ending.reject(turn, "end")
    elif target in returning.targets(turn, node.id):
        returning.go_back(turn, node.id, target)
    else:
        ending.reject(turn, "to_initiator")


def open_round(turn: Turn, activation: Activation, round_: Round) -> None:
    """Ask those of a round, in a sequence the first of them."""
    round_.state = "open"
    members = activation.members(round_)
    for slot in members[:1] if round_.mode == "sequence" else members:
        slot.state = "active"
    turn.touch(activation, *members)


def _settle_round(turn: Turn, activation: Activation, round_: Round, by: str) -> None:
    """R7, R8: what a round decides falls to the one who asked for it. With everybody removed it has nothing to say."""
    members = activation.members(round_)
    if round_.state == "planned" and not members:
        round_.state = "void"
    if round_.state != "open":
        return
    result = approval.tally_round(activation, round_) if members else "passed"
    if result is None:
        if round_.mode == "sequence":
            _next(turn, activation, members)
        return
    for slot in members:
        slot.cut_short = slot.open
    void(turn, activation, round_, f"已由 {by} 决定 / decided by {by}")
    round_.state = result
    adder = activation.slot(round_.adder)
    if result == "rejected":
        why = f"加签人 {by} 已驳回 / {by}, who was asked as well, rejected it"
        adder.target = _last_said(members)
        turn.close(activation, adder, "rejected", action=adder.action, cause=why)
        settle(turn, activation, adder.round, by=by)
    elif round_.place == "before":
        resume(turn, activation, adder)
    else:
        turn.close(activation, adder, "approved", action=adder.action)
        settle(turn, activation, adder.round, by=by)


def _next(turn: Turn, activation: Activation, slots: Sequence[Slot]) -> None:
    slot = approval.turn_of(slots)
    if slot is not None and slot.state == "wait" and not asks_first(activation, slot):
        slot.state = "active"
        turn.touch(activation, slot)


def resume(turn: Turn, activation: Activation, slot: Slot) -> None:
    """It is the slot's turn again, unless somebody before it in a sequence was asked anew meanwhile."""
    slot.state = "active" if its_turn(activation, slot) else "wait"
    turn.touch(activation, slot)


def its_turn(activation: Activation, slot: Slot) -> bool:
    """Whether nobody stands before the slot, neither in a sequence nor because its own person wanted him asked."""
    round_ = activation.rounds[slot.round - 1] if slot.round else None
    in_turn = (round_.mode if round_ else activation.mode) == "sequence"
    group = activation.members(round_) if round_ else activation.counting
    return not asks_first(activation, slot) and not (in_turn and approval.turn_of(group) is not slot)


def asks_first(activation: Activation, slot: Slot) -> bool:
    """Whether this slot waits for people whom its own person wanted asked before."""
    return any(one.adder == slot.number and one.place == "before" and one.state == "open" for one in activation.rounds)


def void(turn: Turn, activation: Activation, round_: Round, cause: str) -> None:
    """Nobody of this round is asked any more."""
    round_.state = "void"
    for slot in activation.slots:
        if slot.round == round_.number:
            dismiss(turn, activation, slot, cause)


def dismiss(turn: Turn, activation: Activation, slot: Slot, cause: str) -> None:
    """Cancel an undecided slot and everybody its person asked; what was decided stands."""
    if slot.open:
        turn.close(activation, slot, "cancelled", cause=cause)
        release(turn, activation, slot, cause)


def release(turn: Turn, activation: Activation, slot: Slot, cause: str) -> None:
    """Nobody is asked any more by the person of this slot."""
    for round_ in activation.rounds:
        if round_.adder == slot.number and round_.state in {"planned", "open"}:
            void(turn, activation, round_, cause)
    for other in activation.slots:
        if other.parent == slot.number:
            dismiss(turn, activation, other, cause)
