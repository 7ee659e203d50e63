"""Decision tables as authors write them (``*.table.yaml``), and what an evaluation of one says.

The models hold drafts too: they check shape only. Whether cells parse, rows meet or situations are
missing is said by :func:`postroad.rules.check.check`, which names row and column.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, JsonValue, model_validator
from pydantic.config import JsonDict

from postroad.model.base import Fact
from postroad.model.cell import CellText, Written, cell_text
from postroad.model.computed import Computed, is_unsaid
from postroad.model.exact import ExactJson
from postroad.model.hit import HitPolicy
from postroad.model.label import Label
from postroad.model.people import Key

ColumnType = Literal["number", "money", "enum", "bool", "date", "text"]
GivenType = ColumnType | Literal["list"]
OutputType = Literal["who", "text", "number", "money", "enum", "bool", "date", "json"]


def _domain(given: Any) -> Any:
    return tuple(cell_text(one) for one in given) if isinstance(given, list | tuple) else cell_text(given)


Domain = Annotated[str | tuple[str, ...], BeforeValidator(_domain, json_schema_input_type=Written | list[Written])]


def _without_title(schema: JsonDict) -> None:
    """In the schema: a title may be left out, the key then serves."""
    required = schema.get("required")
    schema["required"] = [name for name in required if name != "title"] if isinstance(required, list) else []


class _Titled(Fact):
    model_config = ConfigDict(json_schema_extra=_without_title)

    @model_validator(mode="before")
    @classmethod
    def _title_from_key(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("title") is None and "key" in given:
            return {**given, "title": str(given["key"])}
        return given


class Column(_Titled):
    """One input: what is asked, in which unit, and which values can occur at all.

    ``domain`` is a cell for ordered types (``"[0..)"``) and a list of values for enum and text; ``unit`` is the
    currency of money, or the unit people read beside a number. A ``bool`` with ``is`` is not given but worked out from
    other inputs.
    """

    key: Key
    title: Label
    type: ColumnType
    unit: str | None = None
    domain: Domain | None = None
    is_: Computed | None = Field(default=None, alias="is", exclude_if=is_unsaid)


class Given(_Titled):
    """An input without a column of its own, from which columns are worked out; a ``list`` holds words."""

    key: Key
    title: Label
    type: GivenType
    unit: str | None = None


class Output(_Titled):
    """One thing a row decides; ``who`` is a specification of people, everything else a value.

    ``values`` are all that a row may say here, the most important first: under priority and output_order they say which
    row comes before which, the first output with ``values`` deciding before the next. ``unit`` is as in a column.
    """

    key: Key
    title: Label
    type: OutputType = "json"
    values: tuple[ExactJson, ...] | None = Field(default=None, exclude_if=is_unsaid)
    unit: str | None = Field(default=None, exclude_if=is_unsaid)


class Row(Fact):
    """When the cells hold, then the outputs apply; an input left out means any value.

    The row holds from the day ``valid_from`` to the day ``valid_to``, both included, in the company's time zone; left
    out, it has always held, or holds for ever.
    """

    id: Annotated[str, Field(min_length=1, max_length=64)]
    when: dict[str, CellText] = Field(default_factory=dict)
    then: dict[str, ExactJson]
    note: Label | None = None
    valid_from: date | None = Field(default=None, exclude_if=is_unsaid)
    valid_to: date | None = Field(default=None, exclude_if=is_unsaid)


class Status(StrEnum):
    """How an evaluation ended; everything but OK needs a person."""

    OK = "OK"
    NO_MATCH = "NO_MATCH"
    CONFLICT = "CONFLICT"
    INPUT_ERROR = "INPUT_ERROR"


class Expectation(Fact):
    """What a case demands; parts left out, or null, are not compared.

    ``default`` says whether the default row must answer.
    """

    status: Status | None = None
    rows: tuple[str, ...] | None = None
    outcome: ExactJson = None
    default: bool | None = None

    @model_validator(mode="after")
    def _demands_something(self) -> Self:
        if all(demand is None for demand in (self.status, self.rows, self.outcome, self.default)):
            raise ValueError("expect 至少写一项：rows、outcome、status、default / expect needs at least one of them")
        return self


class TableCase(Fact):
    """One example the owner signs off: these inputs must give this answer, where rows have dates ``on`` this day."""

    name: str | None = None
    inputs: dict[str, ExactJson]
    expect: Expectation
    on: date | None = Field(default=None, exclude_if=is_unsaid)


class Table(Fact):
    """A decision table. ``default`` answers when no row does; under a policy that lists it may be a list, even ``[]``.

    Without a default that situation is a NO_MATCH under every policy but collect_count, which answers 0.
    """

    model_config = ConfigDict(json_schema_extra=_without_title)

    table: Key
    title: Label
    hit: HitPolicy
    inputs: Annotated[tuple[Column, ...], Field(min_length=1)]
    given: Annotated[tuple[Given, ...], Field(exclude_if=is_unsaid)] = ()
    outputs: Annotated[tuple[Output, ...], Field(min_length=1)]
    rows: tuple[Row, ...]
    default: dict[str, ExactJson] | tuple[dict[str, ExactJson], ...] | None = None
    cases: tuple[TableCase, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _title_from_table(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("title") is None and "table" in given:
            return {**given, "title": str(given["table"])}
        return given

    @property
    def is_dated(self) -> bool:
        """Whether an answer depends on the day."""
        return any(row.valid_from or row.valid_to for row in self.rows)


class NearMiss(Fact):
    """A row that failed in one cell only: the usual answer to "why not this rule?"."""

    row: str
    column: str
    value: str
    test: str

    @property
    def text(self) -> Label:
        return Label(
            zh=f"{self.row} 只差 {self.column}：{self.value} 不满足 {self.test}",
            en=f"{self.row} fails only on {self.column}: {self.value} is not {self.test}",
        )


class Evaluation(Fact):
    """One answer of one table, small enough for a workflow's history.

    ``inputs`` are the values used, normalised (figures and dates as text), those worked out among them; ``on`` is the
    day it was asked for, if rows have dates. ``outcome`` is a mapping, under collect, rule_order and output_order a
    list of mappings, and null unless the status is OK; sum, min and max are exact text, a count is a whole number.
    ``ms`` is how long it took, if somebody measured it. ``near`` names a few rows that missed by one cell; the full
    account is :func:`postroad.rules.explain.explain`.
    """

    status: Status
    table: str
    sha256: str
    inputs: dict[str, JsonValue] = Field(default_factory=dict)
    rows: list[str] = Field(default_factory=list)
    outcome: JsonValue = None
    used_default: bool = False
    message: Label | None = None
    near: list[NearMiss] = Field(default_factory=list)
    on: date | None = Field(default=None, exclude_if=is_unsaid)
    ms: float | None = Field(default=None, exclude_if=is_unsaid)


class CellExplanation(Fact):
    """One cell of one row: the value it saw, the test as written (``-`` for any), and whether it held."""

    column: str
    value: str
    test: str
    holds: bool


class RowExplanation(Fact):
    """One row: matched, or the cells that stood in the way."""

    row: str
    matched: bool
    cells: list[CellExplanation]


class Explanation(Fact):
    """The evaluation and the account of every row, nearest misses first in ``nearest``."""

    evaluation: Evaluation
    rows: list[RowExplanation] = Field(default_factory=list)
    nearest: list[NearMiss] = Field(default_factory=list)
