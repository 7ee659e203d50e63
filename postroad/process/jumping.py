"""An administrator moves an instance to a node: back, with what was done since undone first, or on, past others.

What is under way in the same sequence is left; branches of a parallel beside it go on (R16).
"""

from dataclasses import dataclass

from postroad.model.effect import Actor
from postroad.model.event import AdminAct
from postroad.model.label import Label
from postroad.model.process import Approval, Call, Decide, Each
from postroad.process import calls, ending, returning, revoking, trouble
from postroad.process.commands import Act
from postroad.process.refused import forbidden
from postroad.process.turn import Turn


@dataclass(frozen=True)
class Jump:
    """`around`: the innermost node around the target that is under way; `place`: the nodes there that are left.

    `since`: the target and what follows it there, so what was done in these is undone. `passed`: the nodes on the taken
    path; `skipped`: what lies before the target and was not passed.
    """

    target: str
    around: str | None
    place: frozenset[str]
    since: tuple[str, ...]
    passed: frozenset[str]
    skipped: tuple[str, ...]


def jump(turn: Turn, act: AdminAct) -> Label:
    """Move it to the node that `act` names. Raises Refused."""
    target = act.node or ""
    _check_state(turn, target)
    way = _way(turn, target)
    _check_branches(turn, way)
    if not act.confirmed:
        _check_confirmed(turn, way)
    message = _told(turn, way)
    _go(turn, way, act)
    _answer_nothing(turn, way)
    return message


def _check_state(turn: Turn, target: str) -> None:
    if target not in turn.tree.places:
        raise forbidden(
            f"流程里没有节点 {target or '（未填写）'}", f"The process has no node {target or '(none was named)'}"
        )
    if turn.state.document is None:
        raise forbidden("单据尚未读取，请稍后再跳转", "The document has not been read yet; move it later")
    if revoking.under_way(turn.state):
        raise forbidden("正在撤销审批，不能跳转", "The approval is being revoked; it cannot be moved")
    if turn.state.unwinding is not None:
        raise forbidden(
            "流程正在撤销已做的操作，完成后才能跳转", "What was done is being undone; it can be moved once that is over"
        )


def _way(turn: Turn, target: str) -> Jump:
    tree, returned = turn.tree, turn.state.is_returned
    around = next((one for one in tree.above(target) if one in turn.state.runs), None)
    passed = frozenset() if returned or turn.state.walking else frozenset(node for node, _ in turn.state.trail)
    return Jump(
        target=target,
        around=around,
        place=frozenset(_place(turn, target, around)),
        since=tuple(returning.since(tree, target, around)),
        passed=passed,
        skipped=tuple(one for one in _before(turn, target, around) if one not in passed),
    )


def _place(turn: Turn, target: str, around: str | None) -> list[str]:
    """Every node of the sequence that the target stands in, as far as the node around it that goes on."""
    tree = turn.tree
    if around is None:
        return list(tree.places)
    inside = tree.inside(around)
    if not tree.forks(around):
        return inside
    branch = tree.branch_in(target, around)
    return [node for node in inside if tree.branch_in(node, around) == branch]


def _before(turn: Turn, target: str, around: str | None) -> list[str]:
    """What stands before the target in its own sequence and in those around it, outermost first."""
    tree = turn.tree
    found: list[str] = []
    here: str | None = target
    while here is not None and here != around:
        place = tree.places[here]
        in_sequence = [
            node for node, one in tree.places.items() if (one.parent, one.branch) == (place.parent, place.branch)
        ]
        found = [*in_sequence[: in_sequence.index(here)], *found]
        here = place.parent
    return found


def _check_branches(turn: Turn, way: Jump) -> None:
    """R16: no branch is entered that is not under way beside others, and none of a parallel that never began."""
    tree = turn.tree
    for ancestor in tree.above(way.target):
        if ancestor == way.around:
            break
        if tree.forks(ancestor) and not _has_begun(turn, way, ancestor):
            label = tree.node(ancestor).label
            raise forbidden(
                f"“{label.zh}”没有开始，不能只进入它的一个分支；请跳转到“{label.zh}”",
                f"“{label.en}” has not begun, so one of its branches cannot be entered alone; move to “{label.en}”",
            )
    if way.around is not None and tree.forks(way.around) and not _is_under_way(turn, way):
        label = tree.node(way.around).label
        raise forbidden(
            f"目标所在的分支没有在办理，旁边的分支还在进行；请跳转到“{label.zh}”或它之前",
            f"Nothing is under way in that branch while others go on; move to “{label.en}” or before it",
        )


