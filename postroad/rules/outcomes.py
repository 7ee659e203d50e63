"""What the rows of a table say, made comparable: equal outcomes, their order of importance, and their figures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from postroad.model.hit import HitPolicy
from postroad.model.table import Output, Table
from postroad.rules.values import KIND, Point, read_value, written


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What each row says, by its place.

    ``same[r]`` is a number that rows with equal outcomes share; ``default`` that of the default, -1 if no row says the
    same, None if there is no default or it lists none or several.
    ``rank[r]`` is the row's place by importance, 0 the most important; rows of equal importance stand in row order.
    ``figures[r]`` is what the one output of a sum, min or max says.
    """

    same: tuple[int, ...]
    default: int | None
    rank: tuple[int, ...]
    figures: tuple[Decimal, ...]


def outcomes_of(table: Table) -> Outcomes:
    """The outcomes of a table whose outputs are well formed."""
    numbers: dict[str, int] = {}
    same = tuple(numbers.setdefault(_spelt(row.then, table.outputs), len(numbers)) for row in table.rows)
    default = None
    says = table.default[0] if isinstance(table.default, tuple) and len(table.default) == 1 else table.default
    if isinstance(says, dict):
        default = numbers.get(_spelt(says, table.outputs), -1)
    return Outcomes(same, default, _rank(table), _figures(table))


def comparable(value: Any, output: Output) -> Point | str:
    """A value of an output so that equal ones are equal: ``5`` and ``"5.00"`` are one amount."""
    if output.type in ("json", "who"):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    return read_value(KIND[output.type], value)


def _spelt(then: Mapping[str, Any], outputs: Sequence[Output]) -> str:
    parts = [value if isinstance(value := comparable(then[one.key], one), str) else written(value) for one in outputs]
    return parts[0] if len(parts) == 1 else json.dumps(parts)


def _rank(table: Table) -> tuple[int, ...]:
    if not table.hit.ranks:
        return ()
    known = [
        (output, {comparable(value, output): rank for rank, value in enumerate(output.values)})
        for output in table.outputs
        if output.values
    ]
    importance = [[ranks[comparable(row.then[one.key], one)] for one, ranks in known] for row in table.rows]
    order = sorted(range(len(importance)), key=importance.__getitem__)
    rank = [0] * len(order)
    for place, row in enumerate(order):
        rank[row] = place
    return tuple(rank)


def _figures(table: Table) -> tuple[Decimal, ...]:
    if not table.hit.aggregates or table.hit is HitPolicy.COLLECT_COUNT:
        return ()
    key = table.outputs[0].key
    return tuple(_figure(row.then[key]) for row in table.rows)


def _figure(given: Any) -> Decimal:
    value = read_value("number", given)
    assert isinstance(value, Decimal)  # noqa: S101 - what the reader of numbers returns
    return value
