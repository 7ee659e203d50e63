"""R19 去重: who approved this very form before is not asked again, where the process says so."""

from postroad.model.process import Approval, Work
from postroad.process import deciding
from postroad.process.approval import YES
from postroad.process.state import Activation, Slot
from postroad.process.tree import of_one_item, path_of
from postroad.process.turn import Turn


def spare(turn: Turn, activation: Activation, node: Approval) -> None:
    """Pass, for each person asked, what a decision of theirs stands for; the system does it, and says so."""
    spared = False
    for slot in activation.counting:
        source = _source(turn, node, slot.actor)
        if source is None:
            continue
        before, decision = source
        label = turn.tree.node(before.node).label
        slot.source = f"{before.node}/{before.epoch}/{decision.number}"
        turn.close(
            activation, slot, "auto", cause=f"已在“{label.zh}”同意同一内容 / approved the same form in “{label.en}”"
        )
        turn.say(
            "auto",
            f"{slot.name} 已在“{label.zh}”同意同一内容，自动通过",
            f"{slot.name} approved the same form in “{label.en}”; passed",
            node=node.id,
            source=slot.source,
        )
        spared = True
    if spared:
        deciding.settle(turn, activation, None, by="系统")


def _source(turn: Turn, node: Approval, person: str) -> tuple[Activation, Slot] | None:
    """The decision that stands for this person's; C6: of the predecessors each has to be this person's alone."""
    if node.dedupe == "consecutive":
        before = _predecessors(turn, node.id)
        found = [_decision(turn, activation, person, alone=True) for activation in before]
        holds = found and all(found) and all(_holds_for(activation, node) for activation in before)
        return next((one for one in found if one), None) if holds else None
    passed = [_decision(turn, one, person, alone=False) for one in _passed(turn) if _holds_for(one, node)]
    return next((one for one in reversed(passed) if one), None)


def _holds_for(before: Activation, node: Approval) -> bool:
    """What was decided about one item says nothing about another, nor about the whole."""
    path = path_of(before.node)
    return path_of(node.id)[: len(path)] == path


def _decision(turn: Turn, activation: Activation, person: str, *, alone: bool) -> tuple[Activation, Slot] | None:
    """The person's approval of the form as it is, if nothing went back since; with `alone`, nobody else decided.

    What an agent decided, the agent has seen and not the one it was decided for.
    """
    decided = [slot for slot in activation.counting if slot.state in YES]
    if alone and any(slot.doer != person for slot in decided):
        return None
    theirs = (slot for slot in decided if slot.doer == person)
    found = next((slot for slot in theirs if _still_holds(turn, slot)), None)
    return (activation, found) if found else None


def _still_holds(turn: Turn, slot: Slot) -> bool:
    same = slot.form_hash == turn.state.form_hash and slot.overdue is None
    return same and slot.closed_revision > turn.state.turned_back


def _passed(turn: Turn) -> list[Activation]:
    """What people decided on the taken path, in the order in which they left it."""
    keys = [f"{node}/{epoch}" for node, epoch in turn.state.trail if _asks(turn, node)]
    return [turn.state.activations[key] for key in keys if key in turn.state.activations]


def _predecessors(turn: Turn, node_id: str) -> list[Activation]:
    """Where people were asked last: after a join, the last of every branch."""
    passed = [one for one in _passed(turn) if of_one_item(one.node, node_id)]
    if not passed:
        return []
    last, tree = passed[-1], turn.tree
    joined = [one for one in tree.above(last.node) if tree.forks(one) and not tree.is_below(node_id, one)]
    if not joined:
        return [last]
    by_branch = {tree.branch_in(one.node, joined[-1]): one for one in passed if tree.is_below(one.node, joined[-1])}
    return list(by_branch.values())


def _asks(turn: Turn, node_id: str) -> bool:
    return node_id in turn.tree.places and isinstance(turn.tree.node(node_id), Approval | Work)
