"""From what is given to the values a table compares: read by type, and worked out where a column says so."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from postroad.model.computed import Computed, Operator
from postroad.model.table import Column, Given, Table
from postroad.rules.values import KIND, Kind, Point, ValueRefused, read_value, written

Words = tuple[str, ...]
Value = Point | Words

_COMPARE: dict[Operator, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_MOST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """One input that has to be given, with or without a column of its own."""

    given: Column | Given
    kind: Kind | None
    """None for a list of words."""

    def read(self, value: Any) -> Value:
        """The value as rules compare it.

        Raises:
            ValueRefused: missing, of another type or currency.
        """
        if self.kind is None:
            return _read_words(value)
        return read_value(self.kind, value, currency=self.given.unit if self.given.type == "money" else None)


def asked(table: Table) -> tuple[Asked, ...]:
    """Every input that has to be given: the columns that are not worked out, then those that only serve others."""
    columns: list[Column | Given] = [column for column in table.inputs if not column.is_]
    return tuple(Asked(one, KIND.get(one.type)) for one in (*columns, *table.given))


def working_out(computed: Computed, inputs: Sequence[Asked]) -> Callable[[Mapping[str, Value]], bool]:
    """What works a computed column out from the inputs by key; the column must be well formed."""
    if computed.contains:
        return _membership(computed)
    assert computed.left is not None and computed.op is not None  # noqa: S101, PT018 - a comparison says both
    left, right, compare = computed.left, computed.right, _COMPARE[computed.op]
    if right is not None:
        return lambda values: compare(values[left], values[right])
    constant = constant_of(computed, next(one for one in inputs if one.given.key == left))
    return lambda values: compare(values[left], constant)


def constant_of(computed: Computed, left: Asked) -> Value:
    """The constant a comparison names, read as what stands left of it.

    Raises:
        ValueRefused: it is of another type.
    """
    return left.read(computed.value)


def json_value(value: Value) -> Any:
    """The value as it is stored: truth values and lists as they are, everything else as canonical text."""
    if isinstance(value, bool):
        return value
    return list(value) if isinstance(value, tuple) else written(value)


def _membership(computed: Computed) -> Callable[[Mapping[str, Value]], bool]:
    contains = computed.contains
    assert contains is not None  # noqa: S101 - asked by the caller
    words, item, constant = contains.list, contains.item, contains.value
    if item is None:
        return lambda values: constant in _words(values[words])
    return lambda values: values[item] in _words(values[words])


def _words(value: Value) -> Words:
    return value if isinstance(value, tuple) else ()


def _read_words(given: Any) -> Words:
    if given is None:
        raise ValueRefused("缺少这个值", "the value is missing")
    if not isinstance(given, list | tuple):
        raise ValueRefused(f"{given!r} 不是列表", f"{given!r} is not a list")
    if len(given) > _MOST_WORDS:
        raise ValueRefused(f"列表超过 {_MOST_WORDS} 项", f"the list has more than {_MOST_WORDS} entries")
    return tuple(str(read_value("text", one)) for one in given)
