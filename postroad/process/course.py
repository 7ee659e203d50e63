"""How far an instance has come on the picture of its process, as its tasks, its story and its effects tell."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import AwareDatetime

from postroad.model.base import Fact
from postroad.model.decision import Action
from postroad.model.effect import EffectStatus
from postroad.model.label import Label
from postroad.model.process import Approval, Call, Cc, Effect, End, Node, Process, Wait, Work
from postroad.model.table import Table
from postroad.model.task import InstanceStatus, InstanceView, Line, Task, TaskKind, TaskState
from postroad.process.laid import laid
from postroad.process.tree import Tree, plain
from postroad.process.ways_taken import ways_taken
from postroad.process.words.rows import Hit, hit
from postroad.process.words.sentences import outcome

State = Literal["not_yet", "waiting", "current", "done", "skipped", "returned", "cancelled", "trouble"]
ACTIVE: frozenset[State] = frozenset({"waiting", "current", "trouble"})
_ENDED = frozenset({InstanceStatus.FINISHED, InstanceStatus.FAILED})
_BESIDE_THE_WAY = frozenset(
    {"reminded", "warned", "no_deadline", "escalated", "not_escalated", "agent", "urged", "filled", "dropped", "held"}
)
"""Lines that say nothing of how far a node is."""


class Part(Fact):
    """Somebody's part in a node: who has it or had it, since when, until when, and what came of it."""

    task: str
    person: str
    name: str
    agent: str | None = None
    agent_name: str = ""
    state: TaskState
    since: AwareDatetime
    until: AwareDatetime | None = None
    due_at: AwareDatetime | None = None
    action: Action | None = None
    decided_by: str | None = None
    opinion: str = ""
    why: Label | None = None
    cause: Label | None = None


class Standing(Fact):
    """One node as it stands. `at` is where: `inspect-2` is `inspect` for the second item of a list.

    `since` and `until` are of the last visit, and `seconds` how long that is, up to now if it is under way. `visits`
    counts how often it was come to. `ways` are the ways of a branch that were taken.
    """

    node: str
    at: str
    kind: str
    title: Label
    state: State
    visits: int = 0
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    seconds: int | None = None
    who: tuple[Part, ...] = ()
    outcome: Label | None = None
    rule: Hit | None = None
    effect: EffectStatus | None = None
    ways: tuple[int, ...] = ()
    cause: Label | None = None


class Course(Fact):
    """The nodes in the order of the definition, and what is asked beside them (to amend, to revoke)."""

    nodes: tuple[Standing, ...]
    beside: tuple[Standing, ...] = ()
    current: tuple[str, ...] = ()


class Told(NamedTuple):
    """What is known of an instance: `effects` by place, `tables` by the sha256 of their content."""

    view: InstanceView
    tasks: Sequence[Task]
    lines: Sequence[Line]
    effects: Mapping[str, EffectStatus] = {}
    tables: Mapping[str, Table] = {}


def course(process: Process, told: Told, now: datetime) -> Course:
    mentioned = [*(task.node for task in told.tasks), *(line.node for line in told.lines if line.node)]
    tree = laid(process, (one.removesuffix("!") for one in mentioned), told.lines)
    surveyor = _Surveyor(tree, told, now)
    nodes = tuple(surveyor.standing(place) for place in tree.places)
    beside = tuple(surveyor.beside())
    current = tuple(one.at for one in (*nodes, *beside) if one.state in ACTIVE)
    return Course(nodes=nodes, beside=beside, current=current)


