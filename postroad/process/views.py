"""How the state looks to people: tasks, the instance at a glance, and what it is waiting for."""

from collections.abc import Iterable, Mapping

from postroad.model.decision import Action, Answer
from postroad.model.fields import Right
from postroad.model.label import Label
from postroad.model.process import Approval, Process, Wait
from postroad.model.task import InstanceStatus, InstanceView, Record, Station, Task, TaskKind, TaskState
from postroad.process import (
    agents,
    calls,
    choosing,
    clicks,
    deadlines,
    deciding,
    halting,
    returning,
    revoking,
    rights,
    suspending,
    trouble,
)
from postroad.process.state import Activation, Slot, State
from postroad.process.tree import plain
from postroad.process.turn import Turn

_STATES = {
    "cancelled": TaskState.CANCELLED,
    "transferred": TaskState.CANCELLED,
    "wait": TaskState.WAITING,
    "held": TaskState.WAITING,
    "delegated": TaskState.WAITING,
}


def record(turn: Turn, answer: Answer | None) -> Record | None:
    """The picture of what this turn changed; None if it changed nothing that people see."""
    if not (turn.lines or turn.touched or answer) or turn.state.started_at is None:
        return None
    tasks = [_touched(turn, key, number) for key, number in turn.touched]
    answers = (answer,) if answer else ()
    return Record(
        instance=instance_view(turn.process, turn.state), tasks=tuple(tasks), lines=tuple(turn.lines), answers=answers
    )


def _touched(turn: Turn, key: str, number: int) -> Task:
    activation = turn.state.activations[key]
    return task(turn, activation, activation.slots[number - 1])


def task_id(state: State, activation: Activation, slot: Slot) -> str:
    return f"{state.instance}/{activation.known_as or activation.node}/{activation.epoch}/{slot.number}"


def task(turn: Turn, activation: Activation, slot: Slot) -> Task:
    closed = TaskState.DONE if slot.closed_at else TaskState.OPEN
    held = suspending.why(turn.state) if slot.open else None
    offered = clicks.actions(turn, activation, slot)
    return Task(
        id=task_id(turn.state, activation, slot),
        instance=turn.state.instance,
        node=activation.node,
        epoch=activation.epoch,
        kind=activation.kind,
        title=activation.title,
        person=slot.actor,
        name=slot.name,
        agent=slot.agent,
        agent_name=slot.agent_name,
        former_agents=tuple(slot.former_agents),
        state=TaskState.WAITING if held else _STATES.get(slot.state, closed),
        revision=turn.state.revision,
        form_hash=turn.form_at(activation.node),
        opened_at=slot.opened_at,
        due_at=activation.clocks[slot.clock - 1].due if slot.clock else None,
        actions=offered,
        opinion_needed=Action.REJECT in offered and clicks.opinion_needed(turn, activation),
        reason=agents.why(slot),
        closed_at=slot.closed_at,
        action=slot.action,
        decided_by=slot.doer if slot.action else None,
        opinion=slot.opinion,
        reminders=slot.reminders,
        cause=held or _waits_for(activation, slot) or slot.cause or activation.trouble,
        fields=_fields(turn, activation, slot),
        back_to=_stations(turn, activation, offered),
        minutes=choosing.minutes(turn, activation),
    )


def _fields(turn: Turn, activation: Activation, slot: Slot) -> dict[str, Right]:
    if activation.kind is TaskKind.REVOKE:
        return revoking.seen(turn, activation, slot)
    return dict(rights.at(turn.tree, activation.node))


def _stations(turn: Turn, activation: Activation, offered: tuple[Action, ...]) -> tuple[Station, ...]:
    """Where the task may go back to, earliest first, where its person is to say so."""
    place = turn.tree.places.get(activation.node)
    asks = place is not None and isinstance(place.node, Approval) and place.node.reject == "ask"
    if Action.RETURN not in offered and not (asks and Action.REJECT in offered):
        return ()
    nodes = [Station(node=one, title=turn.tree.node(one).label) for one in returning.targets(turn, activation.node)]
    return (Station(node=returning.INITIATOR, title=Label(zh="发起人", en="The initiator")), *nodes)


