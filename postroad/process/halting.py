"""What keeps an instance where it is, for those who look after all of them."""

from collections.abc import Mapping

from postroad.model.process import Wait
from postroad.model.task import Halt
from postroad.process import suspending
from postroad.process.state import State


def halts(state: State, awaited: Mapping[str, Wait]) -> tuple[Halt, ...]:
    """`awaited` are the nodes that wait for an event, by where they stand."""
    held, why = state.suspension, suspending.why(state)
    suspended = [Halt(kind="suspended", text=why, since=held.since)] if held and why else []
    troubles = [
        Halt(kind="trouble", text=it.reason, since=it.since, node=node, effect=_effect(state, it.key))
        for node, it in state.troubles.items()
    ]
    events = [
        Halt(kind="event", text=node.label, since=state.runs[run].since, node=run, event=node.event)
        for run, node in awaited.items()
    ]
    return (*suspended, *troubles, *events)


def _effect(state: State, key: str | None) -> str | None:
    deed = state.deeds.get(key or "")
    return deed.intent.key if deed else None
