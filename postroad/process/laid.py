"""The places of an instance as its story tells them: with a lane for each item that was come to."""

from collections.abc import Iterable, Sequence

from postroad.model.label import Label
from postroad.model.process import Each, Process
from postroad.model.task import Line
from postroad.process.tree import Tree, path_of, plain


def laid(process: Process, mentioned: Iterable[str], lines: Sequence[Line]) -> Tree:
    """`mentioned` are the places that tasks and lines speak of."""
    names = {line.node: [str(one) for one in line.data.get("items", ())] for line in lines if line.kind == "each"}
    counts = {key: len(items) for key, items in names.items() if key is not None}
    flat = Tree(process)
    for place in mentioned:
        if plain(place) in flat.places:
            for key, number in _lanes_of(flat, place):
                counts[key] = max(counts.get(key, 0), number)
    lanes = {key: [_name(names.get(key, []), number) for number in range(1, most + 1)] for key, most in counts.items()}
    return Tree(process, lanes)


def _lanes_of(flat: Tree, place: str) -> list[tuple[str, int]]:
    """For a place in lanes, every `each` around it with the number of the lane."""
    around = [one for one in reversed(flat.above(plain(place))) if isinstance(flat.node(one), Each)]
    path = path_of(place)
    return [
        ("-".join([each, *path[:depth]]), int(path[depth]))
        for depth, each in enumerate(around)
        if depth < len(path) and path[depth].isdigit()
    ]


def _name(names: Sequence[str], number: int) -> Label:
    if number <= len(names):
        return Label(zh=names[number - 1], en=names[number - 1])
    return Label(zh=f"第 {number} 项", en=f"item {number}")
