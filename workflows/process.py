"""One workflow for every process: it feeds what happens into the engine and carries out what the engine asks for.

The workflow type is the process key, so each process has its own row and filter in the Temporal Web UI.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import (
    ActivityError,
    ApplicationError,
    ChildWorkflowError,
    WorkflowAlreadyStartedError,
)

from postroad.model.call import CallOver, Unwanted
from postroad.model.decision import Answer, Click
from postroad.model.event import AdminAct, ErpNews
from postroad.model.move import Considered, Destination, Edition, Fitness, MoveOrder
from postroad.model.start import Finished, Start
from postroad.model.task import InstanceView, Record
from postroad.process import clicks, move, views
from postroad.process.advance import Advance, advance, begin
from postroad.process.commands import (
    Act,
    AnyCommand,
    CallOff,
    CallProcess,
    Evaluate,
    ReadDocument,
    Reckon,
    Resolve,
    Sleep,
)
from postroad.process.events import (
    Acted,
    Administered,
    AnyEvent,
    CallBegun,
    CalledOff,
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
)
from postroad.process.state import State
from workflows import calling, glance, patience, queues
from workflows.search import STATUS
from workflows.snapshot import edition_of, start_of
from workflows.steps import (
    AssignOrder,
    CalendarSteps,
    CardsOrder,
    ChatSteps,
    DocumentSteps,
    EffectSteps,
    EvaluateOrder,
    PeopleSteps,
    ReckonOrder,
    RecordOrder,
    ResolveOrder,
    RuleSteps,
    TaskSteps,
)


@workflow.defn(dynamic=True)
class ProcessWorkflow:
    """One instance of a process, from the document's submission to its outcome."""

    @workflow.init
    def __init__(self, args: Sequence[RawValue]) -> None:
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._watched: list[asyncio.Task[None]] = []
        self._records: list[Record] = []
        self._cards_due = False
        self._showing: asyncio.Task[None] | None = None
        self._defect: BaseException | None = None
        self._unreadable = ""
        self._is_awake = False
        try:
            self._start = start_of(workflow.payload_converter().from_payload(args[0].payload, dict[str, Any]))
            self._state = self._first_state(self._start)
        except (ValueError, TypeError, RuntimeError, LookupError) as error:
            self._unreadable = str(error)

    @staticmethod
    def _first_state(start: Start) -> State:
        if start.carried is not None:
            return State.model_validate(start.carried)
        instance = workflow.info().workflow_id
        return begin(instance, start.release, start.document, start.engine, caller=start.caller, inputs=start.inputs)

    @workflow.run
    async def run(self, args: Sequence[RawValue]) -> Finished:  # noqa: ARG002 - parsed in __init__, before any handler
        if self._unreadable:
            message = f"无法读取启动参数 / the start input cannot be read: {self._unreadable}"
            raise ApplicationError(message, type="BadStart", non_retryable=True)
        self._wake_up()
        while not self._through():
            await workflow.wait_condition(self._something_due)
            await self._attend()
        if self._start.caller and self._start.caller.waits:
            await calling.tell_caller(self._start.caller, self._state)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return Finished(outcome=self._state.outcome or "", status=self._state.status)

    def _wake_up(self) -> None:
        """Begin, or go on where the run before stopped; once, whoever comes first."""
        if self._is_awake:
            return
        self._is_awake = True
        if self._start.carried is None:
            self._feed(Started(at=workflow.now()))
        else:
            self._go_on_waiting()

    def _through(self) -> bool:
        return self._state.over and not (self._records or self._under_way or self._cards_due or self._showing)

    def _something_due(self) -> bool:
        free_to_show = self._cards_due and self._showing is None
        return bool(
            self._defect or self._settled_records() or free_to_show or self._through() or self._history_is_long()
        )

    def _settled_records(self) -> bool:
        """Whether there is something to write down, and no rule, directory or calendar about to add to it at once."""
        thinking = any(isinstance(command, Evaluate | Resolve | Reckon) for command in self._state.pending.values())
        return bool(self._records) and not thinking

    async def _attend(self) -> None:
        if self._defect:
            raise self._defect
        if self._settled_records():
            await self._write_down()
        elif self._cards_due and self._showing is None:
            self._cards_due = False
            self._showing = asyncio.create_task(self._show())
        elif self._history_is_long():
            await self._continue_as_new()

    # What people and systems say to the instance

    @workflow.update
    def decide(self, click: Click) -> Answer:
        """The outcome of a click. The same click always has the same outcome."""
        return self._answer(Clicked(at=workflow.now(), click=click))

    @decide.validator
    def _task_is_known(self, click: Click) -> None:
        if self._unreadable or not clicks.known(self._state, click.task):
            raise ApplicationError(f"没有任务 {click.task} / there is no task {click.task}", type="UnknownTask")

    @workflow.signal
    def decide_signal(self, click: Click) -> None:
        """The same click by the way that is never lost; its answer travels with the next record."""
        self._be_awake()
        self._feed(Clicked(at=workflow.now(), click=click))

    @workflow.signal
    def event(self, news: ErpNews) -> None:
        """Word that the document changed in its own system."""
        self._be_awake()
        self._feed(Heard(at=workflow.now(), news=news))

    @workflow.signal
    def call_over(self, told: CallOver) -> None:
        """A process that this instance called says how it ended."""
        self._be_awake()
        self._feed(CallEnded(at=workflow.now(), told=told))

    @workflow.signal
    def called_off(self, word: Unwanted) -> None:
        """The instance that called this one no longer wants it."""
        self._be_awake()
        self._feed(CalledOff(at=workflow.now(), cause=word.cause))

    @workflow.update
    def admin(self, act: AdminAct) -> Answer:
        """Something an administrator does, with the reason."""
        return self._answer(Administered(at=workflow.now(), act=act))

    @workflow.update(name="move")
    def move_to(self, order: MoveOrder) -> Answer:
        """Go on in another release. The same order is carried out once; one that cannot be is refused and told why."""
        self._be_awake()
        to = edition_of(order.to)
        result = move.move(self._edition(), to, self._state, order, workflow.now())
        if result.record:
            self._start = self._start.model_copy(
                update={"release": to.release, "process": to.process, "tables": to.tables}
            )
            self._take(result)
        return self._answered(result)

    @move_to.validator
    def _can_move(self, order: MoveOrder) -> None:
        considered = self.consider_move(order.to)
        if considered.verdict is not Fitness.SAFE and order.id not in self._state.answers:
            why = move.why_not(considered)
            raise ApplicationError(f"{why.zh} / {why.en}", type="NotMoved")

    @workflow.query
    def consider_move(self, to: Destination) -> Considered:
        """Whether this instance can go on in another release, and what would be different for it."""
        return move.consider(self._edition(), edition_of(to), self._state, to.mapping)

    def _edition(self) -> Edition:
        return Edition(release=self._start.release, process=self._start.process, tables=self._start.tables)

    @workflow.query
    def progress(self) -> InstanceView:
        """The instance at a glance, for engineers; people's lists are served from the database."""
        return views.instance_view(self._start.process, self._state)

    def _answer(self, event: Clicked | Administered) -> Answer:
        self._be_awake()
        return self._answered(self._feed(event))

    @staticmethod
    def _answered(result: Advance) -> Answer:
        if result.answer is None:
            raise ApplicationError("没有答复 / there is no answer", non_retryable=True)
        return result.answer

    def _be_awake(self) -> None:
        """Before a message is heard: Temporal delivers it before `run` begins when both come at once."""
        if self._unreadable:
            raise ApplicationError(self._unreadable, type="BadStart", non_retryable=True)
        if self._state.engine > 1:
            self._wake_up()

    # What the engine asks for

    def _feed(self, event: AnyEvent) -> Advance:
        """Let the engine take one event, and set in motion what it asks for."""
        result = advance(self._start.process, self._state, event)
        self._take(result)
        return result

    def _take(self, result: Advance) -> None:
        before, self._state = self._state.status, result.state
        for key in result.dropped:
            if key in self._under_way:
                self._under_way.pop(key).cancel()
        for command in result.commands:
            self._under_way[command.key] = asyncio.create_task(self._carry(command))
        if result.record:
            self._records.append(result.record)
            workflow.set_current_details(glance.details(result.record))
        if result.state.status is not before:
            self._show_status()

    def _show_status(self) -> None:
        """Keep the filterable status in the Web UI, where the namespace has the search attribute."""
        if workflow.info().typed_search_attributes.get(STATUS) is not None:
            label = glance.status_label(self._state)
            workflow.upsert_search_attributes([STATUS.value_set(label)])

    async def _carry(self, command: AnyCommand) -> None:
        try:
            event = await self._outcome(command)
        except asyncio.CancelledError:
            return
        except Exception as defect:  # noqa: BLE001 - kept and raised in run(), so that the workflow task fails and is retried
            self._defect = defect
            return
        self._under_way.pop(command.key, None)
        self._feed(event)

    async def _outcome(self, command: AnyCommand) -> AnyEvent:
        try:
            return await self._done(command)
        except (ActivityError, ApplicationError, WorkflowAlreadyStartedError) as error:
            cause = error.cause or error
            gone = isinstance(cause, ApplicationError) and cause.type == "NotFound"
            return Failed(at=workflow.now(), key=command.key, reason=str(getattr(cause, "message", cause)), gone=gone)

    async def _done(self, command: AnyCommand) -> AnyEvent:
        if isinstance(command, Evaluate):
            return await self._evaluated(command)
        if isinstance(command, Resolve):
            return await self._resolved(command)
        if isinstance(command, ReadDocument):
            return await self._document_read(command)
        if isinstance(command, Act):
            return await self._acted(command)
        if isinstance(command, Reckon):
            return await self._reckoned(command)
        if isinstance(command, CallProcess):
            return await self._called(command)
        if isinstance(command, CallOff):
            return await calling.call_off(command)
        return await self._slept(command)

    async def _evaluated(self, command: Evaluate) -> Evaluated:
        sha256 = self._start.tables.get(command.table, "")
        order = EvaluateOrder(
            table=command.table, sha256=sha256, inputs=command.inputs, pin=command.pin, at=workflow.now()
        )
        evaluation = await workflow.execute_local_activity_method(
            RuleSteps.evaluate, order, summary=command.title.zh, **patience.OWN_DATABASE
        )
        return Evaluated(at=workflow.now(), key=command.key, evaluation=evaluation)

    async def _resolved(self, command: Resolve) -> Resolved:
        order = ResolveOrder(
            who=command.who,
            fallback=command.fallback,
            owner=self._start.process.owner,
            initiator=self._state.initiator,
            variables={**self._state.variables, **command.item},
            self_approval=command.self_approval,
            process=self._start.process.process,
            at=workflow.now(),
        )
        if command.task:
            return await self._assigned(command, order)
        resolution = await workflow.execute_local_activity_method(
            PeopleSteps.resolve, order, summary=command.title.zh, **patience.OWN_DATABASE
        )
        return Resolved(at=workflow.now(), key=command.key, resolution=resolution)

    async def _assigned(self, command: Resolve, order: ResolveOrder) -> Resolved:
        """Not a local activity: it writes, and one of those may be forgotten with the workflow task it runs in."""
        chosen = AssignOrder(
            **dict(order), task=command.task, node=command.node or "", minutes=command.minutes, done_by=command.done_by
        )
        resolution = await workflow.execute_activity_method(
            PeopleSteps.assign, chosen, summary=command.title.zh, **patience.ASSIGNING
        )
        return Resolved(at=workflow.now(), key=command.key, resolution=resolution)

    async def _document_read(self, command: ReadDocument) -> DocumentRead:
        document = await workflow.execute_activity_method(
            DocumentSteps.read,
            command.ref,
            task_queue=queues.for_system(command.ref.system),
            summary=command.title.zh,
            **patience.READING,
        )
        return DocumentRead(at=workflow.now(), key=command.key, document=document)

    async def _acted(self, command: Act) -> Acted:
        result = await workflow.execute_activity_method(
            EffectSteps.act,
            command.intent,
            task_queue=queues.for_system(command.intent.connector),
            summary=command.title.zh,
            **patience.WRITING_BACK,
        )
        return Acted(at=workflow.now(), key=command.key, result=result)

    async def _reckoned(self, command: Reckon) -> Reckoned:
        order = ReckonOrder(deadline=command.deadline, since=command.since)
        reckoning = await workflow.execute_local_activity_method(
            CalendarSteps.reckon, order, summary=command.title.zh, **patience.OWN_DATABASE
        )
        return Reckoned(at=workflow.now(), key=command.key, reckoning=reckoning)

    async def _called(self, command: CallProcess) -> CallBegun:
        begun, child = await calling.begin(self._start, self._state, command)
        self._watched.append(asyncio.create_task(self._watch(command.key, child)))
        return begun

    async def _watch(self, key: str, child: calling.Child) -> None:
        """A child that fails or is terminated cannot say so itself; how it ended otherwise, it says."""
        try:
            await child
        except ChildWorkflowError as failure:
            over = CallOver(key=key, instance=child.id, failed=True, cause=str(failure.cause or failure))
            self._feed(CallEnded(at=workflow.now(), told=over))

    async def _slept(self, command: Sleep) -> Elapsed:
        remaining = (command.until - workflow.now()).total_seconds()
        if remaining > 0:
            await workflow.sleep(remaining, summary=command.title.zh)
        return Elapsed(at=workflow.now(), key=command.key)

    # What people see

    async def _write_down(self) -> None:
        """Write everything that changed since the last time, in one transaction, and show it.

        A local activity would run before Temporal has kept what led to the record; were that lost with a worker, people
        would be shown a decision that the instance knows nothing of.
        """
        records, self._records = self._records, []
        record = Record.merged(records)
        summary = f"登记：{record.lines[-1].text.zh}" if record.lines else "登记"
        # where cards already wait, the platform is slow; and two at once could leave a phone with the older content
        behind = self._cards_due or self._showing is not None
        order = RecordOrder(record=record, show=not behind)
        recorded = await workflow.execute_activity_method(
            TaskSteps.record, order, summary=summary, **patience.RECORDING
        )
        self._cards_due = self._cards_due or recorded.cards_due

    async def _show(self) -> None:
        try:
            await workflow.execute_activity_method(
                ChatSteps.sync_cards,
                CardsOrder(instance=self._state.instance),
                task_queue=queues.CHAT,
                summary="更新手机卡片",
                **patience.SHOWING,
            )
        except ActivityError as error:
            facts = {"instance": self._state.instance, "cause": str(error.cause)}
            workflow.logger.warning("cards.given_up", extra=facts)
        except Exception as defect:  # noqa: BLE001 - as in _carry
            self._defect = defect
        self._showing = None

    # Long lives

    def _history_is_long(self) -> bool:
        """Long enough to continue as new, with nothing under way that could be cut off; timers are absolute."""
        info = workflow.info()
        long = info.is_continue_as_new_suggested() or info.get_current_history_length() > self._start.events_per_run
        quiet = all(isinstance(command, Sleep) for command in self._state.pending.values())
        idle = not (self._records or self._cards_due or self._showing or self._through())
        return long and quiet and idle

    async def _continue_as_new(self) -> None:
        await workflow.wait_condition(workflow.all_handlers_finished)
        carried = self._state.model_dump(mode="json")
        workflow.continue_as_new(self._start.model_copy(update={"carried": carried}))

    def _go_on_waiting(self) -> None:
        seen = Record(instance=views.instance_view(self._start.process, self._state))
        workflow.set_current_details(glance.details(seen))
        for command in self._state.pending.values():
            self._under_way[command.key] = asyncio.create_task(self._carry(command))
