"""Whether what is under way, and what was done, finds its place in another release."""

from collections.abc import Iterator

from postroad.model.effect import EffectStatus
from postroad.model.move import Fitness, Note
from postroad.model.process import Branch, Each, Node, Parallel, Wait
from postroad.process import lanes
from postroad.process.commands import Sleep
from postroad.process.relocation import Relocation, note
from postroad.process.tree import plain

Against = tuple[Fitness, Note]


def needs_mapping(code: str, zh: str, en: str, node: str) -> Against:
    return Fitness.NEEDS_MAPPING, note(code, zh, en, node)


def must_stay(code: str, zh: str, en: str, node: str) -> Against:
    return Fitness.MUST_STAY, note(code, zh, en, node)


def misfits(moving: Relocation) -> list[Against]:
    """Everything against the move, the nodes under way first."""
    lost = [*_wrong_mapping(moving), *_lost(moving), *_taken(moving)]
    displaced = lost or list(_displaced(moving))
    # where a node has no place, or another one, nothing can be said about what is around it
    return displaced or [*_forks(moving), *_waits(moving), *_deeds(moving)]


def _wrong_mapping(moving: Relocation) -> Iterator[Against]:
    was, now = moving.was.tree.places, moving.now.tree.places
    for old, new in moving.mapping.items():
        if old not in was:
            continue
        if new not in now:
            yield needs_mapping(
                "no_such_node",
                f"新版本没有节点 {new}，请改正对应关系",
                f"the new release has no node {new}; mend the mapping",
                old,
            )
        elif was[old].node.kind != now[new].node.kind:
            yield needs_mapping(
                "other_kind",
                f"“{was[old].node.label.zh}”是 {was[old].node.kind}，{new} 是 {now[new].node.kind}",
                f"“{was[old].node.label.en}” is {was[old].node.kind}, {new} is {now[new].node.kind}",
                old,
            )


def _lost(moving: Relocation) -> Iterator[Against]:
    """A node under way has to be in the new release, and to be the same kind of node."""
    for node in moving.state.runs:
        if moving.keeps(node) or node in moving.mapping:
            continue
        label, there = moving.label(node), moving.now.tree.places.get(node)
        if _is_elsewhere(moving, node):
            yield must_stay(
                "other_place",
                f"“{label.zh}”正在进行，而新版本把它移出了列表，或移到另一个列表",
                f"“{label.en}” is under way, and the new release has it out of its list, or in another",
                node,
            )
        elif there is None:
            yield needs_mapping(
                "gone",
                f"正在进行的“{label.zh}”不在新版本中，请说明它对应哪个节点",
                f"“{label.en}” is under way and not in the new release; say which node it has become",
                node,
            )
        else:
            yield needs_mapping(
                "other_kind",
                f"正在进行的“{label.zh}”在新版本中是 {there.node.kind}，请说明它对应哪个节点",
                f"“{label.en}” is under way and is {there.node.kind} in the new release; say which node it has become",
                node,
            )


def _is_elsewhere(moving: Relocation, node: str) -> bool:
    """Whether the new release has the list that an item is of, and this node of it elsewhere."""
    there, places = moving.name(node), moving.now.tree.places
    lists = lanes.eaches(moving.was.tree, node)
    is_there = plain(there) in {plain(one) for one in places}
    return bool(lists) and moving.keeps(lists[-1]) and there not in places and is_there


def _taken(moving: Relocation) -> Iterator[Against]:
    """Two nodes that this instance has met cannot become one."""
    met: dict[str, str] = {}
    for node in _met(moving):
        other = met.setdefault(moving.name(node), node)
        if other != node:
            one, two = moving.label(other), moving.label(node)
            yield needs_mapping(
                "taken",
                f"“{one.zh}”和“{two.zh}”不能对应同一个节点 {moving.name(node)}",
                f"“{one.en}” and “{two.en}” cannot both become {moving.name(node)}",
                node,
            )


def _met(moving: Relocation) -> list[str]:
    state = moving.state
    asked = [activation.node.removesuffix("!") for activation in state.activations.values()]
    done = [deed.node for deed in state.deeds.values()]
    called = [call.node for call in state.calls.values()]
    return list(dict.fromkeys([*state.runs, *asked, *done, *called, *(node for node, _ in state.trail)]))


def _displaced(moving: Relocation) -> Iterator[Against]:
    """A node under way stays in the same branches of the same nodes, and nothing joins it in its sequence."""
    was, now = moving.was.tree, moving.now.tree
    for node in moving.state.runs:
        before = [moving.name(one) for one in was.above(node)]
        after = now.above(moving.name(node))
        if before != after:
            label = moving.label(node)
            yield must_stay(
                "other_place",
                f"“{label.zh}”正在进行，而新版本把它{_where_zh(moving, after)}",
                f"“{label.en}” is under way, and the new release has it {_where_en(moving, after)}",
                moving.name(node),
            )
        elif after:
            yield from _other_way(moving, node, after[0])


def _where_zh(moving: Relocation, around: list[str]) -> str:
    return f"移到“{moving.new_label(around[0]).zh}”之内" if around else "移到最外层"


def _where_en(moving: Relocation, around: list[str]) -> str:
    return f"within “{moving.new_label(around[0]).en}”" if around else "outside of everything"


