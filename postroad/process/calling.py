"""`call`: another process does a part of this one. What it did is its own; how it ended is this instance's variable."""

from postroad.model.call import CallOver
from postroad.model.label import Label
from postroad.model.process import Call
from postroad.model.template import MissingVariable, lookup, render
from postroad.process import calls, ending, lanes, nodes, returning, trouble
from postroad.process.commands import CallOff, CallProcess
from postroad.process.events import CallBegun, Failed, Outcome
from postroad.process.state import CalledProcess
from postroad.process.turn import Leave, Turn

DEEPEST = 5
"""A process that calls a process that calls …: no further than this."""


def enter(turn: Turn, node: Call, epoch: int) -> None:
    """Call the process, unless what it did before stands."""
    depth = (turn.state.caller.depth if turn.state.caller else 0) + 1
    if calls.stands(turn.state, node.id) and not node.repeat:
        zh, en = f"“{node.label.zh}”此前已完成，不再重复", f"“{node.label.en}” was done before; not repeated"
        turn.say("called", zh, en, node=node.id)
        turn.agenda.append(Leave(node.id))
    elif depth > DEEPEST:
        nodes.hindered(
            turn,
            node,
            f"流程互相调用超过 {DEEPEST} 层，请检查 {node.process} 是否循环调用 / "
            f"processes call each other more than {DEEPEST} deep; see whether {node.process} calls itself in a circle",
        )
    else:
        _call(turn, node, epoch, depth)


def _call(turn: Turn, node: Call, epoch: int, depth: int) -> None:
    key, variables = f"{node.id}/{epoch}", lanes.variables(turn, node.id)
    try:
        inputs = {name: lookup(path, variables) for name, path in node.inputs.items()}
        document = render(node.document, variables) if node.document else None
    except MissingVariable as missing:
        nodes.hindered(turn, node, str(missing.args[0]))
        return
    label = node.label
    turn.state.calls[key] = CalledProcess(node=node.id, since=turn.at, waits=node.wait, own_document=document is None)
    turn.issue(
        CallProcess(
            key=key,
            title=Label(zh=f"发起：{label.zh}", en=f"Call: {label.en}"),
            node=node.id,
            process=node.process,
            document=document,
            inputs=inputs,
            depth=depth,
            waits=node.wait,
        )
    )


def outcome(turn: Turn, command: CallProcess | CallOff, event: Outcome) -> None:
    """The process has begun, or could not; or it was told that it is unwanted, or is no longer there to be told."""
    key = command.key.removesuffix(":off")
    call = turn.state.calls[key]
    if isinstance(event, CallBegun):
        _begun(turn, key, event)
    elif isinstance(event, Failed):
        call.status, call.failed = "over", True
        _over(turn, key, event.reason)
    _go_back(turn)


def _begun(turn: Turn, key: str, event: CallBegun) -> None:
    call = turn.state.calls[key]
    call.instance = event.instance
    label = turn.tree.label(call.node)
    said = {"instance": event.instance, "release": event.release}
    turn.say("called", f"已发起“{label.zh}”", f"“{label.en}” has begun", node=call.node, **said)
    if call.status == "over":
        _over(turn, key, "")
    elif call.status == "unwanted":
        calls.call_off(turn, key)
    else:
        call.status = "running"
        if not call.waits:
            turn.state.results[call.node] = {"instance": event.instance}
            _go_on(turn, key)


def ended(turn: Turn, told: CallOver) -> None:
    """A called process says how it ended, which may be known before it is known to have begun; once is enough."""
    known = turn.state.calls
    # in a release where the node has another name, it is still the instance that was called
    key = next((key for key, one in known.items() if one.instance == told.instance), told.key)
    call = known.get(key)
    if turn.state.over or call is None or call.status == "over" or call.instance not in {None, told.instance}:
        return
    call.status, call.outcome, call.failed = "over", told.outcome, told.failed
    if call.own_document:
        turn.state.reread = True
        if calls.ended_well(call) and told.document_state is not None:
            turn.state.expected_state = told.document_state
    if key not in turn.state.pending:
        _over(turn, key, told.cause)
        _go_back(turn)


def _over(turn: Turn, key: str, cause: str) -> None:
    """What follows from its end where it was waited for: this instance goes on, or somebody has to look."""
    call = turn.state.calls[key]
    label = turn.tree.label(call.node)
    here = _is_here(turn, key)
    if here and call.failed:
        why = cause or f"“{label.zh}”没有结果 / “{label.en}” came to no outcome"
        trouble.report(turn, call.node, why)
        return
    turn.say("call_over", *_ended_with(label, call.outcome), node=call.node, instance=call.instance)
    if here:
        turn.state.results[call.node] = {"outcome": call.outcome, "instance": call.instance}
        _go_on(turn, key)


def _go_back(turn: Turn) -> None:
    """A way back goes on, if it is this that it waited for."""
    if turn.state.unwinding is not None:
        ending.progress(turn)
    else:
        returning.progress(turn)


def _ended_with(label: Label, outcome: str | None) -> tuple[str, str]:
    said = ending.outcome_label(outcome) if outcome else Label(zh="没有结果", en="no outcome")
    return f"“{label.zh}”结束：{said.zh}", f"“{label.en}” ended: {said.en}"


def _is_here(turn: Turn, key: str) -> bool:
    run = turn.state.runs.get(turn.state.calls[key].node)
    return run is not None and f"{run.node}/{run.epoch}" == key


def _go_on(turn: Turn, key: str) -> None:
    if _is_here(turn, key):
        turn.agenda.append(Leave(turn.state.calls[key].node))


def called_off(turn: Turn, cause: Label) -> None:
    """This instance's own caller no longer wants it: it undoes what it did, and ends.

    Its document is taken back in its system, unless it is the caller's, who goes on with it.
    """
    state = turn.state
    if state.over or (state.unwinding is not None and state.unwinding.then == "finish"):
        return
    state.started_at = state.started_at or turn.at
    turn.say("called_off", f"已由上级流程取消：{cause.zh}", f"Called off by its caller: {cause.en}")
    shared = state.caller is not None and state.caller.document == state.ref
    why = "已由上级流程取消 / called off by its caller"
    ending.unwind(turn, "finish", why, outcome="called_off", moment=None if shared else "withdrawn")