def _waits_for(activation: Activation, slot: Slot) -> Label | None:
    """Whom a task waits for that is neither over nor its person's turn."""
    if slot.state == "held":
        names = _names(one for one in activation.slots if one.open and one.parent == slot.number)
        return Label(zh=f"已同意，等待加签人 {names}", en=f"Approved; waits for {names}, who were added")
    if slot.state == "delegated":
        names = _names(one for one in activation.slots if one.open and one.parent == slot.number)
        return Label(zh=f"等待 {names} 的意见", en=f"Waits for the opinion of {names}")
    if slot.state != "wait":
        return None
    if activation.claimed is not None:
        names = activation.slot(activation.claimed).name
        return Label(zh=f"已由 {names} 认领", en=f"Claimed by {names}")
    if deciding.asks_first(activation, slot):
        names = _names(one for one in activation.slots if one.open and one.parent == slot.number)
        return Label(zh=f"等待加签人 {names}", en=f"Waits for {names}, who were added")
    return Label(zh="等待前面的人先决定", en="Waits for those before")


def _names(slots: Iterable[Slot]) -> str:
    return "、".join(slot.name for slot in slots)


def status(state: State) -> InstanceStatus:
    """Derived from what is open; the end of an instance is the only status that is set."""
    if state.over:
        return state.status
    if state.suspended:
        return InstanceStatus.SUSPENDED
    if state.troubles:
        return InstanceStatus.TROUBLED
    if state.unwinding:
        return InstanceStatus.UNWINDING
    return InstanceStatus.RETURNED if state.is_returned else InstanceStatus.RUNNING


def _waiting_for(process: Process, state: State, awaited: Mapping[str, Wait]) -> Label:
    """One line that says who or what the instance waits for now, among it the events that are `awaited`."""
    asked = [
        (act, [agents.named(slot) for slot in act.slots if slot.state == "active"])
        for act in state.activations.values()
        if act.state == "open" and any(slot.state == "active" for slot in act.slots)
    ]
    pending = [command for command in state.pending.values() if not deadlines.owns(command)]
    zh = [f"{'、'.join(name.zh for name in names)}：{act.title.zh}" for act, names in asked]
    en = [f"{', '.join(name.en for name in names)}: {act.title.en}" for act, names in asked]
    zh += [command.title.zh for command in pending]
    en += [command.title.en for command in pending]
    events = list({node.id: node for node in awaited.values()}.values())
    zh += [f"等待事件 {node.event}：{node.label.zh}" for node in events]
    en += [f"the event {node.event}: {node.label.en}" for node in events]
    called = {plain(call.node) for call in calls.waited_for(state)}
    callers = [node for _, node in process.walk() if node.id in called] if called else []
    zh += [f"等待流程：{node.label.zh}" for node in callers]
    en += [f"the process that {node.label.en} called" for node in callers]
    held = trouble.held(state)
    zh += [f"无人处理的异常：{state.troubles[node].reason.zh}" for node in held]
    en += [f"a trouble that nobody holds: {state.troubles[node].reason.en}" for node in held]
    why = suspending.why(state)
    return Label(zh="；".join([*([why.zh] if why else []), *zh]), en="; ".join([*([why.en] if why else []), *en]))


def instance_view(process: Process, state: State) -> InstanceView:
    if state.started_at is None:
        raise ValueError("an instance has no view before it has started")
    fields = state.document.data if state.document else {}
    shown = tuple((one.title, one.shown(fields.get(one.field))) for one in process.document.card)
    awaited = {} if state.over else halting.awaited(process, state)
    return InstanceView(
        id=state.instance,
        process=process.process,
        release=state.release,
        title=process.title,
        document=state.ref,
        number=state.document.number if state.document else state.ref.id,
        initiator=state.initiator,
        initiator_name=state.initiator_name,
        status=state.status,
        revision=state.revision,
        form_hash=state.form_hash,
        started_at=state.started_at,
        outcome=state.outcome,
        waiting_for=_waiting_for(process, state, awaited).zh if not state.over else "",
        fields=fields,
        card=shown,
        card_fields=tuple(one.field for one in process.document.card),
        finished_at=state.finished_at,
        called_by=state.caller.instance if state.caller else None,
        halts=() if state.over else halting.halts(process, state, awaited),
    )
