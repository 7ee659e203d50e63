"""Test cases of a process, as a business person writes them (`cases.yaml`)."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field, field_validator, model_validator

from postroad.model.absence import Absence
from postroad.model.assignment import Load
from postroad.model.base import Fact
from postroad.model.calendar import WorkingCalendar
from postroad.model.decision import Action, Signers, Verdict
from postroad.model.duration import duration
from postroad.model.event import ActName
from postroad.model.process import Process, Sequence


class CaseStart(Fact):
    """`at` is when it is submitted, a Monday morning if it does not matter."""

    initiator: str
    at: AwareDatetime | None = None
    document: dict[str, Any]


class CaseAbsence(Absence):
    """Somebody who is away while the case is played, and who acts meanwhile."""

    id: str = ""


_ABOUT_A_TASK = frozenset({"reassign", "remove_signer"})


class CaseStep(Fact):
    """Somebody does something (`as`, `do`), time passes (`after`, `until`), an event arrives, or an administrator acts.

    Or the process that the node `called` has called ends, with this `outcome`, or fails if there is none.

    `add` says whom `do: add_signers` adds, `target` where `do: return` leads; `admin` is about the newest task of the
    person `of`, the newest effect of a node (`effect: write_back` or `write_back:undo`), or the instance, and `target`
    is where its `jump` leads. `set` changes fields of the document
    first. Without `node`, the act is about the person's own open task. `stale`: the person still looks at the form as
    it was before it last changed. `expect` is the verdict that the act must have.
    """

    as_: str | None = Field(default=None, alias="as")
    do: Action | None = None
    node: str | None = None
    reason: str = ""
    to: str | None = None
    set: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    add: Signers | None = None
    target: str | None = None
    confirmed: bool = False
    admin: ActName | None = None
    of: str | None = None
    effect: str | None = None
    after: str | None = None
    until: AwareDatetime | None = None
    event: str | None = None
    called: str | None = None
    outcome: str | None = None
    stale: bool = False
    expect: Verdict = Verdict.ACCEPTED

    @model_validator(mode="after")
    def is_one_thing(self) -> "CaseStep":
        ways = [
            self.as_ is not None and self.do is not None,
            self.after is not None or self.until is not None,
            self.event is not None,
            self.admin is not None and (self.of is not None or self.admin not in _ABOUT_A_TASK),
            self.called is not None,
            bool(self.set),
        ]
        if self.after is not None and self.until is not None:
            raise ValueError("after 与 until 只能写一个 / write after or until, not both")
        if sum(ways[:5]) != 1 and not (ways[5] and not any(ways[:5])):
            raise ValueError(
                "每一步写 as+do、after、until、event、admin+of、called 或 set 之一 / "
                "a step is as+do, after, until, event, admin+of, called or set"
            )
        return self

    @field_validator("after")
    @classmethod
    def is_a_duration(cls, value: str | None) -> str | None:
        if value is not None:
            duration(value)
        return value


class CaseExpect(Fact):
    """What must be so at the end; what is left out is not compared.

    `effects` are the effect nodes done, in order (`write_back`), and those undone (`write_back:undo`); `waiting`, who
    is asked now; `told`, who got a copy; `decided_by`, who approved or rejected, in order; `asked_for`, the titles of
    the tasks there were, in order; `ways`, which branches were taken, as the story says it; `calls`, the nodes that
    called another process (`quality`), and those that called it off (`quality:off`); `reminded`, who was reminded of a
    deadline or warned, in order; `automatic`, whose part was decided because its time was over; `sees`, which fields
    of the document these people see, in any order; `fields`, what these fields say.
    """

    outcome: str | None = None
    effects: tuple[str, ...] | None = None
    waiting: tuple[str, ...] | None = None
    told: tuple[str, ...] | None = None
    decided_by: tuple[str, ...] | None = None
    reminded: tuple[str, ...] | None = None
    automatic: tuple[str, ...] | None = None
    sees: dict[str, tuple[str, ...]] | None = None
    fields: dict[str, Any] | None = None
    asked_for: tuple[str, ...] | None = None
    ways: tuple[str, ...] | None = None
    calls: tuple[str, ...] | None = None


class CaseSettings(Fact):
    """What a case is played with instead of the process's own setting; `ignore` is that of its document."""

    withdraw: Literal["before_first_decision", "while_running", "never"] | None = None
    take_back: bool | None = None
    revoke: str | None = None
    reach: Literal["open", "run"] | None = None
    ignore: tuple[str, ...] | None = None


class Case(Fact):
    """`steps` are played instead of the process's own, its document and its owner staying as they are.

    `fails` are effects (`write_back`, `write_back:undo`) that are refused as often as they stand there, and then done.
    `absences` say who is away; a case begins on Monday 2026-01-05 at 09:00 in China. `loads` say what people have to do
    then, and `before`, who did it last time for a key: for what one person is chosen.
    """

    name: str
    steps: Sequence = ()
    settings: CaseSettings = CaseSettings()
    fails: tuple[str, ...] = ()
    absences: tuple[CaseAbsence, ...] = ()
    loads: dict[str, Load] = {}
    before: dict[str, str] = {}
    start: CaseStart
    script: tuple[CaseStep, ...] = ()
    expect: CaseExpect

    def on(self, process: Process) -> Process:
        """The process that this case is played on."""
        changed = self.settings.model_dump(exclude_none=True, exclude={"ignore"})
        if self.settings.ignore is not None:
            changed["document"] = process.document.model_copy(update={"ignore": self.settings.ignore})
        if self.steps:
            changed["steps"] = self.steps
        return process.model_copy(update=changed)


class CaseFile(Fact):
    """`calendar` is when the company works, office hours in China if it says nothing."""

    organisation: str
    calendar: WorkingCalendar = WorkingCalendar()
    absences: tuple[CaseAbsence, ...] = ()
    cases: tuple[Case, ...] = Field(min_length=1)
