"""Ways out: finishing, giving up branches, and going back with what was done undone first."""

from collections.abc import Iterable
from typing import Literal

from postroad.model.bound import Moment
from postroad.model.decision import Action
from postroad.model.document import Document
from postroad.model.duration import duration
from postroad.model.effect import Actor, EffectResult, EffectStatus, Intent
from postroad.model.label import Label
from postroad.model.people import Candidate
from postroad.model.task import InstanceStatus, TaskKind
from postroad.process import calls, direct, suspending, trouble
from postroad.process.commands import Act, CallOff, CallProcess, ReadDocument, Sleep
from postroad.process.opinions import last_actor, last_decision
from postroad.process.state import Deed, State, Unwinding
from postroad.process.turn import Turn

RESUBMIT = "@resubmit"
TERMINATED = "terminated"
REVOCABLE = "@revocable"
_BINDING = (Act, CallProcess, CallOff)  # what is asked for may happen, whatever becomes of the node: it is waited for
OUTCOMES = {
    "approved": Label(zh="已通过", en="Approved"),
    "rejected": Label(zh="已驳回", en="Rejected"),
    "withdrawn": Label(zh="已撤回", en="Withdrawn"),
    "terminated": Label(zh="已终止", en="Terminated"),
    "revoked": Label(zh="已撤销", en="Revoked"),
    "decided_elsewhere": Label(zh="已在业务系统中处理", en="Decided in the business system"),
    "document_missing": Label(zh="单据不存在", en="The document does not exist"),
    "called_off": Label(zh="已由上级流程取消", en="Called off by the process that called it"),
    "not_open": Label(zh="单据不在待审状态", en="The document is not open for decision"),
}
_MOMENTS: dict[Moment, Label] = {
    "returned": Label(zh="退回单据", en="Return the document"),
    "resubmitted": Label(zh="重新提交单据", en="Submit the document again"),
    "withdrawn": Label(zh="撤回单据", en="Withdraw the document"),
    "rejected": Label(zh="驳回单据", en="Reject the document"),
    "revoked": Label(zh="撤销单据的审批", en="Revoke the document's approval"),
}


def outcome_label(outcome: str) -> Label:
    return OUTCOMES.get(outcome, Label(zh=outcome, en=outcome))


def abandon(turn: Turn, node_ids: Iterable[str], cause: str) -> None:
    """Leave these nodes where they are: tasks are cancelled, timers forgotten. Effects under way are waited for."""
    node_ids = list(node_ids)
    suspending.forget(turn, node_ids)
    for node_id in node_ids:
        run = turn.state.runs.pop(node_id, None)
        if run is None:
            continue
        activation = turn.state.activations.get(f"{node_id}/{run.epoch}")
        if activation and activation.state == "open":
            turn.cancel(activation, cause)
        turn.drop([key for key, c in turn.state.pending.items() if c.node == node_id and not isinstance(c, _BINDING)])
        calls.leave(turn, node_id, run.epoch, cause)
        trouble.forget(turn, node_id, cause)


def finish(turn: Turn, outcome: str) -> None:
    """The end of the instance with this outcome; what is still open elsewhere is abandoned, nothing is undone."""
    way = Unwinding(then="finish", outcome=outcome, compensate=False)
    _turn_back(turn, way, "流程已结束 / the process has ended")


def terminate(turn: Turn) -> None:
    """The end at once. What is being done is waited for; nothing is undone, and what stays elsewhere is listed."""
    _turn_back(turn, Unwinding(then="finish", outcome=TERMINATED, compensate=False), "流程已终止 / terminated")


def unwind(
    turn: Turn,
    then: Literal["finish", "return", "walk"],
    cause: str,
    *,
    outcome: str = "",
    moment: Moment | None = None,
    by_system: bool = False,
    actor: Actor | None = None,
    note: str | None = None,
    target: str | None = None,
) -> None:
    """Stop everything, undo in reverse what can be undone, tell the document's system, then finish, return or walk.

    A system that turned us back itself is not told of it.
    """
    known = moment if moment in turn.process.document.actions and not by_system else None
    way = Unwinding(then=then, outcome=outcome, moment=known, by_system=by_system, actor=actor, note=note)
    _turn_back(turn, way.model_copy(update={"target": target}), cause)


def _turn_back(turn: Turn, way: Unwinding, cause: str) -> None:
    abandon(turn, list(turn.state.runs), cause)
    _cancel_resubmission(turn, cause)
    for node_id in list(turn.state.troubles):
        trouble.forget(turn, node_id, cause)
    _read_no_further(turn)
    turn.agenda.clear()
    turn.state.turned_back = turn.state.revision
    turn.state.returning = []
    if turn.state.suspension is not None:
        turn.state.suspension.planned = []
    if way.then == "finish":
        turn.state.suspension = None
    turn.state.unwinding = way
    progress(turn)


def _read_no_further(turn: Turn) -> None:
    """What is being read may be older than what is done to the document now; it is read again at the end of the way."""
    readings = [key for key, command in turn.state.pending.items() if isinstance(command, ReadDocument)]
    turn.drop(readings)
    turn.state.walking, turn.state.walk_to = False, None
    turn.state.reread = turn.state.reread or bool(readings)


