"""The engine: `advance(process, state, event)`. No I/O, no clock, no chance: the same in Temporal and in tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from postroad.model.call import Caller
from postroad.model.decision import Answer, Verdict
from postroad.model.document import DocumentRef
from postroad.model.effect import EffectResult, EffectStatus
from postroad.model.label import Label
from postroad.model.process import Approval, Cc, Decide, Effect, Process, Wait, Work
from postroad.model.start import ENGINE
from postroad.model.task import InstanceStatus, Record
from postroad.process import (
    admin,
    belated,
    calling,
    clicks,
    deadlines,
    document,
    ending,
    flow,
    nodes,
    returning,
    taking_back,
    trouble,
    views,
)
from postroad.process.commands import Act, AnyCommand, CallOff, CallProcess, Evaluate, ReadDocument, Resolve, Sleep
from postroad.process.events import (
    Acted,
    Administered,
    AnyEvent,
    CalledOff,
    CallEnded,
    Clicked,
    DocumentRead,
    Elapsed,
    Evaluated,
    Failed,
    Heard,
    Outcome,
    Resolved,
    Started,
)
from postroad.process.state import State
from postroad.process.turn import Turn


@dataclass(frozen=True)
class Advance:
    """What one event led to: the new state, what is to be done now, which commands are void, and what people see.

    `answer` is set for clicks and administrators' acts. `record` is None when nothing changed that people see.
    """

    state: State
    commands: tuple[AnyCommand, ...] = ()
    dropped: tuple[str, ...] = ()
    record: Record | None = None
    answer: Answer | None = None


def begin(
    instance: str,
    release: str,
    ref: DocumentRef,
    engine: int = ENGINE,
    *,
    caller: Caller | None = None,
    inputs: Mapping[str, Any] | None = None,
) -> State:
    """The state of an instance to which nothing has happened yet."""
    given = dict(inputs or {})
    return State(engine=engine, instance=instance, release=release, ref=ref, caller=caller, inputs=given)


def advance(process: Process, state: State, event: AnyEvent) -> Advance:
    """The instance after `event`. The given state is not changed.

    An outcome for a command that is not pending changes nothing, whatever its order or number; nor does an act that was
    answered before.
    """
    return _unchanged(state, event) or _changed(Turn(process, state.model_copy(deep=True), event.at), event)


def happen(process: Process, state: State, event: AnyEvent) -> Advance:
    """The same with the given state itself, for those who need it no more."""
    return _unchanged(state, event) or _changed(Turn(process, state, event.at), event)


def _unchanged(state: State, event: AnyEvent) -> Advance | None:
    if isinstance(event, Outcome) and (event.key not in state.pending or _kept(state, event)):
        return Advance(state)
    told_before = _told_before(state, event)
    return None if told_before is None else Advance(state, answer=told_before)


def _changed(turn: Turn, event: AnyEvent) -> Advance:
    turn.state.revision += 1
    answer = _happen(turn, event)
    flow.settle(turn)
    document.look_again_if_due(turn)
    deadlines.tend(turn)
    turn.state.status = views.status(turn.state)
    if turn.process.take_back or turn.state.takeable:
        taking_back.offer(turn)
    return Advance(turn.state, tuple(turn.commands), tuple(turn.dropped), views.record(turn, answer), answer)


def _kept(state: State, event: Outcome) -> bool:
    """Whether it is a timer that ran out before, while the instance was suspended."""
    return state.suspension is not None and event.key in state.suspension.elapsed


def _told_before(state: State, event: AnyEvent) -> Answer | None:
    """R0: the first outcome of an act that is repeated."""
    act = event.click.id if isinstance(event, Clicked) else event.act.id if isinstance(event, Administered) else None
    first = state.answers.get(act) if act is not None else None
    return first and first.model_copy(update={"verdict": Verdict.DUPLICATE, "first": first.first or first.verdict})


def _happen(turn: Turn, event: AnyEvent) -> Answer | None:
    if isinstance(event, Clicked):
        return clicks.clicked(turn, event.click)
    if isinstance(event, Administered):
        answer = admin.administered(turn, event.act)
        _catch_up(turn)
        return answer
    if isinstance(event, Started):
        _start(turn)
    elif isinstance(event, Heard):
        document.heard(turn, event.news)
    elif turn.state.suspension is not None and isinstance(event, Elapsed):
        turn.state.suspension.elapsed.append(event.key)
    elif isinstance(event, CallEnded):
        calling.ended(turn, event.told)
    elif isinstance(event, CalledOff):
        calling.called_off(turn, event.cause)
    else:
        _outcome(turn, turn.state.pending.pop(event.key), event)
    return None


def _catch_up(turn: Turn) -> None:
    """The timers that ran out while the instance was suspended count now, in the order in which they did."""
    for key in turn.elapsed:
        if key in turn.state.pending:
            _outcome(turn, turn.state.pending.pop(key), Elapsed(at=turn.at, key=key))


def _start(turn: Turn) -> None:
    if turn.state.started_at is None:
        turn.state.started_at = turn.at
        document.look(turn)


def _outcome(turn: Turn, command: AnyCommand, event: Outcome) -> None:
    if isinstance(command, Act):
        _acted(turn, command, event)
    elif deadlines.owns(command):
        deadlines.told(turn, command, event)
    elif isinstance(command, CallProcess | CallOff):
        calling.outcome(turn, command, event)
    elif isinstance(event, Failed):
        _failed(turn, command, event)
    elif isinstance(command, ReadDocument) and isinstance(event, DocumentRead):
        document.arrived(turn, event.document)
    elif isinstance(command, Resolve) and isinstance(event, Resolved):
        _resolved(turn, command, event)
    elif command.node in turn.state.runs:
        _node_outcome(turn, command, event)


def _node_outcome(turn: Turn, command: AnyCommand, event: Outcome) -> None:
    node = turn.tree.node(command.node or "")
    if isinstance(command, Evaluate) and isinstance(event, Evaluated) and isinstance(node, Decide):
        nodes.evaluated(turn, node, event.evaluation)
    elif isinstance(command, Sleep) and isinstance(event, Elapsed) and isinstance(node, Wait):
        nodes.elapsed(turn, node)


def _resolved(turn: Turn, command: Resolve, event: Resolved) -> None:
    node_id = command.node or ""
    if command.key.startswith(f"{node_id}!/"):
        trouble.found(turn, node_id, event.resolution)
        return
    node, run = turn.tree.node(node_id), turn.state.runs.get(node_id)
    if run and isinstance(node, Approval | Work | Cc):
        nodes.resolved(turn, node, run.epoch, event.resolution)
    elif run and isinstance(node, Effect):
        nodes.assigned(turn, node, run.epoch, event.resolution)


def _acted(turn: Turn, command: Act, event: Outcome) -> None:
    """Keep what became of a deed even if the process has gone another way meanwhile."""
    deed = turn.state.deeds[command.key]
    result = (
        event.result if isinstance(event, Acted) else EffectResult(status=EffectStatus.REJECTED, message=_why(event))
    )
    deed.status, deed.ref = result.status, result.ref
    if deed.own_document and result.status is EffectStatus.CONFIRMED:
        turn.state.expected_state = result.state
    elif deed.own_document and result.status is EffectStatus.CONFLICT:
        turn.state.reread = True  # somebody else was faster: see what has become of it
    node = turn.tree.node(deed.node) if deed.node in turn.tree.places else None
    if turn.state.unwinding is not None:
        _acted_on_the_way_back(turn, command, result)
    elif command.key.endswith(":undo"):
        returning.undone(turn, command.key, result)
    elif isinstance(node, Effect) and deed.node in turn.state.runs:
        nodes.acted(turn, node, deed, result, command.key)
    else:
        belated.tell(turn, deed, result)
        returning.progress(turn)


def _why(event: Outcome) -> str:
    return event.reason if isinstance(event, Failed) else ""


def _acted_on_the_way_back(turn: Turn, command: Act, result: EffectResult) -> None:
    if command.key.endswith(":undo") or command.key.startswith("@"):
        ending.undone(turn, command.key, result)
    else:
        belated.tell(turn, turn.state.deeds[command.key], result)
        ending.progress(turn)


def _failed(turn: Turn, command: AnyCommand, event: Failed) -> None:
    if isinstance(command, ReadDocument):
        _unreadable(turn, event)
    elif command.node and command.key.startswith(f"{command.node}!/"):
        why = Label.of(event.reason)
        zh, en = f"无法确定异常处理人：{why.zh}", f"Cannot find who handles the trouble: {why.en}"
        turn.say("held", zh, en, node=command.node)
    elif command.node in turn.state.runs:
        nodes.hindered(turn, turn.tree.node(command.node or ""), event.reason)


def _unreadable(turn: Turn, event: Failed) -> None:
    if not event.gone:
        trouble.report(turn, document.READING, event.reason)
        return
    why = Label.of(event.reason)
    turn.say("document_missing", f"单据无法读取：{why.zh}", f"The document cannot be read: {why.en}")
    if turn.state.document is None:
        turn.state.status, turn.state.outcome = InstanceStatus.FAILED, "document_missing"
        turn.state.finished_at = turn.at
    elif turn.state.unwinding is None or turn.state.unwinding.then != "finish":
        ending.unwind(turn, "finish", "单据已不存在 / the document is gone", outcome="document_missing", by_system=True)
