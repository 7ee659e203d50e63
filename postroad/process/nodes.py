"""What each kind of node does when it is entered, and when the outcome it asked for arrives."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from postroad.model.duration import duration
from postroad.model.effect import EffectResult, EffectStatus, Intent
from postroad.model.label import Label
from postroad.model.people import Candidate, Resolution, Who
from postroad.model.process import Approval, Cc, Decide, Effect, End, Node, Wait, Work
from postroad.model.table import Evaluation, Status
from postroad.model.task import TaskKind
from postroad.model.template import MissingVariable, lookup, render
from postroad.process import choosing, doers, ending, lanes, repeats, trouble
from postroad.process.commands import Evaluate, Resolve, Sleep
from postroad.process.opinions import last_actor, last_decision
from postroad.process.state import Deed
from postroad.process.turn import ALL, ANY, Enter, Leave, Turn, TurnDown

STAND_INS = (Who(role="process_admin"), Who(process_owner=True))
_NOBODY = "没有可用的处理人，也没有管理员可代 / there is nobody to ask, and no administrator to stand in"
_HELD = "没有审批人，按流程的设置等待 / there is nobody to ask, and the process says to wait"
_TASK_KINDS = {"approval": TaskKind.APPROVAL, "work": TaskKind.WORK, "cc": TaskKind.CC}


def open_node(turn: Turn, node: Node, epoch: int) -> None:
    key = f"{node.id}/{epoch}"
    try:
        if isinstance(node, Approval | Work | Cc):
            _find_people(turn, node, epoch, key)
        elif isinstance(node, Decide):
            turn.issue(
                Evaluate(
                    key=key,
                    title=_titled("规则判断", "Decide", node),
                    node=node.id,
                    table=node.table,
                    inputs=_inputs(turn, node),
                    pin=node.pin,
                )
            )
        elif isinstance(node, Effect):
            _prepare(turn, node, epoch)
        elif isinstance(node, Wait):
            _wait(turn, node, key)
        elif isinstance(node, End):
            ending.finish(turn, node.outcome)
    except MissingVariable as missing:
        hindered(turn, node, str(missing.args[0]))
    except ValueError as wrong:
        hindered(
            turn,
            node,
            f"“{node.label.zh}”的设置无法使用 / the settings of “{node.label.en}” cannot be used: {wrong}",
        )


def _find_people(turn: Turn, node: Approval | Work | Cc, epoch: int, key: str) -> None:
    who = _meant(turn, node, node.who)
    one = {} if isinstance(node, Cc) else choosing.wanted(turn, node, epoch, who)
    turn.issue(
        Resolve(
            key=key,
            title=_titled("分派", "Choose one person", node) if one else _titled("确定处理人", "Find people", node),
            node=node.id,
            who=who,
            fallback=_fallback(node, owner_first=bool(one)),
            self_approval=node.self_approval if isinstance(node, Approval) else None,
            item=lanes.known(turn, node.id),
            **one,
        )
    )


def hindered(turn: Turn, node: Node, reason: str) -> None:
    """The node cannot do its part: somebody is asked to look. R24: a copy to nobody stops nothing."""
    if not isinstance(node, Cc):
        trouble.report(turn, node.id, reason)
        return
    why = Label.of(reason)
    turn.say("not_told", f"无法抄送：{why.zh}", f"Copied to nobody: {why.en}", node=node.id)
    turn.agenda.append(Leave(node.id))


def _titled(zh: str, en: str, node: Node) -> Label:
    return Label(zh=f"{zh}：{node.label.zh}", en=f"{en}: {node.label.en}")


def _meant(turn: Turn, node: Node, whos: tuple[Who, ...]) -> tuple[Who, ...]:
    """The specifications with `from` replaced by what the variable says, `did` by who did it.

    A COLLECT outcome may say several.

    Where a strategy chooses among those whom the variable names, the directory looks them up.
    """
    meant: list[Who] = []
    for who in whos:
        if who.from_ is None or who.strategy:
            meant.append(who)
            continue
        said = _gather(who.from_, lanes.variables(turn, node.id))
        meant += [Who.model_validate(one) for one in said]
    return tuple(one for who in meant for one in doers.who_did(turn, node.id, who))


def _gather(path: str, variables: Mapping[str, Any]) -> list[object]:
    """What the path names; nobody, if the process owner went on without the answer that it needs."""
    root, _, rest = path.partition(".")
    value = lookup(root, variables)
    if value is None:
        return []
    found = [lookup(rest, one) for one in value] if isinstance(value, list) and rest else [lookup(path, variables)]
    return [item for one in found for item in (one if isinstance(one, list) else [one]) if item is not None]


def _inputs(turn: Turn, node: Decide) -> dict[str, object]:
    """The inputs a table is asked with: the variables it names, or all of the document's fields."""
    variables = lanes.variables(turn, node.id)
    if not node.inputs:
        return {key: value for key, value in variables.items() if not isinstance(value, dict | list)}
    return {key: lookup(path, variables) for key, path in node.inputs.items()}


