"""R0: every click gets exactly one outcome, checked in this order: duplicate, late, stale form, forbidden, accepted.

A click whose id was answered before does not come here.
"""

import re

from postroad.model.decision import Action, Answer, Click, Verdict
from postroad.model.effect import Actor
from postroad.model.label import Label
from postroad.model.process import Approval
from postroad.model.task import TaskKind
from postroad.process import (
    agents,
    deciding,
    edits,
    ending,
    filling,
    handing,
    repair,
    returning,
    revoking,
    signers,
    suspending,
    taking_back,
    trouble,
    urging,
)
from postroad.process.refused import Refused, forbidden
from postroad.process.state import Activation, Slot, State
from postroad.process.turn import Turn

_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_FORM_MATTERS = frozenset({TaskKind.APPROVAL, TaskKind.WORK})
_DONE = {
    Action.APPROVE: Label(zh="已同意", en="Approved"),
    Action.REJECT: Label(zh="已驳回", en="Rejected"),
    Action.TRANSFER: Label(zh="已转交", en="Handed over"),
    Action.COMPLETE: Label(zh="已办结", en="Done"),
    Action.RESUBMIT: Label(zh="已重新提交", en="Submitted again"),
    Action.WITHDRAW: Label(zh="已撤回", en="Withdrawn"),
    Action.RETRY: Label(zh="已重试", en="Tried again"),
    Action.SKIP: Label(zh="已跳过", en="Skipped"),
    Action.CLAIM: Label(zh="已认领", en="Claimed"),
    Action.UNCLAIM: Label(zh="已放回", en="Put back"),
    Action.DELEGATE: Label(zh="已委派", en="Asked for an opinion"),
    Action.ADVISE: Label(zh="已答复意见", en="Opinion given"),
    Action.RECALL: Label(zh="已收回委派", en="Taken back"),
    Action.ADD_SIGNERS: Label(zh="已加签", en="Added"),
    Action.REMOVE_SIGNER: Label(zh="已减签", en="Removed"),
    Action.RETURN: Label(zh="已退回", en="Sent back"),
    Action.URGE: Label(zh="已催办", en="Reminded"),
    Action.REVOKE: Label(zh="已申请撤销", en="Revocation asked for"),
    Action.TAKE_BACK: Label(zh="已拿回", en="Decision taken back"),
}


def find(state: State, task: str) -> tuple[Activation, Slot] | None:
    """The activation and slot of a task id, None if this instance never had that task."""
    head, _, number = task.rpartition("/")
    place = head.removeprefix(f"{state.instance}/")
    activation = _known_as(state, place)
    if activation is None or place == head or not _NUMBER.fullmatch(number) or int(number) > len(activation.slots):
        return None
    return activation, activation.slots[int(number) - 1]


def _known_as(state: State, place: str) -> Activation | None:
    """The activation whose tasks have this in their ids; the node may have had another name when they were given."""
    found = state.activations.get(place)
    if found is not None and found.known_as is None:
        return found
    named = (one for one in state.activations.values() if one.known_as)
    return next((one for one in named if f"{one.known_as}/{one.epoch}" == place), None)


def known(state: State, task: str) -> bool:
    return task == state.instance or find(state, task) is not None


def clicked(turn: Turn, click: Click) -> Answer:
    """The outcome of a click that has none yet."""
    try:
        _decide(turn, click)
    except Refused as refused:
        verdict, message, first = refused.answer
    else:
        verdict, message, first = Verdict.ACCEPTED, _DONE[click.action], None
    answer = Answer(click=click.id, verdict=verdict, message=message, first=first, task=click.task)
    turn.state.answers[click.id] = answer
    return answer


def _decide(turn: Turn, click: Click) -> None:
    if click.task == turn.state.instance:
        {Action.URGE: _urge, Action.REVOKE: revoking.ask}.get(click.action, _withdraw)(turn, click)
        return
    place = find(turn.state, click.task)
    if place is None:
        raise Refused(Verdict.FORBIDDEN, "没有这个任务", "There is no such task")
    activation, slot = place
    if click.action is Action.TAKE_BACK:
        taking_back.take_back(turn, activation, slot, click)
        return
    _check_late(turn, activation, slot, click)
    if click.form_hash and activation.kind in _FORM_MATTERS and click.form_hash != turn.form_at(activation.node):
        raise Refused(
            Verdict.STALE_FORM,
            "单据已变更，请查看新内容后再处理",
            "The document has changed; look at it again and then decide",
        )
    _check_allowed(turn, activation, slot, click)
    _accept(turn, activation, slot, click)