def _cancel_resubmission(turn: Turn, cause: str) -> None:
    activation = turn.state.activations.get(f"{RESUBMIT}/{turn.state.epochs.get(RESUBMIT, 0)}")
    if activation and activation.state == "open":
        turn.cancel(activation, cause)


def progress(turn: Turn) -> None:
    """The next thing on the way back, once nothing is under way and nobody needs to look at a trouble."""
    way = turn.state.unwinding
    busy = any(isinstance(command, Act) for command in turn.state.pending.values())
    if way is None or busy or _calls_are_busy(turn, way) or trouble.open_in(turn.state):
        return
    if way.by_system:
        _let_go_of_document(turn)
    undoable = _last_undoable(turn) if way.compensate else None
    if undoable:
        undo(turn, undoable, way.actor)
    elif way.moment and turn.state.document:
        _tell_system(turn, way, way.moment, turn.state.document)
    else:
        turn.state.unwinding = None
        _arrive(turn, way)


def _calls_are_busy(turn: Turn, way: Unwinding) -> bool:
    """An end that undoes nothing waits until what is called off has been told, and no longer."""
    telling = any(isinstance(command, CallProcess | CallOff) for command in turn.state.pending.values())
    return telling or (way.compensate and calls.busy(turn.state))


def _let_go_of_document(turn: Turn) -> None:
    """What we did to the document is no longer in force: its own system has gone beyond it."""
    for deed in turn.state.deeds.values():
        if deed.own_document and deed.status is EffectStatus.CONFIRMED:
            deed.status = EffectStatus.COMPENSATED


def _last_undoable(turn: Turn) -> str | None:
    deeds = turn.state.deeds.items()
    return next((key for key, deed in reversed(deeds) if deed.undo and deed.status is EffectStatus.CONFIRMED), None)


def undo(turn: Turn, key: str, actor: Actor | None = None) -> None:
    """Ask for the undo of a deed; one that was asked for before keeps its intent, as the ledger demands.

    It is done on behalf of `actor`, or of whoever acted last.
    """
    deed, done_by = turn.state.deeds[key], actor or last_actor(turn.state)
    changed = {"key": f"{deed.intent.key}:undo", "action": deed.undo, "args": {"ref": deed.ref or ""}, "actor": done_by}
    undo = Deed(
        intent=deed.intent.model_copy(update=changed), node=deed.node, undo=None, own_document=deed.own_document
    )
    turn.state.deeds.setdefault(f"{key}:undo", undo)
    ask_for(turn, f"{key}:undo")


def ask_for(turn: Turn, key: str) -> None:
    """Ask for a deed, for the first time or again; its intent, and so its key in the ledger, stays the same.

    A reading that overlaps a deed of ours on that document shows neither before nor after for certain: it is void, and
    made anew afterwards.
    """
    deed = turn.state.deeds[key]
    if deed.own_document:
        void = [command.key for command in turn.state.pending.values() if isinstance(command, ReadDocument)]
        turn.drop(void)
        turn.state.reread = turn.state.reread or bool(void)
    name = label_of(turn, deed.node)
    title = Label(zh=f"撤销：{name.zh}", en=f"Undo: {name.en}") if key.endswith(":undo") else name
    turn.issue(Act(key=key, title=title, node=deed.node, intent=deed.intent))


def _tell_system(turn: Turn, way: Unwinding, moment: Moment, document: Document) -> None:
    way.moment = None
    key = f"@{moment}/{turn.next_epoch(f'@{moment}')}"
    intent = Intent(
        key=f"{turn.state.instance}:{key.replace('/', ':')}",
        instance=turn.state.instance,
        connector=document.ref.system,
        entity=document.ref.kind,
        action=turn.process.document.actions[moment],
        document=document.ref,
        args={"note": last_decision(turn.state)["opinion"] if way.note is None else way.note},
        actor=way.actor or last_actor(turn.state),
        by_anyone=True,
    )
    turn.state.deeds[key] = Deed(intent=intent, node=f"@{moment}", undo=None, own_document=True)
    ask_for(turn, key)


def _arrive(turn: Turn, way: Unwinding) -> None:
    if way.then == "walk":
        if turn.state.engine >= 2:  # noqa: PLR2004 - what was passed before is no way back until it is passed again
            turn.state.trail = []
        results = turn.state.results
        if way.target is None:
            turn.state.results = {node: said for node, said in results.items() if done_for_good(turn.state, node)}
        turn.state.walking, turn.state.walk_to, turn.state.reread = True, way.target, True
    elif way.then == "return":
        _ask_initiator(turn, way)
    else:
        turn.drop(list(turn.state.pending))
        turn.state.status, turn.state.outcome, turn.state.finished_at = InstanceStatus.FINISHED, way.outcome, turn.at
        if way.outcome == TERMINATED:
            _say_what_stays(turn)
        label = outcome_label(way.outcome)
        turn.say("finished", f"流程结束：{label.zh}", f"Finished: {label.en}", outcome=way.outcome)
        if turn.process.revoke and way.outcome == turn.process.outcome:
            title = Label(zh="可以申请撤销审批，直到期限", en="The approval may be revoked until then")
            turn.issue(Sleep(key=REVOCABLE, title=title, until=turn.at + duration(turn.process.revoke)))


