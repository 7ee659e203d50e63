"""What a business system has to offer to those who draw processes, in their words."""

from typing import Literal

from postroad.model.base import Fact
from postroad.model.label import Label

FieldType = Literal["number", "money", "enum", "bool", "date", "text", "person", "list"]


class FieldSaid(Fact):
    """What people call a field of a document, of which type it is, and what its codes mean."""

    title: Label | None = None
    type: FieldType = "text"
    unit: str | None = None
    values: dict[str, Label] = {}


class FieldOffer(FieldSaid):
    field: str


class ActionOffer(Fact):
    """`legal_from` and `to` are states of the document; `proof` is what tells that it was done."""

    action: str
    title: Label
    legal_from: tuple[str, ...] = ()
    to: str | None = None
    undo: str | None = None
    args: tuple[str, ...] = ()
    proof: Literal["state", "mark"] = "state"


class EntityOffer(Fact):
    """A kind of document or thing: what it says, in which states it may be, and what can be done to it."""

    entity: str
    title: Label
    fields: tuple[FieldOffer, ...] = ()
    states: tuple[str, ...] = ()
    actions: tuple[ActionOffer, ...] = ()
    creates: bool = False
    create_args: tuple[str, ...] = ()


class Offer(Fact):
    """`push`: it tells by itself that a document has changed."""

    system: str
    title: Label
    push: bool
    entities: tuple[EntityOffer, ...] = ()

    def entity(self, name: str) -> EntityOffer | None:
        return next((one for one in self.entities if one.entity == name), None)


def states_of(actions: tuple[ActionOffer, ...]) -> tuple[str, ...]:
    """Those that actions lead from and to, in their order."""
    said = [state for one in actions for state in (*one.legal_from, *([one.to] if one.to else []))]
    return tuple(dict.fromkeys(said))
