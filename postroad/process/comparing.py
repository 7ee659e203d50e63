"""What is different between two versions of a process, node by node, in words."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.process import Approval, Branch, Node, Process, Work
from postroad.process.tree import Tree
from postroad.process.words import settings
from postroad.process.words.kinds import TITLES
from postroad.process.words.names import Names
from postroad.process.words.sentences import sentence, way_title, ways
from postroad.process.words.setting_names import name_of
from postroad.process.words.values import value_of, worded


class NodeDifference(Fact):
    """One change. `node` is None for a setting of the process itself; `place` is where it is, or was if removed.

    `before` and `after` are there where one setting changed.
    """

    kind: Literal["added", "removed", "moved", "changed"]
    node: str | None
    place: str
    text: Label
    setting: str | None = None
    before: Label | None = None
    after: Label | None = None


class Edition(NamedTuple):
    """A version with the names that its things have."""

    process: Process
    names: Names


_ELSEWHERE = frozenset({"branches", "otherwise", "timeout", "steps"})
"""What is told node by node."""


def compare(old: Edition, new: Edition) -> list[NodeDifference]:
    """Settings of the process first, then nodes in the order of the new version, and what was removed at the end."""
    was, now = _nodes(old.process), _nodes(new.process)
    moved = set(_moved(old.process, new.process))
    return [
        *_of_process(old, new),
        *(one for place, node in now.values() for one in _of_node(place, node, was, moved, old, new)),
        *(_removed(place, node) for key, (place, node) in was.items() if key not in now),
    ]


def _nodes(process: Process) -> dict[str, tuple[str, Node]]:
    return {node.id: (place, node) for place, node in process.walk()}


def _of_node(  # noqa: PLR0917 - a node in both
    place: str, node: Node, was: dict[str, tuple[str, Node]], moved: set[str], old: Edition, new: Edition
) -> Iterator[NodeDifference]:
    before = was.get(node.id)
    if before is None or before[1].kind != node.kind:
        if before is not None:
            yield _removed(*before)
        yield _added(place, node, new)
        return
    if node.id in moved:
        where = _whereabouts(node.id, new.process)
        text = Label(zh=f"“{node.label.zh}”移到{where.zh}", en=f"“{node.label.en}” moved {where.en}")
        yield NodeDifference(kind="moved", node=node.id, place=place, text=text)
    yield from _changed(place, before[1], node, old, new)
    if isinstance(node, Branch) and isinstance(before[1], Branch):
        yield from _ways(place, before[1], node, old, new)


def _added(place: str, node: Node, new: Edition) -> NodeDifference:
    said = sentence(node, place, new.names).text
    where, kind = _whereabouts(node.id, new.process), TITLES[node.kind]
    text = Label(
        zh=f"新增{kind.zh}“{node.label.zh}”（{where.zh}）：{said.zh}",
        en=f"new {kind.en.lower()} “{node.label.en}” ({where.en}): {said.en}",
    )
    return NodeDifference(kind="added", node=node.id, place=place, text=text)


def _removed(place: str, node: Node) -> NodeDifference:
    kind = TITLES[node.kind]
    text = Label(zh=f"删除{kind.zh}“{node.label.zh}”", en=f"{kind.en.lower()} “{node.label.en}” removed")
    return NodeDifference(kind="removed", node=node.id, place=place, text=text)


def _changed(place: str, before: Node, after: Node, old: Edition, new: Edition) -> Iterator[NodeDifference]:
    was, now = _settings(before), _settings(after)
    for name in dict.fromkeys([*was, *now]):
        if was.get(name) != now.get(name):
            pair = _pair(name, before, after, old, new)
            yield _setting(place, after.id, after.label, name, *pair)


def _pair(name: str, before: Node, after: Node, old: Edition, new: Edition) -> tuple[Label, Label]:
    """Both values; of deadlines that differ in nothing but their time, the times."""
    if name == "deadline" and isinstance(before, Approval | Work) and isinstance(after, Approval | Work):
        first, second = before.deadline, after.deadline
        if first and second and first.model_copy(update={"after": second.after}) == second:
            work = first.calendar == "work"
            return settings.how_long(first.after, work=work), settings.how_long(second.after, work=work)
    return value_of(before, name, old.names), value_of(after, name, new.names)


def _settings(node: Node) -> dict[str, object]:
    said = node.model_dump(mode="json")
    return {name: value for name, value in said.items() if name not in {node.kind, *_ELSEWHERE}}


def _setting(  # noqa: PLR0917 - both sides of a change
    place: str, node: str | None, title: Label, name: str, before: Label, after: Label
) -> NodeDifference:
    called = name_of(name)
    text = Label(
        zh=f"{title.zh}：{called.zh} {before.zh} → {after.zh}", en=f"{title.en}: {called.en} {before.en} → {after.en}"
    )
    return NodeDifference(kind="changed", node=node, place=place, text=text, setting=name, before=before, after=after)


def _ways(place: str, before: Branch, after: Branch, old: Edition, new: Edition) -> Iterator[NodeDifference]:
    """The conditions of a branch, way by way."""
    was = [(one.title, one.text) for one in ways(before, old.names)][:-1]
    now = [(one.title, one.text) for one in ways(after, new.names)][:-1]
    if was == now:
        return
    first, second = _listed(was), _listed(now)
    yield _setting(place, after.id, after.label, "when", first, second)


def _listed(said: Sequence[tuple[Label, Label]]) -> Label:
    return Label(
        zh="；".join(f"{title.zh}（{text.zh}）" for title, text in said),
        en="; ".join(f"{title.en} ({text.en})" for title, text in said),
    )


def _of_process(old: Edition, new: Edition) -> Iterator[NodeDifference]:
    title = Label(zh="流程设置", en="Process")
    for where, before, after in (
        ("", old.process, new.process),
        ("document.", old.process.document, new.process.document),
    ):
        for name in type(after).model_fields:
            was, now = getattr(before, name), getattr(after, name)
            if was != now and not (where == "" and name in {"steps", "document", "process"}):
                first, second = worded(_plain(was), old.names), worded(_plain(now), new.names)
                yield _setting(f"{where}{name}", None, title, name, first, second)


def _plain(said: object) -> object:
    """Fields on cards are told by their titles."""
    if isinstance(said, tuple):
        return tuple(getattr(one, "title", one) for one in said)
    return said


def _moved(old: Process, new: Process) -> Iterator[str]:
    """Nodes that are in another place: within another node, or before others than they were."""
    was, now = Tree(old), Tree(new)
    order = {node: number for number, node in enumerate(was.places)}
    for here in _sequences(now):
        known = [node for node in here if node in order]
        beside = _most_alike(here, _sequences(was), parent=now.places[here[0]].parent, was=was)
        stayed = [node for node in known if node in beside]
        kept = _longest_in_order(stayed, [order[node] for node in stayed])
        yield from (node for node in known if node not in kept)


def _sequences(tree: Tree) -> list[list[str]]:
    found: dict[tuple[str | None, int], list[str]] = {}
    for node, place in tree.places.items():
        found.setdefault((place.parent, place.branch), []).append(node)
    return list(found.values())


def _most_alike(here: list[str], sequences: list[list[str]], *, parent: str | None, was: Tree) -> list[str]:
    """The sequence that this one was: of those within the same node, the one with most of its nodes."""
    within = [one for one in sequences if was.places[one[0]].parent == parent]
    return max(within, key=lambda one: len(set(one) & set(here)), default=[])


def _longest_in_order(nodes: Sequence[str], numbers: Sequence[int]) -> set[str]:
    """As many of them as stand in the order they had."""
    tails: list[int] = []
    chains: list[list[str]] = []
    for node, number in zip(nodes, numbers, strict=True):
        at = bisect_left(tails, number)
        chain = [*(chains[at - 1] if at else []), node]
        tails[at : at + 1], chains[at : at + 1] = [number], [chain]
    return set(chains[-1]) if chains else set()


def _whereabouts(node_id: str, process: Process) -> Label:
    tree = Tree(process)
    place = tree.places[node_id]
    before = next((one for one, other in tree.places.items() if other.following == node_id), None)
    if before is not None:
        label = tree.label(before)
        return Label(zh=f"“{label.zh}”之后", en=f"after “{label.en}”")
    if place.parent is None:
        return Label(zh="最前面", en="at the beginning")
    parent = tree.node(place.parent)
    if isinstance(parent, Branch):
        way = way_title(parent, place.branch)
        return Label(zh=f"“{parent.label.zh}”的“{way.zh}”中", en=f"in “{way.en}” of “{parent.label.en}”")
    return Label(zh=f"“{parent.label.zh}”中", en=f"in “{parent.label.en}”")
