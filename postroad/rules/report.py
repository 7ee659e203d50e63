"""What checking a table found, for people and for programs."""

from pydantic import Field, JsonValue

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.rules.wellformed import Problem


class Gap(Fact):
    """Situations that no row answers: ``when`` as cells for a new row, and one of them as a ``witness``."""

    when: dict[str, str]
    text: Label
    witness: dict[str, JsonValue]


class Overlap(Fact):
    """Situations that two rows answer."""

    rows: tuple[str, str]
    when: dict[str, str]
    text: Label
    witness: dict[str, JsonValue]


class Unreachable(Fact):
    """A row that never answers: the rows ``by`` come first everywhere, or, with none, it lies outside the domains."""

    row: str
    by: tuple[str, ...] = ()
    text: Label


class FailedCase(Fact):
    """A case whose answer is not what its author expects."""

    case: str
    text: Label


class Report(Fact):
    """Everything found, each list of at most ``LISTED`` entries.

    ``proven`` is false when a list may lack entries: it was cut, the search budget was spent, or errors kept the table
    from being analysed. ``by_default`` are the situations that the default row answers.
    """

    table: str
    sha256: str
    errors: list[Problem] = Field(default_factory=list)
    gaps: list[Gap] = Field(default_factory=list)
    overlaps: list[Overlap] = Field(default_factory=list)
    unreachable: list[Unreachable] = Field(default_factory=list)
    cases: list[FailedCase] = Field(default_factory=list)
    by_default: list[Gap] = Field(default_factory=list)
    proven: bool = True

    @property
    def ok(self) -> bool:
        """Whether the table may be published."""
        return not (self.errors or self.gaps or self.overlaps or self.unreachable or self.cases)


LISTED = 50
