from dataclasses import dataclass

from postroad.model.label import Label
from postroad.model.process import Node, Parallel, Process, Sequence


@dataclass(frozen=True)
class Place:
    """Where a node stands: in which branch of which node, and what follows it there."""

    node: Node
    parent: str | None
    branch: int
    following: str | None


class Tree:
    """A definition as places by node id."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.places: dict[str, Place] = {}
        self._lay(process.steps, None, 0)

    def _lay(self, steps: Sequence, parent: str | None, branch: int) -> None:
        following = [*(node.id for node in steps), None]
        for node, after in zip(steps, following[1:], strict=True):
            self.places[node.id] = Place(node, parent, branch, after)
            for number, sequence in enumerate(node.sequences):
                self._lay(sequence, node.id, number)

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
        """The first node of a branch, None if the branch is empty."""
        sequence = self.node(node_id).sequences[branch]
        return sequence[0].id if sequence else None

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
        return isinstance(self.node(node_id), Parallel)

    def is_beside(self, node_id: str, other: str) -> bool:
        """Whether the two are in different branches of one node that forks."""
        shared = (one for one in self.above(other) if self.forks(one) and self.is_below(node_id, one))
        nearest = next(shared, None)
        return nearest is not None and self.branch_in(other, nearest) != self.branch_in(node_id, nearest)

    def branch_in(self, node_id: str, ancestor: str) -> int:
        """In which branch of an ancestor a node is."""
        child = next(one for one in (node_id, *self.above(node_id)) if self.places[one].parent == ancestor)
        return self.places[child].branch
