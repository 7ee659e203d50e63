from collections.abc import Iterable, Iterator
from functools import cached_property

from postroad.model.label import Label
from postroad.model.move import Edition, Note, Renames
from postroad.process.position import Position
from postroad.process.renaming import name_of
from postroad.process.state import Lanes, State
from postroad.process.tree import Tree, path_of, plain


class Relocation:
    """One instance between two releases: where it stands in the old one, and where it would stand in the new one."""

    def __init__(self, old: Edition, new: Edition, state: State, mapping: Renames) -> None:
        self.old, self.new, self.state, self.mapping = old, new, state, mapping
        self.was = Position(Tree(old.process, {node: laid.names for node, laid in state.lanes.items()}), state.runs)

    @cached_property
    def now(self) -> Position:
        tree = Tree(self.new.process, {node: laid.names for node, laid in self.lanes.items()})
        return Position(tree, [self.name(node) for node in self.state.runs])

    @property
    def lanes(self) -> dict[str, Lanes]:
        """The items of lists, by the new names of the nodes that read them."""
        return {self.name(node): laid for node, laid in self.state.lanes.items()}

    def name(self, node: str) -> str:
        return name_of(node, self.mapping)

    def keeps(self, node: str) -> bool:
        """Whether the new release has this node, as the same kind of node."""
        before, after = self.was.tree.places.get(node), self.now.tree.places.get(self.name(node))
        return before is not None and after is not None and before.node.kind == after.node.kind

    def label(self, node: str) -> Label:
        """What people call a node of the old release."""
        return self.was.tree.label(node)

    def new_label(self, node: str) -> Label:
        return self.now.tree.node(node).label

    @property
    def passed(self) -> Iterator[str]:
        """The nodes that were passed on the way here, by their new names."""
        return (self.name(node) for node, _ in self.state.trail)


def note(code: str, zh: str, en: str, node: str | None = None) -> Note:
    return Note(code=code, text=Label(zh=zh, en=en), node=node)


def once(notes: Iterable[Note]) -> tuple[Note, ...]:
    """What is so for several items of a list is said once, of the first, with how many they are."""
    alike: dict[object, list[Note]] = {}
    for number, one in enumerate(notes):
        of_an_item = (one.code, plain(one.node)) if one.node and path_of(one.node) else None
        alike.setdefault(of_an_item or number, []).append(one)
    return tuple(_with_number(some) for some in alike.values())


def _with_number(alike: list[Note]) -> Note:
    first, many = alike[0], len(alike)
    text = Label(zh=f"{first.text.zh}（共 {many} 项）", en=f"{first.text.en} ({many} items)")
    return first if many == 1 else first.model_copy(update={"text": text})
