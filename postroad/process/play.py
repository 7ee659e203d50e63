"""Plays a case on the engine alone: virtual time, a fixture organisation, effects that succeed at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from postroad.model.assignment import Load
from postroad.model.bound import Phase
from postroad.model.call import CallOver
from postroad.model.case import Case, CaseStep
from postroad.model.deadline import Reckoning
from postroad.model.decision import Action, Answer, Click, click_id
from postroad.model.document import Document, DocumentRef
from postroad.model.duration import duration
from postroad.model.effect import EffectResult, EffectStatus
from postroad.model.event import AdminAct, ErpNews
from postroad.model.label import Label
from postroad.model.people import Candidate, Resolution, StandIn, Variables, Who
from postroad.model.process import Process
from postroad.model.refusals import Malformed
from postroad.model.table import Evaluation
from postroad.model.task import InstanceView, Line, Task, TaskKind, TaskState
from postroad.process import choosing, ending, sight
from postroad.process.advance import Advance, advance, begin
from postroad.process.commands import Act, AnyCommand, CallOff, CallProcess, Evaluate, ReadDocument, Reckon, Resolve
from postroad.process.events import (
    Acted,
    Administered,
    AnyEvent,
    CallBegun,
    CallEnded,
    Clicked,
    DocumentRead,
    Elapsed,
    Evaluated,
    Heard,
    Reckoned,
    Resolved,
    Started,
    ToldOff,
)
from postroad.process.state import State
from postroad.process.views import instance_view

EPOCH = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)  # a Monday, 09:00 in China

REMINDERS = frozenset({"reminded", "warned"})
"""Lines of the story that tell of a deadline."""

Decider = Callable[[str, Variables, datetime], Evaluation]
Finder = Callable[[Resolve, "Scene"], Resolution]
Reckoner = Callable[[Reckon], Reckoning]


@dataclass(frozen=True)
class Scene:
    """What people are found by: somebody may be away `at` the moment, or have more to do than others."""

    variables: Variables
    initiator: str
    at: datetime
    loads: Mapping[str, Load]


@dataclass
class Stage:
    """A case being played. `decide`, `find` and `reckon` are the rule tables, directory and calendar to play it with.

    `decide` and `find` are told the moment, because rows have dates and somebody may be away then.
    A case with steps of its own is played on those instead of the process's.
    """

    process: Process
    case: Case
    decide: Decider
    find: Finder
    reckon: Reckoner
    now: datetime = EPOCH
    tasks: dict[str, Task] = field(default_factory=dict)
    decided_by: list[str] = field(default_factory=list)
    reminded: list[str] = field(default_factory=list)
    automatic: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    people: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    _serial: int = 0

    def __post_init__(self) -> None:
        self.process = self.case.on(self.process)
        bound = self.process.document
        start = self.case.start
        self.now = start.at or self.now
        data = {bound.initiator: start.initiator, **start.document}
        ref = DocumentRef(system=bound.system, kind=bound.kind, id=str(data.get("number", "CASE-1")))
        self.document = Document(ref=ref, version="1", state=self._state_of("open"), data=data)
        self.failing = list(self.case.fails)
        self.state: State = begin(f"{self.process.process}:case", "case", ref)
        self._feed(Started(at=self.now))

    def _state_of(self, phase: Phase) -> str:
        return next(iter(self.process.document.states.get(phase, ())), phase)

    def play(self, step: CaseStep) -> Answer | None:
        """Do one step of the script; the answer to the act, None when it was not an act."""
        if step.set:
            self._change(step.set)
        if step.after or step.until:
            self._pass(step.until or self.now + duration(step.after or ""))
            return None
        if step.called:
            self._end(step.called, step.outcome)
            return None
        if step.event:
            return self._deliver(step.event)
        if step.admin:
            return self._administer(step)
        return self._click(step) if step.do else None

    def _change(self, fields: Mapping[str, object]) -> None:
        data = {**self.document.data, **fields}
        version = str(int(self.document.version) + 1)
        self.document = self.document.model_copy(update={"data": data, "version": version})
        self._feed(Heard(at=self.now, news=ErpNews(event_id=f"case-{version}", mode="updated", version=version)))

    def _pass(self, until: datetime) -> None:
        """Let time pass; timers fire, and absences begin and end, in their order."""
        while True:
            due = [sleep for sleep in self.state.sleeping if sleep.until <= until]
            edges = [edge for one in self.case.absences for edge in (one.from_, one.to) if self.now < edge <= until]
            if not due and not edges:
                break
            first = min(due, key=lambda sleep: sleep.until, default=None)
            if first is None or (edges and min(edges) < first.until):
                self.now = min(edges)
                self._stand_in()
            else:
                self.now = max(self.now, first.until)
                self._feed(Elapsed(at=self.now, key=first.key))
        self.now = until

    def _stand_in(self) -> None:
        """R21: somebody left or came back; open tasks get the agents of this moment."""
        for task in [one for one in self.tasks.values() if one.closed_at is None]:
            agent = self._person(task.person).agent
            handed = any(one.open_tasks and one.principal == task.person for one in self.case.absences)
            if task.agent != agent and (task.agent or handed):
                name = self._person(agent).name if agent else ""
                self._serial += 1
                act = AdminAct(
                    id=f"stand-in-{self._serial}", act="stand_in", by="case", reason="代理", task=task.id, to=agent,
                    to_name=name,
                )  # fmt: skip
                self._feed(Administered(at=self.now, act=act))

    def _end(self, node: str, outcome: str | None) -> None:
        """The process that this node called is over; without an outcome it has failed."""
        key, call = next(
            ((key, call) for key, call in reversed(self.state.calls.items()) if call.node == node), (None, None)
        )
        if key is None or call is None:
            raise Malformed(f"节点 {node} 没有发起流程", f"the node {node} has called no process")
        over = CallOver(key=key, instance=call.instance or "", outcome=outcome or "", failed=outcome is None)
        self._feed(CallEnded(at=self.now, told=over))

    def _deliver(self, event: str) -> Answer:
        act = AdminAct(id=f"case-{len(self.answers)}", act="event", by="case", reason="case", event=event)
        return self._answered(self._feed(Administered(at=self.now, act=act)))

    def _administer(self, step: CaseStep) -> Answer:
        assert step.admin is not None  # noqa: S101 - play() comes here only with an act
        theirs = [task for task in self.tasks.values() if task.person == step.of]
        act = AdminAct(
            id=f"case-{len(self.answers)}", act=step.admin, by="admin", reason=step.reason or "case",
            task=theirs[-1].id if theirs else None, to=step.to, to_name=self._name_of(step.to),
            to_agent=self._agent_of(step.to), node=step.target, confirmed=step.confirmed, effect=self.effect_of(step),
        )  # fmt: skip
        return self._answered(self._feed(Administered(at=self.now, act=act)))

    def effect_of(self, step: CaseStep) -> str | None:
        """The key of the newest effect that the step names; what it says itself where there is none."""
        named = (deed.intent.key for key, deed in reversed(self.state.deeds.items()) if _name_of(key) == step.effect)
        return next(named, step.effect)

    def _click(self, step: CaseStep) -> Answer:
        actor, action = str(step.as_), step.do
        assert action is not None  # noqa: S101 - play() comes here only with an action
        task = self.task_of(step)
        seen = self._form_before() if step.stale else self._form_of(task)
        said = f"{step.reason}#{len(self.answers)}"
        identity = click_id(
            task, actor, action, seen, said, step.to, dict(step.fields), step.add, step.target, confirmed=step.confirmed
        )
        names = {person: self._name_of(person) for person in step.add.people} if step.add else {}
        agents = {person: agent for person in names if (agent := self._agent_of(person))}
        added = step.add.model_copy(update={"names": names, "agents": agents}) if step.add else None
        click = Click(
            id=identity, task=task, actor=actor, action=action, opinion=step.reason, to=step.to,
            to_name=self._name_of(step.to), to_agent=self._agent_of(step.to),
            signers=added, target=step.target, confirmed=step.confirmed,
            fields=step.fields, form_hash=seen, channel="case", at=self.now,
        )  # fmt: skip
        return self._answered(self._feed(Clicked(at=self.now, click=click)))

    def _answered(self, result: Advance) -> Answer:
        if result.answer is None:
            raise ValueError("an act has an answer")
        self.answers.append(result.answer)
        return result.answer

    def _name_of(self, person: str | None) -> str:
        return self._person(person).name

    def _agent_of(self, person: str | None) -> StandIn | None:
        found = self._person(person)
        return StandIn(person=found.agent, name=found.agent_name) if found.agent else None

    def _person(self, person: str | None) -> Candidate:
        """The person as the directory has him now; without a name, where it does not."""
        named = Resolve(key="name", title=Label.of("name"), who=(Who(person=person),) if person else ())
        found = self.find(named, self._scene(self.state.variables))
        return next(iter(found.candidates), Candidate(person=person or "", name="", reason=Label.of("")))

    def _scene(self, variables: Variables) -> Scene:
        return Scene(variables, self.state.initiator, self.now, choosing.loads(self.case.loads, self.tasks.values()))

    def _form_of(self, task: str) -> str:
        return self.tasks[task].form_hash if task in self.tasks else self.state.form_hash

    def _form_before(self) -> str:
        if len(self.forms) < 2:  # noqa: PLR2004 - the one before the last
            raise Malformed("单据没有变更过，不会有过期的表单", "the document never changed, so no form can be stale")
        return self.forms[-2]

    def task_of(self, step: CaseStep) -> str:
        """The person's open task (at that node), else the last one there, whosoever it is, else the instance."""
        there = [t for t in self.tasks.values() if step.node in {None, t.node} and t.kind is not TaskKind.CC]
        theirs = [t for t in there if step.as_ in {t.person, t.agent}]
        open_or_back = {TaskState.OPEN} if step.do is not Action.TAKE_BACK else set(TaskState)
        able = [t for t in theirs if t.state in open_or_back and step.do in t.actions]
        if step.do in {Action.WITHDRAW, Action.URGE, Action.REVOKE}:
            theirs, there = [], []
        chosen = able or theirs or (there if step.node else [])
        return chosen[-1].id if chosen else self.state.instance

    def _feed(self, event: AnyEvent) -> Advance:
        result = advance(self.process, self.state, event)
        self.state = State.model_validate_json(result.state.model_dump_json())
        if self.state.form_hash not in {"", *self.forms[-1:]}:
            self.forms.append(self.state.form_hash)
        if result.record:
            self.tasks.update({task.id: task for task in result.record.tasks})
            self.lines += result.record.lines
            decisions = [line for line in result.record.lines if line.data.get("action") in ending.DECISIONS]
            self.decided_by += [str(line.person) for line in decisions]
            told = [line for line in result.record.lines if line.kind in REMINDERS]
            self.reminded += [person for line in told for person in line.data["people"]]
            self.automatic += [line.data["overdue"] for line in result.record.lines if "overdue" in line.data]
            self.ways += [line.text.zh for line in result.record.lines if line.kind == "branch"]
        for command in result.commands:
            outcome = self._carry_out(command) if command.key in self.state.pending else None
            if outcome is not None:
                self._feed(outcome)
            if isinstance(command, CallOff):
                self._end(command.node or "", "called_off")
        return result

    def _carry_out(self, command: AnyCommand) -> AnyEvent | None:
        key, at = command.key, self.now
        if isinstance(command, ReadDocument):
            return DocumentRead(at=at, key=key, document=self.document)
        if isinstance(command, Evaluate):
            return Evaluated(at=at, key=key, evaluation=self.decide(command.table, command.inputs, at))
        if isinstance(command, Resolve):
            variables = {**self.state.variables, **command.item}
            found = self.find(command, self._scene(variables))
            self.people[key] = found.candidates
            return Resolved(at=at, key=key, resolution=found)
        if isinstance(command, Reckon):
            return Reckoned(at=at, key=key, reckoning=self.reckon(command))
        if isinstance(command, Act):
            return Acted(at=at, key=key, result=self._act(command))
        if isinstance(command, CallProcess):
            self.calls.append(command.node or "")
            return CallBegun(at=at, key=key, instance=f"{command.process}:{key}", release=f"{command.process}@case")
        if isinstance(command, CallOff):
            self.calls.append(f"{command.node}:off")
            return ToldOff(at=at, key=key)
        return None

    def _act(self, command: Act) -> EffectResult:
        intent = command.intent
        name = _name_of(command.key)
        if name in self.failing:
            self.failing.remove(name)
            return EffectResult(status=EffectStatus.REJECTED, message="按案例失败 / it fails, as the case says")
        if not command.key.startswith("@"):
            self.effects.append(name)
        if intent.document is None:
            return EffectResult(status=EffectStatus.CONFIRMED, ref=intent.key)
        moments: dict[str, Phase] = {
            "returned": "returned",
            "resubmitted": "open",
            "withdrawn": "withdrawn",
            "rejected": "rejected",
            "revoked": "open",
        }
        by_action = {action: moments[moment] for moment, action in self.process.document.actions.items()}
        phase: Phase = "open" if command.key.endswith(":undo") else by_action.get(intent.action, "approved")
        version = str(int(self.document.version) + 1)
        self.document = self.document.model_copy(update={"state": self._state_of(phase), "version": version})
        return EffectResult(status=EffectStatus.CONFIRMED, version=version, state=self.document.state)


