from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postroad.model.label import Label
from postroad.model.process import Branch, Each, Node, Parallel, Process

Lanes = Mapping[str, Sequence[Label]]
"""For every `each` that was entered, what its items are called, the first of which has lane 1."""


@dataclass(frozen=True)
class Place:
    """Where a node stands: in which branch or lane of which node, and what follows it there."""

    node: Node
    parent: str | None
    branch: int
    following: str | None


@dataclass(frozen=True)
class _Lane:
    """The lanes around a place: what they add to the ids of its nodes, and what the items are called."""

    suffix: str = ""
    name: Label | None = None

    def within(self, number: int, name: Label) -> "_Lane":
        zh, en = (f"{self.name.zh} · {name.zh}", f"{self.name.en} · {name.en}") if self.name else (name.zh, name.en)
        return _Lane(f"{self.suffix}-{number}", Label(zh=zh, en=en))

    def holding(self, node: Node) -> Node:
        if self.name is None:
            return node
        label = node.label
        title = Label(zh=f"{label.zh}（{self.name.zh}）", en=f"{label.en} ({self.name.en})")
        return node.model_copy(update={"id": node.id + self.suffix, "title": title})


class Tree:
    """A definition as places by node id.

    The steps of an `each` stand there once for every item: `inspect` is in lane 2 the place `inspect-2`, in lane 1 of
    an `each` within that `inspect-2-1`. As long as its items are not known they stand there once, as they are written.
    """

    def __init__(self, process: Process, lanes: Lanes | None = None) -> None:
        self.process, self._lanes = process, lanes or {}
        self.places: dict[str, Place] = {}
        self._lay(process.steps, None, 0, _Lane())

    def _lay(self, steps: Sequence[Node], parent: str | None, branch: int, lane: _Lane) -> None:
        ids = [node.id + lane.suffix for node in steps]
        following = [*ids, None][1:]
        for node, here, after in zip(steps, ids, following, strict=True):
            self.places[here] = Place(lane.holding(node), parent, branch, after)
            if isinstance(node, Each) and here in self._lanes:
                for number, name in enumerate(self._lanes[here], start=1):
                    self._lay(node.steps, here, number, lane.within(number, name))
                continue
            for number, sequence in enumerate(node.sequences):
                self._lay(sequence, here, number, lane)

    @property
    def first(self) -> str:
        return self.process.steps[0].id

    def node(self, node_id: str) -> Node:
        return self.places[node_id].node

    def label(self, node_id: str) -> Label:
        """What people call a node; its id where this release no longer has it."""
        place = self.places.get(node_id)
        return place.node.label if place else Label(zh=node_id, en=node_id)

    def head(self, node_id: str, branch: int) -> str | None:
        """The first node of a branch or lane, None if it is empty."""
        node, suffix = self.node(node_id), node_id.removeprefix(plain(node_id))
        if isinstance(node, Each):
            return f"{node.steps[0].id}{suffix}-{branch}"
        sequence = node.sequences[branch]
        return sequence[0].id + suffix if sequence else None

    def nearest(self, node_id: str, named: str) -> str:
        """The place that a node means by a name in the definition: that in its own lane, if there is one."""
        lanes = path_of(node_id)
        around = ("-".join([named, *lanes[:length]]) for length in range(len(lanes), 0, -1))
        return next((place for place in around if place in self.places), named)

    def inside(self, node_id: str) -> list[str]:
        """Every node below this one."""
        return [other for other in self.places if self.is_below(other, node_id)]

    def is_below(self, node_id: str, ancestor: str) -> bool:
        return ancestor in self.above(node_id)

    def above(self, node_id: str) -> list[str]:
        """The nodes around this one, innermost first."""
        parent = self.places[node_id].parent
        return [] if parent is None else [parent, *self.above(parent)]

    def after(self, node_id: str) -> list[str]:
        """The nodes that follow in the same sequence."""
        following = self.places[node_id].following
        return [] if following is None else [following, *self.after(following)]

    def forks(self, node_id: str) -> bool:
        """Whether several branches of this node may be under way at once."""
        node = self.node(node_id)
        return isinstance(node, Parallel | Each) or (isinstance(node, Branch) and node.inclusive)

    def is_beside(self, node_id: str, other: str) -> bool:
        """Whether the two are in different branches of one node that forks."""
        shared = (one for one in self.above(other) if self.forks(one) and self.is_below(node_id, one))
        nearest = next(shared, None)
        return nearest is not None and self.branch_in(other, nearest) != self.branch_in(node_id, nearest)

    def branch_in(self, node_id: str, ancestor: str) -> int:
        """In which branch of an ancestor a node is."""
        child = next(one for one in (node_id, *self.above(node_id)) if self.places[one].parent == ancestor)
        return self.places[child].branch


def plain(node_id: str) -> str:
    """The node of the definition that stands at a place: `inspect` for `inspect-2`."""
    return node_id.partition("-")[0]


def path_of(node_id: str) -> tuple[str, ...]:
    """The lanes around a place, outermost first: `2`, `1` for `inspect-2-1`."""
    return tuple(node_id.removesuffix("!").split("-")[1:])


def of_one_item(node_id: str, other: str) -> bool:
    """Whether neither of two places is about an item that the other is not about."""
    return all(one == two for one, two in zip(path_of(node_id), path_of(other), strict=False))
