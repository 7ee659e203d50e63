"""What could have been given where a column that is worked out has a certain truth value: for situations to show."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from itertools import islice, product
from typing import Any

from postroad.rules.compile import CompiledTable
from postroad.rules.inputs import Asked, Value
from postroad.rules.values import Kind, Point, ValueRefused, read_value

MOST_TRIED = 2000
_START: dict[Kind, Any] = {"number": 0, "date": "2026-01-01", "bool": True, "text": "其他"}
_STEP: dict[Kind, Any] = {"number": Decimal(1), "date": timedelta(days=1)}


def supposed(compiled: CompiledTable, columns: Mapping[str, Point]) -> dict[str, Value] | None:
    """Values for the inputs without a column, such that the columns have these values; None if none were found.

    There may be none: columns that are worked out from the same inputs need not go together in every way.
    """
    unknown = [one for one in compiled.asked if one.given.key not in columns]
    single = [one for one in unknown if one.kind is not None]
    choices = [list(_choices(compiled, one, columns)) for one in single]
    for drawn in islice(product(*choices), MOST_TRIED):
        values: dict[str, Value] = {**columns, **{one.given.key: v for one, v in zip(single, drawn, strict=True)}}
        for one in unknown:
            if one.kind is None:
                values[one.given.key] = _list(compiled, one.given.key, values)
        if all(work_out(values) == columns[key] for key, work_out in compiled.computed):
            return {one.given.key: values[one.given.key] for one in unknown}
    return None


def _choices(compiled: CompiledTable, one: Asked, columns: Mapping[str, Point]) -> Iterator[Point]:
    """Values of this kind near those that are known, the likeliest first."""
    kind = one.kind
    assert kind is not None  # noqa: S101 - lists are made otherwise
    known = [value for value in columns.values() if isinstance(value, type(read_value(kind, _START[kind])))]
    known += [*_constants(compiled, kind), read_value(kind, _START[kind])]
    if kind == "bool":
        known = [True, False]
    step = _STEP.get(kind)
    near: list[Any] = [
        value for point in known for value in ((point, point + step, point - step) if step else (point,))
    ]
    yield from dict.fromkeys(near)


def _constants(compiled: CompiledTable, kind: Kind) -> Iterator[Point]:
    for column in compiled.table.inputs:
        computed = column.is_
        constant = computed and (computed.contains.value if computed.contains else computed.value)
        if constant is not None:
            try:
                yield read_value(kind, constant)
            except ValueRefused:
                continue  # it is compared with an input of another kind


def _list(compiled: CompiledTable, key: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    """The words that the list must hold, and no others."""
    words: list[str] = []
    for column in compiled.table.inputs:
        contains = column.is_.contains if column.is_ else None
        if contains and contains.list == key and values[column.key] is True:
            words.append(str(values[contains.item]) if contains.item else contains.value or "")
    return tuple(dict.fromkeys(words))
