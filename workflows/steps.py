"""The steps that instances take outside themselves, as abstract activities; `activities` holds the real ones.

Each takes one typed object and returns one. All are called at least once and must be harmless when called again.
"""

from abc import ABC, abstractmethod

from pydantic import AwareDatetime
from temporalio import activity

from postroad.model.base import Fact
from postroad.model.deadline import Deadline, Reckoning
from postroad.model.document import Document, DocumentRef
from postroad.model.effect import EffectResult, Intent
from postroad.model.people import Resolution, SelfApproval, Variables, Who
from postroad.model.process import Pin, Process
from postroad.model.table import Evaluation
from postroad.model.task import Record


class EvaluateOrder(Fact):
    """Evaluate the table on these inputs, at the moment `at`: its rows may have dates.

    By the content with this hash; at the pin `latest`, by the version that is in force at the moment, if there is one.
    """

    table: str
    sha256: str
    inputs: Variables
    pin: Pin = "start"
    at: AwareDatetime | None = None


class ResolveOrder(Fact):
    """Find the people that `who` means, given the variables; when there are none, whom `fallback` means, in order.

    With them come the agents of those who are away at the moment `at`, for this `process`; at None nobody is away.
    """

    who: tuple[Who, ...]
    fallback: tuple[Who, ...] = ()
    owner: Who
    initiator: str
    variables: Variables
    self_approval: SelfApproval | None = None
    process: str = ""
    at: AwareDatetime | None = None


class AssignOrder(ResolveOrder):
    """Choose exactly one of those whom `who`, a single specification with a strategy, means, for this task of a node.

    It is estimated at so many `minutes`; `done_by` says who did the steps that its person must be apart from.
    """

    task: str
    node: str
    minutes: int
    done_by: dict[str, tuple[str, ...]] = {}


class ReckonOrder(Fact):
    """Reckon when the rungs of this deadline come, for those whose clock started at `since`."""

    deadline: Deadline
    since: AwareDatetime


class BacktestOrder(Fact):
    """Carry out the backtest that is noted under this id."""

    id: str


class LatestOrder(Fact):
    """Find the latest release of this process."""

    process: str


class LatestRelease(Fact):
    """A release, its definition, and the content hashes of its tables."""

    release: str
    process: Process
    tables: dict[str, str]


class RecordOrder(Fact):
    """Write this down, and with `show` bring the cards up to date as well if that is quickly done."""

    record: Record
    show: bool = True


class Recorded(Fact):
    """Written; whether there are cards left that show less than what was written."""

    cards_due: bool


class CardsOrder(Fact):
    """Bring every card of this instance to what its task now is."""

    instance: str


class RuleSteps(ABC):
    @activity.defn(name="rules.evaluate")
    @abstractmethod
    async def evaluate(self, order: EvaluateOrder) -> Evaluation:
        """The table's answer with its status; never raises for bad inputs. Raises Unknown for an unpublished table."""


class BacktestSteps(ABC):
    @activity.defn(name="rules.backtest")
    @abstractmethod
    async def backtest(self, order: BacktestOrder) -> None:
        """Ask all cases and keep the result beside the version; stops when somebody has cancelled it."""


class PeopleSteps(ABC):
    @activity.defn(name="people.resolve")
    @abstractmethod
    async def resolve(self, order: ResolveOrder) -> Resolution:
        """Active people in order, each once, with the reason; an empty resolution when even the fallback has nobody."""

    @activity.defn(name="people.assign")
    @abstractmethod
    async def assign(self, order: AssignOrder) -> Resolution:
        """The one person chosen for the task, whose load it is from now on; the same for the same task, counted once.

        Several are asked only where nobody has time, or where none of those meant can and the fallback does.
        """


class CalendarSteps(ABC):
    @activity.defn(name="calendar.reckon")
    @abstractmethod
    async def reckon(self, order: ReckonOrder) -> Reckoning:
        """The moments on the company's calendar as it is now. Raises NoSuchTime if there is too little work in it."""


class ReleaseSteps(ABC):
    @activity.defn(name="releases.latest")
    @abstractmethod
    async def latest(self, order: LatestOrder) -> LatestRelease:
        """The release on which a called process starts. Raises Unknown for a process that was never published."""


class TaskSteps(ABC):
    @activity.defn(name="tasks.record")
    @abstractmethod
    async def record(self, order: RecordOrder) -> Recorded:
        """Write tasks, instance, story lines and answers in one transaction; older pictures never overwrite newer.

        Cards come after it and never fail it: what could not be shown is due.
        """


class DocumentSteps(ABC):
    @activity.defn(name="documents.read")
    @abstractmethod
    async def read(self, ref: DocumentRef) -> Document:
        """The document as its system has it now."""


class EffectSteps(ABC):
    @activity.defn(name="effects.act")
    @abstractmethod
    async def act(self, intent: Intent) -> EffectResult:
        """Carry out one intent with at most one effect.

        Returns CONFIRMED, CONFLICT or REJECTED; raises only what a later attempt may overcome.
        """


class ChatSteps(ABC):
    @activity.defn(name="chat.sync_cards")
    @abstractmethod
    async def sync_cards(self, order: CardsOrder) -> None:
        """Create or update the cards whose tasks changed; what is already shown is not sent again."""
