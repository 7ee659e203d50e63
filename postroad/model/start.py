from typing import Any

from postroad.model.base import Fact
from postroad.model.call import Caller
from postroad.model.document import DocumentRef
from postroad.model.process import Process

ENGINE = 2
"""The behaviour of the interpreter: an instance keeps the one it began with, so what 1 did, 1 does for ever."""


class Start(Fact):
    """What an instance starts with. The definition is a snapshot: nothing published later changes this instance.

    `tables` maps each rule table the process names to the sha256 of the release's content. `engine` numbers the
    behaviour of the interpreter. `carried` is the state handed on by continue-as-new, None at the first run; a run with
    more than `events_per_run` events of history continues as new. `caller` is the instance that called this one, with
    `inputs` as variables.
    """

    engine: int = ENGINE
    release: str
    process: Process
    document: DocumentRef
    tables: dict[str, str] = {}
    carried: dict[str, Any] | None = None
    caller: Caller | None = None
    inputs: dict[str, Any] = {}
    events_per_run: int = 4_000


class Finished(Fact):
    """How an instance ended; the workflow's result."""

    outcome: str
    status: str
