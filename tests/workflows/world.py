"""A small world in memory for instances to live in: the steps of `workflows.steps`, honest and without a database."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping

from temporalio import activity
from temporalio.exceptions import ApplicationError

from postroad.directory.deadline import reckon
from postroad.model.calendar import WorkingCalendar
from postroad.model.deadline import Reckoning
from postroad.model.decision import Action
from postroad.model.document import Document, DocumentRef
from postroad.model.effect import EffectResult, EffectStatus, Intent
from postroad.model.label import Label
from postroad.model.people import Candidate, Chosen, Resolution
from postroad.model.process import Process
from postroad.model.table import Evaluation, Table
from postroad.model.task import Line, Record, Task, TaskState
from postroad.rules.compile import compile_table
from postroad.rules.evaluate import evaluate
from workers.crew import Crew
from workflows.steps import (
    AssignOrder,
    BacktestOrder,
    BacktestSteps,
    CalendarSteps,
    CardsOrder,
    ChatSteps,
    DocumentSteps,
    EffectSteps,
    EvaluateOrder,
    LatestOrder,
    LatestRelease,
    PeopleSteps,
    ReckonOrder,
    Recorded,
    RecordOrder,
    ReleaseSteps,
    ResolveOrder,
    RuleSteps,
    TaskSteps,
)

STATES = {
    "approve": "approved",
    "reject": "rejected",
    "return": "returned",
    "submit": "submitted",
    "withdraw": "draft",
    "reopen": "submitted",
}


class World(
    RuleSteps, BacktestSteps, ReleaseSteps, PeopleSteps, CalendarSteps, TaskSteps, DocumentSteps, EffectSteps, ChatSteps
):
    """Documents, tables, duties and what was written down. `people` maps a spec's text, or part of it, to persons.

    `agents` says who acts for whom, `published` which processes may be called.
    """

    def __init__(self, process: Process, tables: list[Table], people: Mapping[str, list[str]]) -> None:
        self.process, self.people = process, people
        self.tables = {table.table: compile_table(table) for table in tables}
        self.agents: Mapping[str, str] = {}
        self.assigned: dict[str, str] = {}
        self.published: dict[str, Process] = {}
        self.documents: dict[str, Document] = {}
        self.tasks: dict[str, Task] = {}
        self.views: dict[str, Record] = {}
        self.lines: dict[str, dict[int, Line]] = {}
        self.effects: Counter[str] = Counter()
        self.shown: Counter[str] = Counter()
        self.records: list[RecordOrder] = []
        self.refuse: Callable[[Intent], EffectResult | None] = lambda _intent: None
        self.syncing = 0
        self.chat_is_slow = False
        self.chat_is_back = asyncio.Event()
        self.chat_is_back.set()
        self.changed = asyncio.Condition()

    def crew(self) -> Crew:
        return Crew(self, self, self, self, self, self, self, self, self, systems=[self.process.document.system, "pms"])

    def submit(self, number: str, **fields: object) -> DocumentRef:
        bound = self.process.document
        ref = DocumentRef(system=bound.system, kind=bound.kind, id=number)
        data = {"number": number, "applicant": "li", "title": "试剂", "currency": "CNY", "category": "steel", **fields}
        self.documents[number] = Document(ref=ref, version="1", state="submitted", data=data)
        return ref

    def change(self, number: str, *, state: str | None = None, **fields: object) -> None:
        was = self.documents[number]
        self.documents[number] = was.model_copy(
            update={"state": state or was.state, "version": str(int(was.version) + 1), "data": {**was.data, **fields}}
        )

    @activity.defn(name="rules.evaluate")
    async def evaluate(self, order: EvaluateOrder) -> Evaluation:
        return evaluate(self.tables[order.table], order.inputs)

    @activity.defn(name="rules.backtest")
    async def backtest(self, order: BacktestOrder) -> None:
        raise ApplicationError(f"这里没有 {order.id} / there is no {order.id} here", non_retryable=True)

    @activity.defn(name="releases.latest")
    async def latest(self, order: LatestOrder) -> LatestRelease:
        process = self.published.get(order.process)
        if process is None:
            message = f"没有发布过流程 {order.process} / the process {order.process} was never published"
            raise ApplicationError(message, type="Unknown", non_retryable=True)
        return LatestRelease(release=f"{order.process}@1", process=process, tables={})

    @activity.defn(name="people.resolve")
    async def resolve(self, order: ResolveOrder) -> Resolution:
        for whos, fallback in ((order.who, False), (order.fallback, True)):
            duties = [people for who in whos for spec, people in self.people.items() if spec in str(who)]
            found = [person for people in duties for person in people]
            if found:
                unique = dict.fromkeys(found)
                candidates = tuple(self._candidate(person, str(whos[0])) for person in unique)
                return Resolution(candidates=candidates, fallback=fallback, initiator_name=order.initiator)
        return Resolution(initiator_name=order.initiator)

    @activity.defn(name="people.assign")
    async def assign(self, order: AssignOrder) -> Resolution:
        """The one of those found who got the fewest before."""
        found = await self.resolve(order)
        if order.task not in self.assigned:
            given = Counter(self.assigned.values())
            self.assigned[order.task] = min(found.candidates, key=lambda one: given[one.person]).person
        one = tuple(one for one in found.candidates if one.person == self.assigned[order.task])
        return found.model_copy(update={"candidates": one, "chosen": Chosen(why=Label.of("最少"))})

    def _candidate(self, person: str, reason: str) -> Candidate:
        agent = self.agents.get(person)
        return Candidate(person=person, name=person, reason=Label.of(reason), agent=agent, agent_name=agent or "")

    @activity.defn(name="calendar.reckon")
    async def reckon(self, order: ReckonOrder) -> Reckoning:
        return reckon(WorkingCalendar(), order.deadline, order.since)

    @activity.defn(name="tasks.record")
    async def record(self, order: RecordOrder) -> Recorded:
        record = order.record
        self.records.append(order)
        self.tasks.update({task.id: task for task in record.tasks})
        self.views[record.instance.id] = record
        self.lines.setdefault(record.instance.id, {}).update({line.number: line for line in record.lines})
        async with self.changed:
            self.changed.notify_all()
        changed = bool(record.tasks or record.answers)
        if changed and order.show and not self.chat_is_slow:
            self.shown[record.instance.id] += 1
            return Recorded(cards_due=False)
        return Recorded(cards_due=changed)

    @activity.defn(name="documents.read")
    async def read(self, ref: DocumentRef) -> Document:
        document = self.documents.get(ref.id)
        if document is None:
            raise ApplicationError(f"单据 {ref.id} 不存在 / no document {ref.id}", type="NotFound", non_retryable=True)
        return document

    @activity.defn(name="effects.act")
    async def act(self, intent: Intent) -> EffectResult:
        refused = self.refuse(intent)
        if refused:
            return refused
        if not self.effects[intent.key]:
            self.effects[intent.key] += 1
            if intent.document and not intent.key.endswith(":undo"):
                self.change(intent.document.id, state=STATES[intent.action])
        state = self.documents[intent.document.id].state if intent.document else None
        return EffectResult(status=EffectStatus.CONFIRMED, ref=intent.key, state=state)

    @activity.defn(name="chat.sync_cards")
    async def sync_cards(self, order: CardsOrder) -> None:
        self.syncing += 1
        async with self.changed:
            self.changed.notify_all()
        await self.chat_is_back.wait()
        self.shown[order.instance] += 1

    def open_task(self, person: str) -> Task | None:
        return next((t for t in self.tasks.values() if person in t.people and t.state is TaskState.OPEN), None)

    async def asked(self, person: str) -> Task:
        """The open task of a person, as soon as there is one."""
        await self.until(lambda: self.open_task(person) is not None)
        task = self.open_task(person)
        assert task is not None
        return task

    async def on_offer(self, person: str, action: Action) -> Task:
        """The task to which a person may do this, as soon as there is one."""
        await self.until(lambda: any(person in t.people and action in t.actions for t in self.tasks.values()))
        return next(task for task in self.tasks.values() if person in task.people and action in task.actions)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(20), self.changed:
            await self.changed.wait_for(true)
