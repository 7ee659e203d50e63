"""What keeps an instance where it is, for those who look after all of them."""

from collections.abc import Iterator, Mapping

from postroad.model.process import Process, Wait
from postroad.model.task import Halt
from postroad.process import calls, suspending
from postroad.process.state import State
from postroad.process.tree import Tree, plain


def halts(process: Process, state: State, events: Mapping[str, Wait]) -> tuple[Halt, ...]:
    """`events` are the nodes that are `awaited`."""
    held, why = state.suspension, suspending.why(state)
    suspended = [Halt(kind="suspended", text=why, since=held.since)] if held and why else []
    troubles = [
        Halt(kind="trouble", text=it.reason, since=it.since, node=node, effect=_effect(state, it.key))
        for node, it in state.troubles.items()
    ]
    return (*suspended, *troubles, *_others(process, state, events))


def _others(process: Process, state: State, events: Mapping[str, Wait]) -> Iterator[Halt]:
    """The events and the called processes that it waits for, with the item that each is about."""
    called = calls.waited_for(state)
    if not events and not called:
        return
    tree = Tree(process, {node: laid.names for node, laid in state.lanes.items()})
    for run, node in events.items():
        since = state.runs[run].since
        yield Halt(kind="event", text=tree.label(run), since=since, node=run, event=node.event)
    for call in called:
        yield Halt(kind="call", text=tree.label(call.node), since=call.since, node=call.node, instance=call.instance)


def awaited(process: Process, state: State) -> dict[str, Wait]:
    """The nodes that wait for an event now, by where they stand: one in a lane for each item that waits."""
    waits = [node for _, node in process.walk() if isinstance(node, Wait) and node.event]
    return {run: node for node in waits for run in state.runs if plain(run) == node.id and _awaits(state, node, run)}


def _awaits(state: State, node: Wait, run: str) -> bool:
    inside = any(inner.id + run.removeprefix(node.id) in state.runs for inner in node.timeout)
    return run not in state.troubles and not inside


def _effect(state: State, key: str | None) -> str | None:
    deed = state.deeds.get(key or "")
    return deed.intent.key if deed else None
