"""What is wrong with the conditions of a branch taken together, and what its author may want to know about them."""

from collections.abc import Iterator

from pydantic import JsonValue

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.process import Branch, Process
from postroad.process.problem import Problem, problem
from postroad.rules.ways import Situation, Ways, ways

SHOWN = 3
"""Situations that are named of each kind."""


class Remark(Fact):
    """Something good to know about the node at `place`; `code` is stable, `witness` a situation that shows it."""

    place: str
    code: str
    message: Label
    witness: dict[str, JsonValue]


def never_taken(process: Process) -> Iterator[Problem]:
    """The branches that earlier ones hide: everything that would lead there goes another way."""
    for place, node, known in _known(process):
        for number, hiding in known.never.items() if not node.inclusive else ():
            names = "、".join(_name(node, other).zh for other in hiding)
            english = ", ".join(_name(node, other).en for other in hiding)
            yield problem(
                f"{place}.branches[{number}]",
                "never_taken",
                f"“{_name(node, number).zh}”永远不会进入：{names or '它的条件'}已覆盖全部情况，请改条件或调整先后",
                f"“{_name(node, number).en}” is never taken: {english or 'its condition'} comes first; "
                "change its condition or move it up",
            )


def remarks(process: Process) -> Iterator[Remark]:
    """Where two conditions of an exclusive branch hold at once, and where none does, with a situation for each."""
    for place, node, known in _known(process):
        for first, second, situation in known.both[:SHOWN] if not node.inclusive else ():
            one, other = _name(node, first), _name(node, second)
            yield _remark(
                place,
                "ways_meet",
                situation,
                f"“{one.zh}”与“{other.zh}”的条件同时成立时进入前者",
                f"where “{one.en}” and “{other.en}” both hold, the first is taken",
            )
        ends = ("没有分支成立时走“其他情况”", "where none holds, `otherwise` is taken")
        if not node.otherwise:
            ends = ("没有分支成立时什么也不做，直接往下", "where none holds, nothing is done and the process goes on")
        for situation in known.none[:SHOWN]:
            yield _remark(place, "no_way_holds", situation, *ends)


def _known(process: Process) -> Iterator[tuple[str, Branch, Ways]]:
    for place, node in process.walk():
        known = ways([way.when for way in node.branches]) if isinstance(node, Branch) else None
        if isinstance(node, Branch) and known is not None:
            yield place, node, known


def _name(node: Branch, number: int) -> Label:
    return node.branches[number].title or Label(zh=f"第 {number + 1} 个分支", en=f"branch {number + 1}")


def _remark(place: str, code: str, situation: Situation, zh: str, en: str) -> Remark:
    message = Label(zh=f"{zh}：{situation.text.zh}", en=f"{en}: {situation.text.en}")
    return Remark(place=place, code=code, message=message, witness=situation.witness)
