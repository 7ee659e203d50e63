"""What is known in a lane of an `each` and nowhere else: its item, and what was found and filled in for it."""

from collections.abc import Mapping
from typing import Any

from postroad.model.process import Approval, Each, Work
from postroad.process.state import Lanes
from postroad.process.tree import Tree, path_of, plain
from postroad.process.turn import Turn


def variables(turn: Turn, node_id: str) -> dict[str, Any]:
    """What conditions, rules and templates of this node may name."""
    return {**turn.state.variables, **known(turn, node_id)}


def known(turn: Turn, node_id: str) -> dict[str, Any]:
    """What is so for this node's item only, under the names of the definition; what is nearer hides what is further."""
    return known_in(turn.tree, turn.state.lanes, turn.state.results, node_id)


def known_in(tree: Tree, lanes: Mapping[str, Lanes], results: Mapping[str, Any], node_id: str) -> dict[str, Any]:
    """The same for an instance in whichever tree."""
    said: dict[str, Any] = {}
    for each in eaches(tree, node_id):
        number = tree.branch_in(node_id, each)
        said[plain(each)] = lanes[each].lanes[number - 1].item
        said |= _found(tree, results, each, number)
    return said


def eaches(tree: Tree, node_id: str) -> list[str]:
    """The `each`es in whose lanes a node is, outermost first."""
    above = tree.above(node_id) if path_of(node_id) else []
    return [one for one in reversed(above) if isinstance(tree.node(one), Each)]


def keep(turn: Turn, node_id: str, fields: Mapping[str, Any]) -> None:
    """Remember what somebody filled in at a node in a lane: it is so for that item only."""
    turn.state.results[node_id] = {**(turn.state.results.get(node_id) or {}), **fields}


def outcome(turn: Turn, each: str) -> list[dict[str, Any]]:
    """The items in their order, each with what was found and filled in for it; an item that is no mapping is `item`."""
    laid, results = turn.state.lanes[each], turn.state.results
    items = [(number, laid.lanes[number - 1].item) for number in laid.current]
    return [
        {**(item if isinstance(item, Mapping) else {"item": item}), **_found(turn.tree, results, each, number)}
        for number, item in items
    ]


def _found(tree: Tree, results: Mapping[str, Any], each: str, number: int) -> dict[str, Any]:
    lane, found = (*path_of(each), str(number)), dict[str, Any]()
    for key, said in results.items():
        if path_of(key) != lane or key not in tree.places:
            continue
        filled_in = isinstance(tree.node(key), Approval | Work)
        found |= said if filled_in else {plain(key): said}
    return found
