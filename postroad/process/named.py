"""Which variables a node names in its settings, as paths: `quality.outcome`, `amount`."""

from collections.abc import Iterator
from typing import Any

from postroad.model.people import Who
from postroad.model.process import Approval, Branch, Call, Cc, Decide, Each, Effect, Node, Wait, Work
from postroad.model.template import holes


def named_by(node: Node) -> Iterator[str]:
    yield from node.when
    if isinstance(node, Approval | Work | Cc):
        for who in node.who:
            yield from _named_in(who)
    elif isinstance(node, Effect):
        for text in node.args.values():
            yield from holes(text)
        yield from _named_in(node.assignee) if node.assignee else ()
    else:
        yield from _looked_up(node)


def _looked_up(node: Node) -> Iterator[str]:
    """What the machine alone looks at."""
    if isinstance(node, Branch):
        for way in node.branches:
            yield from way.when
    elif isinstance(node, Decide):
        yield from node.inputs.values()
    elif isinstance(node, Wait) and node.until:
        yield node.until
    elif isinstance(node, Each):
        yield node.items
    elif isinstance(node, Call):
        yield from named_by_call(node)


def named_by_call(node: Call) -> Iterator[str]:
    yield from node.inputs.values()
    yield from holes(node.document or "")


def _named_in(who: Who) -> Iterator[str]:
    if who.from_:
        yield who.from_
    for text in _texts(who.model_dump(mode="json")):
        yield from holes(text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