class _Surveyor:
    def __init__(self, tree: Tree, told: Told, now: datetime) -> None:
        self._tree, self._told, self._now = tree, told, now
        self._over = told.view.status in _ENDED
        self._tasks: dict[str, list[Task]] = {}
        for task in told.tasks:
            self._tasks.setdefault(task.node, []).append(task)
        self._lines: dict[str, list[Line]] = {}
        for line in told.lines:
            if line.node and line.kind not in _BESIDE_THE_WAY:
                self._lines.setdefault(line.node, []).append(line)
        self._order = {place: number for number, place in enumerate(tree.places)}
        self._back = self._turns_back()
        self._states: dict[str, State] = {}

    def standing(self, place: str) -> Standing:
        node, state = self._tree.node(place), self.state(place)
        tasks, lines = self._of_last_visit(place), self._lines.get(place, [])
        since, until = self._times(place, state)
        is_told = state not in {"not_yet", "skipped"}
        rule = next((line for line in reversed(lines) if line.kind == "decided"), None) if is_told else None
        table = self._told.tables.get(str(rule.data.get("sha256"))) if rule else None
        return Standing(
            node=plain(place),
            at=place,
            kind=node.kind,
            title=node.label,
            state=state,
            visits=self._visits(place),
            since=since,
            until=until,
            seconds=int(((until or self._now) - since).total_seconds()) if since and is_told else None,
            who=tuple(_part(task) for task in tasks),
            outcome=self._outcome(node, state, lines),
            rule=hit(rule.data, table) if rule else None,
            effect=self._told.effects.get(place),
            ways=tuple(ways_taken(self._tree, place, self._told.lines, self._seen())) if is_told else (),
            cause=self._cause(place),
        )

    def beside(self) -> list[Standing]:
        """What is asked of people beside the nodes: to amend what was returned, to revoke, to see to the document."""
        found = []
        for node, tasks in self._tasks.items():
            waiting = [task for task in tasks if task.closed_at is None]
            if node.startswith("@") and waiting:
                first = min(task.opened_at for task in waiting)
                found.append(
                    Standing(
                        node=node,
                        at=node,
                        kind=waiting[0].kind.value,
                        title=waiting[0].title,
                        state="trouble" if waiting[0].kind is TaskKind.EXCEPTION else "current",
                        visits=len({task.epoch for task in tasks}),
                        since=first,
                        seconds=int((self._now - first).total_seconds()),
                        who=tuple(_part(task) for task in waiting),
                        cause=waiting[0].cause,
                    )
                )
        return found

    def state(self, place: str) -> State:
        if place not in self._states:
            self._states[place] = self._found(place)
        return self._states[place]

    def _found(self, place: str) -> State:
        halts = {halt.kind for halt in self._told.view.halts if halt.node == place}
        waiting = {task.state for task in self._tasks.get(place, ()) if task.closed_at is None}
        if "trouble" in halts or any(task.closed_at is None for task in self._tasks.get(f"{place}!", ())):
            return "trouble"
        if waiting & {TaskState.OPEN, TaskState.WAITING}:
            return "current" if TaskState.OPEN in waiting else "waiting"
        if halts:
            return "waiting"
        if place not in self._seen():
            return self._of_one_that_was_not_met(place)
        if self._lines.get(place) and self._lines[place][-1].kind == "skipped":
            return "skipped"
        if any(self.state(one) in ACTIVE for one in self._tree.inside(place)):
            return "current"
        return "returned" if self._is_turned_back(place) else self._of_its_kind(place, self._tree.node(place))

    def _of_its_kind(self, place: str, node: Node) -> State:
        if isinstance(node, Effect):
            return _OF_EFFECT.get(self._told.effects.get(place, EffectStatus.CONFIRMED), "done")
        if isinstance(node, Approval | Work):
            tasks = self._of_last_visit(place)
            cut = bool(tasks) and all(task.state is TaskState.CANCELLED for task in tasks)
            return "cancelled" if cut and not self._line(place, "passed_over", "auto") else "done"
        if isinstance(node, Wait):
            arrived = sum(line.kind == "wait" for line in self._lines.get(place, ())) % 2 == 0
            return "done" if arrived else self._unless_over("waiting")
        if isinstance(node, Call) and node.wait:
            return "done" if self._line(place, "call_over") else self._unless_over("waiting")
        if self._tree.inside(place) and not self._over and not self._has_gone_on(place):
            return "current"
        return "done"

    def _unless_over(self, state: State) -> State:
        return "cancelled" if self._over else state

    def _of_one_that_was_not_met(self, place: str) -> State:
        """Gone by, because another way was taken or the process is over; else it may still come."""
        for around in self._tree.above(place):
            taken = ways_taken(self._tree, around, self._told.lines, self._seen())
            other_way = bool(taken) and self._tree.branch_in(place, around) not in taken
            if other_way or self.state(around) in {"skipped", "done", "cancelled"}:
                return "skipped"
        return "skipped" if self._over or self._has_gone_on(place) else "not_yet"

    def _has_gone_on(self, place: str) -> bool:
        """Whether what follows in its sequence, or behind a node around it, was come to since."""
        following = [*self._tree.after(place), *(one for up in self._tree.above(place) for one in self._tree.after(up))]
        return any(one in self._seen() and not self._is_turned_back(one) for one in following)

    def _seen(self) -> frozenset[str]:
        """The places that were come to: those that are spoken of, and those around them."""
        if not hasattr(self, "_met"):
            said = {one.removesuffix("!") for one in (*self._tasks, *self._lines, *self._told.effects)}
            named = {one for one in said if one in self._tree.places}
            self._met = frozenset(named | {up for one in named for up in self._tree.above(one)})
        return self._met

    def _turns_back(self) -> list[tuple[int, int]]:
        """When it went back, and from which place on everything is to come again."""
        found: list[tuple[int, int]] = []
        for line in self._told.lines:
            if line.kind == "sent_back" and line.node in self._order:
                found.append((line.number, self._order[line.node]))
            elif line.kind == "returned":
                found.append((line.number, 0))
            elif line.kind == "straight_back" and found:
                found.pop()
        return found

    def _is_turned_back(self, place: str) -> bool:
        inside = [place, *self._tree.inside(place)]
        last = max((line.number for one in inside for line in self._lines.get(one, ())), default=0)
        return any(number > last and self._order[place] >= start for number, start in self._back)

    def _of_last_visit(self, place: str) -> list[Task]:
        tasks = self._tasks.get(place, [])
        last = max((task.epoch for task in tasks), default=0)
        return [task for task in tasks if task.epoch == last]

    def _visits(self, place: str) -> int:
        epochs = {task.epoch for task in self._tasks.get(place, ())}
        opened = sum(line.kind in _OPENING for line in self._lines.get(place, ()))
        return max(len(epochs), opened, 1 if place in self._seen() and self.state(place) != "skipped" else 0)

    def _times(self, place: str, state: State) -> tuple[datetime | None, datetime | None]:
        if state in {"not_yet", "skipped"}:
            return None, None
        inside = [one for one in (place, *self._tree.inside(place)) if one in self._seen()]
        tasks = [task for one in inside for task in self._of_last_visit(one)]
        lines = [line.at for one in inside for line in self._lines.get(one, ())]
        began = [task.opened_at for task in tasks] or lines
        since = min(began, default=None)
        if state in ACTIVE:
            return since, None
        ended = [*(task.closed_at for task in tasks if task.closed_at), *(one for one in lines if not tasks)]
        return since, max(ended, default=since)

    def _outcome(self, node: Node, state: State, lines: Sequence[Line]) -> Label | None:
        if state in {"not_yet", "current", "waiting"} or not lines:
            return None
        if isinstance(node, End):
            return outcome(node.outcome)
        last = lines[-1]
        if last.person is None or isinstance(node, Cc):
            return last.text
        name = next((name for task in self._told.tasks for name in _names(task, last.person)), last.person)
        known = last.text.zh.startswith(name)
        return last.text if known else Label(zh=f"{name} {last.text.zh}", en=f"{name}: {last.text.en}")

    def _cause(self, place: str) -> Label | None:
        asked = next((task.cause for task in self._tasks.get(f"{place}!", ()) if task.closed_at is None), None)
        return asked or next((halt.text for halt in self._told.view.halts if halt.node == place), None)

    def _line(self, place: str, *kinds: str) -> bool:
        return any(line.kind in kinds for line in self._lines.get(place, ()))


_OPENING = frozenset({"decided", "branch", "parallel", "each", "told", "effect", "called"})
_OF_EFFECT: Mapping[EffectStatus, State] = {
    EffectStatus.PLANNED: "current",
    EffectStatus.SENT: "current",
    EffectStatus.COMPENSATED: "returned",
}


def _part(task: Task) -> Part:
    return Part(
        task=task.id,
        person=task.person,
        name=task.name,
        agent=task.agent,
        agent_name=task.agent_name,
        state=task.state,
        since=task.opened_at,
        until=task.closed_at,
        due_at=task.due_at,
        action=task.action,
        decided_by=task.decided_by,
        opinion=task.opinion,
        why=task.reason,
        cause=task.cause,
    )


def _names(task: Task, person: str) -> list[str]:
    return [name for one, name in ((task.person, task.name), (task.agent, task.agent_name)) if one == person and name]
