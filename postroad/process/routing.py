"""R17: what decides the way a document takes. Where that is unchanged, the way is the one that was taken before."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from postroad.model.people import Who
from postroad.model.process import Approval, Branch, Call, Cc, Decide, Each, Effect, Node, Process, Work
from postroad.model.template import MissingVariable, holes, lookup
from postroad.process.named import named_by_call
from postroad.process.state import State


def fingerprint(process: Process, state: State) -> str:
    """A hash of the document's fields that rules are asked with, conditions look at and approvers are found by."""
    fields = dict(state.document.data) if state.document else {}
    known = {"applicant": state.initiator, **fields, "initiator": state.initiator}
    names = {name for _, node in process.walk() for name in _looked_at(node, process, known)}
    said = {name: _value(name, known) for name in names}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _value(name: str, known: dict[str, Any]) -> Any:
    try:
        return lookup(name, known)
    except MissingVariable:
        return None


def _looked_at(node: Node, process: Process, known: dict[str, Any]) -> Iterator[str]:
    yield from node.when
    if isinstance(node, Branch):
        yield from (name for way in node.branches for name in way.when)
    elif isinstance(node, Decide):
        everything = [name for name in known if name not in process.document.ignore]
        yield from node.inputs.values() or everything
    elif isinstance(node, Approval | Work | Cc):
        for who in node.who:
            yield from _of_people(who)
    elif isinstance(node, Each):
        yield node.items
    elif isinstance(node, Call):
        yield from named_by_call(node)
    elif isinstance(node, Effect) and node.assignee:
        yield from _of_people(node.assignee)


def _of_people(who: Who) -> Iterator[str]:
    """Whatever a specification says may be the name of a field, or a template with some."""
    said = who.model_dump(exclude_none=True)
    for text in (*said.values(), *who.where.values()):
        if isinstance(text, str):
            yield text
            yield from holes(text)
