"""What a person or an administrator does about a trouble: try it again, or go on without."""

from postroad.model.decision import Action
from postroad.model.effect import EffectStatus
from postroad.model.process import Call, Decide, Each
from postroad.process import calls, each, ending, returning, trouble
from postroad.process.state import Activation
from postroad.process.turn import Enter, Leave, Turn


def choose(turn: Turn, activation: Activation, action: Action) -> None:
    """Carry out RETRY or SKIP on the node whose trouble this activation was."""
    node_id = activation.node.removesuffix("!")
    held = turn.state.troubles.pop(node_id, None)
    carry_out(turn, node_id, held.key if held else None, action)


def carry_out(turn: Turn, node_id: str, key: str | None, action: Action) -> None:
    """RETRY or SKIP what `key` names, or else the node, once its trouble is nobody's any more."""
    if action is Action.RETRY:
        _again(turn, node_id, key)
    else:
        _without(turn, node_id, key)


def _again(turn: Turn, node_id: str, key: str | None) -> None:
    if node_id == trouble.READING:
        turn.state.reread = True
    elif key:
        ending.ask_for(turn, key)
    elif node_id in turn.state.runs:
        each.look_again(turn, node_id)
        turn.agenda.append(Enter(node_id))


def _without(turn: Turn, node_id: str, key: str | None) -> None:
    if key and key in turn.state.deeds:
        turn.state.deeds[key].status = EffectStatus.REJECTED
        if key.endswith(":undo"):
            turn.state.deeds[key.removesuffix(":undo")].status = EffectStatus.REJECTED
    if turn.state.unwinding is not None:
        ending.progress(turn)
    elif key and key.endswith(":undo"):
        returning.progress(turn)
    elif node_id in turn.state.runs:
        node = turn.tree.node(node_id)
        if isinstance(node, Decide):
            turn.state.results[node_id] = None  # known to have no answer; whoever would be named by it is nobody
        elif isinstance(node, Each):
            turn.state.results[node_id] = []
        elif isinstance(node, Call):
            turn.state.results[node_id] = calls.skipped()
        turn.agenda.append(Leave(node_id))


def nudge(turn: Turn) -> bool:
    """Look anew for people for every trouble that nobody holds. False if there is none such."""
    held = trouble.held(turn.state)
    for node_id in held:
        trouble.find_owner(turn, node_id)
    return bool(held)
