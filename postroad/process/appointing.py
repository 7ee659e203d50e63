"""R21: an absence begins or ends while tasks are open; they get an agent, another one, or none any more."""

from postroad.model.event import AdminAct
from postroad.model.label import Label
from postroad.model.people import StandIn
from postroad.process import agents
from postroad.process.refused import forbidden
from postroad.process.state import Activation, Slot
from postroad.process.turn import Turn


def change(turn: Turn, activation: Activation, slot: Slot, act: AdminAct) -> Label:
    """From now on `act.to` may act for the slot's person, or nobody but the person. Raises Refused."""
    if activation.kind in agents.NEVER:
        raise forbidden("此任务不由代理人办理", "This task is never an agent's")
    name = act.to_name or act.to or ""
    if act.to and not agents.may_act(activation, slot.actor, act.to, turn.state.initiator, beside=slot):
        raise forbidden(
            f"{name} 不能代理 {slot.name}，任务留给本人", f"{name} cannot act for {slot.name}; the task stays"
        )
    if slot.agent != act.to:
        agents.appoint(slot, StandIn(person=act.to, name=name) if act.to else None)
        turn.touch(activation, slot)
        zh = f"{name} 代 {slot.name}" if act.to else f"不再有人代 {slot.name}"
        en = f"{name} may act for {slot.name}" if act.to else f"Nobody acts for {slot.name} any more"
        why = Label.of(act.reason)
        turn.say("agent", f"{zh}（{why.zh}）", f"{en} ({why.en})", node=activation.node, person=slot.actor)
    return Label(zh="代理已登记", en="The agent is noted")
