"""What an administrator may do to an instance, always with a reason, which the story keeps."""

from collections.abc import Callable

from postroad.model.decision import Answer, Verdict
from postroad.model.effect import Actor
from postroad.model.event import ActName, AdminAct
from postroad.model.label import Label
from postroad.process import (
    appointing,
    clicks,
    ending,
    handing,
    jumping,
    mending,
    nodes,
    repair,
    signers,
    suspending,
    urging,
)
from postroad.process.refused import Refused, forbidden
from postroad.process.state import Activation, Slot
from postroad.process.turn import Turn


def administered(turn: Turn, act: AdminAct) -> Answer:
    """The outcome of an act that has none yet."""
    try:
        _check_late(turn, act)
        message = _stand_in(turn, act) if act.act == "stand_in" else _ACTS[act.act](turn, act)
    except Refused as refused:
        verdict, message, _ = refused.answer
    else:
        verdict = Verdict.ACCEPTED
        if act.act != "stand_in":
            zh, en = f"管理员：{message.zh}（{act.reason}）", f"Administrator: {message.en} ({act.reason})"
            turn.headline(f"admin_{act.act}", zh, en, person=act.by)
    answer = Answer(click=act.id, verdict=verdict, message=message, task=act.task)
    turn.state.answers[act.id] = answer
    return answer


def _check_late(turn: Turn, act: AdminAct) -> None:
    """An instance that is about to end can still be terminated, should something keep it from its end."""
    way = turn.state.unwinding
    ends = way is not None and way.then == "finish" and (act.act == "withdraw" or way.outcome == ending.TERMINATED)
    if turn.state.over or (ends and act.act in {"withdraw", "terminate"}):
        raise Refused(Verdict.LATE, "流程已结束", "The process has ended")


def _withdraw(turn: Turn, act: AdminAct) -> Label:
    actor = Actor(person=act.by, name=act.by_name or act.by)
    ending.withdraw(turn, "管理员已撤回 / withdrawn by an administrator", actor=actor, note=act.reason)
    return Label(zh="已撤回流程", en="The process is withdrawn")


def _terminate(turn: Turn, _act: AdminAct) -> Label:
    ending.terminate(turn)
    return Label(zh="终止流程，已做的操作不撤销", en="Terminated; nothing is undone")


def _resume(turn: Turn, _act: AdminAct) -> Label:
    return suspending.resume(turn)


def _urge(turn: Turn, _act: AdminAct) -> Label:
    suspending.check(turn)
    urging.urge(turn, Label(zh="管理员", en="An administrator"))
    return Label(zh="已催办", en="Reminded")


def _nudge(turn: Turn, _act: AdminAct) -> Label:
    if not repair.nudge(turn):
        raise forbidden("没有无人处理的异常", "There is no trouble that nobody holds")
    return Label(zh="已重新查找处理人", en="Looked for people anew")


def _deliver(turn: Turn, act: AdminAct) -> Label:
    if not nodes.happened(turn, act.event or "", act.data):
        raise forbidden(f"没有节点在等待 {act.event}", f"No node waits for {act.event}")
    return Label(zh=f"已送达事件 {act.event}", en=f"Delivered the event {act.event}")


def _task_of(turn: Turn, act: AdminAct) -> tuple[Activation, Slot]:
    """The open task that the act is about. Raises Refused."""
    place = clicks.find(turn.state, act.task or "")
    if place is None:
        raise forbidden("没有这个任务", "There is no such task")
    activation, slot = place
    if not slot.open or activation.state != "open":
        raise Refused(Verdict.LATE, "任务已结束", "The task has ended")
    return activation, slot


def _remove(turn: Turn, act: AdminAct) -> Label:
    activation, slot = _task_of(turn, act)
    if not signers.is_removable(slot):
        raise forbidden("只能移除加签的人", "Only those who were added can be removed")
    signers.remove(turn, activation, slot, by=act.by)
    return Label(zh=f"减签 {slot.name}", en=f"Removed {slot.name}")


def _reassign(turn: Turn, act: AdminAct) -> Label:
    activation, slot = _task_of(turn, act)
    if slot.state == "held":
        raise Refused(
            Verdict.LATE, f"{slot.name} 已同意，请改派加签人", f"{slot.name} has approved; reassign those added"
        )
    handing.check_receiver(turn, activation, slot, act.to, or_agent=True)
    name = act.to_name or str(act.data.get("to_name") or act.to)
    reason = Label(zh=f"管理员改派：{act.reason}", en=f"Reassigned: {act.reason}")
    receiver = handing.receiver(act.to or "", name, act.to_agent, reason)
    because = f"管理员已改派 / reassigned by an administrator: {act.reason}"
    handing.hand_over(turn, activation, slot, receiver, because=because)
    return Label(zh=f"改派给 {name}", en=f"Reassigned to {name}")


def _stand_in(turn: Turn, act: AdminAct) -> Label:
    return appointing.change(turn, *_task_of(turn, act), act)


_ACTS: dict[ActName, Callable[[Turn, AdminAct], Label]] = {
    "jump": jumping.jump,
    "reassign": _reassign,
    "remove_signer": _remove,
    "urge": _urge,
    "suspend": suspending.suspend,
    "resume": _resume,
    "withdraw": _withdraw,
    "terminate": _terminate,
    "nudge": _nudge,
    "retry_effect": mending.retry,
    "skip_effect": mending.skip,
    "compensate": mending.compensate,
    "event": _deliver,
}
