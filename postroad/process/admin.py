"""What an administrator may do to an instance, always with a reason, which the story keeps."""

from postroad.model.decision import Answer, Verdict
from postroad.model.effect import Actor
from postroad.model.event import AdminAct
from postroad.model.label import Label
from postroad.model.people import Candidate
from postroad.process import clicks, ending, handing, nodes, repair, signers, urging
from postroad.process.refused import Refused, forbidden
from postroad.process.state import Activation, Slot
from postroad.process.turn import Turn


def administered(turn: Turn, act: AdminAct) -> Answer:
    """The outcome of an act that has none yet."""
    try:
        verdict, message = _carry_out(turn, act)
    except Refused as refused:
        verdict, message, _ = refused.answer
    answer = Answer(click=act.id, verdict=verdict, message=message, task=act.task)
    turn.state.answers[act.id] = answer
    if verdict is Verdict.ACCEPTED:
        turn.say(
            f"admin_{act.act}",
            f"管理员：{message.zh}（{act.reason}）",
            f"Administrator: {message.en} ({act.reason})",
            person=act.by,
        )
    return answer


def _carry_out(turn: Turn, act: AdminAct) -> tuple[Verdict, Label]:
    ending_now = turn.state.unwinding is not None and turn.state.unwinding.then == "finish"
    if turn.state.over or (act.act == "withdraw" and ending_now):
        return Verdict.LATE, Label(zh="流程已结束", en="The process has ended")
    if act.act == "withdraw":
        actor = Actor(person=act.by, name=act.by)
        ending.withdraw(turn, "管理员已撤回 / withdrawn by an administrator", actor=actor, note=act.reason)
        return Verdict.ACCEPTED, Label(zh="已撤回流程", en="The process is withdrawn")
    if act.act == "reassign":
        return _reassign(turn, act)
    if act.act == "remove_signer":
        return _remove(turn, act)
    if act.act == "urge":
        urging.urge(turn, Label(zh="管理员", en="An administrator"))
        return Verdict.ACCEPTED, Label(zh="已催办", en="Reminded")
    if act.act == "nudge":
        done = repair.nudge(turn)
        return _said(
            done,
            "已重新查找处理人",
            "Looked for people anew",
            "没有无人处理的异常",
            "There is no trouble that nobody holds",
        )
    done = nodes.happened(turn, act.event or "", act.data)
    return _said(
        done,
        f"已送达事件 {act.event}",
        f"Delivered the event {act.event}",
        f"没有节点在等待 {act.event}",
        f"No node waits for {act.event}",
    )


def _task_of(turn: Turn, act: AdminAct) -> tuple[Activation, Slot]:
    """The open task that the act is about. Raises Refused."""
    place = clicks.find(turn.state, act.task or "")
    if place is None:
        raise forbidden("没有这个任务", "There is no such task")
    activation, slot = place
    if not slot.open or activation.state != "open":
        raise Refused(Verdict.LATE, "任务已结束", "The task has ended")
    return activation, slot


def _remove(turn: Turn, act: AdminAct) -> tuple[Verdict, Label]:
    activation, slot = _task_of(turn, act)
    if not signers.is_removable(slot):
        raise forbidden("只能移除加签的人", "Only those who were added can be removed")
    signers.remove(turn, activation, slot, by=act.by)
    return Verdict.ACCEPTED, Label(zh=f"减签 {slot.name}", en=f"Removed {slot.name}")


def _said(done: bool, zh: str, en: str, no_zh: str, no_en: str) -> tuple[Verdict, Label]:
    return (Verdict.ACCEPTED, Label(zh=zh, en=en)) if done else (Verdict.FORBIDDEN, Label(zh=no_zh, en=no_en))


def _reassign(turn: Turn, act: AdminAct) -> tuple[Verdict, Label]:
    activation, slot = _task_of(turn, act)
    if slot.state == "held":
        raise Refused(
            Verdict.LATE, f"{slot.name} 已同意，请改派加签人", f"{slot.name} has approved; reassign those added"
        )
    handing.check_receiver(turn, activation, slot, act.to)
    name = str(act.data.get("to_name") or act.to)
    receiver = Candidate(
        person=act.to or "", name=name, reason=Label(zh=f"管理员改派：{act.reason}", en=f"Reassigned: {act.reason}")
    )
    because = f"管理员已改派 / reassigned by an administrator: {act.reason}"
    handing.hand_over(turn, activation, slot, receiver, because=because)
    return Verdict.ACCEPTED, Label(zh=f"改派给 {name}", en=f"Reassigned to {name}")
