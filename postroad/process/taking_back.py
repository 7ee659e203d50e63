"""R23 拿回: who decided takes it back, as long as nobody else has decided on the strength of it.

What an agent decided, the agent and the slot's own person may take back.
"""

from collections.abc import Iterator

from postroad.model.decision import Action, Click, Verdict
from postroad.model.effect import EffectStatus
from postroad.model.label import Label
from postroad.process import agents, calls, reopening, returning, suspending
from postroad.process.refused import Refused, forbidden
from postroad.process.state import Activation, Slot
from postroad.process.turn import Turn

_DECISIONS = frozenset({Action.APPROVE, Action.REJECT, Action.COMPLETE})


def take_back(turn: Turn, activation: Activation, slot: Slot, click: Click) -> None:
    """Ask the slot's person anew: at once, or after the node's end when all since is undone. Raises Refused."""
    place = f"{activation.node}/{activation.epoch}/{slot.number}"
    if place in turn.state.taken_back and click.actor == slot.actor:
        raise Refused(Verdict.DUPLICATE, "已拿回", "Decision taken back", Verdict.ACCEPTED)
    reason = _against(turn, activation, slot)
    if reason is not None:
        raise Refused(Verdict.LATE, reason.zh, reason.en)
    if click.actor not in {slot.actor, slot.doer}:
        raise forbidden("只能拿回自己的决定", "Only one's own decision can be taken back")
    if not turn.process.take_back:
        raise forbidden("此流程不允许拿回", "This process lets nobody take a decision back")
    suspending.check(turn)
    name = agents.signature(slot, click.actor)
    turn.state.taken_back = [*turn.state.taken_back, place]
    turn.say(
        "taken_back",
        f"{name} 拿回",
        f"{name} takes it back",
        node=activation.node,
        person=click.actor,
        opinion=click.opinion.strip(),
        channel=click.channel,
        click=click.id,
        task=click.task,
    )
    cause = Label(zh=f"{name} 已拿回", en=f"{name} took it back")
    if activation.state == "open":
        reopening.reopen_slots(turn, activation, {slot.number}, cause)
    else:
        returning.take_up(turn, activation, slot.number, _since(turn, activation.node), cause)


def offer(turn: Turn) -> None:
    """Keep what can be taken back on offer, and nothing else."""
    state = turn.state
    before = set(state.takeable)
    possible = turn.process.take_back and not (state.over or state.suspended)
    state.takeable = list(_takeable(turn)) if possible else []
    for place in sorted(before.symmetric_difference(state.takeable)):
        key, _, number = place.rpartition("/")
        turn.touch(state.activations[key], state.activations[key].slot(int(number)))


def is_offered(turn: Turn, activation: Activation, slot: Slot) -> bool:
    return f"{activation.node}/{activation.epoch}/{slot.number}" in turn.state.takeable


def _takeable(turn: Turn) -> Iterator[str]:
    for key, activation in turn.state.activations.items():
        if activation.state in {"open", "passed"}:
            for slot in activation.slots:
                if _against(turn, activation, slot) is None:
                    yield f"{key}/{slot.number}"


def _against(turn: Turn, activation: Activation, slot: Slot) -> Label | None:
    """Why this cannot be taken back any more, or is nothing that can be."""
    state = turn.state
    if state.finished_at or state.unwinding or state.is_returned:
        return Label(zh="流程已结束或已退回，不能拿回", en="The process has ended or gone back; it stands")
    if slot.action not in _DECISIONS or slot.number not in reopening.decided(activation):
        return Label(zh="没有可以拿回的决定", en="There is no decision to take back")
    if activation.state == "open":
        return None
    if activation.state != "passed" or (activation.node, activation.epoch) not in state.trail:
        return Label(zh="此决定已不在当前路径上，不能拿回", en="The process has gone another way since; it stands")
    return _come_of_it(turn, activation.node)


def _come_of_it(turn: Turn, node_id: str) -> Label | None:
    """What came after that cannot be undone."""
    state = turn.state
    since = set(_since(turn, node_id))
    here = [*state.trail, *((run.node, run.epoch) for run in state.runs.values())]
    for node, epoch in here:
        if node not in since:
            continue
        key, label = f"{node}/{epoch}", turn.tree.node(node).label
        activation, deed = state.activations.get(key), state.deeds.get(key)
        if activation and _somebody_decided(activation):
            return Label(zh=f"“{label.zh}”已有人处理，不能拿回", en=f"Somebody has decided on “{label.en}”; it stands")
        done = deed is not None and (deed.status is EffectStatus.CONFIRMED or key in state.pending)
        call = state.calls.get(key)
        if (deed and done and not deed.undo) or (call and (calls.ended_well(call) or not call.waits)):
            return Label(zh=f"“{label.zh}”不能撤销，不能拿回", en=f"“{label.en}” cannot be undone; it stands")
    return None


def _somebody_decided(activation: Activation) -> bool:
    return any(activation.slot(number).action in _DECISIONS for number in reopening.decided(activation))


def _since(turn: Turn, node_id: str) -> list[str]:
    """Every node behind this one, and those around it that are through."""
    tree = turn.tree
    scope: list[str] = []
    for here in (node_id, *tree.above(node_id)):
        if here != node_id and here not in turn.state.runs:
            scope.append(here)
        for node in tree.after(here):
            scope += [node, *tree.inside(node)]
    return scope
