"""R2, R3 and what later modes add: when an activation is decided. Pure arithmetic over its slots."""

from typing import Literal

from postroad.process.state import Activation

_YES = frozenset({"approved", "auto", "done"})


def tally(activation: Activation) -> Literal["passed", "rejected"] | None:
    """How the slots decide the activation now; None while it stays open. The first rejection ends `all` and `any`."""
    states = [slot.state for slot in activation.counting]
    if "rejected" in states:
        return "rejected"
    ayes = sum(1 for state in states if state in _YES)
    needed = 1 if activation.mode == "any" else len(states)
    return "passed" if states and ayes >= needed else None
