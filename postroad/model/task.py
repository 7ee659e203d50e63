"""What the workflow tells the database for people to see: tasks, the instance at a glance, and lines of its story."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Literal

from pydantic import AwareDatetime

from postroad.model.base import Fact
from postroad.model.decision import Action, Answer
from postroad.model.document import DocumentRef
from postroad.model.fields import Right
from postroad.model.label import Label


class TaskKind(StrEnum):
    APPROVAL = "approval"
    WORK = "work"
    RESUBMIT = "resubmit"
    EXCEPTION = "exception"
    CC = "cc"
    REVOKE = "revoke"


class TaskState(StrEnum):
    """`waiting`: not over, and somebody else has to do something first; the task's `cause` says who and what."""

    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"


class Station(Fact):
    """Where something may go back to: a node, or the `initiator`."""

    node: str
    title: Label


class Task(Fact):
    """One thing one person is asked to do, or is told. The id is `{instance}/{node}/{epoch}/{slot}` and never reused.

    `name` is the person's name; `actions` are what the person may press now; `reason` says why it is this person;
    `agent` may act for the person, `former_agents` no longer may, and `decided_by` is whoever did;
    `cause`, why it was cancelled, what it waits for or what went wrong; `back_to`, where its person may send it back
    to. `due_at` is its deadline, which a task that was handed over keeps; `reminders`, how often those who may do it
    were reminded. `revision` grows with every change, so that an older picture never overwrites a newer one. `fields`
    are the rights in the document's fields that come with it. `minutes` is how long it is estimated to take.
    """

    id: str
    instance: str
    node: str
    epoch: int
    kind: TaskKind
    title: Label
    person: str
    name: str = ""
    agent: str | None = None
    agent_name: str = ""
    former_agents: tuple[str, ...] = ()
    state: TaskState
    revision: int
    form_hash: str
    opened_at: AwareDatetime
    due_at: AwareDatetime | None = None
    actions: tuple[Action, ...] = ()
    opinion_needed: bool = False
    reason: Label | None = None
    closed_at: AwareDatetime | None = None
    action: Action | None = None
    decided_by: str | None = None
    opinion: str = ""
    cause: Label | None = None
    reminders: int = 0
    fields: dict[str, Right] = {}
    back_to: tuple[Station, ...] = ()
    minutes: int = 60

    @property
    def doer(self) -> str:
        """Whose load it is: the agent's, while there is one."""
        return self.agent or self.person

    @property
    def load_minutes(self) -> int | None:
        """What it adds to the load now; None for what merely informs, waits, is over, or is still to be claimed."""
        waits_for_its_person = self.state is TaskState.OPEN and Action.CLAIM not in self.actions
        return self.minutes if waits_for_its_person and self.kind is not TaskKind.CC else None

    @property
    def people(self) -> tuple[str, ...]:
        """Those who may do it: its person, and the agent."""
        return (self.person, self.agent) if self.agent else (self.person,)

    def signed_by(self, name: str) -> str:
        """Whose decision it is, where `name` is that of whoever decided: 陈静, or 孙磊 代 陈静."""
        by_agent = self.decided_by is not None and self.decided_by in {self.agent, *self.former_agents}
        return f"{name} 代 {self.name or self.person}" if by_agent else name


class InstanceStatus(StrEnum):
    RUNNING = "running"
    RETURNED = "returned"
    TROUBLED = "troubled"
    UNWINDING = "unwinding"
    SUSPENDED = "suspended"
    FINISHED = "finished"
    FAILED = "failed"


class Halt(Fact):
    """What keeps an instance where it is: a trouble, an event or a called process, or that it is suspended.

    `effect` is the ledger's key of the effect in trouble, `event` the name of the event, `instance` that of the called
    process.
    """

    kind: Literal["trouble", "event", "call", "suspended"]
    text: Label
    since: AwareDatetime | None = None
    node: str | None = None
    effect: str | None = None
    event: str | None = None
    instance: str | None = None


class InstanceView(Fact):
    """An instance at a glance. `waiting_for` is one readable line.

    `fields` are the document's fields as last read and filled in; `card_fields`, those of them that the lines of `card`
    show, in order. `called_by` is the instance that called this one.
    """

    id: str
    process: str
    release: str
    title: Label
    document: DocumentRef
    number: str
    initiator: str
    initiator_name: str = ""
    status: InstanceStatus
    revision: int
    form_hash: str
    started_at: AwareDatetime
    outcome: str | None = None
    waiting_for: str = ""
    fields: dict[str, Any] = {}
    card: tuple[tuple[Label, Label], ...] = ()
    card_fields: tuple[str, ...] = ()
    finished_at: AwareDatetime | None = None
    called_by: str | None = None
    halts: tuple[Halt, ...] = ()


class Line(Fact):
    """One line of an instance's story. `number` counts from 1 in each instance without gaps."""

    number: int
    at: AwareDatetime
    kind: str
    text: Label
    node: str | None = None
    person: str | None = None
    data: dict[str, Any] = {}


class Record(Fact):
    """One picture of what one or more events changed, written in one transaction; writing it twice is harmless."""

    instance: InstanceView
    tasks: tuple[Task, ...] = ()
    lines: tuple[Line, ...] = ()
    answers: tuple[Answer, ...] = ()

    @classmethod
    def merged(cls, records: Sequence["Record"]) -> "Record":
        """Several of one instance as one: the newest picture of it and of each task, and every line in order."""
        tasks = {task.id: task for record in records for task in record.tasks}
        return cls(
            instance=records[-1].instance,
            tasks=tuple(tasks.values()),
            lines=tuple(line for record in records for line in record.lines),
            answers=tuple(answer for record in records for answer in record.answers),
        )
