"""R22: what each rung of a deadline's ladder does: remind, give the task to somebody else, or decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postroad.model.deadline import TO_SOMEBODY, Deed
from postroad.model.label import Label
from postroad.model.people import Candidate, Resolution, Who
from postroad.model.process import Approval
from postroad.process import agents, deciding, doers, ending, handing, lanes
from postroad.process.commands import Resolve
from postroad.process.refused import Refused
from postroad.process.state import Activation, Clock, Slot
from postroad.process.turn import Turn

_TO = {
    "superior": Label(zh="上级", en="the superior"),
    "admin": Label(zh="管理员", en="an administrator"),
    "transfer": Label(zh="指定的人", en="those named"),
}
_DECIDED = {
    "pass": Label(zh="超时自动通过", en="passed automatically, overdue"),
    "reject": Label(zh="超时自动驳回", en="rejected automatically, overdue"),
    "return": Label(zh="超时自动退回发起人", en="returned to the initiator automatically, overdue"),
}
_SYSTEM = "系统"


@dataclass(frozen=True)
class Step:
    """One rung, counted from 0, for one slot of those on a clock."""

    clock: Clock
    rung: int
    slot: int


def climb(turn: Turn, activation: Activation, clock: Clock, rung: int | None) -> None:
    """The time of a rung has come, or with None that of the warning before the last one."""
    deadline = clock.deadline
    parts = list(_parts(activation, clock))
    if rung is None:
        _warn(turn, activation, clock, parts, deadline.ladder[-1].do)
        return
    do = _may_do(turn, activation, deadline.ladder[rung].do)
    if do == "remind":
        _remind(turn, activation, clock, parts)
    elif do in TO_SOMEBODY:
        for slot in _held_by_one(activation, parts):
            _ask_for_somebody(turn, activation, Step(clock, rung, slot.number))
    else:
        _decide(turn, activation, parts, do)


def _may_do(turn: Turn, activation: Activation, do: Deed) -> Deed:
    """A key control that is to pass by itself, as the checker would not let it, goes to an administrator."""
    node = turn.tree.node(activation.node)
    return "admin" if do == "pass" and isinstance(node, Approval) and node.key_control else do


def _parts(activation: Activation, clock: Clock) -> Iterator[Slot]:
    yield from (slot for slot in activation.slots if slot.open and slot.clock == clock.number)


def _held_by_one(activation: Activation, parts: Sequence[Slot]) -> Sequence[Slot]:
    """Of a pool only one part is handed on or decided: that of who claimed it, or the first."""
    if not activation.pool:
        return parts
    return [slot for slot in parts if slot.number == activation.claimed] or parts[:1]


# Reminding


def _remind(turn: Turn, activation: Activation, clock: Clock, parts: Sequence[Slot]) -> None:
    passed = [call.rung for call in clock.calls[: clock.past] if call.rung is not None]
    text = Label(zh=f"已超时，请尽快处理（第 {len(passed)} 次提醒）", en=f"Overdue, please see to it ({len(passed)})")
    told = _tell(turn, activation, parts, text)
    names = agents.listed(told)
    turn.say("reminded", f"超时提醒 {names.zh}", f"Overdue; reminded {names.en}", node=activation.node,
             people=[slot.actor for slot in told])  # fmt: skip


def _warn(turn: Turn, activation: Activation, clock: Clock, parts: Sequence[Slot], do: Deed) -> None:
    will = _DECIDED.get(_may_do(turn, activation, do))
    if will is None:
        return
    at = clock.calls[-1].at.isoformat(timespec="minutes")
    told = _tell(turn, activation, parts, Label(zh=f"即将{will.zh}，请先处理", en=f"Soon {will.en}; please see to it"))
    names = agents.listed(told)
    turn.say("warned", f"即将{will.zh}，已提醒 {names.zh}", f"Soon {will.en}; told {names.en}",
             node=activation.node, people=[slot.actor for slot in told], at=at)  # fmt: skip


def _tell(turn: Turn, activation: Activation, parts: Sequence[Slot], text: Label) -> list[Slot]:
    """Say it on the tasks of those who can act now: who waits for others is not reminded, those others are."""
    told = {slot.number: slot for part in parts for slot in _who_can_act(activation, part)}
    for slot in told.values():
        slot.reminders += 1
        slot.cause = text
    turn.touch(activation, *told.values())
    return list(told.values())


def _who_can_act(activation: Activation, part: Slot) -> Iterator[Slot]:
    if part.state == "active":
        yield part
        return
    for other in activation.slots:
        if other.open and other.parent == part.number:
            yield from _who_can_act(activation, other)


# To somebody else


def _ask_for_somebody(turn: Turn, activation: Activation, step: Step) -> None:
    slot, do = activation.slot(step.slot), step.clock.deadline.ladder[step.rung].do
    to = _may_do(turn, activation, do)
    if slot.state == "held":
        zh, en = f"{slot.name} 已同意，不转交", f"{slot.name} has approved; not handed on"
        turn.say("not_escalated", zh, en, node=activation.node)
        return
    key = f"{activation.node}/{activation.epoch}/clock/{step.clock.number}/{step.rung}/{step.slot}"
    if key in turn.state.pending:
        return  # looked for already, because the rung before found nobody
    node = turn.tree.node(activation.node)
    whos = {
        "superior": (Who(superior_of=slot.actor),),
        "admin": (Who(role="process_admin"), Who(process_owner=True)),
        "transfer": _receivers(turn, activation, step),
    }
    turn.issue(
        Resolve(
            key=key,
            title=Label(zh=f"超时转交{_TO[to].zh}：{slot.name}", en=f"Overdue: {slot.name} to {_TO[to].en}"),
            node=activation.node,
            who=whos[to],
            self_approval=node.self_approval if isinstance(node, Approval) else None,
            item=lanes.known(turn, activation.node),
        )
    )


def _receivers(turn: Turn, activation: Activation, step: Step) -> tuple[Who, ...]:
    to = step.clock.deadline.ladder[step.rung].to or Who(process_owner=True)
    return tuple(doers.who_did(turn, activation.node, to))


def found(turn: Turn, activation: Activation, step: Step, resolution: Resolution) -> None:
    """The first of those found who has no part in the task yet takes it over; with nobody, the next rung is tried."""
    slot, why = activation.slot(step.slot), Label(zh="没有找到人", en="nobody was found")
    if not slot.open or slot.state == "held":
        return
    for one in resolution.candidates:
        try:
            handing.check_receiver(turn, activation, slot, one.person)
        except Refused as refused:
            why = refused.answer[1]
            continue
        _hand_on(turn, activation, step, one)
        return
    _nobody(turn, activation, step, why)


def _hand_on(turn: Turn, activation: Activation, step: Step, receiver: Candidate) -> None:
    slot, to = activation.slot(step.slot), _TO[_may_do(turn, activation, step.clock.deadline.ladder[step.rung].do)]
    reason = Label(
        zh=f"{slot.name} 超时未处理；{receiver.reason.zh}",
        en=f"{slot.name} did not see to it in time; {receiver.reason.en}",
    )
    because = f"超时，已转交 {receiver.name} / overdue, handed on to {receiver.name}"
    unclaimed = activation.pool and activation.claimed is None
    taken = handing.hand_over(turn, activation, slot, receiver.model_copy(update={"reason": reason}), because=because)
    if unclaimed:
        handing.claim(turn, activation, taken)
    if any(call.rung is None for call in step.clock.calls[: step.clock.past]):
        _warn(turn, activation, step.clock, [taken], step.clock.deadline.ladder[-1].do)
    turn.say("escalated", f"{slot.name} 超时，转交{to.zh} {receiver.name}",
             f"{slot.name} is overdue; handed on to {to.en}, {receiver.name}", node=activation.node,
             person=receiver.person)  # fmt: skip


def _nobody(turn: Turn, activation: Activation, step: Step, why: Label) -> None:
    """Whom a rung cannot reach the next one may, at once if it is one that hands on; no other comes before its time."""
    slot, rungs = activation.slot(step.slot), step.clock.deadline.ladder
    to = _TO[_may_do(turn, activation, rungs[step.rung].do)]
    turn.say("not_escalated", f"{slot.name} 超时，不能转交{to.zh}：{why.zh}",
             f"{slot.name} is overdue and cannot be handed on to {to.en}: {why.en}", node=activation.node)  # fmt: skip
    following = step.rung + 1
    if following < len(rungs) and rungs[following].do in TO_SOMEBODY:
        _ask_for_somebody(turn, activation, Step(step.clock, following, step.slot))


# Deciding without a person


def _decide(turn: Turn, activation: Activation, parts: Sequence[Slot], do: Deed) -> None:
    """C5: it counts as a decision in every mode, says that the system made it, and leads where a person's would."""
    cause = f"{_DECIDED[do].zh} / {_DECIDED[do].en}"
    for slot in _held_by_one(activation, parts):
        if not slot.open or activation.state != "open":
            continue
        handing.let_go(turn, activation, slot, cause)
        slot.overdue = "pass" if do == "pass" else "return" if do == "return" else "reject"
        turn.close(activation, slot, "auto" if do == "pass" else "rejected", cause=cause)
        turn.say("auto", f"{slot.name} 未在期限内处理，{_DECIDED[do].zh}",
                 f"{slot.name} did not see to it in time: {_DECIDED[do].en}", node=activation.node,
             overdue=slot.actor)  # fmt: skip
        if do == "return":
            activation.state = "rejected"
            turn.cancel(activation, cause)
            ending.reject(turn, "to_initiator")
        else:
            deciding.settle(turn, activation, slot.round, by=_SYSTEM)
