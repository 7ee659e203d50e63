"""R17 `direct`: what was returned to the initiator comes back to the one who returned it.

The return remembers where everything stood. Submitted again, that is restored as it was, if the same way would be taken
and nothing of what had been done was undone meanwhile; otherwise all nodes are walked again, and the story says why.
C3: the one who returned it is asked again with all whom the same return cut short, in his branch and in others;
branches that were through stay so.
"""

from postroad.model.effect import EffectStatus
from postroad.model.label import Label
from postroad.model.process import Approval
from postroad.process import routing
from postroad.process.state import Left, Slot
from postroad.process.turn import Enter, Reopen, Turn


def remember(turn: Turn) -> None:
    """Keep where everything stands, if the node that returns it now wants it back directly. Call before it is left."""
    state = turn.state
    found = _returner(turn)
    if found is None or state.returning:
        return
    node, slot = found
    state.left = Left(
        node=node,
        slot=slot.number,
        runs={run: kept.model_copy(deep=True) for run, kept in state.runs.items()},
        trail=list(state.trail),
        results=dict(state.results),
        done=[key for key, deed in state.deeds.items() if deed.status is EffectStatus.CONFIRMED],
        routing=routing.fingerprint(turn.process, state),
    )


def _returner(turn: Turn) -> tuple[str, Slot] | None:
    """The node that rejects it in this turn, and whose decision that was: in a round, that of the one who was added."""
    state = turn.state
    for node_id, run in state.runs.items():
        node, activation = turn.tree.node(node_id), state.activations.get(f"{node_id}/{run.epoch}")
        if activation and activation.state == "rejected" and isinstance(node, Approval) and node.resubmit == "direct":
            now = [one for one in activation.slots if one.state == "rejected" and one.closed_revision == state.revision]
            return (node_id, now[0] if now[0].action else now[-1]) if now else None
    return None


def go_back(turn: Turn) -> bool:
    """Restore what was left, with the document as it is now. False if all nodes are to be walked again."""
    state = turn.state
    left, state.left = state.left, None
    if left is None:
        return False
    why = _against(turn, left)
    if why is not None:
        turn.say("walks_again", f"{why.zh}，从头审批", f"{why.en}; all steps again", node=left.node)
        return False
    state.trail, state.results = list(left.trail), {**left.results, **state.results}
    for node_id, run in left.runs.items():
        if any(inner in left.runs for inner in turn.tree.inside(node_id)) or run.finished:
            again = {"epoch": turn.next_epoch(node_id), "finished": [*run.finished], "chosen": [*run.chosen]}
            state.runs[node_id] = run.model_copy(update=again)
    for node_id, run in left.runs.items():
        if node_id not in state.runs:
            _take_up(turn, left, node_id, f"{node_id}/{run.epoch}")
    label = turn.tree.node(left.node).label
    turn.say("straight_back", f"直接回到“{label.zh}”", f"Straight back to “{label.en}”", node=left.node)
    return True


def _take_up(turn: Turn, left: Left, node_id: str, key: str) -> None:
    """People who had been asked are asked again; whatever else was under way is begun anew."""
    if key not in turn.state.activations:
        turn.agenda.append(Enter(node_id))
        return
    mine = frozenset({left.slot}) if node_id == left.node else frozenset()
    cause = Label(zh="发起人已重新提交", en="Submitted again by the initiator")
    turn.agenda.append(Reopen(key, mine, cause))


def _against(turn: Turn, left: Left) -> Label | None:
    """Why the way cannot be taken up where it was left."""
    if left.routing != routing.fingerprint(turn.process, turn.state):
        return Label(zh="决定走向的内容已变更", en="What decides the way has changed")
    deeds = turn.state.deeds
    gone = [deeds[key].node for key in left.done if deeds[key].status is not EffectStatus.CONFIRMED]
    if gone and gone[0] in turn.tree.places:
        label = turn.tree.node(gone[0]).label
        return Label(zh=f"“{label.zh}”已撤销", en=f"“{label.en}” was undone")
    return None
