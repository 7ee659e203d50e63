"""R21 代理: who may act for the person of a slot, which stays that person's; both may act, and the first wins.

A decision by the agent counts as the person's where votes are counted and the way is chosen, and as the agent's own
where it matters who really looked: nobody has two parts in one activation, the initiator none in the own request, and
only the one who really decided is spared the next time.
"""

from collections.abc import Iterable

from postroad.model.label import Label
from postroad.model.people import Candidate, StandIn
from postroad.model.task import TaskKind
from postroad.process.state import Activation, Slot

NEVER = frozenset({TaskKind.CC, TaskKind.RESUBMIT})
"""A copy asks for nothing, and submitting again is the initiator's own doing."""


def of(activation: Activation, candidate: Candidate, was: Slot | None, initiator: str) -> StandIn | None:
    """Who acts for a candidate who is away; a slot that is asked anew keeps its agent."""
    agent = StandIn(person=candidate.agent, name=candidate.agent_name) if candidate.agent else None
    if agent is None and was is not None and was.agent and was.actor == candidate.person:
        agent = StandIn(person=was.agent, name=was.agent_name)
    if agent is None or activation.kind in NEVER or not may_act(activation, candidate.person, agent.person, initiator):
        return None
    return agent


def may_act(activation: Activation, person: str, agent: str, initiator: str, *, beside: Slot | None = None) -> bool:
    """Whether `agent` may act for `person`; what the slot `beside` says is not looked at."""
    return agent not in {person, initiator} and not activation.asks(agent, beside=beside)


def acted_for(activation: Activation, person: str) -> list[Slot]:
    """The open slots for whose person this one may act."""
    return [slot for slot in activation.slots if slot.open and slot.agent == person]


def appoint(slot: Slot, agent: StandIn | None) -> None:
    """From now on this one may act for the slot's person, and no other."""
    known = [*slot.former_agents, *([slot.agent] if slot.agent else [])]
    slot.agent, slot.agent_name = (agent.person, agent.name) if agent else (None, "")
    slot.former_agents = [one for one in dict.fromkeys(known) if one != slot.agent]


def acting(slot: Slot, person: str) -> StandIn | None:
    """The agent, where it is the agent who acts and not the slot's own person."""
    return StandIn(person=person, name=slot.agent_name) if person == slot.agent else None


def signature(slot: Slot, person: str) -> str:
    """Who does something to the slot, in words: 陈静, or 孙磊 代 陈静."""
    agent = acting(slot, person)
    return f"{agent.name} 代 {slot.name}" if agent else slot.name


def told(slot: Slot, person: str, what: Label) -> Label:
    """What was done, as the story says it of the one who did it."""
    if acting(slot, person) is None:
        return what
    return Label(zh=f"代 {slot.name} {what.zh}", en=f"{what.en}, for {slot.name}")


def why(slot: Slot) -> Label:
    """Why it is this person, and who may act meanwhile."""
    if slot.agent is None:
        return slot.reason
    return Label(
        zh=f"{slot.reason.zh}（{slot.agent_name} 代 {slot.name}）",
        en=f"{slot.reason.en} ({slot.agent_name} for {slot.name})",
    )


def named(slot: Slot) -> Label:
    """The slot's person, and who may act meanwhile."""
    if slot.agent is None:
        return Label(zh=slot.name, en=slot.name)
    return Label(zh=f"{slot.name}（{slot.agent_name} 代）", en=f"{slot.name} ({slot.agent_name} may act)")


def listed(slots: Iterable[Slot]) -> Label:
    """Those whose turn it is, each once, with whoever may act meanwhile."""
    names = dict.fromkeys(named(slot) for slot in slots)
    return Label(zh="、".join(name.zh for name in names), en=", ".join(name.en for name in names))