def _has_begun(turn: Turn, way: Jump, node_id: str) -> bool:
    """A list that could not be read and was gone on without has no items, though it was passed."""
    unread = isinstance(turn.tree.node(node_id), Each) and node_id not in turn.state.lanes
    return node_id in way.passed and not unread


def _is_under_way(turn: Turn, way: Jump) -> bool:
    state = turn.state
    planned = [one.node for one in state.suspension.planned] if state.suspension else []
    there = [*state.runs, *planned, *(one.target for one in state.returning)]
    return any(node in way.place for node in there)


def _check_confirmed(turn: Turn, way: Jump) -> None:
    """R15: what cannot be undone, and a key control that is passed by, have to be confirmed."""
    tree = turn.tree
    lasting = [
        tree.node(one).label
        for one in way.since
        if (one in way.passed or one in turn.state.runs) and ending.done_for_good(turn.state, one)
    ]
    if lasting:
        zh, en = "、".join(one.zh for one in lasting), ", ".join(one.en for one in lasting)
        raise forbidden(
            f"以下操作不能撤销：{zh}；请确认后再跳转", f"This cannot be undone: {en}; confirm that it may stand"
        )
    keys = [tree.node(one).label for one in _passed_by(turn, way) if _is_key(turn, one)]
    if keys:
        zh, en = "、".join(one.zh for one in keys), ", ".join(one.en for one in keys)
        raise forbidden(
            f"会跳过关键控制节点：{zh}；请确认后再跳转", f"This passes by a key control: {en}; confirm that it may"
        )


def _passed_by(turn: Turn, way: Jump) -> list[str]:
    return [node for one in way.skipped for node in (one, *turn.tree.inside(one)) if node not in way.passed]


def _is_key(turn: Turn, node_id: str) -> bool:
    node = turn.tree.node(node_id)
    return isinstance(node, Approval) and node.key_control


def _told(turn: Turn, way: Jump) -> Label:
    tree = turn.tree
    target = tree.node(way.target).label
    zh, en = f"跳转到“{target.zh}”", f"Moved to “{target.en}”"
    skipped = [tree.node(one).label for one in way.skipped]
    if skipped:
        zh += f"，未完成 {'、'.join(f'“{one.zh}”' for one in skipped)}"
        en += f", not completing {', '.join(f'“{one.en}”' for one in skipped)}"
    return Label(zh=zh, en=en)


def _go(turn: Turn, way: Jump, act: AdminAct) -> None:
    state, label = turn.state, turn.tree.node(way.target).label
    cause = f"管理员已跳转到“{label.zh}” / an administrator moved it to “{label.en}”"
    if state.walking:
        state.walk_to = way.target
    elif turn.state.is_returned:
        actor = Actor(person=act.by, name=act.by_name or act.by)
        ending.unwind(turn, "walk", cause, moment="resubmitted", actor=actor, note=act.reason, target=way.target)
    else:
        _leave(turn, way, cause)
        returning.go(turn, way.target, list(way.since), waits_for=sorted(way.place - set(way.since)))


def _answer_nothing(turn: Turn, way: Jump) -> None:
    """What is passed by is known to have no answer, no items and no instance.

    So whoever a rule would have named is nobody.
    """
    for node in _passed_by(turn, way):
        if isinstance(turn.tree.node(node), Decide):
            turn.state.results.setdefault(node, None)
        elif isinstance(turn.tree.node(node), Each):
            turn.state.results.setdefault(node, [])
        elif isinstance(turn.tree.node(node), Call):
            turn.state.results.setdefault(node, calls.skipped())


def _leave(turn: Turn, way: Jump, cause: str) -> None:
    """Nothing in the place of the target is under way any more, nor on its own way back."""
    ending.abandon(turn, list(way.place), cause)
    for node in way.place:
        trouble.forget(turn, node, cause)
    turn.state.returning = [one for one in turn.state.returning if one.target not in way.place]
    if way.around is not None and not turn.tree.forks(way.around):
        # what is around the target has made its choice: its timer is over, and so is the trouble that kept it from one
        timers = [key for key, c in turn.state.pending.items() if c.node == way.around and not isinstance(c, Act)]
        turn.drop(timers)
        trouble.forget(turn, way.around, cause)
