"""What cannot go on by itself: somebody is asked to look, the instance waits, and nothing is lost."""

from collections.abc import Mapping
from typing import Any

from postroad.model.decision import Action
from postroad.model.label import Label
from postroad.model.people import Resolution, Who
from postroad.model.process import Approval, Work
from postroad.model.task import TaskKind
from postroad.process.commands import Resolve
from postroad.process.state import Activation, State, Trouble
from postroad.process.turn import ANY, Turn

OWNER = (Who(process_owner=True),)
ADMINS = (Who(role="process_admin"),)
READING = "@document"


def report(
    turn: Turn, node_id: str, reason: str, *, key: str | None = None, facts: Mapping[str, Any] | None = None
) -> None:
    """Ask the process owner about `node_id`; `key` names the command that is to be tried again.

    `facts` stand in the story with the reason.
    """
    forget(turn, node_id, "由新的异常取代 / a newer trouble took its place")
    epoch = turn.next_epoch(f"{node_id}!")
    why = Label.of(reason)
    turn.state.troubles[node_id] = Trouble(reason=why, key=key, epoch=epoch, since=turn.at)
    turn.say("trouble", f"需要人工处理：{why.zh}", f"Needs a person: {why.en}", node=node_id, **(facts or {}))
    find_owner(turn, node_id)


def find_owner(turn: Turn, node_id: str) -> None:
    found = turn.state.troubles[node_id]
    title = Label(zh="异常处理人", en="Find who handles the trouble")
    turn.issue(Resolve(key=f"{node_id}!/{found.epoch}", title=title, node=node_id, who=OWNER, fallback=ADMINS))


def found(turn: Turn, node_id: str, resolution: Resolution) -> None:
    """The owner is known: the trouble becomes a task. With nobody at all it stays, shown as stuck, until a nudge."""
    waiting = turn.state.troubles.get(node_id)
    if waiting is None:
        return
    if not resolution.candidates:
        turn.say(
            "held",
            "没有人可以处理异常，等待管理员",
            "There is nobody to handle the trouble; waits for an administrator",
            node=node_id,
        )
        return
    title = Label(zh=f"异常处理：{_name(turn, node_id).zh}", en=f"Trouble: {_name(turn, node_id).en}")
    turn.ask(
        f"{node_id}!",
        waiting.epoch,
        TaskKind.EXCEPTION,
        title,
        resolution.candidates,
        rule=ANY,
        trouble=waiting.reason,
    )


def _name(turn: Turn, node_id: str) -> Label:
    if node_id == READING:
        return Label(zh="读取单据", en="Read the document")
    return turn.tree.label(node_id)


def forget(turn: Turn, node_id: str, cause: str) -> None:
    """The trouble is no longer anybody's."""
    gone = turn.state.troubles.pop(node_id, None)
    if gone is None:
        return
    turn.drop([f"{node_id}!/{gone.epoch}"])
    activation = turn.state.activations.get(f"{node_id}!/{gone.epoch}")
    if activation and activation.state == "open":
        turn.cancel(activation, cause)


def open_in(state: State) -> bool:
    return bool(state.troubles)


def held(state: State) -> list[str]:
    """The nodes with a trouble that nobody holds and nobody is being looked for."""
    keys = {node: f"{node}!/{it.epoch}" for node, it in state.troubles.items()}
    return [node for node, key in keys.items() if key not in state.activations and key not in state.pending]


def choices(turn: Turn, activation: Activation) -> tuple[Action, ...]:
    """What may be done about it.

    An approval or a person's work is never skipped, that would decide in their name; nor is reading the document.
    """
    node_id = activation.node.removesuffix("!")
    node = turn.tree.places.get(node_id)
    human = node is not None and isinstance(node.node, Approval | Work)
    return (Action.RETRY,) if human or node_id == READING else (Action.RETRY, Action.SKIP)
