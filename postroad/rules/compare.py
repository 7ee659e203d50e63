"""What a draft would change: two versions of a table asked the same cases, counted as they come."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import JsonValue, ValidationError

from postroad.model.base import Fact
from postroad.model.exact import plain
from postroad.model.people import Who
from postroad.model.refusals import Malformed
from postroad.model.table import Evaluation, Status
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import evaluate

SAMPLES = 3
"""Cases shown of each way in which answers change."""

MOST_SAMPLES = 60


@dataclass(frozen=True, slots=True)
class Recorded:
    """A case: what was asked and for which day; and, where it was decided once, by which content and what."""

    id: str
    inputs: Mapping[str, Any]
    on: date | None = None
    sha256: str | None = None
    status: str = ""
    rows: Sequence[str] = ()


class Moved(Fact):
    """How many cases one answer gives up to another, and their money; an answer is its rows, `default` or a status."""

    old: str
    new: str
    n: int
    amount: str | None = None


class Shift(Fact):
    """How often somebody is named, under each version; ``who`` is a specification of people, never a person found.

    ``spec`` is the same for programs.
    """

    who: str
    old: int
    new: int
    spec: dict[str, JsonValue] | None = None


class Sample(Fact):
    """One case that is answered otherwise."""

    id: str
    inputs: dict[str, JsonValue]
    old: str
    new: str
    old_outcome: JsonValue = None
    new_outcome: JsonValue = None


class Compared(Fact):
    """What changes if the draft takes the old version's place.

    ``changed`` counts cases with another status or outcome, and ``matrix`` says from which rows to which. ``amount`` is
    the column whose sums are given, in ``unit``: of all cases, and ``at_stake`` of those that change. ``statuses`` says
    how often each version ends how. Of the ``decided`` cases that had been decided once, ``reproduced`` are decided
    the same by the version that did; ``differing`` names some that are not.
    """

    n: int
    changed: int
    matrix: list[Moved]
    amount: str | None = None
    unit: str | None = None
    total: str | None = None
    at_stake: str | None = None
    statuses: dict[str, dict[str, int]]
    load: list[Shift]
    samples: list[Sample]
    decided: int
    reproduced: int
    differing: list[str]


@dataclass
class Comparison:
    """Counts case by case. ``made_by`` gives the content that decided a case once, None if it is not kept any more.

    Raises:
        Malformed: ``amount`` is no figure among the inputs of the old version.
    """

    old: CompiledTable
    draft: CompiledTable
    made_by: Callable[[str], CompiledTable | None]
    amount: str | None = None
    n: int = 0
    changed: int = 0
    decided: int = 0
    reproduced: int = 0
    total: Decimal = Decimal(0)
    at_stake: Decimal = Decimal(0)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    sums: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    statuses: dict[str, Counter[str]] = field(default_factory=lambda: {"old": Counter(), "new": Counter()})
    load: dict[str, Counter[str]] = field(default_factory=lambda: {"old": Counter(), "new": Counter()})
    samples: list[Sample] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        figures = [one for one in self.old.table.inputs if one.type in {"money", "number"}]
        first_money = next((one.key for one in figures if one.type == "money"), None)
        if self.amount is not None and self.amount not in {one.key for one in figures}:
            raise Malformed(
                f"{self.amount} 不是规则表的数字列，可用：{'、'.join(one.key for one in figures) or '无'}",
                f"{self.amount} is no column of figures; there are {', '.join(one.key for one in figures) or 'none'}",
                code="no_such_amount",
            )
        self.amount = self.amount or first_money
        self._named: dict[tuple[str, str], list[Who]] = {}
        self._specs: dict[str, dict[str, JsonValue]] = {}

    def add(self, case: Recorded) -> None:
        was, now = evaluate(self.old, case.inputs, case.on), evaluate(self.draft, case.inputs, case.on)
        self.n += 1
        self._reproduce(case, was)
        figure = self._figure(was)
        self.total += figure
        for side, table, answer in (("old", self.old, was), ("new", self.draft, now)):
            self.statuses[side][answer.status.value] += 1
            self.load[side].update(str(one) for one in self._people(table, answer))
        if (was.status, was.outcome) != (now.status, now.outcome):
            self._note(case, was, now, figure)

    def _reproduce(self, case: Recorded, was: Evaluation) -> None:
        if case.sha256 is None:
            return
        self.decided += 1
        again: Evaluation | None = was
        if case.sha256 != self.old.sha256:
            maker = self.made_by(case.sha256)
            again = evaluate(maker, case.inputs, case.on) if maker else None
        if again is not None and (again.status, again.rows) == (case.status, list(case.rows)):
            self.reproduced += 1
        elif len(self.differing) < MOST_SAMPLES:
            self.differing.append(case.id)

    def _figure(self, answer: Evaluation) -> Decimal:
        said = answer.inputs.get(self.amount) if self.amount else None
        return Decimal(said) if isinstance(said, str) else Decimal(0)

    def _note(self, case: Recorded, was: Evaluation, now: Evaluation, figure: Decimal) -> None:
        move = (_answer(was), _answer(now))
        self.changed += 1
        self.at_stake += figure
        self.moves[move] += 1
        self.sums[move] = self.sums.get(move, Decimal(0)) + figure
        if self.moves[move] <= SAMPLES and len(self.samples) < MOST_SAMPLES:
            self.samples.append(
                Sample(
                    id=case.id,
                    inputs=was.inputs,
                    old=move[0],
                    new=move[1],
                    old_outcome=was.outcome,
                    new_outcome=now.outcome,
                )
            )

    def _people(self, table: CompiledTable, answer: Evaluation) -> list[Who]:
        """Whom an answer names; worked out once for each combination of rows."""
        if answer.status is not Status.OK:
            return []
        known = (table.sha256, _answer(answer))
        if known not in self._named:
            keys = [output.key for output in table.table.outputs if output.type == "who"]
            self._named[known] = _named(answer.outcome, keys)
            for one in self._named[known]:
                self._specs[str(one)] = one.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return self._named[known]

    def result(self) -> Compared:
        unit = next((one.unit for one in self.old.table.inputs if one.key == self.amount), None)
        has_amount = self.amount is not None
        everybody = sorted({*self.load["old"], *self.load["new"]})
        return Compared(
            n=self.n,
            changed=self.changed,
            matrix=[
                Moved(old=old, new=new, n=n, amount=plain(self.sums[old, new]) if has_amount else None)
                for (old, new), n in self.moves.most_common()
            ],
            amount=self.amount,
            unit=unit,
            total=plain(self.total) if has_amount else None,
            at_stake=plain(self.at_stake) if has_amount else None,
            statuses={side: dict(counted) for side, counted in self.statuses.items()},
            load=[
                Shift(who=one, old=self.load["old"][one], new=self.load["new"][one], spec=self._specs.get(one))
                for one in everybody
            ],
            samples=self.samples,
            decided=self.decided,
            reproduced=self.reproduced,
            differing=self.differing,
        )


def _answer(answer: Evaluation) -> str:
    if answer.status is not Status.OK:
        return answer.status.value
    return ", ".join(answer.rows) or ("default" if answer.used_default else "-")


def _named(outcome: JsonValue, keys: Sequence[str]) -> list[Who]:
    found: list[Who] = []
    for one in outcome if isinstance(outcome, list) else [outcome]:
        for said in [one.get(key) for key in keys] if isinstance(one, dict) else []:
            found += [who for spec in (said if isinstance(said, list) else [said]) if (who := _who(spec))]
    return found


def _who(said: JsonValue) -> Who | None:
    try:
        return Who.model_validate(said)
    except ValidationError:
        return None
