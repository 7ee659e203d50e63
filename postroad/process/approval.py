"""R2–R5: when those who are asked have decided. Pure arithmetic over slots."""

from collections.abc import Sequence
from typing import Literal

from postroad.process.state import Activation, Round, Slot

Result = Literal["passed", "rejected"] | None
YES = frozenset({"approved", "auto", "done"})


def tally(activation: Activation) -> Result:
    """How the slots decide the activation now; None while it stays open."""
    slots = activation.counting
    if activation.mode == "votes":
        return _votes(activation, slots)
    if activation.mode == "any":
        return _any(slots, every_one_rejects=activation.or_reject == "all")
    return _all(slots)


def tally_round(activation: Activation, round_: Round) -> Result:
    """The same for a round; an advisory one is over, and passed, when its answers are in."""
    slots = activation.members(round_)
    if round_.advisory:
        answered = sum(1 for slot in slots if not slot.open)
        return "passed" if answered >= (1 if round_.mode == "any" else len(slots)) else None
    return _any(slots, every_one_rejects=False) if round_.mode == "any" else _all(slots)


def turn_of(slots: Sequence[Slot]) -> Slot | None:
    """R5: whose turn it is in a sequence; None when it is over. `slots` are in order."""
    return next((slot for slot in slots if slot.open), None)


def _all(slots: Sequence[Slot]) -> Result:
    """会签 and 依次: every one has to agree, the first rejection ends it."""
    if _rejections(slots):
        return "rejected"
    return "passed" if slots and len(_approvals(slots)) == len(slots) else None


def _any(slots: Sequence[Slot], *, every_one_rejects: bool) -> Result:
    """或签: the first approval passes; the first rejection rejects, or only that of the last one left."""
    if _approvals(slots):
        return "passed"
    enough = len(slots) if every_one_rejects else 1
    return "rejected" if slots and len(_rejections(slots)) >= enough else None


def _votes(activation: Activation, slots: Sequence[Slot]) -> Result:
    """R4, C10: passed as soon as the share or the number is reached, rejected as soon as it no longer can be."""
    ayes, noes = _approvals(slots), _rejections(slots)
    if activation.veto and noes:
        return "rejected"
    if activation.count is not None:
        if len(ayes) >= activation.count:
            return "passed"
        return "rejected" if len(slots) - len(noes) < activation.count else None
    needed = (activation.percent or 100) * _weight(slots)
    if slots and 100 * _weight(ayes) >= needed:
        return "passed"
    return "rejected" if slots and 100 * (_weight(slots) - _weight(noes)) < needed else None


def _approvals(slots: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in slots if slot.state in YES]


def _rejections(slots: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in slots if slot.state == "rejected"]


def _weight(slots: Sequence[Slot]) -> int:
    return sum(slot.weight for slot in slots)
