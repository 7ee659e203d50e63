"""What keeps an instance where it is, for those who look after all of them."""

from collections.abc import Iterable

from postroad.model.process import Wait
from postroad.model.task import Halt
from postroad.process import suspending
from postroad.process.state import State


def halts(state: State, awaited: Iterable[Wait]) -> tuple[Halt, ...]:
    """`awaited` are the nodes that wait for an event."""
    held, why = state.suspension, suspending.why(state)
    suspended = [Halt(kind="suspended", text=why, since=held.since)] if held and why else []
    troubles = [
        Halt(kind="trouble", text=it.reason, since=it.since, node=node, effect=_effect(state, it.key))
        for node, it in state.troubles.items()
    ]
    events = [
        Halt(kind="event", text=node.label, since=state.runs[node.id].since, node=node.id, event=node.event)
        for node in awaited
    ]
    return (*suspended, *troubles, *events)


def _effect(state: State, key: str | None) -> str | None:
    deed = state.deeds.get(key or "")
    return deed.intent.key if deed else None
