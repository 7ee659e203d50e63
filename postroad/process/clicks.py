"""R0: every click gets exactly one outcome, checked in this order: duplicate, late, stale form, forbidden, accepted.

A click whose id was answered before does not come here.
"""

import re

from postroad.model.decision import Action, Answer, Click, Verdict
from postroad.model.effect import Actor
from postroad.model.label import Label
from postroad.model.people import Candidate
from postroad.model.process import Approval, Work
from postroad.model.task import TaskKind
from postroad.process import approval, ending, repair, trouble
from postroad.process.state import Activation, Slot, State
from postroad.process.turn import Leave, Turn

MAX_HOPS = 5
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
}


class Refused(Exception):  # noqa: N818 - an outcome on its way to the clicker, not a program error
    def __init__(self, verdict: Verdict, zh: str, en: str, first: Verdict | None = None) -> None:
        self.answer = (verdict, Label(zh=zh, en=en), first)
        super().__init__(zh)


def find(state: State, task: str) -> tuple[Activation, Slot] | None:
    """The activation and slot of a task id, None if this instance never had that task."""
    head, _, number = task.rpartition("/")
    place = head.removeprefix(f"{state.instance}/")
    activation = state.activations.get(place)
    if activation is None or place == head or not _NUMBER.fullmatch(number) or int(number) > len(activation.slots):
        return None
    return activation, activation.slots[int(number) - 1]


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
        _withdraw(turn, click)
        return
    place = find(turn.state, click.task)
    if place is None:
        raise Refused(Verdict.FORBIDDEN, "没有这个任务", "There is no such task")
    activation, slot = place
    _check_late(turn, activation, slot, click)
    if click.form_hash and activation.kind in _FORM_MATTERS and click.form_hash != turn.state.form_hash:
        raise Refused(
            Verdict.STALE_FORM,
            "单据已变更，请查看新内容后再处理",
            "The document has changed; look at it again and then decide",
        )
    _check_allowed(turn, activation, slot, click)
    _accept(turn, activation, slot, click)


def _check_late(turn: Turn, activation: Activation, slot: Slot, click: Click) -> None:
    if slot.open and activation.state == "open" and not turn.state.over:
        return
    if slot.actor == click.actor and slot.action is click.action:
        raise Refused(Verdict.DUPLICATE, _DONE[click.action].zh, _DONE[click.action].en, Verdict.ACCEPTED)
    if slot.action is not None:
        raise Refused(
            Verdict.LATE,
            f"{slot.name} {_DONE[slot.action].zh}，不能再改",
            f"{slot.name}: {_DONE[slot.action].en.lower()} before; it stands",
        )
    why = slot.cause or Label(zh="任务已结束", en="The task has ended")
    raise Refused(Verdict.LATE, why.zh, why.en)


def actions(turn: Turn, activation: Activation, slot: Slot) -> tuple[Action, ...]:
    """What the slot's person may do now."""
    if slot.state != "active" or activation.state != "open":
        return ()
    if activation.kind is TaskKind.APPROVAL:
        return (Action.APPROVE, Action.REJECT, Action.TRANSFER)
    if activation.kind is TaskKind.WORK:
        return (Action.COMPLETE, Action.TRANSFER)
    if activation.kind is TaskKind.RESUBMIT:
        return (Action.RESUBMIT, *_if_withdrawable(turn))
    return trouble.choices(turn, activation)


def _if_withdrawable(turn: Turn) -> tuple[Action, ...]:
    return () if turn.process.withdraw == "never" else (Action.WITHDRAW,)


def _check_allowed(turn: Turn, activation: Activation, slot: Slot, click: Click) -> None:
    if click.actor != slot.actor:
        raise Refused(Verdict.FORBIDDEN, "您不是此任务的处理人", "This task is not yours")
    if click.action not in actions(turn, activation, slot):
        raise Refused(Verdict.FORBIDDEN, "此任务不能这样处理", "That cannot be done to this task")
    if click.action is Action.REJECT and opinion_needed(turn, activation) and not click.opinion.strip():
        raise Refused(Verdict.FORBIDDEN, "请填写驳回意见", "Say why you reject it")
    if click.action is Action.TRANSFER:
        check_receiver(activation, slot, click.to)
        if slot.hops >= MAX_HOPS:
            raise Refused(
                Verdict.FORBIDDEN, f"最多转交 {MAX_HOPS} 次", f"A task is handed over {MAX_HOPS} times at most"
            )
    if click.action is Action.COMPLETE:
        _check_fields(turn, activation, click)


def opinion_needed(turn: Turn, activation: Activation) -> bool:
    if activation.kind is not TaskKind.APPROVAL:
        return False
    node = turn.tree.node(activation.node)
    return isinstance(node, Approval) and node.opinion == "required_to_reject"


def check_receiver(activation: Activation, slot: Slot, to: str | None) -> None:
    """R12: to somebody, not to oneself, not to one who already has a part in it."""
    if not to:
        raise Refused(Verdict.FORBIDDEN, "请选择转交给谁", "Say to whom to hand it over")
    if to == slot.actor or any(other.actor == to and other.open for other in activation.slots):
        raise Refused(Verdict.FORBIDDEN, "对方已是此任务的处理人", "That person already has this task")


