"""Random changes to a definition, as authors make them between two releases."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

from postroad.model.move import Renames
from postroad.model.process import KINDS, Approval, Decide, Process
from postroad.process.tree import Tree
from tests.process.staging import approval, task_elsewhere, write_back
from tests.process.trees import MODES

Step = dict[str, Any]
Steps = list[Step]


@st.composite
def mutated(draw: st.DrawFn, process: Process) -> tuple[Process, Renames]:
    """Another release of the process, and what its author says that renamed nodes have become."""
    said = process.model_dump(mode="json")
    mapping: Renames = {}
    for number in range(draw(st.integers(1, 4))):
        draw(st.sampled_from(_CHANGES))(draw, said, number, mapping)
    return Process.model_validate(said), mapping


def every_answer_comes_before(process: Process) -> bool:
    """Whether a new instance finds everybody whom a rule names: who lacks that is in trouble in any release."""
    tree = Tree(process)
    named = [
        (node, who.from_.partition(".")[0])
        for node, place in tree.places.items()
        if isinstance(place.node, Approval)
        for who in place.node.who
        if who.from_
    ]
    before = {
        node: {one for one in tree.places for around in (node, *tree.above(node)) if around in tree.after(one)}
        for node, _ in named
    }
    decided = {node for node, place in tree.places.items() if isinstance(place.node, Decide)}
    return all(source in before[node] & decided for node, source in named)


def _sequences(steps: Steps) -> Iterator[Steps]:
    yield steps
    for step in steps:
        bounded = "event" in step and step["event"] and (step.get("for") or step.get("until"))
        for inner in (step.get("otherwise"), step.get("timeout") if bounded else None, step.get("steps")):
            if inner is not None:
                yield from _sequences(inner)
        for branch in step.get("branches") or ():
            yield from _sequences(branch["steps"] if isinstance(branch, dict) else branch)


def _some(draw: st.DrawFn, said: Step) -> Steps:
    return draw(st.sampled_from(list(_sequences(said["steps"]))))


def _insert(draw: st.DrawFn, said: Step, number: int, _mapping: Renames) -> None:
    decided = [step["decide"] for steps in _sequences(said["steps"]) for step in steps if "decide" in step]
    routed = [{"approval": f"new{number}", "who": {"from": f"{one}.approver"}} for one in decided]
    new = draw(
        st.sampled_from(
            [
                approval(f"new{number}", "e", dedupe="all"),
                {"cc": f"new{number}", "who": {"person": "c"}},
                {"work": f"new{number}", "who": {"person": "d"}, "fields": ["quantity"]},
                task_elsewhere(f"new{number}", undo="cancel"),
                write_back(f"new{number}", undo="reopen"),
                {"wait": f"new{number}", "for": "1h"},
                {"call": f"new{number}", "process": "check", "document": "{number}", "wait": draw(st.booleans())},
                *routed,
            ]
        )
    )
    steps = _some(draw, said)
    steps.insert(draw(st.integers(0, len(steps))), new)


def _remove(draw: st.DrawFn, said: Step, _number: int, _mapping: Renames) -> None:
    steps = _some(draw, said)
    if len(steps) > 1:  # the process itself and a list need a step
        steps.pop(draw(st.integers(0, len(steps) - 1)))


def _rename(draw: st.DrawFn, said: Step, number: int, mapping: Renames) -> None:
    steps = _some(draw, said)
    if not steps:
        return
    step = draw(st.sampled_from(steps))
    kind = next(kind for kind in KINDS if kind in step)
    old, step[kind] = step[kind], f"named{number}"
    if kind == "each":
        _name_its_items(step, old)
    if draw(st.booleans()):
        mapping[old] = step[kind]


def _name_its_items(step: Step, old: str) -> None:
    """What is inside a list names its items by the name of the list."""
    step |= json.loads(json.dumps(step).replace(f"{old}.", f"{step['each']}."))


def _exchange(draw: st.DrawFn, said: Step, _number: int, _mapping: Renames) -> None:
    steps = _some(draw, said)
    if len(steps) > 1:
        place = draw(st.integers(0, len(steps) - 2))
        steps[place], steps[place + 1] = steps[place + 1], steps[place]


def _carry(draw: st.DrawFn, said: Step, _number: int, _mapping: Renames) -> None:
    """A step goes into another sequence, unless it holds one itself."""
    steps = _some(draw, said)
    loose = [step for step in steps if not {"parallel", "branch", "timeout"} & set(step)]
    if not loose or len(steps) == 1:
        return
    step = draw(st.sampled_from(loose))
    steps.remove(step)
    there = _some(draw, said)
    there.insert(draw(st.integers(0, len(there))), step)


def _ask_otherwise(draw: st.DrawFn, said: Step, _number: int, _mapping: Renames) -> None:
    asking = [step for steps in _sequences(said["steps"]) for step in steps if "approval" in step]
    if asking:
        step = draw(st.sampled_from(asking))
        for name in ("mode", "pass", "veto", "or_reject", "assign", "dedupe"):
            step.pop(name, None)
        step |= {**draw(st.sampled_from(MODES)), "who": [{"person": "e"}, {"person": "f"}], "reject": "to_previous"}


def _fork_otherwise(draw: st.DrawFn, said: Step, number: int, _mapping: Renames) -> None:
    forks = [step for steps in _sequences(said["steps"]) for step in steps if "parallel" in step]
    if not forks:
        return
    step = draw(st.sampled_from(forks))
    how = draw(st.sampled_from(["more", "fewer", "turned", "join"]))
    if how == "more":
        step["branches"].append([approval(f"lane{number}", "f")])
    elif how == "fewer" and len(step["branches"]) > 1:
        step["branches"].pop(draw(st.integers(0, len(step["branches"]) - 1)))
    elif how == "turned":
        step["branches"].reverse()
    step["join"] = draw(st.sampled_from(["all", "any", *range(1, len(step["branches"]) + 1)]))


_Change = Callable[[st.DrawFn, Step, int, Renames], None]
_CHANGES: tuple[_Change, ...] = (
    _insert, _insert, _remove, _rename, _rename, _exchange, _carry, _ask_otherwise, _fork_otherwise,
)  # fmt: skip