def _check_late(turn: Turn, activation: Activation, slot: Slot, click: Click) -> None:
    mine = slot.open and click.actor in {slot.actor, slot.agent} and activation.claimed == slot.number
    if mine and click.action is Action.CLAIM and turn.state.engine > 1:
        raise Refused(Verdict.DUPLICATE, _DONE[click.action].zh, _DONE[click.action].en, Verdict.ACCEPTED)
    undecided = slot.open and slot.state != "held"
    beside_deciding = slot.open and click.action is Action.REMOVE_SIGNER
    if (undecided or beside_deciding) and activation.state == "open" and not turn.state.over:
        return
    if slot.doer == click.actor and slot.action is click.action:
        raise Refused(Verdict.DUPLICATE, _DONE[click.action].zh, _DONE[click.action].en, Verdict.ACCEPTED)
    if slot.action is not None:
        raise Refused(
            Verdict.LATE,
            f"{slot.signature} {_DONE[slot.action].zh}，不能再改",
            f"{slot.signature}: {_DONE[slot.action].en.lower()} before; it stands",
        )
    why = slot.cause or Label(zh="任务已结束", en="The task has ended")
    raise Refused(Verdict.LATE, why.zh, why.en)


def actions(turn: Turn, activation: Activation, slot: Slot) -> tuple[Action, ...]:
    """What the slot's person may do now."""
    if turn.state.suspended:
        return ()
    back = (Action.TAKE_BACK,) if taking_back.is_offered(turn, activation, slot) else ()
    if not slot.open or activation.state != "open":
        return back
    if slot.state != "active":
        recall = (Action.RECALL,) if slot.state == "delegated" else ()
        return (*recall, *back, *_if_removable(activation, slot))
    if activation.pool and activation.claimed is None:
        return (Action.CLAIM,)
    unclaim = (Action.UNCLAIM,) if activation.claimed == slot.number else ()
    if activation.kind is TaskKind.APPROVAL:
        return (*_of_approver(turn, activation, slot), *unclaim)
    if activation.kind is TaskKind.WORK:
        return (Action.COMPLETE, Action.TRANSFER, *unclaim)
    if activation.kind is TaskKind.REVOKE:
        return (Action.APPROVE, Action.REJECT)
    if activation.kind is TaskKind.RESUBMIT:
        return (Action.RESUBMIT, *_if_withdrawable(turn))
    return trouble.choices(turn, activation)


def _of_approver(turn: Turn, activation: Activation, slot: Slot) -> tuple[Action, ...]:
    if slot.origin == "delegate":
        return (Action.ADVISE,)
    node = turn.tree.node(activation.node)
    allowed = node.allow if isinstance(node, Approval) else ()
    beside = (Action.TRANSFER, Action.DELEGATE, Action.ADD_SIGNERS)
    return (
        Action.APPROVE,
        Action.REJECT,
        *(action for action in beside if action.value in allowed),
        *((Action.RETURN,) if "return" in allowed and slot.round is None else ()),
        *_if_removable(activation, slot),
    )


def _if_removable(activation: Activation, slot: Slot) -> tuple[Action, ...]:
    return (Action.REMOVE_SIGNER,) if signers.removable(activation, slot) else ()


def _if_withdrawable(turn: Turn) -> tuple[Action, ...]:
    return () if turn.process.withdraw == "never" else (Action.WITHDRAW,)


def _check_allowed(turn: Turn, activation: Activation, slot: Slot, click: Click) -> None:
    if click.actor not in {slot.actor, slot.agent}:
        raise Refused(Verdict.FORBIDDEN, "您不是此任务的处理人", "This task is not yours")
    suspending.check(turn)
    if click.action not in actions(turn, activation, slot):
        raise Refused(Verdict.FORBIDDEN, "此任务不能这样处理", "That cannot be done to this task")
    if click.action in {Action.REJECT, Action.RETURN}:
        _check_turning_down(turn, activation, click)
    if click.action in {Action.TRANSFER, Action.DELEGATE}:
        own = click.action is Action.TRANSFER and click.actor == slot.actor
        handing.check_receiver(turn, activation, slot, click.to, or_agent=own)
    if click.action is Action.TRANSFER:
        handing.check_hops(slot)
    if click.action is Action.ADVISE and not click.opinion.strip():
        raise forbidden("请填写意见", "Say what you think")
    if click.action is Action.ADD_SIGNERS:
        signers.check(turn, activation, slot, click.signers)
    if click.action is Action.REMOVE_SIGNER:
        _removed(activation, slot, click.to)
    filling.check(turn, activation, click)


