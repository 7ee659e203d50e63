"""What is known of an instance that does not move by itself, and what is said about it."""

from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime

from postroad.model.base import Fact
from postroad.model.event import ActName
from postroad.model.label import Label
from postroad.model.task import InstanceView, Task


class Cause(StrEnum):
    """Why an instance does not move. `LOST`: Temporal does not know its workflow, or says that it failed."""

    TROUBLE = "trouble"
    NOBODY = "nobody"
    EFFECT = "effect"
    SUSPENDED = "suspended"
    EVENT = "event"
    CALL = "call"
    PERSON = "person"
    LEFT = "left"
    ABSENT = "absent"
    LOST = "lost"
    UNANSWERED = "unanswered"


class Effort(Fact):
    """An effect that has not ended, however often it was tried."""

    key: str
    connector: str
    action: str
    attempts: int
    since: AwareDatetime


class Handler(Fact):
    """The person of an open task: whether still in the organisation, and until when away with nobody to act."""

    name: str
    is_active: bool = True
    away_until: AwareDatetime | None = None


WorkflowState = Literal["", "missing", "failed", "ended", "failing"]
"""What Temporal says of the workflow: nothing special, not there, failed, ended, or its tasks fail again and again."""


class Standing(Fact):
    """How an instance stands. `handlers` are the people of its open tasks; `unanswered`, presses without outcome.

    `workflow` is what was found at `checked_at`, after the instance last said anything itself.
    """

    instance: InstanceView
    tasks: tuple[Task, ...] = ()
    handlers: dict[str, Handler] = {}
    efforts: tuple[Effort, ...] = ()
    unanswered: int = 0
    unanswered_since: AwareDatetime | None = None
    workflow: WorkflowState = ""
    checked_at: AwareDatetime | None = None


class Repair(Fact):
    """An administrator's act that may help; with a `reason`, and with what it `needs`, it can be sent as it is."""

    act: ActName
    task: str | None = None
    effect: str | None = None
    event: str | None = None
    needs: tuple[Literal["to", "node"], ...] = ()


class Why(Fact):
    """One reason why an instance does not move, since when, and what can be done."""

    cause: Cause
    text: Label
    since: AwareDatetime
    task: str | None = None
    repairs: tuple[Repair, ...] = ()


class Stuck(Fact):
    """An instance that does not move by itself; the oldest cause first."""

    instance: InstanceView
    causes: tuple[Why, ...]