def _prepare(turn: Turn, node: Effect, epoch: int) -> None:
    if ending.done_for_good(turn.state, node.id):
        turn.say(
            "effect",
            f"“{node.label.zh}”此前已执行且不可撤销，不再重复",
            f"“{node.label.en}” was done before and cannot be undone; not repeated",
            node=node.id,
        )
        turn.agenda.append(Leave(node.id))
    elif node.assignee:
        title = _titled("确定负责人", "Find who it is for", node)
        who = _meant(turn, node, (node.assignee,))
        key, item = f"{node.id}/{epoch}/assignee", lanes.known(turn, node.id)
        turn.issue(Resolve(key=key, title=title, node=node.id, who=who, fallback=STAND_INS, item=item))
    else:
        do(turn, node, epoch, None)


def do(turn: Turn, node: Effect, epoch: int, assignee: Candidate | None) -> None:
    """Ask for the effect; who it is for is known."""
    intent = _intent(turn, node, epoch, assignee)
    key = f"{node.id}/{epoch}"
    turn.state.deeds[key] = Deed(intent=intent, node=node.id, undo=node.undo, own_document=intent.document is not None)
    ending.ask_for(turn, key)


def _intent(turn: Turn, node: Effect, epoch: int, assignee: Candidate | None) -> Intent:
    person = {"person": assignee.person, "name": assignee.name} if assignee else {}
    decision = last_decision(turn.state, node.id)
    variables = {**lanes.variables(turn, node.id), "decision": decision, "assignee": person}
    document = turn.state.document
    own = document is not None and not node.creates and node.connector == document.ref.system
    args = {name: render(text, variables) for name, text in node.args.items()}
    return Intent(
        key=f"{turn.state.instance}:{node.id}:{epoch}",
        instance=turn.state.instance,
        connector=node.connector,
        entity=node.entity,
        action=node.action,
        document=document.ref if own and document else None,
        args=args,
        actor=last_actor(turn.state, node.id),
    )


def _wait(turn: Turn, node: Wait, key: str) -> None:
    until = _until(turn, node)
    if until is not None:
        turn.issue(Sleep(key=key, title=_titled("等待", "Wait", node), node=node.id, until=until))
    what = f"事件 {node.event}" if node.event else "时间"
    turn.say(
        "wait",
        f"等待{what}",
        f"Waits for {node.event or 'a time'}",
        node=node.id,
        until=until.isoformat() if until else None,
    )


def _until(turn: Turn, node: Wait) -> datetime | None:
    if node.for_:
        return turn.at + duration(node.for_)
    if node.until is None:
        return None
    until = datetime.fromisoformat(str(lookup(node.until, lanes.variables(turn, node.id))))
    if until.tzinfo is None:
        raise ValueError(f"{node.until} 需要带时区的时间 / {node.until} must be a time with a zone")
    return until


def evaluated(turn: Turn, node: Decide, evaluation: Evaluation) -> None:
    """A table answered: its outcome becomes the node's variable; without one, the process owner is asked."""
    if evaluation.status is not Status.OK:
        said = evaluation.message or Label(zh=evaluation.status, en=evaluation.status)
        facts = {"status": evaluation.status.value, **_facts(node, evaluation)}
        trouble.report(turn, node.id, f"{said.zh} / {said.en}", facts=facts)
        return
    turn.state.results[node.id] = evaluation.outcome
    turn.say(
        "decided",
        f"按规则表 {evaluation.table} 命中 {'、'.join(evaluation.rows) or '默认'}",
        f"Table {evaluation.table} matched {', '.join(evaluation.rows) or 'its default'}",
        node=node.id,
        near=[str(near.text) for near in evaluation.near],
        **_facts(node, evaluation),
    )
    turn.agenda.append(Leave(node.id))