def _name_of(key: str) -> str:
    """An effect as cases call it: `write_back`, or `write_back:undo`."""
    return key.partition("/")[0] + (":undo" if key.endswith(":undo") else "")


_SAID = {
    "outcome": Label(zh="结果", en="outcome"),
    "effects": Label(zh="业务操作", en="effects"),
    "waiting": Label(zh="等待", en="waiting"),
    "told": Label(zh="抄送", en="told"),
    "decided_by": Label(zh="审批人", en="decided by"),
    "asked_for": Label(zh="任务", en="tasks"),
    "ways": Label(zh="分支", en="ways"),
    "calls": Label(zh="调用", en="calls"),
    "sees": Label(zh="可见字段", en="fields seen"),
    "fields": Label(zh="字段内容", en="fields"),
    "reminded": Label(zh="到期提醒", en="reminded"),
    "automatic": Label(zh="超时自动处理", en="decided by time"),
}


def shortcomings(stage: Stage) -> list[Label]:
    """Where the end of a case differs from what it expects; empty if it is as expected."""
    found = as_found(stage)
    wanted = {name: value for name, value in stage.case.expect.model_dump().items() if value is not None}
    if "sees" in wanted:
        wanted["sees"] = {person: tuple(sorted(fields)) for person, fields in wanted["sees"].items()}
    return [
        Label(
            zh=f"{_SAID[name].zh}：期望 {_shown(value)}，实际 {_shown(found[name])}",
            en=f"{_SAID[name].en}: expected {_shown(value)}, got {_shown(found[name])}",
        )
        for name, value in wanted.items()
        if found[name] != value
    ]


