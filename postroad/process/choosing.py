"""One person for a step whose people are said with a strategy: for which task, and who must not be it."""

from collections.abc import Iterable, Mapping
from typing import Any

from postroad.model.assignment import Load
from postroad.model.label import Label
from postroad.model.people import Chosen, Who
from postroad.model.process import Approval, Work
from postroad.model.task import Task
from postroad.process import doers
from postroad.process.state import Activation
from postroad.process.turn import Turn

USUAL_MINUTES = 60


def wanted(turn: Turn, node: Approval | Work, epoch: int, who: tuple[Who, ...]) -> dict[str, Any]:
    """What whoever looks for people is told besides, where one shall be chosen; nothing where all of them are asked.

    Raises ValueError for a strategy beside other people: nobody could say whom it chooses among.
    """
    strategic = [one for one in who if one.strategy]
    if not strategic:
        return {}
    if len(who) > 1:
        raise ValueError("strategy 只能单独使用 / a strategy stands alone")
    apart = strategic[0].apart_from
    return {
        "task": f"{turn.state.instance}/{node.id}/{epoch}/1",
        "minutes": node.minutes,
        "done_by": {step: done for step in apart if (done := doers.done_by(turn.state, step, node.id))},
    }


def loads(given: Mapping[str, Load], tasks: Iterable[Task]) -> dict[str, Load]:
    """What everybody has to do: what they had before, and these tasks, while they are open."""
    found = dict(given)
    for task in tasks:
        was = found.get(task.doer, Load())
        last = max(task.opened_at, was.last_at or task.opened_at)
        minutes = task.load_minutes
        more = (0, 0) if minutes is None else (1, minutes)
        found[task.doer] = Load(tasks=was.tasks + more[0], minutes=was.minutes + more[1], last_at=last)
    return found


def minutes(turn: Turn, activation: Activation) -> int:
    """How long a task of this visit is estimated to take."""
    place = turn.tree.places.get(activation.node)
    return place.node.minutes if place and isinstance(place.node, Approval | Work) else USUAL_MINUTES


def said(chosen: Chosen, names: str) -> Label:
    """The choice as the story tells it."""
    if chosen.queue:
        return Label(zh=f"交由 {names} 认领：{chosen.why.zh}", en=f"For {names} to claim: {chosen.why.en}")
    return Label(zh=f"分配给 {names}：{chosen.why.zh}", en=f"Given to {names}: {chosen.why.en}")