def _facts(node: Decide, evaluation: Evaluation) -> dict[str, Any]:
    """What the log of decisions is told."""
    always = evaluation.model_dump(mode="json", include={"table", "sha256", "rows", "inputs", "outcome"})
    some = evaluation.model_dump(mode="json", include={"used_default", "on", "ms"}, exclude_defaults=True)
    return {**always, **some, **({"pin": node.pin} if node.pin == "latest" else {})}


def resolved(turn: Turn, node: Approval | Work | Cc, epoch: int, resolution: Resolution) -> None:
    """People were found: they are asked, or told. Of stand-ins one is enough; nobody at all is a trouble."""
    turn.state.initiator_name = resolution.initiator_name or turn.state.initiator_name
    if not resolution.candidates and not isinstance(node, Cc):
        _without_people(turn, node, skipped=resolution.skipped)
        return
    candidates = resolution.candidates
    several = not resolution.fallback and resolution.chosen is None
    drawn = several and isinstance(node, Approval | Work) and node.assign == "random"
    if drawn:
        candidates = (candidates[_draw(turn, node, epoch) % len(candidates)],)
    rule = _rule(node, resolution)
    if isinstance(node, Approval) and rule.get("count") and len(candidates) < (node.count or 0):
        trouble.report(turn, node.id, _too_few(node, len(candidates)))
        return
    activation = turn.ask(node.id, epoch, _TASK_KINDS[node.kind], node.label, candidates, rule=rule)
    names = "、".join(candidate.name for candidate in candidates)
    if isinstance(node, Cc):
        _tell(turn, node, activation.epoch, resolution.candidates)
        return
    zh = f"{'随机' if drawn else ''}交由 {names} {'认领' if activation.pool else '处理'}"
    en = f"{'Drawn: goes' if drawn else 'Goes'} to {names}{', one of whom claims it' if activation.pool else ''}"
    told = choosing.said(resolution.chosen, names) if resolution.chosen else Label(zh=zh, en=en)
    turn.say(
        "asked",
        told.zh,
        told.en,
        node=node.id,
        people=[candidate.model_dump() for candidate in candidates],
        seed=_draw(turn, node, epoch) if drawn else None,
        fallback=resolution.fallback,
        trace=list(resolution.trace),
    )
    if isinstance(node, Approval) and node.dedupe != "none" and not (resolution.fallback or activation.pool):
        repeats.spare(turn, activation, node)


def _fallback(node: Approval | Work | Cc, *, owner_first: bool) -> tuple[Who, ...]:
    """R18: who is asked when nobody is found."""
    if isinstance(node, Cc):
        return ()
    empty = node.empty if isinstance(node, Approval) else "admin"
    if isinstance(empty, Who):
        return (empty, *STAND_INS)
    stand_ins = STAND_INS[::-1] if owner_first else STAND_INS
    return stand_ins if empty == "admin" else ()


def _without_people(turn: Turn, node: Approval | Work, *, skipped: bool) -> None:
    """R18, R20: nobody is asked, because only the initiator would be or because there is nobody."""
    if skipped:
        turn.say("passed_over", "只有发起人，略过", "Only the initiator would be asked; passed over", node=node.id)
        turn.agenda.append(Leave(node.id))
        return
    empty = node.empty if isinstance(node, Approval) else "admin"
    if empty == "pass":
        turn.say("passed_over", "没有审批人，自动通过", "There is nobody to ask; passed", node=node.id)
        turn.agenda.append(Leave(node.id))
    elif empty == "reject":
        turn.say("passed_over", "没有审批人，自动驳回", "There is nobody to ask; rejected", node=node.id)
        turn.agenda.append(TurnDown(node.id))
    else:
        trouble.report(turn, node.id, _HELD if empty == "hold" else _NOBODY)


