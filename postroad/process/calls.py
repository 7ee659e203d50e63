"""The processes that an instance called: which stand, which have yet to end, and what becomes of one that is left."""

from collections.abc import Collection

from postroad.model.label import Label
from postroad.process.commands import CallOff
from postroad.process.state import CalledProcess, State
from postroad.process.turn import Turn

UNDONE = frozenset({"rejected", "withdrawn", "called_off", "decided_elsewhere", "not_open", "document_missing"})
"""Outcomes after which nothing of the called process is left standing."""


def skipped() -> dict[str, str | None]:
    """What a node came to that went by without the process that it was to call."""
    return {"outcome": "skipped", "instance": None}


def ended_well(call: CalledProcess) -> bool:
    return call.status == "over" and not call.failed and call.outcome is not None and call.outcome not in UNDONE


def stands(state: State, node_id: str) -> bool:
    """Whether a process that this node called ended well, which nothing will undo, or goes on by itself."""
    return any(call.node == node_id and (ended_well(call) or _goes_on(call)) for call in state.calls.values())


def _goes_on(call: CalledProcess) -> bool:
    return call.status == "running" and not call.waits


def leave(turn: Turn, node_id: str, epoch: int, cause: str) -> None:
    """The node is left while its process is under way: that is called off, as soon as it is known to have begun."""
    key = f"{node_id}/{epoch}"
    call = turn.state.calls.get(key)
    if call is None or not call.waits or call.status not in {"starting", "running"}:
        return
    has_begun, call.status = call.status == "running", "unwanted"
    call.cause, call.since = Label.of(cause), turn.at
    if has_begun:
        call_off(turn, key)


def call_off(turn: Turn, key: str) -> None:
    """Tell it that it is no longer wanted: it undoes what it did, and says when it is over."""
    call = turn.state.calls[key]
    label = turn.tree.label(call.node)
    title = Label(zh=f"取消：{label.zh}", en=f"Call off: {label.en}")
    instance, cause = call.instance or "", call.cause or title
    turn.issue(CallOff(key=f"{key}:off", title=title, node=call.node, instance=instance, cause=cause))
    turn.say("called_off", f"取消“{label.zh}”", f"“{label.en}” is called off", node=call.node, instance=instance)


def busy(state: State, nodes: Collection[str] | None = None) -> bool:
    """Whether what one of these nodes, or any, has called is yet to begin, or to undo what it did."""
    unsettled = [call for call in state.calls.values() if call.status in {"starting", "unwanted"}]
    return any(nodes is None or call.node in nodes for call in unsettled)


def on_own_document(state: State) -> bool:
    """Whether a called process is at work on this instance's own document."""
    return any(call.own_document and call.status != "over" for call in state.calls.values())


def waited_for(state: State) -> list[CalledProcess]:
    """Those that have begun and without whose end this instance does not go on, or not back."""
    return [
        call
        for call in state.calls.values()
        if (call.status == "running" and call.waits)
        or (call.status == "unwanted" and call.instance is not None and _holds_up_a_way_back(state, call))
    ]


def _holds_up_a_way_back(state: State, call: CalledProcess) -> bool:
    whole_way = state.unwinding is not None and state.unwinding.compensate
    return whole_way or any(call.node in way.scope for way in state.returning)
