"""What checking a table found, for people and for programs."""

from datetime import date

from pydantic import Field, JsonValue

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.table import Row, Status
from postroad.rules.problem import Problem


class Gap(Fact):
    """Situations that no row answers: ``row`` would, once it says what then; ``witness`` is one of them, ``on`` a day.

    ``witness`` has every input and names the columns that are worked out as well. If it has those only, nothing was
    found from which they would come out like this: the situation may be impossible.
    """

    when: dict[str, str]
    text: Label
    witness: dict[str, JsonValue]
    on: date | None = None
    row: Row


class Overlap(Fact):
    """Situations that two rows answer, where they must not; ``witness`` is one of them, ``on`` a day."""

    rows: tuple[str, str]
    when: dict[str, str]
    text: Label
    witness: dict[str, JsonValue]
    on: date | None = None


class Unreachable(Fact):
    """A row that never answers: the rows ``by`` come first everywhere, or, with none, it lies outside the domains."""

    row: str
    by: tuple[str, ...] = ()
    text: Label


class Redundant(Fact):
    """A row without which every answer would be the same."""

    row: str
    text: Label


class Unreached(Fact):
    """A value that an output names and nobody ever gets."""

    output: str
    value: JsonValue
    text: Label


class FailedCase(Fact):
    """A case whose answer is not what its author expects."""

    case: str
    text: Label


class BoundaryCase(Fact):
    """What the table answers at, just below or just above a bound that a row names: for the owner to sign off.

    ``inputs`` are as in the witness of a gap; ``column`` is the one whose bound this is, or
    ``valid`` for the first or last day of a row.
    """

    column: str
    inputs: dict[str, JsonValue]
    on: date | None = None
    status: Status
    rows: list[str]
    outcome: JsonValue = None
    used_default: bool = False


class Report(Fact):
    """Everything found, each list of at most ``LISTED`` entries.

    ``proven`` is false when a list of findings may lack entries: it was cut, the search budget was spent, or errors
    kept the table from being analysed. Only ``errors``, ``gaps``, ``overlaps``, ``unreachable`` and ``cases`` keep a
    table from being published. ``by_default`` are the situations that the default row answers, ``shared`` those in
    which the hit policy chooses among rows.
    """

    table: str
    sha256: str
    errors: list[Problem] = Field(default_factory=list)
    gaps: list[Gap] = Field(default_factory=list)
    overlaps: list[Overlap] = Field(default_factory=list)
    unreachable: list[Unreachable] = Field(default_factory=list)
    cases: list[FailedCase] = Field(default_factory=list)
    redundant: list[Redundant] = Field(default_factory=list)
    unreached: list[Unreached] = Field(default_factory=list)
    by_default: list[Gap] = Field(default_factory=list)
    shared: list[Overlap] = Field(default_factory=list)
    boundaries: list[BoundaryCase] = Field(default_factory=list)
    proven: bool = True

    @property
    def ok(self) -> bool:
        """Whether the table may be published."""
        return not (self.errors or self.gaps or self.overlaps or self.unreachable or self.cases)


LISTED = 50
