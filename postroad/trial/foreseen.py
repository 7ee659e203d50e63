"""Who would get it: a process played to its end with everybody agreeing, and told node by node."""

from collections.abc import Iterator
from typing import Any, Literal

from postroad.model.base import Fact
from postroad.model.case import CaseStep
from postroad.model.decision import Action, Verdict
from postroad.model.label import Label
from postroad.model.process import Effect, Node
from postroad.model.task import Line, Task, TaskKind, TaskState
from postroad.process import calls, halting
from postroad.process.play import Stage
from postroad.process.tree import Tree, plain
from postroad.process.ways_taken import ways_taken
from postroad.process.words.conditions import condition
from postroad.process.words.names import Names
from postroad.process.words.rows import Hit, hit
from postroad.process.words.sentences import outcome, way_title

MOST = 1000
"""Steps played at most."""

UNKNOWN = "—"
"""What is filled in where a step wants a field that nobody has said."""

FORWARD = (Action.APPROVE, Action.COMPLETE, Action.CLAIM)


class Asked(Fact):
    """Somebody who would be asked or told, who would act meanwhile, and why it is this person."""

    person: str
    name: str
    agent: str | None = None
    agent_name: str = ""
    why: Label | None = None


class Done(Fact):
    """An effect that would be asked for, as it would be sent."""

    connector: str
    entity: str
    action: str
    args: dict[str, str]
    undo: str | None = None


class Foreseen(Fact):
    """One node. `at` is where it stands: `inspect-2` is `inspect` for the second item of a list.

    `taken`: it would be come to. `not_taken`: it would not, and `why` says so. `maybe`: that cannot be said, because
    somebody has to see to something first, or because it is not drawn yet.
    """

    node: str
    at: str
    kind: str
    title: Label
    state: Literal["taken", "not_taken", "maybe"]
    why: Label | None = None
    who: tuple[Asked, ...] = ()
    rule: Hit | None = None
    effect: Done | None = None
    ways: tuple[int, ...] = ()
    trouble: Label | None = None


class Foresight(Fact):
    """The nodes in the order of the definition. `order` names those that would be come to, in the order of coming.

    `outcome` is None where it would not come to an end by itself; `ends` says why, or how.
    """

    nodes: tuple[Foreseen, ...]
    order: tuple[str, ...]
    outcome: str | None
    ends: Label


def foresee(stage: Stage, names: Names) -> Foresight:
    """Play a case on from its start. `names` are those of the process as it is played."""
    refused = _agree_to_all(stage)
    tree = Tree(stage.process, {node: laid.names for node, laid in stage.state.lanes.items()})
    told = _Told(stage, tree, names)
    return Foresight(
        nodes=tuple(told.node(place) for place in tree.places),
        order=tuple(told.order()),
        outcome=stage.state.outcome,
        ends=refused or _ends(stage),
    )


def _ends(stage: Stage) -> Label:
    if stage.state.over:
        said = outcome(stage.state.outcome or "")
        return Label(zh=f"流程结束：{said.zh}", en=f"It ends: {said.en}")
    trouble = next(iter(stage.state.troubles.values()), None)
    if trouble:
        return Label(zh=f"需要人工处理：{trouble.reason.zh}", en=f"Needs a person: {trouble.reason.en}")
    if stage.state.is_returned:
        return Label(zh="退回发起人修改", en="It goes back to the initiator")
    return Label(zh="停在这里，需要有人处理", en="It stops here, and somebody has to see to it")


def _agree_to_all(stage: Stage) -> Label | None:
    """Everybody agrees, time passes, events come; what a person would be told who could not, if there is one."""
    tried: set[tuple[str, Action]] = set()
    for _ in range(MOST):
        if stage.state.over:
            return None
        found = next(_due(stage, tried), None)
        if found is None:
            return None
        task, step = found
        answer = stage.play(step)
        if task and answer and answer.verdict is not Verdict.ACCEPTED:
            return Label(zh=f"“{task.title.zh}”：{answer.message.zh}", en=f"“{task.title.en}”: {answer.message.en}")
    return Label(zh="步骤太多，没有算完", en="too many steps to play them all")


def _due(stage: Stage, tried: set[tuple[str, Action]]) -> Iterator[tuple[Task | None, CaseStep]]:
    """What can happen next; people first, then what was called, events and time."""
    for task in stage.tasks.values():
        action = next((one for one in FORWARD if one in task.actions), None)
        is_due = task.state is TaskState.OPEN and task.kind in {TaskKind.APPROVAL, TaskKind.WORK}
        if is_due and action and (task.id, action) not in tried:
            tried.add((task.id, action))
            said = {"as": task.person, "do": action, "node": task.node, "fields": _filled(stage, task)}
            yield task, CaseStep.model_validate(said)
    for call in calls.waited_for(stage.state):
        yield None, CaseStep(called=call.node, outcome="approved")
    for node in halting.awaited(stage.process, stage.state).values():
        yield None, CaseStep(event=node.event)
    until = min((sleep.until for sleep in stage.state.sleeping), default=None)
    if until is not None:
        yield None, CaseStep(until=until)