def _check_fields(turn: Turn, activation: Activation, click: Click) -> None:
    node = turn.tree.node(activation.node)
    missing = (
        [name for name in node.fields if not str(click.fields.get(name, "")).strip()] if isinstance(node, Work) else []
    )
    if missing:
        raise Refused(Verdict.FORBIDDEN, f"请填写 {'、'.join(missing)}", f"Fill in {', '.join(missing)}")


def _withdraw(turn: Turn, click: Click) -> None:
    if turn.state.over or (turn.state.unwinding and turn.state.unwinding.then == "finish"):
        raise Refused(Verdict.LATE, "流程已结束，不能撤回", "The process has ended and cannot be withdrawn")
    if turn.state.document is None:
        raise Refused(
            Verdict.FORBIDDEN, "单据尚未读取，请稍后再撤回", "The document has not been read yet; withdraw it later"
        )
    if click.actor != turn.state.initiator or click.action is not Action.WITHDRAW:
        raise Refused(Verdict.FORBIDDEN, "只有发起人可以撤回", "Only the initiator may withdraw it")
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
    returned = any(act.kind is TaskKind.RESUBMIT and act.state == "open" for act in activations)
    submitted = max((n for n, act in enumerate(activations) if act.kind is TaskKind.RESUBMIT), default=-1)
    decided = any(slot.action in ending.DECISIONS for act in activations[submitted + 1 :] for slot in act.slots)
    if rule == "never" or (rule == "before_first_decision" and decided and not returned):
        raise Refused(Verdict.FORBIDDEN, "已有人审批，不能撤回", "Somebody has decided already; it cannot be withdrawn")


def _accept(turn: Turn, activation: Activation, slot: Slot, click: Click) -> None:
    slot.click, slot.opinion = click.id, click.opinion.strip()
    said = {"opinion": slot.opinion, "channel": click.channel, "click": click.id, "task": click.task}
    done = _DONE[click.action]
    if click.action is Action.TRANSFER:
        hand_over(
            turn,
            activation,
            slot,
            Candidate(
                person=click.to or "",
                name=click.to_name or click.to or "",
                reason=Label(zh=f"{slot.name} 转交", en=f"Handed over by {slot.name}"),
            ),
        )
        turn.say(
            "transferred",
            f"转交给 {click.to_name or click.to}",
            f"Handed over to {click.to_name or click.to}",
            node=activation.node,
            person=click.actor,
            **said,
        )
        return
    turn.close(activation, slot, "rejected" if click.action is Action.REJECT else "approved", action=click.action)
    turn.say("clicked", done.zh, done.en, node=activation.node, person=click.actor, action=click.action, **said)
    _consequences(turn, activation, click)


def hand_over(
    turn: Turn, activation: Activation, slot: Slot, receiver: Candidate, *, by_admin: str | None = None
) -> None:
    """R12: the slot's part goes to somebody else for good; weight, position and clock stay.

    `by_admin` is the administrator's reason: then it was not the slot's person who acted.
    """
    if by_admin is None:
        turn.close(activation, slot, "transferred", action=Action.TRANSFER)
    else:
        turn.close(activation, slot, "transferred", cause=f"管理员已改派 / reassigned by an administrator: {by_admin}")
    turn.add_slot(activation, receiver, instead_of=slot)


def _consequences(turn: Turn, activation: Activation, click: Click) -> None:
    if activation.kind is TaskKind.RESUBMIT:
        activation.state = "passed"
        if click.action is Action.WITHDRAW:
            ending.withdraw(turn, "发起人已撤回 / withdrawn by the initiator")
        else:
            ending.resubmit(turn, by_system=False)
    elif activation.kind is TaskKind.EXCEPTION:
        activation.state = "passed"
        turn.cancel(activation, "已由他人处理 / somebody else has seen to it", end="passed")
        repair.choose(turn, activation, click.action)
    else:
        if click.fields and activation.kind is TaskKind.WORK:
            turn.state.results = {**turn.state.results, **_filled(turn, activation, click)}
        _tally(turn, activation)


def _filled(turn: Turn, activation: Activation, click: Click) -> dict[str, object]:
    node = turn.tree.node(activation.node)
    return {name: click.fields[name] for name in node.fields if name in click.fields} if isinstance(node, Work) else {}


def _tally(turn: Turn, activation: Activation) -> None:
    result = approval.tally(activation)
    if result is None:
        return
    who = "、".join(slot.name for slot in activation.counting if slot.action in ending.DECISIONS)
    activation.state = result
    turn.cancel(activation, f"已由 {who} 决定 / decided by {who}")
    if result == "passed":
        turn.agenda.append(Leave(activation.node))
        return
    node = turn.tree.node(activation.node)
    ending.reject(turn, node.reject if isinstance(node, Approval) else "end")
