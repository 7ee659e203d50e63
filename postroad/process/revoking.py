"""R23 撤销: after the end, the initiator asks those who approved to let everything be undone.

An instance that was approved stays there, finished, until the time for it is over. One who refuses settles it.
"""

from postroad.model.decision import Action, Click, Verdict
from postroad.model.fields import Right
from postroad.model.label import Label
from postroad.model.people import Candidate
from postroad.model.task import InstanceStatus, TaskKind
from postroad.process import approval, ending, reopening, rights
from postroad.process.refused import Refused, forbidden
from postroad.process.state import Activation, Slot, State
from postroad.process.turn import Turn

REVOKE = "@revoke"
_TITLE = Label(zh="撤销审批", en="Revoke the approval")


def under_way(state: State) -> bool:
    """Whether those who approved are being asked, or have agreed."""
    activation = state.activations.get(f"{REVOKE}/1")
    return activation is not None and activation.state in {"open", "passed"} and not state.over


def ask(turn: Turn, click: Click) -> None:
    """The initiator wants it revoked. Raises Refused; for what cannot be undone, with the list of it."""
    state = turn.state
    if state.over and ending.REVOCABLE not in state.pending:
        raise Refused(Verdict.LATE, "已不能撤销审批", "The approval cannot be revoked any more")
    if click.actor != state.initiator:
        raise forbidden("只有发起人可以申请撤销", "Only the initiator may ask for it to be revoked")
    if not state.over:
        raise forbidden("流程尚未通过，请用撤回", "It has not been approved; withdraw it instead")
    approvals = _approvals(turn)
    people = [
        Candidate(person=slot.actor, name=slot.name, reason=_why(turn, place)) for place, slot in approvals.items()
    ]
    if not people:
        raise forbidden("没有人审批过，不能申请撤销", "Nobody has approved it, so nobody can be asked")
    _check_lasting(turn, confirmed=click.confirmed)
    turn.drop([ending.REVOCABLE])
    state.status = InstanceStatus.RUNNING
    names = "、".join(person.name for person in people)
    turn.say(
        "revocation",
        f"申请撤销审批，交由 {names} 处理",
        f"Asks for the approval to be revoked; goes to {names}",
        person=click.actor,
        opinion=click.opinion.strip(),
        channel=click.channel,
        click=click.id,
    )
    why = Label(zh=click.opinion.strip(), en=click.opinion.strip()) if click.opinion.strip() else None
    activation = turn.ask(REVOKE, turn.next_epoch(REVOKE), TaskKind.REVOKE, _TITLE, people, trouble=why)
    for slot, place in zip(activation.slots, approvals, strict=True):
        slot.source = place


def _why(turn: Turn, place: str) -> Label:
    label, name = turn.tree.node(place.partition("/")[0]).label, turn.state.initiator_name or turn.state.initiator
    return Label(
        zh=f"{name} 申请撤销，您曾同意“{label.zh}”", en=f"{name} asks to have it revoked; you approved “{label.en}”"
    )


def _approvals(turn: Turn) -> dict[str, Slot]:
    """The approvals on the way that was taken, by `node/epoch/number`; the first of each person, in order."""
    found: dict[str, Slot] = {}
    for node, epoch in turn.state.trail:
        activation = turn.state.activations.get(f"{node}/{epoch}")
        for number in sorted(reopening.decided(activation)) if activation else []:
            slot = activation.slot(number) if activation else None
            known = {one.actor for one in found.values()}
            if slot and slot.action is Action.APPROVE and slot.state == "approved" and slot.actor not in known:
                found[f"{node}/{epoch}/{number}"] = slot
    return found


def seen(turn: Turn, activation: Activation, slot: Slot) -> dict[str, Right]:
    """R27: which fields those who are asked see: what they saw when they approved, and nobody fills in any."""
    if slot.source is None and slot.replaces is not None:
        return seen(turn, activation, activation.slot(slot.replaces))
    has = rights.at(turn.tree, (slot.source or "").partition("/")[0])
    return {field: "hidden" if right == "hidden" else "read" for field, right in has.items()}


def _check_lasting(turn: Turn, *, confirmed: bool) -> None:
    state = turn.state
    nodes = dict.fromkeys([deed.node for deed in state.deeds.values()] + [call.node for call in state.calls.values()])
    lasting = [turn.tree.label(one) for one in nodes if ending.done_for_good(turn.state, one) and one[0] != "@"]
    if lasting and not confirmed:
        zh, en = "、".join(one.zh for one in lasting), ", ".join(one.en for one in lasting)
        raise forbidden(
            f"以下操作不能撤销：{zh}；请确认后再申请", f"This cannot be undone: {en}; confirm that it may stand"
        )


def decided(turn: Turn, activation: Activation, slot: Slot, action: Action) -> None:
    """One of them has answered: all have to agree, the first who refuses settles it."""
    turn.close(activation, slot, "rejected" if action is Action.REJECT else "approved", action=action)
    result = approval.tally(activation)
    if result is None:
        return
    activation.state = result
    turn.cancel(activation, f"{slot.signature} 不同意撤销 / {slot.signature} did not agree to it")
    if result == "passed":
        ending.revoke(turn, note=activation.trouble.zh if activation.trouble else "")
        return
    turn.state.status = InstanceStatus.FINISHED
    turn.say(
        "stays_approved", f"{slot.signature} 不同意撤销，维持通过", f"{slot.signature} did not agree; it stays approved"
    )
