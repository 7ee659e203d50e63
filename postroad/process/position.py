"""Where an instance stands in a definition: what is under way, what is still ahead, and what it has gone by."""

from collections.abc import Iterable

from postroad.process.tree import Tree


class Position:
    """An instance in a tree, given the nodes that are under way; with none under way, all of it is ahead."""

    def __init__(self, tree: Tree, under_way: Iterable[str]) -> None:
        self.tree = tree
        self.under_way = [node for node in under_way if node in tree.places]
        self.ahead = self._ahead()
        self.gone_by = self._gone_by() - self.ahead - set(self.under_way)

    def is_leaf(self, node: str) -> bool:
        """Whether nothing inside this node is under way."""
        return not any(self.tree.is_below(other, node) for other in self.under_way)

    def branches_under_way(self, node: str) -> dict[int, str]:
        """The branches of a node in which something is under way, each with what that is."""
        places = self.tree.places
        return {places[child].branch: child for child in self.under_way if places[child].parent == node}

    def outermost(self, nodes: Iterable[str]) -> list[str]:
        """Those that are not inside another of them, in the order of the definition."""
        chosen = set(nodes)
        return [node for node in self.tree.places if node in chosen and not chosen.intersection(self.tree.above(node))]

    def _ahead(self) -> set[str]:
        if not self.under_way:
            return set(self.tree.places)
        ahead: set[str] = set()
        for node in self.under_way:
            following = self.tree.after(node)
            ahead |= {*following, *self._within(following)}
            if self.is_leaf(node):
                ahead |= set(self.tree.inside(node))
        return ahead

    def _gone_by(self) -> set[str]:
        """What stands before the nodes under way, and branches beside them that nothing enters any more."""
        before: set[str] = set()
        for node in self.under_way:
            place = self.tree.places[node]
            earlier = [
                other
                for other, there in self.tree.places.items()
                if (there.parent, there.branch) == (place.parent, place.branch) and node in self.tree.after(other)
            ]
            before |= {*earlier, *self._within(earlier)}
            if self.tree.forks(node) and not self.is_leaf(node):
                before |= set(self.tree.inside(node))
        return before

    def _within(self, nodes: Iterable[str]) -> set[str]:
        return {inner for node in nodes for inner in self.tree.inside(node)}
