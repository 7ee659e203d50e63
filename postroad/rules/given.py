"""What is given to an evaluation, read into the columns of a table, or refused in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import JsonValue

from postroad.model.label import Label
from postroad.model.table import Column, Given
from postroad.rules.compile import CompiledTable
from postroad.rules.inputs import Value, json_value
from postroad.rules.values import KIND, Point, ValueRefused, read_value, written

_NO_DAY = Label(
    zh="此表的行有生效日期，请给出日期（on）", en="rows of this table have dates; say for which day (on) it is asked"
)


@dataclass(frozen=True, slots=True)
class Read:
    """The values of the columns, in column order and the day last, and ``seen``, everything used as it is stored.

    ``refusals`` says what is wrong with the others; with any, ``points`` means nothing.
    """

    points: list[Point]
    seen: dict[str, JsonValue]
    on: date | None
    refusals: list[Label]


def read_inputs(compiled: CompiledTable, inputs: Mapping[str, Any], on: date | None = None) -> Read:
    """What is given, read by type; columns that are worked out are, whatever is given under their names."""
    values: dict[str, Value] = {}
    refusals: list[Label] = []
    for one in compiled.asked:
        try:
            values[one.given.key] = one.read(inputs.get(one.given.key))
        except ValueRefused as refused:
            refusals.append(_about(one.given, refused.label))
    if not refusals:
        for key, work_out in compiled.computed:
            values[key] = work_out(values)
    return _in_columns(compiled, values, on, refusals)


def read_columns(compiled: CompiledTable, values: Mapping[str, Any], on: date | None = None) -> Read:
    """The values of the columns themselves, also of those that would be worked out: for showing what a table does."""
    read = {column.key: read_value(KIND[column.type], values.get(column.key)) for column in compiled.table.inputs}
    return _in_columns(compiled, read, on, [])


def _in_columns(compiled: CompiledTable, values: Mapping[str, Any], on: date | None, refusals: list[Label]) -> Read:
    columns = compiled.table.inputs
    for column, axis in zip(columns, compiled.axes, strict=False):
        value = values.get(column.key)
        if value is not None and not axis.live[axis.locate(value)]:
            refusals.append(_about(column, _outside(column, written(value))))
    if compiled.is_dated and on is None:
        refusals.append(_NO_DAY)
    points = [] if refusals else [values[column.key] for column in columns]
    if compiled.is_dated and not refusals:
        points.append(on)
    seen = {key: json_value(value) for key, value in values.items()}
    return Read(points, seen, on if compiled.is_dated else None, refusals)


def _outside(column: Column, value: str) -> Label:
    domain = column.domain if isinstance(column.domain, str) else ", ".join(column.domain or ())
    return Label(zh=f"{value} 不在取值范围 {domain} 内", en=f"{value} is outside {domain}")


def _about(column: Column | Given, refusal: Label) -> Label:
    return Label(
        zh=f"{column.title.zh}（{column.key}）：{refusal.zh}", en=f"{column.title.en} ({column.key}): {refusal.en}"
    )
