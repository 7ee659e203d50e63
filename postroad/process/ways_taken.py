"""Which ways of a branch an instance took, as its story and its steps tell."""

from collections.abc import Collection, Sequence

from postroad.model.process import Branch
from postroad.model.task import Line
from postroad.process.tree import Tree
from postroad.process.words.sentences import way_title


def ways_taken(tree: Tree, place: str, lines: Sequence[Line], entered: Collection[str]) -> list[int]:
    """By number, `otherwise` being the last; of the last time it was there. None yet, where it never was."""
    node = tree.node(place)
    if not isinstance(node, Branch):
        return []
    told = _last_told(place, lines)
    titles = [f"进入“{way_title(node, number).zh}”" for number in range(len(node.branches) + 1)]
    named = [number for number, title in enumerate(titles) if title in told]
    clear = [number for number in named if titles.count(titles[number]) == 1]
    if len(clear) == len(named):
        return named
    return [number for number in named if number in clear or tree.head(place, number) in entered]


def _last_told(place: str, lines: Sequence[Line]) -> set[str]:
    """What it said when it chose last: lines of one moment."""
    told = [line for line in lines if line.node == place and line.kind == "branch"]
    return {line.text.zh for line in told if line.at == told[-1].at}
