"""R26: what follows from a change of the form under way, in the document's own system or by what people filled in.

Whoever still has to decide sees the form as it is. Who has decided is asked anew where the process says so: by default
where they could see what changed. Steps that were passed stand, unless the process reaches back for the whole run.
"""

from collections.abc import Collection, Iterator

from postroad.model.label import Label
from postroad.process import changes, reopening, returning, rights
from postroad.process.state import Activation, Slot
from postroad.process.turn import Turn


def follow(turn: Turn, changed: Collection[str], standing: Collection[tuple[str, int]] = ()) -> None:
    """These fields of the form changed. What `standing` names, by activation and slot, is left as it was decided."""
    if changed and turn.process.reach == "run":
        _reach_back(turn, changed)
    concerned = [activation for activation in _open(turn) if changes.concern(turn, activation, changed)]
    show(turn)
    for activation in concerned:
        _ask_anew(turn, activation, changed, {slot for key, slot in standing if key == _key(activation)})


def show(turn: Turn) -> bool:
    """Those who still have to decide see the form as it is; what they press on an old one is stale.

    False when it is as they saw it.
    """
    stale = [activation for activation in _open(turn) if activation.form_hash != turn.form_at(activation.node)]
    for activation in stale:
        activation.form_hash = turn.form_at(activation.node)
        turn.touch(activation, *(slot for slot in activation.slots if slot.open))
    return bool(stale)


def of_one(activation: Activation, slot: Slot) -> list[tuple[str, int]]:
    """A decision, and the rejections of those who had asked for it that follow from it."""
    above = activation.slot(activation.rounds[slot.round - 1].adder) if slot.round else None
    follows = above is not None and above.state == "rejected"
    return [(_key(activation), slot.number), *(of_one(activation, above) if above and follows else ())]


def _key(activation: Activation) -> str:
    return f"{activation.node}/{activation.epoch}"


def _open(turn: Turn) -> list[Activation]:
    return [activation for activation in turn.state.activations.values() if activation.state == "open"]


def _ask_anew(turn: Turn, activation: Activation, changed: Collection[str], standing: set[int]) -> None:
    void = reopening.decided(activation) - standing
    has = rights.at(turn.tree, activation.node)
    fields = [rights.title(turn.process, field) for field in changed if rights.visible(has, field)]
    what = Label(zh=f"{'、'.join(fields)} 已变更", en=f"{', '.join(fields)} changed") if fields else _SOMETHING
    cause = Label(zh=f"{what.zh}，请重新审批", en=f"{what.en}; please decide again")
    anew = reopening.reopen_slots(turn, activation, void, cause) if void else []
    asked = [activation.slot(number) for number in sorted(void)]
    if anew:
        names = "、".join(slot.name for slot in asked)
        turn.say(
            "asked_anew",
            f"{what.zh}，重新征求 {names} 的意见",
            f"{what.en}; {names} asked again",
            node=activation.node,
            changed=[field for field in changed if rights.visible(has, field)],
            people=[{"person": slot.actor, "name": slot.name} for slot in asked],
        )


_SOMETHING = Label(zh="单据内容已变更", en="The document has changed")


def _reach_back(turn: Turn, changed: Collection[str]) -> None:
    """`reach: run`: back to the earliest step passed whose approvers could see what changed; in every branch."""
    while turn.state.runs and turn.state.unwinding is None:
        target = next(_passed(turn, changed), None)
        if target is None:
            return
        label = turn.tree.node(target).label
        turn.say(
            "asked_anew",
            f"内容已变更，从“{label.zh}”起重新审批",
            f"What was approved has changed; from “{label.en}” on it is decided again",
            node=target,
        )
        _back_to(turn, target)


def _passed(turn: Turn, changed: Collection[str]) -> Iterator[str]:
    """The steps on the way so far, earliest first, that were decided on what has changed."""
    for node, epoch in turn.state.trail:
        activation = turn.state.activations.get(f"{node}/{epoch}")
        if activation and reopening.decided(activation) and changes.concern(turn, activation, changed):
            yield node


def _back_to(turn: Turn, target: str) -> None:
    """As if from the end of the sequence in which people still are, or of the branch that waits for others."""
    tree, runs = turn.tree, turn.state.runs
    around = next((one for one in tree.above(target) if one in runs), None)
    way = [target, *tree.above(target)]
    if around is not None:
        branch = tree.branch_in(target, around)
        runs[around].finished = [one for one in runs[around].finished if one != branch]
        way = way[: way.index(around)]
    returning.go_back(turn, way[-1], target)
