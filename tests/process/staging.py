"""An instance on the engine alone, for tests: the directory and the readings answer at once, the rest when told to."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from postroad.directory.deadline import reckon
from postroad.directory.resolve import resolve
from postroad.model.absence import Absence
from postroad.model.calendar import WorkingCalendar
from postroad.model.call import CallOver
from postroad.model.decision import Action, Answer, Click, click_id
from postroad.model.document import Document, DocumentRef
from postroad.model.duration import duration
from postroad.model.effect import EffectResult, EffectStatus
from postroad.model.event import ActName, AdminAct, ErpNews
from postroad.model.people import Organisation, Person, RoleHolder
from postroad.model.process import Process
from postroad.model.start import ENGINE
from postroad.model.table import Evaluation, Status
from postroad.model.task import InstanceView, Line, Task, TaskKind, TaskState
from postroad.process.advance import Advance, begin
from postroad.process.commands import Act, Evaluate, ReadDocument, Reckon, Resolve
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
    Failed,
    Heard,
    Reckoned,
    Resolved,
    Started,
    ToldOff,
)
from postroad.process.state import State
from postroad.process.views import instance_view
from tests.process.laws import lawful

MONDAY = datetime(2026, 1, 5, 1, tzinfo=UTC)
PEOPLE = ("li", "a", "b", "c", "d", "e", "f", "g", "owner", "admin")
OFFICE = Organisation(
    people=tuple(Person(id=person, name=person.upper()) for person in PEOPLE),
    roles=(RoleHolder(role="process_owner", person="owner"), RoleHolder(role="process_admin", person="admin")),
)
NOBODY = Organisation()
STATES = {
    "open": ["submitted"],
    "returned": ["returned"],
    "withdrawn": ["draft"],
    "approved": ["approved"],
    "rejected": ["rejected"],
}
ACTIONS = {"returned": "return", "resubmitted": "submit", "withdrawn": "withdraw", "rejected": "reject"}
LEADS_TO = {
    "approve": "approved",
    "reopen": "submitted",
    "return": "returned",
    "submit": "submitted",
    "withdraw": "draft",
    "reject": "rejected",
}


def definition(*steps: Mapping[str, Any], **more: Any) -> Process:
    """A process about an order of the ERP, with these steps."""
    document = {"system": "erp", "kind": "order", "starts_on": "submitted", "states": STATES, "actions": ACTIONS}
    said = {"process": "order", "title": "Order", "document": document, "owner": {"role": "process_owner"}}
    return Process.model_validate({**said, "steps": steps, **more})


def approval(name: str, *people: str, **more: Any) -> dict[str, Any]:
    return {"approval": name, "who": [{"person": person} for person in people], **more}


def write_back(name: str = "write", **more: Any) -> dict[str, Any]:
    said = {"connector": "erp", "entity": "order", "action": "approve", "args": {"note": "{decision.opinion}"}}
    return {"effect": name, **said, **more}


def task_elsewhere(name: str, **more: Any) -> dict[str, Any]:
    return {"effect": name, "connector": "pms", "entity": "task", "action": "create", **more}


class Instance:
    """One instance. What systems are asked for (`effects`) and rules (`rules`) is answered when the test says so."""

    def __init__(
        self,
        process: Process,
        *,
        office: Organisation = OFFICE,
        rules: Mapping[str, object] | None = None,
        readings_wait: bool = False,
        engine: int = ENGINE,
        calendar: WorkingCalendar | None = None,
        absences: tuple[Absence, ...] = (),
        state: State | None = None,
        **fields: object,
    ) -> None:
        self.process, self.office, self.rules = process, office, dict(rules or {})
        self.calendar = calendar or WorkingCalendar()
        self.now, self.serial = MONDAY, 0
        ref = DocumentRef(system="erp", kind="order", id="O-1")
        data: dict[str, Any] = {"number": "O-1", "applicant": "li", "amount": "100", **fields}
        self.document: Document | None = Document(ref=ref, version="1", state="submitted", data=data)
        self.state = state or begin("order:erp:O-1:1", "order@1", ref, engine)
        self.tasks: dict[str, Task] = {}
        self.lines: list[Line] = []
        self.asked_for: list[str] = []
        self.readings_wait, self.absences = readings_wait, absences
        self.feed(Started(at=self.now))

    # What happens

    def feed(self, event: AnyEvent) -> Advance:
        after = lawful(self.process, self.state, event)
        self.take(after)
        self._answer_at_once()
        return after

    def take(self, after: Advance) -> None:
        """Remember what came of something."""
        self.state = after.state
        for task in after.record.tasks if after.record else ():
            known = self.tasks.get(task.id)
            assert known is None or known.revision < task.revision
            self.tasks[task.id] = task
        self.lines += after.record.lines if after.record else ()
        self.asked_for += [command.key for command in after.commands if isinstance(command, Act)]

    def _answer_at_once(self) -> None:
        for command in list(self.state.pending.values()):
            if command.key not in self.state.pending:
                continue
            if isinstance(command, ReadDocument) and not self.readings_wait:
                self.read(command.key)
            elif isinstance(command, Resolve):
                self.feed(Resolved(at=self.now, key=command.key, resolution=self._find(command)))
            elif isinstance(command, Reckon):
                self._reckon(command)
            elif isinstance(command, Evaluate) and command.table in self.rules:
                self.feed(Evaluated(at=self.now, key=command.key, evaluation=self._evaluation(command)))

    def _reckon(self, command: Reckon) -> None:
        try:
            reckoning = reckon(self.calendar, command.deadline, command.since)
        except ValueError as error:
            self.fail(command.key, str(error))
        else:
            self.feed(Reckoned(at=self.now, key=command.key, reckoning=reckoning))

    def _find(self, command: Resolve) -> Any:
        return resolve(
            command.who,
            owner=self.process.owner,
            initiator=self.state.initiator,
            variables={**self.state.variables, **command.item},
            organisation=self.office,
            fallback=command.fallback,
            self_approval=command.self_approval,
            absences=self.absences,
            at=self.now,
        )

    def _evaluation(self, command: Evaluate) -> Evaluation:
        said = self.rules[command.table]
        if isinstance(said, Status):
            return Evaluation(status=said, table=command.table, sha256="0" * 64)
        return Evaluation(status=Status.OK, table=command.table, sha256="0" * 64, rows=["r1"], outcome=said)  # type: ignore[arg-type]

    def read(self, key: str) -> None:
        """The reading under way arrives with the document as it is now."""
        if self.document is None:
            self.feed(Failed(at=self.now, key=key, reason="404", gone=True))
        else:
            self.feed(DocumentRead(at=self.now, key=key, document=self.document))

    # What people do

    def click(
        self,
        person: str,
        action: str,
        *,
        task: str | None = None,
        opinion: str = "",
        to: str | None = None,
        form: str | None = None,
        press: str | None = None,
        **fields: object,
    ) -> Answer:
        """A press of a button, on the person's newest task unless `task` names one; each press has its own id."""
        task, act = task or self.task_of(person), Action(action)
        identity = press or click_id(task, person, act, form, f"{opinion}#{self.serial}", to, dict(fields))
        said = {"opinion": opinion, "to": to, "fields": fields, "form_hash": form}
        return self.press(person, action, task=task, id=identity, **said)

    def press(self, person: str, action: str, *, task: str, **said: Any) -> Answer:
        """A click with whatever it says."""
        self.serial += 1
        click = Click.model_validate(
            {"id": f"press-{self.serial}", "task": task, "actor": person, "action": action, "at": self.now, **said}
        )
        answer = self.feed(Clicked(at=self.now, click=click)).answer
        assert answer is not None
        return answer

    def withdraw(self, person: str = "li", opinion: str = "") -> Answer:
        return self.click(person, "withdraw", task=self.state.instance, opinion=opinion)

    def task_of(self, person: str) -> str:
        theirs = [task for task in self.tasks.values() if task.person == person and task.kind is not TaskKind.CC]
        still_open = [task for task in theirs if task.state is TaskState.OPEN]
        return (still_open or theirs)[-1].id

    def admin(self, act: ActName, *, press: str | None = None, **said: Any) -> Answer:
        self.serial += 1
        order = AdminAct(id=press or f"act-{self.serial}", act=act, by="admin", reason="出差", **said)
        answer = self.feed(Administered(at=self.now, act=order)).answer
        assert answer is not None
        return answer

    # What systems and time do

    def change(self, state: str | None = None, **fields: object) -> None:
        """The document changes in its own system, which sends word of it."""
        assert self.document is not None
        changed = {**self.document.data, **fields}
        self.document = self.document.model_copy(update={"state": state or self.document.state, "data": changed})
        self.hear()

    def hear(self, event_id: str | None = None) -> None:
        self.serial += 1
        news = ErpNews(event_id=event_id or f"news-{self.serial}", mode="updated")
        self.feed(Heard(at=self.now, news=news))

    def confirm(self, *keys: str) -> None:
        """These effects are confirmed, or all that are asked for, and what they lead to, until none is."""
        for key in keys:
            command = self.state.pending[key]
            assert isinstance(command, Act)
            state = LEADS_TO.get(command.intent.action) if command.intent.document else None
            if state and self.document:
                self.document = self.document.model_copy(update={"state": state})
            result = EffectResult(status=EffectStatus.CONFIRMED, ref=f"ref-{key}", state=state)
            self.feed(Acted(at=self.now, key=key, result=result))
        while not keys and self.effects:
            self.confirm(self.effects[0])

    def refuse(self, key: str, status: str = "conflict", message: str = "单据状态已变") -> None:
        result = EffectResult(status=EffectStatus(status), message=message)
        self.feed(Acted(at=self.now, key=key, result=result))

    def fail(self, key: str, reason: str = "down") -> None:
        self.feed(Failed(at=self.now, key=key, reason=reason))

    def begun(self, key: str) -> None:
        """The process that was called has begun."""
        self.feed(CallBegun(at=self.now, key=key, instance=f"called:{key}", release="check@3"))

    def ended(self, key: str, outcome: str = "", **said: Any) -> None:
        """The process that was called says how it ended."""
        told = CallOver(key=key, instance=f"called:{key}", outcome=outcome, **said)
        self.feed(CallEnded(at=self.now, told=told))

    def told_off(self, key: str) -> None:
        """The process that was called has been told that it is unwanted."""
        self.feed(ToldOff(at=self.now, key=key))

    def let_pass(self, time: str) -> None:
        """Time passes; timers fire in their order."""
        until = self.now + duration(time)
        while due := [sleep for sleep in self.state.sleeping if sleep.until <= until]:
            first = min(due, key=lambda sleep: sleep.until)
            self.now = max(self.now, first.until)
            self.feed(Elapsed(at=self.now, key=first.key))
        self.now = until

    # What is to be seen

    @property
    def effects(self) -> list[str]:
        """The effects that are asked for and not answered, oldest first."""
        return [command.key for command in self.state.pending.values() if isinstance(command, Act)]

    @property
    def asked(self) -> list[str]:
        """Who is asked for which node now: `boss:a`."""
        return [f"{task.node}:{task.person}" for task in self.tasks.values() if task.state is TaskState.OPEN]

    @property
    def outcome(self) -> str | None:
        return self.state.outcome

    @property
    def view(self) -> InstanceView:
        return instance_view(self.process, self.state)

    def said(self, kind: str) -> list[str]:
        """The lines of this kind in the story."""
        return [line.text.zh for line in self.lines if line.kind == kind]


def actions_of(play: Instance, task: str) -> list[str]:
    return [str(action) for action in play.tasks[task].actions]
