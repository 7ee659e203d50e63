"""R7–R11: people asked in addition (加签) and no longer (减签)."""

from postroad.model.decision import Click, Signers
from postroad.model.label import Label
from postroad.model.people import Candidate
from postroad.process import agents, deciding, handing
from postroad.process.refused import forbidden
from postroad.process.state import Activation, Round, Slot
from postroad.process.turn import Turn

MOST_ADDED = 20
DEEPEST = 2
ADDED = frozenset({"before", "after", "parallel"})
_PLACES = {
    "before": Label(zh="前加签", en="before"),
    "after": Label(zh="后加签", en="after"),
    "parallel": Label(zh="并加签", en="beside"),
}


def check(turn: Turn, activation: Activation, slot: Slot, signers: Signers | None) -> Signers:
    """R10, C7: whom one may add, and how many. Raises Refused."""
    if signers is None:
        raise forbidden("请选择加签给谁", "Say whom to add")
    if len(set(signers.people)) < len(signers.people):
        raise forbidden("同一人只能加签一次", "Nobody is added twice")
    for person in signers.people:
        handing.check_not_initiator(turn, activation, person)
    again = [signers.names.get(person, person) for person in signers.people if activation.asks(person)]
    if again:
        listed = "、".join(again)
        raise forbidden(f"{listed} 已是此任务的处理人", f"{listed} already has a part in this task")
    if signers.advisory and signers.place != "before":
        raise forbidden("只有前加签可以只征求意见", "Only those asked before can be asked for an opinion alone")
    if signers.place != "parallel" and _round_under_way(activation, slot):
        raise forbidden("前加签与后加签不能同时进行", "People before and after cannot be asked at the same time")
    if depth(activation, slot) >= DEEPEST:
        raise forbidden(f"加签最多 {DEEPEST} 层", f"At most {DEEPEST} levels of people can be added")
    added = sum(1 for other in activation.slots if other.origin in ADDED and other.replaces is None)
    if added + len(signers.people) > MOST_ADDED:
        raise forbidden(f"一个节点最多加签 {MOST_ADDED} 人", f"At most {MOST_ADDED} people are added to one step")
    return signers


def _round_under_way(activation: Activation, slot: Slot) -> bool:
    return any(one.adder == slot.number and one.state in {"planned", "open"} for one in activation.rounds)


def depth(activation: Activation, slot: Slot) -> int:
    """How many people, one after another, added up to this slot; 0 for one the process itself asked."""
    if slot.origin not in ADDED or slot.parent is None:
        return 0
    return 1 + depth(activation, activation.slot(slot.parent))


def add(turn: Turn, activation: Activation, slot: Slot, signers: Signers, click: Click) -> None:
    """Ask these people as well; `check` has passed."""
    if signers.place == "parallel":
        _beside(turn, activation, slot, signers, click.actor)
    else:
        _around(turn, activation, slot, signers, click.actor)
    names = "、".join(signers.names.get(person, person) for person in signers.people)
    place = _PLACES[signers.place]
    done = agents.told(slot, click.actor, Label(zh=f"{place.zh} {names}", en=f"Asks {names} as well, {place.en}"))
    turn.say(
        "added",
        done.zh,
        done.en,
        node=activation.node,
        person=click.actor,
        opinion=slot.opinion,
        channel=click.channel,
        click=click.id,
        task=click.task,
    )


def _beside(turn: Turn, activation: Activation, slot: Slot, signers: Signers, by: str) -> None:
    """R9: a part of its own beside the adder's; in a sequence right after."""
    rounds = activation.rounds
    in_turn = (rounds[slot.round - 1].mode if slot.round else activation.mode) == "sequence"
    group = [one for one in activation.slots if one.round == slot.round and one.origin != "delegate"]
    for other in group:
        if in_turn and other.open and other.position > slot.position:
            other.position += len(signers.people)
    first = slot.position + 1 if in_turn else max(one.position for one in group) + 1
    for place, candidate in enumerate(_candidates(slot, signers, by), start=first):
        turn.add_slot(
            activation,
            candidate,
            state="wait" if in_turn else "active",
            position=place,
            origin=slot.origin if slot.round else "parallel",
            parent=slot.number,
            round_=slot.round,
        )


def _around(turn: Turn, activation: Activation, slot: Slot, signers: Signers, by: str) -> None:
    """R7, R8: a round of its own, asked before the adder decides, or as soon as he has agreed."""
    assert signers.place != "parallel"  # noqa: S101 - said for the type checker
    round_ = Round(
        number=len(activation.rounds) + 1,
        adder=slot.number,
        place=signers.place,
        mode=signers.mode,
        advisory=signers.advisory,
    )
    activation.rounds.append(round_)
    for place, candidate in enumerate(_candidates(slot, signers, by), start=1):
        turn.add_slot(
            activation,
            candidate,
            state="wait",
            position=place,
            origin=signers.place,
            parent=slot.number,
            round_=round_.number,
        )
    if signers.place == "before":
        slot.state = "wait"
        turn.touch(activation, slot)
        deciding.open_round(turn, activation, round_)


def _candidates(slot: Slot, signers: Signers, by: str) -> list[Candidate]:
    name = agents.signature(slot, by)
    reason = Label(zh=f"{name} 加签", en=f"Added by {name}")
    return [
        handing.receiver(one, signers.names.get(one, one), signers.agents.get(one), reason) for one in signers.people
    ]


def removable(activation: Activation, slot: Slot) -> list[Slot]:
    """Those whom this slot's person, or the one he took over from, added and who have not decided."""
    lineage = activation.lineage(slot)
    return [one for one in activation.slots if one.parent in lineage and is_removable(one)]


def is_removable(slot: Slot) -> bool:
    return slot.origin in ADDED and slot.open and slot.state != "held"


def remove(turn: Turn, activation: Activation, slot: Slot, *, by: str, click: Click | None = None) -> None:
    """R11: `slot` and whoever its person added are no longer asked. It may pass the node, never decide for the adder.

    Raises Refused for the last one who counts (C9).
    """
    if slot.round is None and len(activation.counting) == 1:
        raise forbidden("不能移除最后一位审批人", "The last one who decides cannot be removed")
    deciding.dismiss(turn, activation, slot, f"{by} 已减签 / {by} no longer asks for it")
    told = (
        {"opinion": click.opinion.strip(), "channel": click.channel, "click": click.id, "task": click.task}
        if click
        else {}
    )
    said = {"node": activation.node, "person": click.actor if click else None, "by": by, **told}
    turn.say("removed", f"减签 {slot.name}", f"No longer asks {slot.name}", **said)
    deciding.settle(turn, activation, slot.round, by=by)
