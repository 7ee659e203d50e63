"""What the engine asks the world to do. Each command has a key and gets exactly one outcome event with that key."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from postroad.model.base import Fact
from postroad.model.deadline import Deadline
from postroad.model.document import DocumentRef
from postroad.model.effect import Intent
from postroad.model.label import Label
from postroad.model.people import SelfApproval, Who
from postroad.model.process import Pin


class Command(Fact):
    """`title` is for people who read the history; `node` is the node it is for, None for the instance itself."""

    key: str
    title: Label
    node: str | None = None


class ReadDocument(Command):
    do: Literal["read"] = "read"
    ref: DocumentRef


class Evaluate(Command):
    do: Literal["evaluate"] = "evaluate"
    table: str
    inputs: dict[str, Any]
    pin: Pin = "start"


class Resolve(Command):
    """`item`: the variables that are so for the item of an `each` only.

    With a `task`, which is estimated at so many `minutes`, exactly one person is chosen for it; `done_by` says who did
    the steps that it must be apart from.
    """

    do: Literal["resolve"] = "resolve"
    who: tuple[Who, ...]
    fallback: tuple[Who, ...] = ()
    self_approval: SelfApproval | None = None
    item: dict[str, Any] = {}
    task: str = ""
    minutes: int = 60
    done_by: dict[str, tuple[str, ...]] = {}


class Act(Command):
    do: Literal["act"] = "act"
    intent: Intent


class CallProcess(Command):
    """Start an instance of the latest release of `process`, about the document with this id or about the caller's own.

    `depth` counts the calls above it; it tells how it ended if the caller `waits`.
    """

    do: Literal["call"] = "call"
    process: str
    document: str | None
    inputs: dict[str, Any]
    depth: int
    waits: bool


class CallOff(Command):
    """Tell a called instance that it is no longer wanted."""

    do: Literal["call_off"] = "call_off"
    instance: str
    cause: Label


class Sleep(Command):
    do: Literal["sleep"] = "sleep"
    until: AwareDatetime


class Reckon(Command):
    """When the rungs of a deadline come, for those whose clock starts at `since`."""

    do: Literal["reckon"] = "reckon"
    deadline: Deadline
    since: AwareDatetime


AnyCommand = Annotated[
    ReadDocument | Evaluate | Resolve | Act | CallProcess | CallOff | Sleep | Reckon, Field(discriminator="do")
]
