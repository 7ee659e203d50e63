"""R26: which fields of the form have changed, and whose decisions that concerns."""

from collections.abc import Collection, Mapping
from typing import Any

from postroad.model.process import Approval
from postroad.model.task import TaskKind
from postroad.process import rights
from postroad.process.state import Activation
from postroad.process.turn import Turn

SECOND = 2
"""The behaviour of the engine since which what is filled in is of the document, and an edit asks anew."""


def taken(turn: Turn) -> list[str]:
    """The fields that people decide on and that somebody else changed in the document that was just read.

    What effects of ours wrote into it is nobody's change: every step has seen it.
    """
    if turn.state.engine < SECOND:
        return []
    before, now = turn.before, turn.state.document.data if turn.state.document else {}
    fields = [field for field in {**now, **before} if field not in turn.process.document.ignore]
    other = [field for field in fields if (field in now, now.get(field)) != (field in before, before.get(field))]
    ours = {field: now[field] for field in other if field in now and _is_ours(turn, field, now[field])}
    if ours and before:
        _adopt(turn, before, {**before, **ours})
    return [field for field in other if field not in ours]


def _is_ours(turn: Turn, field: str, value: object) -> bool:
    """Whether an effect of ours on the document sent this very value under this name."""
    sent = [deed.intent.args for deed in turn.state.deeds.values() if deed.own_document]
    return any(field in args and str(args[field]) == str(value) for args in sent)


def _adopt(turn: Turn, before: Mapping[str, Any], since: Mapping[str, Any]) -> None:
    """Whoever saw the form as it was has seen it as it is since."""
    for activation in turn.state.activations.values():
        if activation.form_hash == _form(turn, activation, before):
            activation.form_hash = _form(turn, activation, since)
            turn.touch(activation, *(slot for slot in activation.slots if slot.open))


def _form(turn: Turn, activation: Activation, data: Mapping[str, Any]) -> str:
    document = turn.state.document and turn.state.document.model_copy(update={"data": dict(data)})
    whole = document.form_hash(frozenset(turn.process.document.ignore)) if document else ""
    return rights.form(turn.tree, activation.node, document, whole)


def concern(turn: Turn, activation: Activation, changed: Collection[str]) -> bool:
    """Whether a change of these fields makes void what was decided here."""
    node = _approval(turn, activation)
    if node is None or not changed:
        return False
    rule = node.on_edit or turn.process.on_edit
    seen = any(rights.visible(node.fields, field) for field in changed)
    return rule == "all" or (rule == "touched" and seen)


def is_void(turn: Turn, activation: Activation) -> bool:
    """The same for whatever has changed since an activation that is taken up again ended."""
    node = _approval(turn, activation)
    rule = (node.on_edit or turn.process.on_edit) if node else "none"
    if rule == "all":
        return any(slot.form_hash not in {None, turn.state.form_hash} for slot in activation.counting)
    return rule == "touched" and activation.form_hash != turn.form_at(activation.node)


def _approval(turn: Turn, activation: Activation) -> Approval | None:
    place = turn.tree.places.get(activation.node)
    asks = place is not None and activation.kind is TaskKind.APPROVAL
    return place.node if asks and place and isinstance(place.node, Approval) else None