def _filled(stage: Stage, task: Task) -> dict[str, Any]:
    known = {**stage.case.start.document, **stage.document.data}
    wanted = [field for field, right in task.fields.items() if right == "required"]
    return {field: known.get(field) or UNKNOWN for field in wanted}


class _Told:
    """The stage after its end, node by node."""

    def __init__(self, stage: Stage, tree: Tree, names: Names) -> None:
        self._stage, self._tree, self._names = stage, tree, names
        self._lines: dict[str, list[Line]] = {}
        for line in stage.lines:
            if line.node:
                self._lines.setdefault(line.node, []).append(line)
        self._tasks: dict[str, list[Task]] = {}
        for task in stage.tasks.values():
            self._tasks.setdefault(task.node, []).append(task)
        self._entered = stage.state.epochs.keys()
        self._ways = {
            place: ways_taken(tree, place, stage.lines, self._entered)
            for place in tree.places
            if place in self._entered
        }

    def order(self) -> Iterator[str]:
        for place in self._entered:
            if place in self._tree.places and not self._line(place, "skipped"):
                yield place

    def node(self, place: str) -> Foreseen:
        node = self._tree.node(place)
        state, why = self._state(place, node)
        taken = state == "taken"
        trouble = self._stage.state.troubles.get(place)
        return Foreseen(
            node=plain(place),
            at=place,
            kind=node.kind,
            title=node.label,
            state=state,
            why=why,
            who=tuple(self._who(place)) if taken else (),
            rule=self._rule(place) if taken else None,
            effect=self._effect(place, node) if taken else None,
            ways=tuple(self._ways.get(place, ())) if taken else (),
            trouble=trouble.reason if trouble else None,
        )

    def _state(self, place: str, node: Node) -> tuple[Literal["taken", "not_taken", "maybe"], Label | None]:
        if self._line(place, "skipped"):
            said = condition(node.when, self._names)
            return "not_taken", Label(zh=f"条件不满足：{said.zh}", en=f"the condition is not met: {said.en}")
        if place in self._entered:
            passed = self._line(place, "passed_over") or self._line(place, "auto") or self._line(place, "not_told")
            return "taken", passed.text if passed else None
        return self._missed(place)

    def _missed(self, place: str) -> tuple[Literal["not_taken", "maybe"], Label | None]:
        """Because the way to it is not taken, the process ends before, or it has not come so far."""
        for around in self._tree.above(place):
            if self._line(around, "skipped"):
                return "not_taken", None
            if around in self._ways and self._tree.branch_in(place, around) not in self._ways[around]:
                taken = [way_title(self._tree.node(around), one) for one in self._ways[around]]  # type: ignore[arg-type]
                zh, en = "、".join(one.zh for one in taken), ", ".join(one.en for one in taken)
                return "not_taken", Label(zh=f"走的是“{zh}”", en=f"“{en}” is taken")
        return ("not_taken" if self._stage.state.over else "maybe"), None

    def _line(self, place: str, kind: str) -> Line | None:
        return next((line for line in self._lines.get(place, ()) if line.kind == kind), None)

    def _rule(self, place: str) -> Hit | None:
        line = self._line(place, "decided") or self._line(place, "trouble")
        if line is None or "table" not in line.data:
            return None
        return hit(line.data, self._names.tables.get(line.data["table"]))

    def _who(self, place: str) -> Iterator[Asked]:
        """Those who would be asked or told, and the one for whom something would be made elsewhere."""
        for task in self._tasks.get(place, ()):
            yield _asked(task)
        epoch = self._stage.state.epochs.get(place, 0)
        for one in self._stage.people.get(f"{place}/{epoch}/assignee", ())[:1]:
            yield Asked(person=one.person, name=one.name, why=one.reason)

    def _effect(self, place: str, node: Node) -> Done | None:
        if not isinstance(node, Effect):
            return None
        deed = next((one for one in self._stage.state.deeds.values() if one.node == place), None)
        intent = deed.intent if deed else None
        return Done(
            connector=node.connector,
            entity=node.entity,
            action=node.action,
            args={key: str(value) for key, value in intent.args.items()} if intent else dict(node.args),
            undo=node.undo,
        )


def _asked(task: Task) -> Asked:
    return Asked(person=task.person, name=task.name, agent=task.agent, agent_name=task.agent_name, why=task.reason)
