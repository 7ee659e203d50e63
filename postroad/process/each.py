"""`each`: the same steps for every item of a list, each item in a lane of its own."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from postroad.model.label import Label
from postroad.model.process import Each
from postroad.model.template import MissingVariable, lookup, render
from postroad.process import lanes, nodes
from postroad.process.state import Lane, Lanes
from postroad.process.tree import plain
from postroad.process.turn import Enter, Leave, Turn

MOST = 200
"""More items than this are no list that people work through."""
_LONGEST_NAME = 60


def enter(turn: Turn, node: Each, epoch: int) -> None:
    """Read the list, once for this visit, and go down every lane; what is no proper list is a trouble."""
    try:
        items = _items(turn, node)
    except MissingVariable as missing:
        nodes.hindered(turn, node, str(missing.args[0]))
        return
    except ValueError as wrong:
        nodes.hindered(turn, node, str(wrong))
        return
    laid = _laid(turn, node, items)
    turn.state.lanes[node.id] = laid
    turn.grow()
    names = [laid.lanes[number - 1].name for number in laid.current]
    turn.say("each", f"逐项处理 {len(items)} 项", f"{len(items)} items at once", node=node.id, items=[*map(str, names)])
    if not items:
        pass_on(turn, node.id)
    for number in laid.current:
        turn.agenda.append(Enter(str(turn.tree.head(node.id, number)), parent_epoch=epoch))


def look_again(turn: Turn, node_id: str) -> None:
    """Take the items around a node as they are in the list now, where it is known which ones they are."""
    for around in lanes.eaches(turn.tree, node_id):
        node, laid = turn.tree.node(around), turn.state.lanes[around]
        number = turn.tree.branch_in(node_id, around)
        if isinstance(node, Each):
            with suppress(MissingVariable, ValueError):
                laid.lanes[number - 1].item = _as_it_is_now(node, laid, number, _items(turn, node))


def _as_it_is_now(node: Each, laid: Lanes, number: int, items: Sequence[Any]) -> Any:
    """By its key; without keys by its place, if the list is as long as it was."""
    item = laid.lanes[number - 1].item
    if node.item_key:
        return next((other for other in items if _same(node, item, other)), item)
    return items[laid.current.index(number)] if len(items) == len(laid.current) else item


def pass_on(turn: Turn, node_id: str) -> None:
    """Go on behind it without an item."""
    turn.state.results[node_id] = []
    turn.agenda.append(Leave(node_id))


def _items(turn: Turn, node: Each) -> list[Any]:
    """The list as it is now. Raises MissingVariable, ValueError."""
    items = lookup(node.items, lanes.variables(turn, node.id))
    if not isinstance(items, list):
        raise ValueError(f"{node.items} 不是列表，请改正单据 / {node.items} is no list; mend the document")  # noqa: TRY004 - the value is wrong, not the program
    if len(items) > MOST:
        raise ValueError(
            f"{node.items} 有 {len(items)} 项，最多 {MOST} 项，请拆分单据 / "
            f"{node.items} has {len(items)} items, {MOST} at most; split the document"
        )
    keys = [_key(node, item) for item in items] if node.item_key else []
    twice = next((key for number, key in enumerate(keys) if key in keys[:number]), None)
    if twice is not None:
        raise ValueError(
            f"{node.items} 中 {node.item_key} 为 {twice} 的有两项，请改正单据 / "
            f"two items of {node.items} have {node.item_key} {twice}; mend the document"
        )
    return items


def _key(node: Each, item: Any) -> Any:
    key = item.get(node.item_key) if isinstance(item, Mapping) else None
    if key is None:
        raise ValueError(
            f"{node.items} 中有一项没有 {node.item_key}，请改正单据 / "
            f"an item of {node.items} has no {node.item_key}; mend the document"
        )
    return key


def _laid(turn: Turn, node: Each, items: Sequence[Any]) -> Lanes:
    """A lane for each item, the one it had before if any: what was done for it for good is not done again."""
    known = turn.state.lanes.get(node.id, Lanes())
    laid = Lanes(lanes=[*known.lanes])
    for place, item in enumerate(items, start=1):
        lane = Lane(item=item, name=_name(turn, node, item, f"{place}/{len(items)}"))
        before = (
            number
            for number, other in enumerate(known.lanes, start=1)
            if number not in laid.current and _same(node, other.item, item)
        )
        number = next(before, len(laid.lanes) + 1)
        laid.lanes[number - 1 : number] = [lane]
        laid.current.append(number)
    return laid


def _same(node: Each, one: Any, other: Any) -> bool:
    return bool(_key(node, one) == _key(node, other)) if node.item_key else one == other


def _name(turn: Turn, node: Each, item: Any, place: str) -> Label:
    """What people call the item; one without what the label names is called by its place in the list."""
    try:
        said = render(node.item_title or "", {**lanes.variables(turn, node.id), plain(node.id): item}).strip()
    except MissingVariable:
        said = ""
    called = said[:_LONGEST_NAME] or place
    return Label(zh=called, en=called)
