"""R14–R16: back to a node that people passed before. What was done since is undone first; other branches go on."""

from collections.abc import Iterable, Iterator

from postroad.model.effect import EffectResult, EffectStatus
from postroad.model.label import Label
from postroad.model.process import Approval, Branch, Each, Parallel, Work
from postroad.process import calls, ending, trouble
from postroad.process.commands import Act
from postroad.process.refused import forbidden
from postroad.process.state import Activation, Returning, Run
from postroad.process.tree import Tree
from postroad.process.turn import Enter, Reopen, Turn

INITIATOR = "initiator"


def targets(turn: Turn, node_id: str) -> list[str]:
    """The nodes to which `node_id` may go back: where people were asked, on the taken path, earliest first."""
    passed = dict.fromkeys(node for node, _ in turn.state.trail)
    return [one for one in passed if _is_human(turn, one) and _reachable(turn, node_id, one)]


def previous(turn: Turn, node_id: str) -> str | None:
    """R14: the last of them; None if nobody was asked before."""
    order = [node for node, _ in turn.state.trail]
    possible = targets(turn, node_id)
    return max(possible, key=lambda node: len(order) - 1 - order[::-1].index(node)) if possible else None


def _is_human(turn: Turn, node_id: str) -> bool:
    return node_id in turn.tree.places and isinstance(turn.tree.node(node_id), Approval | Work)


def _reachable(turn: Turn, node_id: str, target: str) -> bool:
    """R16: not in a branch beside one's own; nor to oneself or to what is around one."""
    tree = turn.tree
    return target != node_id and not tree.is_below(node_id, target) and not tree.is_beside(node_id, target)


def check(turn: Turn, node_id: str, target: str, *, confirmed: bool) -> None:
    """R15: whether one may go back there. Raises Refused, for what cannot be undone with the list of it."""
    if target not in targets(turn, node_id):
        raise forbidden(f"不能退回到 {target}", f"It cannot go back to {target}")
    lasting = (
        [] if confirmed else [turn.tree.node(node).label for node in _lasting(turn, _scope(turn, node_id, target))]
    )
    if lasting:
        zh, en = "、".join(one.zh for one in lasting), ", ".join(one.en for one in lasting)
        raise forbidden(
            f"以下操作不能撤销：{zh}；请确认后再退回", f"This cannot be undone: {en}; confirm that it may stand"
        )


def _lasting(turn: Turn, scope: list[str]) -> list[str]:
    return [node for node in scope if ending.done_for_good(turn.state, node)]


def go_back(turn: Turn, node_id: str, target: str) -> None:
    """Leave everything since `target`, undo what was done there, and enter it anew."""
    scope = _scope(turn, node_id, target)
    label = turn.tree.node(target).label
    ending.abandon(turn, scope, f"已退回到“{label.zh}” / returned to “{label.en}”")
    turn.say("sent_back", f"退回到“{label.zh}”", f"Goes back to “{label.en}”", node=target)
    go(turn, target, scope)


def take_up(turn: Turn, activation: Activation, slot: int, scope: list[str], cause: Label) -> None:
    """R23: ask this slot of an ended activation anew, once everything in `scope`, which is left, is undone."""
    node, runs = activation.node, turn.state.runs
    for around in turn.tree.above(node):
        if around in runs:
            own = turn.tree.branch_in(node, around)
            runs[around].finished = [branch for branch in runs[around].finished if branch != own]
    ending.abandon(turn, scope, f"{cause.zh} / {cause.en}")
    way = _way(turn, node, scope)
    way.key, way.slot, way.cause = f"{node}/{activation.epoch}", slot, cause
    turn.state.trail = [(one, epoch) for one, epoch in turn.state.trail if one not in {node, *scope}]
    turn.state.returning.append(way)
    progress(turn)


def go(turn: Turn, target: str, scope: list[str], *, waits_for: Iterable[str] = ()) -> None:
    """Undo what was done in the nodes of `scope`, which are left already, and then enter `target`.

    What is still being done in the nodes of `waits_for` is waited for, and stands.
    """
    stays = [(node, epoch) for node, epoch in turn.state.trail if node not in scope]
    if len(stays) < len(turn.state.trail):
        turn.state.turned_back = turn.state.revision
    turn.state.trail = stays
    way = _way(turn, target, scope)
    way.waits_for = list(waits_for)
    turn.state.returning.append(way)
    progress(turn)


def _way(turn: Turn, target: str, scope: list[str]) -> Returning:
    """The way back to the target; what became known in `scope` is not known any more."""
    results = turn.state.results
    turn.state.results = {
        node: said for node, said in results.items() if node not in scope or ending.done_for_good(turn.state, node)
    }
    around = next((one for one in turn.tree.above(target) if one in turn.state.runs), None)
    epoch = turn.state.runs[around].epoch if around else None
    return Returning(target=target, scope=scope, parent=around, parent_epoch=epoch)