def _check_turning_down(turn: Turn, activation: Activation, click: Click) -> None:
    if activation.kind is TaskKind.REVOKE:
        return
    if opinion_needed(turn, activation) and not click.opinion.strip():
        raise forbidden("请填写驳回意见", "Say why you reject it")
    node = turn.tree.node(activation.node)
    asks = isinstance(node, Approval) and node.reject == "ask"
    if click.action is Action.REJECT and not asks:
        if click.target:
            raise forbidden("驳回到哪里由流程决定", "Where a rejection leads is up to the process")
        return
    if not click.target:
        raise forbidden("请选择退回到哪里", "Say to where it goes back")
    if click.target != returning.INITIATOR:
        returning.check(turn, activation.node, click.target, confirmed=click.confirmed)


def _removed(activation: Activation, slot: Slot, to: str | None) -> Slot:
    found = [one for one in signers.removable(activation, slot) if one.actor == to]
    if not found:
        raise forbidden(
            "只能移除自己加签且尚未决定的人", "Only those you added and who have not decided can be removed"
        )
    return found[0]


def opinion_needed(turn: Turn, activation: Activation) -> bool:
    if activation.kind is not TaskKind.APPROVAL:
        return False
    node = turn.tree.node(activation.node)
    return isinstance(node, Approval) and node.opinion == "required_to_reject"


def _urge(turn: Turn, click: Click) -> None:
    if turn.state.over:
        raise Refused(Verdict.LATE, "流程已结束", "The process has ended")
    if click.actor != turn.state.initiator:
        raise forbidden("只有发起人可以催办", "Only the initiator may remind people")
    suspending.check(turn)
    name = turn.state.initiator_name or click.actor
    urging.urge(turn, Label(zh=name, en=name))


def _withdraw(turn: Turn, click: Click) -> None:
    if turn.state.over or (turn.state.unwinding and turn.state.unwinding.then == "finish"):
        raise Refused(Verdict.LATE, "流程已结束，不能撤回", "The process has ended and cannot be withdrawn")
    if turn.state.document is None:
        raise Refused(
            Verdict.FORBIDDEN, "单据尚未读取，请稍后再撤回", "The document has not been read yet; withdraw it later"
        )
    if click.actor != turn.state.initiator or click.action is not Action.WITHDRAW:
        raise Refused(Verdict.FORBIDDEN, "只有发起人可以撤回", "Only the initiator may withdraw it")
    suspending.check(turn)
    if revoking.under_way(turn.state):
        raise forbidden("已通过，正在申请撤销审批", "It was approved, and its revocation has been asked for")
    _check_withdrawal(turn)
    turn.say(
        "withdrawn",
        "撤回",
        "Withdrawn",
        person=click.actor,
        opinion=click.opinion,
        channel=click.channel,
        click=click.id,
    )
    actor = Actor(person=click.actor, name=turn.state.initiator_name or click.actor)
    ending.withdraw(turn, "发起人已撤回 / withdrawn by the initiator", actor=actor, note=click.opinion.strip())


def _check_withdrawal(turn: Turn) -> None:
    """R23: as the process says; what was returned to the initiator may be withdrawn in any case but `never`.

    Decisions before the last submission do not count.
    """
    rule = turn.process.withdraw
    activations = list(turn.state.activations.values())
    submitted = max((n for n, act in enumerate(activations) if act.kind is TaskKind.RESUBMIT), default=-1)
    since = [slot for act in activations[submitted + 1 :] for slot in act.slots]
    decided = any(slot.action in ending.DECISIONS and slot.source is None for slot in since)
    if rule == "never" or (rule == "before_first_decision" and decided and not turn.state.is_returned):
        raise Refused(Verdict.FORBIDDEN, "已有人审批，不能撤回", "Somebody has decided already; it cannot be withdrawn")


def _accept(turn: Turn, activation: Activation, slot: Slot, click: Click) -> None:
    slot.opinion = click.opinion.strip() or slot.opinion
    slot.acted = None if click.action in _BESIDE else agents.acting(slot, click.actor)
    changed = filling.take(turn, activation, slot, click) if click.fields else []
    if click.action in _BESIDE:
        _beside(turn, activation, slot, click)
        return
    slot.click, slot.target = click.id, click.target
    if click.action is Action.TRANSFER:
        reason = Label(zh=f"{slot.signature} 转交", en=f"Handed over by {slot.signature}")
        receiver = handing.receiver(click.to or "", click.to_name or click.to or "", click.to_agent, reason)
        handing.hand_over(turn, activation, slot, receiver)
        _say(turn, click, "transferred", Label(zh=f"转交给 {receiver.name}", en=f"Handed over to {receiver.name}"))
        return
    done = _DONE[click.action]
    if click.action is Action.ADVISE:
        handing.advise(turn, activation, slot)
        _say(turn, click, "advised", done)
        return
    words = agents.told(slot, click.actor, done)
    turn.say(
        "clicked",
        words.zh,
        words.en,
        node=activation.node,
        person=click.actor,
        action=click.action,
        **_said(click),
        **({"principal": slot.actor} if slot.acted else {}),
    )
    _consequences(turn, activation, slot, click, changed)


