from dataclasses import dataclass

from postroad.model.process import Node, Process, Sequence


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

    def head(self, node_id: str, branch: int) -> str | None:
        """The first node of a branch, None if the branch is empty."""
        sequence = self.node(node_id).sequences[branch]
        return sequence[0].id if sequence else None

    def inside(self, node_id: str) -> list[str]:
        """Every node below this one."""
        return [other for other in self.places if self._is_below(other, node_id)]

    def _is_below(self, node_id: str, ancestor: str) -> bool:
        parent = self.places[node_id].parent
        return parent is not None and (parent == ancestor or self._is_below(parent, ancestor))
