"""Moving through the tree: entering nodes, leaving them, and joining branches."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from postroad.model.label import Label
from postroad.model.process import Branch, Call, Each, Parallel, Wait
from postroad.model.template import MissingVariable, lookup
from postroad.process import calling, changes, deciding, each, ending, lanes, nodes, reopening, suspending
from postroad.process.state import Run
from postroad.process.turn import Enter, Leave, Reopen, Turn, TurnDown
from postroad.rules.cells import CellRefused, ValueRefused, holds


def settle(turn: Turn) -> None:
    """Work off what has become due until nothing is."""
    while turn.agenda and not turn.state.over and turn.state.unwinding is None:
        item = turn.agenda.popleft()
        if turn.state.suspension is not None:
            suspending.keep(turn.state.suspension, turn, item)
        elif isinstance(item, Leave):
            _leave(turn, item.node)
        elif isinstance(item, Reopen):
            _reopen(turn, item)
        elif isinstance(item, TurnDown):
            deciding.rejected(turn, item.node)
        elif _still_meant(turn, item):
            enter(turn, item.node)
    turn.agenda.clear()


def _reopen(turn: Turn, item: Reopen) -> None:
    again, was = set(item.slots), turn.state.activations[item.key]
    if changes.is_void(turn, was):
        again |= reopening.decided(was)
    reopening.reopen_activation(turn, item.key, again, item.cause)


def _still_meant(turn: Turn, item: Enter) -> bool:
    parent = turn.tree.places[item.node].parent
    if parent is None:
        return True
    run = turn.state.runs.get(parent)
    return run is not None and (item.parent_epoch is None or run.epoch == item.parent_epoch)


def enter(turn: Turn, node_id: str) -> None:
    node = turn.tree.node(node_id)
    epoch = turn.next_epoch(node_id)
    turn.state.runs[node_id] = Run(node=node_id, epoch=epoch, since=turn.at)
    try:
        if node.when and not _holds(turn, node_id, node.when):
            turn.say(
                "skipped",
                f"条件不满足，跳过“{node.label.zh}”",
                f"Condition not met; passed over “{node.label.en}”",
                node=node_id,
            )
            turn.agenda.append(Leave(node_id))
        elif isinstance(node, Branch):
            _choose(turn, node, epoch)
        elif isinstance(node, Parallel):
            _fork(turn, node, epoch)
        elif isinstance(node, Each):
            each.enter(turn, node, epoch)
        elif isinstance(node, Call):
            calling.enter(turn, node, epoch)
        else:
            nodes.open_node(turn, node, epoch)
    except (CellRefused, ValueRefused) as refused:
        nodes.hindered(
            turn, node, f"无法判断条件：{refused.label.zh} / the condition cannot be decided: {refused.label.en}"
        )


def _holds(turn: Turn, node_id: str, when: Mapping[str, str]) -> bool:
    variables = lanes.variables(turn, node_id)
    return holds(when, {path: _value(variables, path) for path in when})


def _value(variables: Mapping[str, Any], path: str) -> Any:
    try:
        return lookup(path, variables)
    except MissingVariable:
        return None


def _choose(turn: Turn, node: Branch, epoch: int) -> None:
    fitting = (number for number, way in enumerate(node.branches) if _holds(turn, node.id, way.when))
    numbers = (list(fitting) if node.inclusive else [*islice(fitting, 1)]) or [len(node.branches)]
    for number in numbers:
        way = node.branches[number].title if number < len(node.branches) else Label(zh="其他情况", en="otherwise")
        name = way or Label(zh=f"第 {number + 1} 个分支", en=f"branch {number + 1}")
        turn.say("branch", f"进入“{name.zh}”", f"Takes “{name.en}”", node=node.id)
    if node.inclusive:
        turn.state.runs[node.id].chosen = numbers
        _take(turn, node, numbers, epoch)
        return
    head = turn.tree.head(node.id, numbers[0])
    turn.agenda.append(Enter(head) if head else Leave(node.id))


def _fork(turn: Turn, node: Parallel, epoch: int) -> None:
    turn.say(
        "parallel", f"并行处理 {len(node.branches)} 个分支", f"{len(node.branches)} branches at once", node=node.id
    )
    _take(turn, node, range(len(node.branches)), epoch)


def _take(turn: Turn, node: Parallel | Branch, branches: Iterable[int], epoch: int) -> None:
    """Go down these branches at once."""
    for number in branches:
        head = turn.tree.head(node.id, number)
        if head:
            turn.agenda.append(Enter(head, parent_epoch=epoch))
        else:
            _branch_through(turn, node, number)


def _leave(turn: Turn, node_id: str) -> None:
    run = turn.state.runs.pop(node_id, None)
    if run is None:
        return
    turn.state.trail.append((node_id, run.epoch))
    place = turn.tree.places[node_id]
    if place.following:
        turn.agenda.append(Enter(place.following))
    elif place.parent is None:
        ending.finish(turn, turn.process.outcome)
    else:
        _through(turn, place.parent, place.branch)


def _through(turn: Turn, parent_id: str, branch: int) -> None:
    parent = turn.tree.node(parent_id)
    if isinstance(parent, Parallel | Each) or (isinstance(parent, Branch) and parent.inclusive):
        _branch_through(turn, parent, branch)
    elif isinstance(parent, Branch | Wait):
        turn.agenda.append(Leave(parent_id))


def _branch_through(turn: Turn, node: Parallel | Branch | Each, branch: int) -> None:
    run = turn.state.runs.get(node.id)
    if run is None:
        return
    run.finished.append(branch)
    if len(run.finished) == _needed(turn, node, run):
        ending.abandon(turn, turn.tree.inside(node.id), "其他分支已完成 / the other branches were enough")
        if isinstance(node, Each):
            turn.state.results[node.id] = lanes.outcome(turn, node.id)
        _leave(turn, node.id)  # at once: what is still due inside must find that its fork is through


def _needed(turn: Turn, node: Parallel | Branch | Each, run: Run) -> int:
    if isinstance(node, Each):
        return node.needed(len(turn.state.lanes[node.id].current))
    return node.needed if isinstance(node, Parallel) else len(run.chosen)
