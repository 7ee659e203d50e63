"""An instance put on hold by an administrator: nobody's press counts and no node is entered until it is resumed.

Effects under way end and are recorded, the document is still read, and what becomes due is kept.
"""

from collections.abc import Collection

from postroad.model.document import Document
from postroad.model.event import AdminAct
from postroad.model.label import Label
from postroad.process.refused import forbidden
from postroad.process.state import Planned, State, Suspension
from postroad.process.turn import Due, Enter, Leave, Reopen, Turn, TurnDown

_ENDS_IT = frozenset({"withdrawn", "approved", "rejected"})


def why(state: State) -> Label | None:
    """In words, that it is suspended, for what and by whom; None if it is not."""
    held = state.suspension
    if held is None:
        return None
    return Label(zh=f"流程已挂起：{held.reason}（{held.name}）", en=f"Suspended: {held.reason} ({held.name})")


def check(turn: Turn) -> None:
    """Raises Refused while the instance is suspended."""
    reason = why(turn.state)
    if reason is not None:
        raise forbidden(f"{reason.zh}，恢复后再处理", f"{reason.en}; it can be done once it is resumed")


def suspend(turn: Turn, act: AdminAct) -> Label:
    """Raises Refused for what is suspended, or on its way back, which has to be finished first."""
    reason = why(turn.state)
    if reason is not None:
        raise forbidden(f"{reason.zh}，不必重复挂起", f"{reason.en}; it need not be suspended again")
    if turn.state.unwinding is not None:
        raise forbidden(
            "流程正在撤销已做的操作，完成后才能挂起，或直接终止",
            "What was done is being undone; suspend it afterwards, or terminate it",
        )
    turn.state.suspension = Suspension(by=act.by, name=act.by_name or act.by, reason=act.reason, since=turn.at)
    _show_tasks_anew(turn)
    return Label(zh="挂起流程", en="Suspended")


def resume(turn: Turn) -> Label:
    """Go on with everything that became due meanwhile. Raises Refused for what is not suspended."""
    held = turn.state.suspension
    if held is None:
        raise forbidden("流程没有挂起", "It is not suspended")
    turn.state.suspension = None
    turn.state.reread = turn.state.reread or held.reread
    turn.agenda.extend(_due(one) for one in held.planned if _still_meant(turn, one))
    turn.elapsed += held.elapsed
    _show_tasks_anew(turn)
    return Label(zh="恢复流程", en="Resumed")


def _show_tasks_anew(turn: Turn) -> None:
    for activation in turn.state.activations.values():
        if activation.state == "open":
            turn.touch(activation, *(slot for slot in activation.slots if slot.open))


def keep(held: Suspension, turn: Turn, item: Due) -> None:
    """Keep for later what became due; whatever stands around it has to be as it was by then."""
    runs = turn.state.runs
    if isinstance(item, Enter):
        parent = turn.tree.places[item.node].parent
        epoch = runs[parent].epoch if item.parent_epoch is None and parent in runs else item.parent_epoch
        held.planned.append(Planned(do="enter", node=item.node, epoch=epoch))
    elif isinstance(item, Reopen):
        node, slots = turn.state.activations[item.key].node, sorted(item.slots)
        held.planned.append(Planned(do="reopen", node=node, key=item.key, slots=slots, cause=item.cause))
    elif item.node in runs:
        do = "leave" if isinstance(item, Leave) else "turn_down"
        held.planned.append(Planned.model_validate({"do": do, "node": item.node, "epoch": runs[item.node].epoch}))


def _due(one: Planned) -> Due:
    if one.do == "enter":
        return Enter(one.node, parent_epoch=one.epoch)
    if one.do == "reopen":
        return Reopen(one.key, frozenset(one.slots), one.cause)
    return Leave(one.node) if one.do == "leave" else TurnDown(one.node)


def _still_meant(turn: Turn, one: Planned) -> bool:
    """An entry is looked at when its turn comes; what is left must not have been entered anew meanwhile."""
    run = turn.state.runs.get(one.node)
    return one.do in {"enter", "reopen"} or (run is not None and run.epoch == one.epoch)


def forget(turn: Turn, nodes: Collection[str]) -> None:
    """Nothing that was kept for these nodes is meant any more."""
    held = turn.state.suspension
    if held is not None:
        held.planned = [one for one in held.planned if one.node not in nodes]


def puts_off(turn: Turn, document: Document) -> bool:
    """Whether what became of the document waits for the resumption; what ends the instance does not."""
    held, state = turn.state.suspension, turn.state
    if held is None or state.document is None or document.state == state.expected_state:
        return False
    if turn.process.document.phase(document.state) in _ENDS_IT:
        return False
    held.reread = True
    return True