def _said(click: Click) -> dict[str, str]:
    return {"opinion": click.opinion.strip(), "channel": click.channel, "click": click.id, "task": click.task}


def _say(turn: Turn, click: Click, kind: str, label: Label) -> None:
    place = find(turn.state, click.task)
    words = agents.told(place[1], click.actor, label) if place else label
    turn.say(kind, words.zh, words.en, node=place[0].node if place else None, person=click.actor, **_said(click))


_BESIDE = frozenset(
    {
        Action.CLAIM,
        Action.UNCLAIM,
        Action.DELEGATE,
        Action.RECALL,
        Action.ADD_SIGNERS,
        Action.REMOVE_SIGNER,
    }
)


def _beside(turn: Turn, activation: Activation, slot: Slot, click: Click) -> None:
    """What leaves the decision open."""
    action, done = click.action, _DONE[click.action]
    if action is Action.ADD_SIGNERS:
        signers.add(turn, activation, slot, signers.check(turn, activation, slot, click.signers), click)
        return
    if action is Action.REMOVE_SIGNER:
        by = agents.signature(slot, click.actor)
        signers.remove(turn, activation, _removed(activation, slot, click.to), by=by, click=click)
        return
    if action is Action.DELEGATE:
        name = click.to_name or click.to or ""
        reason = handing.asked_by(agents.signature(slot, click.actor))
        receiver = handing.receiver(click.to or "", name, click.to_agent, reason)
        handing.delegate(turn, activation, slot, receiver)
        _say(turn, click, "delegated", Label(zh=f"委派给 {name}", en=f"Asks {name} for an opinion"))
        return
    {Action.CLAIM: handing.claim, Action.UNCLAIM: handing.unclaim, Action.RECALL: handing.recall}[action](
        turn, activation, slot
    )
    _say(turn, click, f"{action.value}ed", done)


def _consequences(turn: Turn, activation: Activation, slot: Slot, click: Click, changed: list[str]) -> None:
    if click.action is Action.RETURN:
        _send_back(turn, activation, slot, click.target or returning.INITIATOR)
        return
    if activation.kind in {TaskKind.APPROVAL, TaskKind.WORK}:
        _decided(turn, activation, slot, click.action, changed)
        return
    if activation.kind is TaskKind.REVOKE:
        revoking.decided(turn, activation, slot, click.action)
        return
    turn.close(activation, slot, "approved", action=click.action)
    activation.state = "passed"
    if activation.kind is TaskKind.EXCEPTION:
        turn.cancel(activation, "已由他人处理 / somebody else has seen to it", end="passed")
        repair.choose(turn, activation, click.action)
    elif click.action is Action.WITHDRAW:
        ending.withdraw(turn, "发起人已撤回 / withdrawn by the initiator")
    else:
        ending.resubmit(turn, by_system=False)


def _decided(turn: Turn, activation: Activation, slot: Slot, action: Action, changed: list[str]) -> None:
    """R26: an agreement counts among those that still hold once the form has changed; a rejection, before."""
    if action is Action.REJECT:
        deciding.decide(turn, activation, slot, action)
        edits.follow(turn, changed, edits.of_one(activation, slot))
        return
    is_final = deciding.mark(turn, activation, slot, action)
    edits.follow(turn, changed, edits.of_one(activation, slot))
    if is_final and activation.state == "open":
        deciding.settle(turn, activation, slot.round, by=slot.signature)


def _send_back(turn: Turn, activation: Activation, slot: Slot, target: str) -> None:
    """R15: whatever the others said, it goes back."""
    turn.close(activation, slot, "rejected", action=Action.RETURN)
    activation.state = "rejected"
    turn.cancel(activation, f"{slot.signature} 已退回 / {slot.signature} sent it back")
    if target == returning.INITIATOR:
        ending.reject(turn, "to_initiator")
    else:
        returning.go_back(turn, activation.node, target)
