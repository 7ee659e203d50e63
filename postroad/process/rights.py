"""R27: which fields of the document those who are asked or told at a node see, may fill in, and must."""

from collections.abc import Mapping
from typing import Any

from postroad.model.document import Document
from postroad.model.fields import OTHERS, Right
from postroad.model.process import Approval, Cc, Node, Process, Work
from postroad.process.tree import Tree

Rights = Mapping[str, Right]
_NOTHING: Rights = {OTHERS: "hidden"}


def of_node(node: Node | None) -> Rights:
    """What a node says of fields; a node that asks nobody, and whoever sees to a trouble, is not limited."""
    return node.fields if isinstance(node, Approval | Work | Cc) else {}


def at(tree: Tree, node_id: str) -> Rights:
    """The same for the id of a node in the state of an instance; of one that is gone from its release, nothing."""
    place = tree.places.get(node_id)
    is_gone = place is None and node_id[:1] != "@" and node_id[-1:] != "!"
    return _NOTHING if is_gone else of_node(place.node if place else None)


def right(rights: Rights, field: str) -> Right:
    return rights.get(field) or rights.get(OTHERS) or "read"


def visible(rights: Rights, field: str) -> bool:
    return right(rights, field) != "hidden"


def writable(rights: Rights, field: str) -> bool:
    return right(rights, field) in {"write", "required"}


def required(rights: Rights) -> list[str]:
    return [field for field, right_ in rights.items() if right_ == "required"]


def missing(rights: Rights, known: Mapping[str, Any], filled: Mapping[str, Any]) -> list[str]:
    """C15: the fields that still have to be filled in: neither `known` nor `filled` has a value, or it is emptied."""
    return [field for field in required(rights) if is_blank(filled.get(field, known.get(field)))]


def form(tree: Tree, node_id: str, document: Document | None, whole: str) -> str:
    """The hash of the form as it is seen at a node; `whole` is that of the form with all its fields.

    What is hidden is left out, so that its change makes no press stale, and the hash tells nothing about it.
    """
    has = at(tree, node_id)
    if document is None or "hidden" not in has.values():
        return whole
    seen = {field: value for field, value in document.data.items() if visible(has, field)}
    ignore = frozenset(tree.process.document.ignore)
    return document.model_copy(update={"data": seen}).form_hash(ignore)


def is_blank(value: Any) -> bool:
    return value is None or not str(value).strip()


def title(process: Process, field: str) -> str:
    """What people call a field: as on cards, else its key."""
    return next((one.title.zh for one in process.document.card if one.field == field), field)