def since(tree: Tree, target: str, around: str | None) -> list[str]:
    """The target, what is inside it, and what follows it in its own sequence and in those around it up to `around`."""
    scope: list[str] = [target, *tree.inside(target)]
    here: str | None = target
    while here is not None and here != around:
        scope += [one for node in tree.after(here) for one in (node, *tree.inside(node))]
        here = tree.places[here].parent
        scope += [here] if here is not None and here != around else []
    return scope


def _scope(turn: Turn, node_id: str, target: str) -> list[str]:
    """Every node that was passed since the target, or is under way since, the target included.

    Upwards from the target: what follows it in its own sequence, then what follows the node around that, as far as the
    sequence in which the one who goes back stands too.
    """
    tree = turn.tree
    scope: list[str] = []
    here: str | None = target
    while here is not None:
        for node in (here, *tree.after(here)):
            scope += [node, *tree.inside(node)] if node != here or here == target else [node]
        if node_id in scope:
            break
        here = tree.places[here].parent
    return scope


def progress(turn: Turn) -> None:
    """The next undoing on each way back; where nothing is left to undo, the target is entered."""
    for way in list(turn.state.returning):
        acting = [command.node for command in turn.state.pending.values() if isinstance(command, Act)]
        if any(node in way.scope or node in way.waits_for for node in acting):
            continue
        if any(node in turn.state.troubles for node in way.scope) or calls.busy(turn.state, way.scope):
            continue
        key = next(_undoable(turn, way), None)
        if key is not None:
            ending.undo(turn, key)
            continue
        turn.state.returning.remove(way)
        _arrive(turn, way)


def _undoable(turn: Turn, way: Returning) -> Iterator[str]:
    for key, deed in reversed(turn.state.deeds.items()):
        if deed.node in way.scope and deed.undo and deed.status is EffectStatus.CONFIRMED:
            yield key


def _arrive(turn: Turn, way: Returning) -> None:
    """Enter the target, if what surrounded it is still under way.

    C4: what had been through around it is opened again, with its other branches as they were.
    """
    runs = turn.state.runs
    if way.parent is not None and (way.parent not in runs or runs[way.parent].epoch != way.parent_epoch):
        return
    again = Reopen(way.key, frozenset({way.slot}), way.cause) if way.key and way.cause else Enter(way.target)
    _open_around(turn, way.target)
    turn.agenda.append(again)


def open_at(turn: Turn, target: str) -> None:
    """Enter a node, and what is around it first, where that is not under way."""
    _open_around(turn, target)
    turn.agenda.append(Enter(target))


def _open_around(turn: Turn, target: str) -> None:
    runs = turn.state.runs
    for ancestor in reversed(turn.tree.above(target)):
        if ancestor not in runs:
            runs[ancestor] = _opened_again(turn, ancestor, target)


def _opened_again(turn: Turn, ancestor: str, target: str) -> Run:
    """Under way again in the target's branch or lane only; as many others count as through as have to be."""
    node, own = turn.tree.node(ancestor), turn.tree.branch_in(target, ancestor)
    run = Run(node=ancestor, epoch=turn.next_epoch(ancestor))
    if isinstance(node, Branch) and node.inclusive:
        run.chosen = [own]
    elif isinstance(node, Each):
        lanes = turn.state.lanes[ancestor].current
        run.finished = [number for number in lanes if number != own][: node.needed(len(lanes)) - 1]
    elif isinstance(node, Parallel):
        run.finished = [number for number in range(len(node.branches)) if number != own][: node.needed - 1]
    return run


def undone(turn: Turn, key: str, result: EffectResult) -> None:
    """An undoing on a way back ended; one that failed is a trouble for a person, and the way waits for it."""
    deed = turn.state.deeds[key]
    if result.status is not EffectStatus.CONFIRMED:
        trouble.report(turn, deed.node, result.message or str(result.status), key=key)
        return
    done = key.removesuffix(":undo")
    turn.state.deeds[done].status = EffectStatus.COMPENSATED
    if done == next(one for one, it in reversed(turn.state.deeds.items()) if it.node == deed.node and it.undo):
        turn.state.results.pop(deed.node, None)
        turn.state.trail = [(node, epoch) for node, epoch in turn.state.trail if node != deed.node]
    label = turn.tree.node(deed.node).label
    turn.say("undone", f"已撤销“{label.zh}”", f"“{label.en}” is undone", node=deed.node)
    progress(turn)
