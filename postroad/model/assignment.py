"""What one person was chosen by, and who it is. All of it is JSON, and the choice can be made again from it."""

from typing import Literal

from pydantic import AwareDatetime

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.people import Who

Step = Literal["meant", "deputy", "superior", "queue", "owner"]
"""Where somebody was found: among those who are meant, or on a rung below."""


class Load(Fact):
    """What somebody has to do now, in tasks and in minutes as estimated, and when the last task was given to them.

    `assumed`: another task is being given to the person at this very moment, and counted as if it were theirs.
    """

    tasks: int = 0
    minutes: int = 0
    last_at: AwareDatetime | None = None
    assumed: bool = False


class Exclusion(Fact):
    """Why somebody who is meant is not chosen. `leave`: away; `capacity`: has as much as he may have."""

    code: Literal["inactive", "duties", "leave", "capacity"]
    text: Label


class Contender(Fact):
    """Somebody who could be chosen, for this `reason`; `level` is that of the skill which is asked for, 0 without one.

    With an `agent` the task is the person's, and the agent does it. The limits are of the one who does it.
    """

    person: str
    name: str
    reason: Label
    level: int = 0
    most_tasks: int | None = None
    most_minutes: int | None = None
    excluded: Exclusion | None = None
    agent: str | None = None
    agent_name: str = ""

    @property
    def doer(self) -> str:
        """Whose load it would be."""
        return self.agent or self.person


class Shortlist(Fact):
    """Whom a specification with a strategy means, before anybody looks at how much they have to do.

    `contenders` hold also those who are excluded; the other lists are of the rungs below, in order. `minutes` is what
    the task is estimated at, `skill` the one asked for, `key` what `sticky` goes by. `directory` is the stamp of the
    organisation. `skipped`: only the initiator is meant, whom the process passes over. `trace` says how it was found.
    """

    spec: Who
    contenders: tuple[Contender, ...] = ()
    deputies: tuple[Contender, ...] = ()
    superiors: tuple[Contender, ...] = ()
    owners: tuple[Contender, ...] = ()
    minutes: int = 60
    skill: str | None = None
    key: str | None = None
    directory: str = ""
    skipped: bool = False
    trace: tuple[str, ...] = ()

    @property
    def doers(self) -> set[str]:
        """Everybody whose load matters."""
        return {one.doer for one in (*self.contenders, *self.deputies, *self.superiors, *self.owners)}


class Ranked(Fact):
    """A contender as the choice saw him: `points`, in hundredths of 100, with `weighted` alone."""

    person: str
    name: str
    agent: str | None = None
    level: int = 0
    load: Load
    points: int | None = None
    excluded: Exclusion | None = None


class Choice(Fact):
    """Who was chosen, at which step and why; the only step with several people are the queue and the owners.

    `ranking` are all who are meant and those of the step, the best first and the excluded last. Nobody at all is an
    empty choice.
    """

    step: Step
    people: tuple[Contender, ...] = ()
    why: Label
    ranking: tuple[Ranked, ...] = ()


class Trace(Fact):
    """All that a choice was made from, and the choice. `before` did it last time for the same key."""

    shortlist: Shortlist
    loads: dict[str, Load] = {}
    before: str | None = None
    choice: Choice
