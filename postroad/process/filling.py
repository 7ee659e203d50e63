"""R27: what people fill in with their decision becomes the value of that field, over the document as it was read."""

from collections.abc import Iterable
from typing import Any

from postroad.model.decision import Action, Click
from postroad.model.document import Document
from postroad.model.process import Work
from postroad.process import changes, lanes, rights
from postroad.process.refused import forbidden
from postroad.process.rights import Rights
from postroad.process.state import Activation, Fill, Slot
from postroad.process.tree import path_of
from postroad.process.turn import Turn

DECIDING = frozenset({Action.APPROVE, Action.REJECT, Action.COMPLETE})
FORWARD = frozenset({Action.APPROVE, Action.COMPLETE})
_NAMES = 20
_LETTERS = 40


def check(turn: Turn, activation: Activation, click: Click) -> None:
    """Whether all is filled in that has to be for the process to go on. Raises Refused."""
    if click.action not in FORWARD:
        return
    has = rights.at(turn.tree, activation.node)
    missing = rights.missing(has, _known(turn, activation), click.fields)
    if missing:
        names = [rights.title(turn.process, field) for field in missing]
        raise forbidden(f"请填写 {'、'.join(names)}", f"Fill in {', '.join(names)}")


def _known(turn: Turn, activation: Activation) -> dict[str, Any]:
    """What needs no filling in any more; in an instance of old everything did."""
    if _is_of_an_item(turn, activation):
        return lanes.known(turn, activation.node)
    document = turn.state.document
    return document.data if turn.state.engine >= changes.SECOND and document else {}


def _is_of_an_item(turn: Turn, activation: Activation) -> bool:
    """Whether what is filled in there is so for one item of a list only; seeing to a trouble fills in nothing."""
    return activation.node in turn.tree.places and bool(path_of(activation.node))


def take(turn: Turn, activation: Activation, slot: Slot, click: Click) -> list[str]:
    """Keep what the slot's person filled in and may; the fields that changed by it. The rest is dropped, and said."""
    has = rights.at(turn.tree, activation.node)
    allowed = click.fields if click.action in DECIDING else {}
    if turn.state.engine < changes.SECOND:  # an instance of old keeps it beside the document
        _keep_beside(turn, activation, has, allowed)
        return []
    told = {field: value for field, value in allowed.items() if rights.writable(has, field)}
    _say_dropped(turn, activation, slot, [field for field in click.fields if field not in told])
    return _write(turn, activation, slot, told)


def _keep_beside(turn: Turn, activation: Activation, has: Rights, told: dict[str, Any]) -> None:
    if isinstance(turn.tree.node(activation.node), Work):
        filled = {field: told[field] for field in rights.required(has) if field in told}
        turn.state.results = {**turn.state.results, **filled}


def _write(turn: Turn, activation: Activation, slot: Slot, told: dict[str, Any]) -> list[str]:
    state = turn.state
    if _is_of_an_item(turn, activation):
        _write_for_item(turn, activation, slot, told)
        return []
    if state.document is None:
        return []
    data = state.document.data
    changed = [field for field, value in told.items() if field not in data or data[field] != value]
    for field in changed:
        known = state.filled.get(field)
        beneath = known.beneath if known else data.get(field)
        there = known.there if known else field in data
        state.filled[field] = Fill(value=told[field], beneath=beneath, there=there)
    if changed:
        state.document = state.document.model_copy(update={"data": {**data, **{one: told[one] for one in changed}}})
        state.form_hash = state.document.form_hash(frozenset(turn.process.document.ignore))
        _say(turn, activation, slot, {field: told[field] for field in changed})
    return [field for field in changed if field not in turn.process.document.ignore]


def _write_for_item(turn: Turn, activation: Activation, slot: Slot, told: dict[str, Any]) -> None:
    """What is filled in for one item of a list is no field of the document."""
    known = lanes.known(turn, activation.node)
    changed = {field: value for field, value in told.items() if field not in known or known[field] != value}
    if changed:
        lanes.keep(turn, activation.node, changed)
        _say(turn, activation, slot, changed)


def laid_over(turn: Turn, document: Document) -> Document:
    """The document as it was read, with what people filled in.

    A field that changed in the document's own system since is as it is there: the later word counts, and is said.
    """
    state, data = turn.state, dict(document.data)
    for field, fill in list(state.filled.items()):
        if (field in data, data.get(field)) == (fill.there, fill.beneath):
            data[field] = fill.value
            continue
        del state.filled[field]
        if data.get(field) != fill.value:
            name = rights.title(turn.process, field)
            turn.say(
                "overruled",
                f"“{name}”在业务系统中另有修改，以业务系统为准",
                f"“{name}” was changed in the business system since; that counts",
                changed=[field],
            )
    return document.model_copy(update={"data": data}) if state.filled else document


def _say(turn: Turn, activation: Activation, slot: Slot, fields: dict[str, Any]) -> None:
    names = [rights.title(turn.process, field) for field in fields]
    turn.say(
        "filled",
        f"{slot.signature} 填写 {'、'.join(names)}",
        f"{slot.signature} filled in {', '.join(names)}",
        node=activation.node,
        person=slot.doer,
        changed=list(fields),
        fields=fields,
    )


def _say_dropped(turn: Turn, activation: Activation, slot: Slot, fields: Iterable[str]) -> None:
    """The names, as far as they look like names, and never the values."""
    names = [field[:_LETTERS] for field in fields][:_NAMES]
    if names:
        turn.say(
            "fields_dropped",
            f"{slot.signature} 不能填写 {'、'.join(names)}，已忽略",
            f"{slot.signature} may not fill in {', '.join(names)}; left out",
            node=activation.node,
            person=slot.doer,
            dropped=names,
        )