def _say_what_stays(turn: Turn) -> None:
    """List what was done in other systems and not undone."""
    deeds = [
        deed
        for key, deed in turn.state.deeds.items()
        if _stands(turn.state, key, deed) and not key.endswith(":undo") and not key.startswith("@")
    ]
    if deeds:
        labels = [label_of(turn, deed.node) for deed in deeds]
        zh, en = "、".join(f"“{one.zh}”" for one in labels), ", ".join(f"“{one.en}”" for one in labels)
        keys = [deed.intent.key for deed in deeds]
        turn.say("stays", f"保留在业务系统中，未撤销：{zh}", f"Stays in other systems, not undone: {en}", keys=keys)


def _stands(state: State, key: str, deed: Deed) -> bool:
    """Whether it was done and not undone; one whose undoing was skipped stands as well."""
    return deed.status is EffectStatus.CONFIRMED or (
        deed.status is EffectStatus.REJECTED and f"{key}:undo" in state.deeds
    )


def _ask_initiator(turn: Turn, way: Unwinding) -> None:
    state = turn.state
    name = state.initiator_name or state.initiator
    title = Label(zh="修改后重新提交", en="Amend and submit again")
    person = Candidate(person=state.initiator, name=name, reason=_why_returned(turn, way))
    turn.ask(RESUBMIT, turn.next_epoch(RESUBMIT), TaskKind.RESUBMIT, title, [person])
    turn.say("returned", f"退回 {name} 修改", f"Returned to {name}")


def _why_returned(turn: Turn, way: Unwinding) -> Label:
    said = last_decision(turn.state)
    if way.by_system or not said["opinion"]:
        return Label(zh="您是发起人", en="You started it")
    words = f"{said['name']}：{said['opinion']}"
    return Label(zh=f"您是发起人；{words}", en=f"You started it; {words}")


def done_for_good(state: State, node_id: str) -> bool:
    """C14: an effect of this node stands and nothing will undo it, so it is not done again on a second walk.

    So does a process that it called and that ended well.
    """
    return calls.stands(state, node_id) or any(
        deed.node == node_id and deed.status is EffectStatus.CONFIRMED and not deed.undo and not key.endswith(":undo")
        for key, deed in state.deeds.items()
    )


def undone(turn: Turn, key: str, result: EffectResult) -> None:
    """An undo or a word to the document's system ended."""
    deed = turn.state.deeds[key]
    label = label_of(turn, deed.node)
    if result.status is not EffectStatus.CONFIRMED:
        if turn.state.unwinding and turn.state.unwinding.outcome == TERMINATED:
            progress(turn)  # it ends all the same, and the story lists the effect as one that stays
        else:
            trouble.report(turn, deed.node, result.message or str(result.status), key=key)
        return
    if key.endswith(":undo"):
        turn.state.deeds[key.removesuffix(":undo")].status = EffectStatus.COMPENSATED
        turn.say("undone", f"已撤销“{label.zh}”", f"“{label.en}” is undone", node=deed.node)
    else:
        turn.say("effect", f"已完成“{label.zh}”", f"“{label.en}” is confirmed", key=deed.intent.key, state=result.state)
    progress(turn)


def label_of(turn: Turn, node_id: str) -> Label:
    """What people call a node, or what is done to the document at a moment that no node stands for."""
    moments = {f"@{moment}": label for moment, label in _MOMENTS.items()}
    return moments[node_id] if node_id in moments else turn.tree.label(node_id)


def reject(turn: Turn, to: Literal["end", "to_initiator"]) -> None:
    """R14: what a rejected activation does to the instance."""
    if to == "to_initiator":
        direct.remember(turn)
        unwind(turn, "return", "已退回发起人 / returned to the initiator", moment="returned")
    else:
        unwind(turn, "finish", "已被驳回 / rejected", outcome="rejected", moment="rejected")


def resubmit(turn: Turn, *, by_system: bool) -> None:
    """R17, walk: all nodes again, with nothing left of the first walk but what was done for good."""
    unwind(turn, "walk", "已重新提交 / submitted again", moment="resubmitted", by_system=by_system)


def withdraw(
    turn: Turn, cause: str, *, by_system: bool = False, actor: Actor | None = None, note: str | None = None
) -> None:
    unwind(turn, "finish", cause, outcome="withdrawn", moment="withdrawn", by_system=by_system, actor=actor, note=note)


def revoke(turn: Turn, *, note: str) -> None:
    """R23: those who approved have agreed: everything is undone, and the document's system is told."""
    state = turn.state
    actor = Actor(person=state.initiator, name=state.initiator_name or state.initiator)
    cause = "审批已撤销 / the approval is revoked"
    unwind(turn, "finish", cause, outcome="revoked", moment="revoked", actor=actor, note=note)


DECISIONS = frozenset({Action.APPROVE, Action.REJECT, Action.RETURN})
