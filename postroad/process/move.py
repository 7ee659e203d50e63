"""Running instances and a new release of their process: which can move, why others cannot, and the move itself."""

from collections.abc import Iterator
from datetime import datetime

from postroad.model.decision import Answer, Verdict
from postroad.model.label import Label
from postroad.model.move import Considered, Edition, Fitness, MoveOrder, Note, Renames
from postroad.model.process import Branch
from postroad.model.task import Task
from postroad.process import edits, revoking, taking_back, views
from postroad.process.advance import Advance
from postroad.process.commands import Sleep
from postroad.process.differences import can_go_back, differences, finished
from postroad.process.fitting import misfits
from postroad.process.relocation import Relocation, note, once
from postroad.process.renaming import renamed
from postroad.process.state import Activation, Slot, State
from postroad.process.turn import Turn
from postroad.process.unanswered import unanswered


def consider(old: Edition, new: Edition, state: State, mapping: Renames) -> Considered:
    """Whether an instance of `old` can go on in `new`, and what would be different for it.

    What was decided and done stays; what is under way has to be in the new release, as the same kind of node in the
    same branches. `mapping` says what nodes have become that are called otherwise there.
    """
    stays = tuple(_not_now(old, new, state))
    if stays:
        return Considered(verdict=Fitness.MUST_STAY, reasons=stays)
    moving = Relocation(old, new, state, mapping)
    against = misfits(moving) or list(unanswered(moving))
    if against:
        found = {fitness for fitness, _ in against}
        verdict = Fitness.MUST_STAY if Fitness.MUST_STAY in found else Fitness.NEEDS_MAPPING
        return Considered(verdict=verdict, reasons=once(reason for _, reason in against))
    return Considered(verdict=Fitness.SAFE, changes=once(differences(moving)))


def _not_now(old: Edition, new: Edition, state: State) -> Iterator[Note]:
    """Why the instance stays whatever the new release says of its nodes; some of it passes by itself."""
    before, after = old.process, new.process
    if before.process != after.process:
        yield note("other_process", f"{new.release} 是另一个流程", f"{new.release} is another process")
    elif (before.document.system, before.document.kind) != (after.document.system, after.document.kind):
        yield note("other_document", "新版本针对另一种单据", "the new release is about other documents")
    if state.over:
        yield note("over", "流程已结束", "it has ended")
    elif old.release == new.release:
        yield note("already_there", f"已在 {new.release}", f"it is on {new.release} already")
    elif state.started_at is None:
        yield note("not_begun", "尚未开始，稍后再迁移", "it has not begun; move it later")
    elif state.suspension and (state.suspension.planned or state.suspension.elapsed):
        yield note("due", "有步骤等恢复后继续，恢复后再迁移", "steps are due when it is resumed; move it afterwards")
    elif revoking.under_way(state):
        yield note("revoking", "正在申请撤销审批", "people are being asked to revoke the approval")
    elif state.unwinding or state.returning or state.walking:
        yield note("turning_back", "正在退回或撤销，稍后再迁移", "it is on its way back; move it later")
    else:
        yield from _busy(state)


def _busy(state: State) -> Iterator[Note]:
    for command in state.pending.values():
        if not isinstance(command, Sleep):
            title = command.title
            yield note(
                "busy", f"正在进行：{title.zh}，稍后再迁移", f"under way: {title.en}; move it later", command.node
            )


def move(old: Edition, new: Edition, state: State, order: MoveOrder, at: datetime) -> Advance:
    """The instance in the new release, if it can be there; else the state as it was, and the reasons as the answer.

    An order that was carried out before changes nothing. A timer whose node has another name is dropped and set anew.
    """
    first = state.answers.get(order.id)
    if first is not None:
        again = {"verdict": Verdict.DUPLICATE, "first": first.first or first.verdict}
        return Advance(state, answer=first.model_copy(update=again))
    considered = consider(old, new, state, order.to.mapping)
    if considered.verdict is not Fitness.SAFE:
        answer = Answer(click=order.id, verdict=Verdict.FORBIDDEN, message=why_not(considered))
        return Advance(state, answer=answer)
    turn = Turn(new.process, _in_new_release(old, new, state, order.to.mapping), at)
    turn.state.revision += 1
    return _moved(turn, Turn(old.process, state, at), order)


def why_not(considered: Considered) -> Label:
    """The reasons as one text."""
    zh = "；".join(reason.text.zh for reason in considered.reasons)
    return Label(zh=zh, en="; ".join(reason.text.en for reason in considered.reasons))


def _in_new_release(old: Edition, new: Edition, state: State, mapping: Renames) -> State:
    moving = Relocation(old, new, state, mapping)
    moved = renamed(state, mapping, new.release)
    for node, branches in finished(moving).items():
        moved.runs[node].finished = branches
    for name, run in moved.runs.items():
        fork = moving.now.tree.node(name)
        if isinstance(fork, Branch) and fork.inclusive:
            run.chosen = sorted({*run.finished, *moving.now.branches_under_way(name)})
    moved.trail = [(moving.name(node), epoch) for node, epoch in state.trail if can_go_back(moving, node)]
    return moved


def _looks(turn: Turn, activation: Activation, slot: Slot) -> Task:
    return views.task(turn, activation, slot).model_copy(update={"revision": 0})


def _moved(turn: Turn, before: Turn, order: MoveOrder) -> Advance:
    """Say so, and show everybody the tasks that look different now."""
    was, now = before.state.release, turn.state.release
    edits.show(turn)
    if turn.process.take_back or turn.state.takeable:
        taking_back.offer(turn)
    for key, old in zip(turn.state.activations, before.state.activations.values(), strict=True):
        activation = turn.state.activations[key]
        for slot in activation.slots:
            if slot.open and _looks(turn, activation, slot) != _looks(before, old, old.slot(slot.number)):
                turn.touch(activation, slot)
    turn.say(
        "moved",
        f"迁移到新版本 {now}（原 {was}）：{order.reason}",
        f"Moved to the release {now} (from {was}): {order.reason}",
        person=order.by,
        before=was,
        release=now,
        mapping=order.to.mapping,
    )
    message = Label(zh=f"已迁移到 {now}", en=f"Moved to {now}")
    answer = Answer(click=order.id, verdict=Verdict.ACCEPTED, message=message)
    turn.state.answers[order.id] = answer
    pending, known = turn.state.pending, before.state.pending
    return Advance(
        turn.state,
        commands=tuple(command for key, command in pending.items() if known.get(key) != command),
        dropped=tuple(key for key, command in known.items() if pending.get(key) != command),
        record=views.record(turn, answer),
        answer=answer,
    )