def _other_way(moving: Relocation, node: str, around: str) -> Iterator[Against]:
    """What was entered because no condition held does not go on where one has to hold, nor the other way round."""
    fork = moving.now.tree.node(around)
    old = moving.was.tree.node(moving.was.tree.places[node].parent or "")
    if not (isinstance(fork, Branch) and isinstance(old, Branch)):
        return
    was = moving.was.tree.places[node].branch == len(old.branches)
    now = moving.now.tree.places[moving.name(node)].branch == len(fork.branches)
    if was != now:
        label = moving.label(node)
        yield must_stay(
            "other_way",
            f"“{label.zh}”正在进行，而新版本把它移到了“{fork.label.zh}”的另一个分支",
            f"“{label.en}” is under way, and the new release has it in another way of “{fork.label.en}”",
            moving.name(node),
        )


def _forks(moving: Relocation) -> Iterator[Against]:
    for node in moving.state.runs:
        if not moving.was.tree.forks(node) or moving.was.is_leaf(node):
            continue
        under_way = moving.was.branches_under_way(node)
        branches = [moving.now.tree.places[moving.name(child)].branch for child in under_way.values()]
        label = moving.label(node)
        if not moving.now.tree.forks(moving.name(node)):
            yield must_stay(
                "one_way",
                f"“{label.zh}”的几个分支正在同时进行，新版本中只走一个",
                f"several ways of “{label.en}” are under way at once, and only one is taken in the new release",
                moving.name(node),
            )
        elif len(set(branches)) < len(branches):
            yield must_stay(
                "merged",
                f"“{label.zh}”中同时进行的分支在新版本里合并了",
                f"branches of “{label.en}” that are under way at once are one in the new release",
                moving.name(node),
            )
        else:
            yield from _join(moving, node, set(branches))


def _join(moving: Relocation, node: str, under_way: set[int]) -> Iterator[Against]:
    """The branches that are through and those under way have to be enough, and not enough already."""
    after = moving.now.tree.node(moving.name(node))
    needed = _needed(moving, node, after)
    if needed is None:
        return
    finished = len(finished_in(moving, node))
    most = finished + len(under_way)
    if finished >= needed:
        yield must_stay(
            "join_met",
            f"“{after.label.zh}”在新版本中只需 {needed} 个分支，已完成 {finished} 个",
            f"“{after.label.en}” needs {needed} branches in the new release, and {finished} are through",
            moving.name(node),
        )
    elif most < needed:
        yield must_stay(
            "join_short",
            f"“{after.label.zh}”在新版本中需要 {needed} 个分支，已完成或进行中的只有 {most} 个，新增的不会再进入",
            f"“{after.label.en}” needs {needed} branches in the new release; {most} are through or under way, "
            "and new ones are not entered any more",
            moving.name(node),
        )


def _needed(moving: Relocation, node: str, after: Node) -> int | None:
    """How many branches have to be through; None where it is those that were taken, whichever they are."""
    if isinstance(after, Each):
        return after.needed(len(moving.state.lanes[node].current))
    return after.needed if isinstance(after, Parallel) else None


def finished_in(moving: Relocation, node: str) -> list[int]:
    """The branches of a parallel that are through, by their new numbers; one that is not there is dropped."""
    was, now, there = moving.was.tree, moving.now.tree, moving.name(node)
    under_way = moving.now.branches_under_way(there)
    places: list[int] = []
    for branch in moving.state.runs[node].finished:
        inside = [one for one, place in was.places.items() if (place.parent, place.branch) == (node, branch)]
        found = [now.places[moving.name(one)] for one in inside if moving.keeps(one)]
        numbers = [place.branch for place in found if place.parent == there]
        if not inside and branch < len(now.node(there).sequences):
            numbers = [branch]
        places += numbers[:1]
    return [branch for branch in dict.fromkeys(places) if branch not in under_way]


def _waits(moving: Relocation) -> Iterator[Against]:
    """A wait under way goes on for the event or the time that it was begun with."""
    for node in moving.state.runs:
        after = moving.now.tree.node(moving.name(node))
        if not isinstance(after, Wait) or not moving.was.is_leaf(node) or node in moving.state.troubles:
            continue
        timed = any(isinstance(one, Sleep) and one.node == node for one in moving.state.pending.values())
        if not (timed or after.event):
            yield must_stay(
                "wait_changed",
                f"“{after.label.zh}”正在等待事件，新版本中却等待时间",
                f"“{after.label.en}” waits for an event, and for a time in the new release",
                moving.name(node),
            )


def _deeds(moving: Relocation) -> Iterator[Against]:
    """What was done and can be undone has to stay behind the instance, where it is undone when something goes back."""
    for deed in moving.state.deeds.values():
        node = deed.node
        if not deed.undo or deed.status is not EffectStatus.CONFIRMED or node.startswith("@"):
            continue
        label, there = moving.label(node), moving.name(node)
        if not moving.keeps(node):
            yield needs_mapping(
                "undo_gone",
                f"已完成、可撤销的“{label.zh}”不在新版本中，请说明它对应哪个操作",
                f"“{label.en}” was done, can be undone, and is not in the new release; say which effect it has become",
                node,
            )
        elif there in moving.now.ahead and node not in moving.was.ahead:
            yield must_stay(
                "done_again",
                f"已完成的“{label.zh}”在新版本中还在后面，会再做一次",
                f"“{label.en}” was done, and comes again in the new release",
                there,
            )
