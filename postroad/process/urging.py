"""R24 催办: those whose turn it is are reminded, not too often and not for ever."""

from datetime import timedelta

from postroad.model.label import Label
from postroad.model.task import TaskKind
from postroad.process import agents
from postroad.process.refused import forbidden
from postroad.process.turn import Turn

APART = timedelta(hours=2)
MOST = 5
_URGED = frozenset({TaskKind.APPROVAL, TaskKind.WORK, TaskKind.REVOKE})


def urge(turn: Turn, by: Label) -> None:
    """Say on every task that somebody can do now who urges, and how often it was. Raises Refused."""
    state = turn.state
    active = [
        (activation, slot)
        for activation in state.activations.values()
        for slot in activation.slots
        if activation.kind in _URGED and activation.state == "open" and slot.state == "active"
    ]
    if not active:
        raise forbidden("现在没有等待办理的人", "Nobody is being waited for now")
    if len(state.urged) >= MOST:
        raise forbidden(f"最多催办 {MOST} 次", f"People are reminded {MOST} times at most")
    if state.urged and turn.at - state.urged[-1] < APART:
        hours = int(APART.total_seconds() // 3600)
        raise forbidden(f"{hours} 小时内已催办过", f"They were reminded less than {hours} hours ago")
    state.urged = [*state.urged, turn.at]
    times = len(state.urged)
    for activation, slot in active:
        slot.reminders += 1
        slot.cause = Label(zh=f"{by.zh}催办（第 {times} 次）", en=f"{by.en} asks for it (reminder {times})")
        turn.touch(activation, slot)
    names = agents.listed(slot for _, slot in active)
    turn.say("urged", f"催办 {names.zh}", f"Reminded {names.en}")
