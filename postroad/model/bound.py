"""The document a process is about, and what the process makes of its states."""

from typing import Literal

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.people import Key

Phase = Literal["open", "returned", "withdrawn", "approved", "rejected"]
Moment = Literal["returned", "resubmitted", "withdrawn", "rejected", "revoked"]


class CardField(Fact):
    """A field of the document as people see it on cards; `values` gives its codes the words people use."""

    field: Key
    title: Label
    values: dict[str, Label] = {}

    def shown(self, value: object) -> Label:
        """The value in words; empty when there is none."""
        text = "" if value is None else str(value)
        return self.values.get(text, Label(zh=text, en=text))


class Bound(Fact):
    """The document a process is about.

    `states` says what the document's own states mean for the process; `actions`, what is to be done to the document at
    moments that no node stands for. `card` lists the fields that cards show; `ignore`, those nobody decides on.
    """

    system: Key
    kind: Key
    starts_on: Key
    initiator: Key = "applicant"
    states: dict[Phase, tuple[str, ...]] = {}
    actions: dict[Moment, Key] = {}
    card: tuple[CardField, ...] = ()
    ignore: tuple[Key, ...] = ()

    def phase(self, state: str) -> Phase | None:
        """What a state of the document means here; None for one the process does not speak of."""
        return next((phase for phase, states in self.states.items() if state in states), None)
