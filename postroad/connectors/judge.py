"""What a sighting of a document says about an action that we want done to it. Pure."""

from enum import StrEnum

from postroad.connectors.base import Goal, Sighting


class Standing(StrEnum):
    """DONE: by us. FOREIGN: done, but not by us. OVERTAKEN: done by us, then changed by somebody. OPEN: may be done."""

    DONE = "done"
    FOREIGN = "foreign"
    OVERTAKEN = "overtaken"
    OPEN = "open"
    ILLEGAL = "illegal"


def judge(goal: Goal, sighting: Sighting, key: str, *, owner_matters: bool = True) -> Standing:
    """How the action with this key stands.

    Without marks to read, a document at its goal counts as ours: there is nothing better to go by. An undo does not
    care who brought the document back (`owner_matters=False`).
    """
    state, marks = sighting.document.state, sighting.marks
    there = goal.to is None or state == goal.to
    if marks is not None and key in marks:
        return Standing.DONE if there else Standing.OVERTAKEN
    if goal.to is not None and there:
        return Standing.FOREIGN if owner_matters and marks is not None else Standing.DONE
    return Standing.OPEN if state in goal.legal_from else Standing.ILLEGAL