def as_found(stage: Stage) -> dict[str, object]:
    """What is so now, by the names that `expect` has for it."""
    tasks, view = list(stage.tasks.values()), instance_view(stage.process, stage.state)
    return {
        "outcome": stage.state.outcome,
        "effects": tuple(stage.effects),
        "waiting": tuple(task.person for task in tasks if task.state is TaskState.OPEN),
        "told": tuple(task.person for task in tasks if task.kind is TaskKind.CC),
        "decided_by": tuple(stage.decided_by),
        "reminded": tuple(stage.reminded),
        "automatic": tuple(stage.automatic),
        "asked_for": tuple(task.title.zh for task in tasks if task.kind is not TaskKind.CC),
        "ways": tuple(stage.ways),
        "calls": tuple(stage.calls),
        "sees": {person: _sees(stage, view, person) for person in stage.case.expect.sees or ()},
        "fields": {field: view.fields.get(field) for field in stage.case.expect.fields or ()},
    }


def _sees(stage: Stage, view: InstanceView, person: str) -> tuple[str, ...]:
    seen = sight.of_person(person, view, stage.tasks.values())
    return tuple(sorted(seen.instance(view).fields))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "；".join(f"{name}: {_shown(said)}" for name, said in value.items())
    return ", ".join(map(str, value)) or "—" if isinstance(value, tuple) else str(value or "—")