def _rule(node: Node, resolution: Resolution) -> Mapping[str, object]:
    """How those who are asked decide among themselves; of stand-ins, and of a pool, one is enough."""
    if resolution.fallback:
        return ANY
    chosen = resolution.chosen
    if chosen.queue if chosen else isinstance(node, Approval | Work) and node.assign == "claim":
        return {"mode": "any", "pool": True}
    if chosen or not isinstance(node, Approval):
        return ALL
    return {
        "mode": node.mode,
        "percent": node.percent,
        "count": node.count,
        "veto": node.veto,
        "or_reject": node.or_reject,
    }


def _draw(turn: Turn, node: Node, epoch: int) -> int:
    """R6: the number by which one is drawn; the same for the same visit, and different from visit to visit."""
    return int(hashlib.sha256(f"{turn.state.instance}/{node.id}/{epoch}".encode()).hexdigest()[:8], 16)


def _too_few(node: Approval, there: int) -> str:
    return (
        f"“{node.label.zh}”需要 {node.count} 人同意，只有 {there} 位审批人 / "
        f"“{node.label.en}” needs {node.count} approvals and has {there} approvers"
    )


def assigned(turn: Turn, node: Effect, epoch: int, resolution: Resolution) -> None:
    """The person an effect is for was found."""
    if not resolution.candidates:
        trouble.report(turn, node.id, _NOBODY)
        return
    try:
        do(turn, node, epoch, resolution.candidates[0])
    except MissingVariable as missing:
        trouble.report(turn, node.id, str(missing.args[0]))


def _tell(turn: Turn, node: Cc, epoch: int, candidates: tuple[Candidate, ...]) -> None:
    activation = turn.state.activations[f"{node.id}/{epoch}"]
    for slot in activation.slots:
        turn.close(activation, slot, "done")
    activation.state = "passed"
    names = "、".join(candidate.name for candidate in candidates) or "（无人）"
    turn.say("told", f"抄送 {names}", f"Copied to {names}", node=node.id, people=[c.model_dump() for c in candidates])
    turn.agenda.append(Leave(node.id))


def acted(turn: Turn, node: Effect, deed: Deed, result: EffectResult, key: str) -> None:
    """An effect ended: confirmed, the process goes on; anything else is a trouble for a person, never the end."""
    if result.status is not EffectStatus.CONFIRMED:
        trouble.report(turn, node.id, result.message or str(result.status), key=key)
        return
    turn.state.results[node.id] = {"ref": result.ref, "state": result.state}
    replayed = "（此前已生效）" if result.replayed else ""
    turn.say(
        "effect",
        f"已完成“{node.label.zh}”{replayed}",
        f"“{node.label.en}” is confirmed",
        node=node.id,
        key=deed.intent.key,
        ref=result.ref,
        state=result.state,
    )
    turn.agenda.append(Leave(node.id))


def elapsed(turn: Turn, node: Wait) -> None:
    """The time of a wait has come: go on, or take the time-out branch if it was an event that was waited for."""
    turn.say("wait", "等待时间已到", "The time has come", node=node.id)
    head = turn.tree.head(node.id, 0)
    turn.agenda.append(Enter(head) if head else Leave(node.id))


def happened(turn: Turn, event: str, data: dict[str, object]) -> bool:
    """A named event arrived. True if a wait was waiting for it."""
    waiting = [
        node
        for node in (turn.tree.node(run) for run in list(turn.state.runs))
        if isinstance(node, Wait) and node.event == event
    ]
    waiting = [node for node in waiting if not _timed_out(turn, node)]
    for node in waiting:
        trouble.forget(turn, node.id, f"事件 {event} 已到达 / the event {event} arrived")
        turn.drop([f"{node.id}/{turn.state.runs[node.id].epoch}"])
        turn.state.results[node.id] = dict(data)
        turn.say("wait", f"收到事件 {event}", f"The event {event} arrived", node=node.id)
        turn.agenda.append(Leave(node.id))
    return bool(waiting)


def _timed_out(turn: Turn, node: Wait) -> bool:
    return any(inner in turn.state.runs for inner in turn.tree.inside(node.id))
