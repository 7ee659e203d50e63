"""What an instance and the process that it calls tell each other."""

from postroad.model.base import Fact
from postroad.model.document import DocumentRef
from postroad.model.label import Label


class Caller(Fact):
    """Who called an instance: `key` names the call there, `depth` counts the calls above, `document` is the caller's.

    `waits`: it wants to be told how the instance ended. `initiator` is the caller's.
    """

    instance: str
    key: str
    title: Label
    document: DocumentRef
    depth: int
    waits: bool = True
    initiator: str = ""


class CallOver(Fact):
    """How a called instance ended, told to its caller. `failed`: it came to no outcome, for this `cause`.

    `document_state` is the state in which it saw or put its document last.
    """

    key: str
    instance: str
    outcome: str = ""
    failed: bool = False
    cause: str = ""
    document_state: str | None = None


class Unwanted(Fact):
    """Word to a called instance that its caller no longer wants it."""

    instance: str
    cause: Label
