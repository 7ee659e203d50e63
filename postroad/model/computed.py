"""What a decision table works out from its inputs before any cell is asked: truth values only."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from postroad.model.base import Fact
from postroad.model.cell import cell_text
from postroad.model.people import Key

Operator = Literal["<", "<=", ">", ">=", "=", "!="]
Constant = Annotated[str, BeforeValidator(cell_text, json_schema_input_type=str | int | float | bool)]
"""One value as text: ``5000``, ``2026-11-22``, ``true`` or a word."""


def is_unsaid(value: object) -> bool:
    """Whether a field has its default, which is left out: what a table does not use does not change its hash."""
    return value is None or value == ()


class Contains(Fact):
    """Whether a list-valued input holds a constant ``value``, or the value of the input ``item``."""

    list: Key
    value: Constant | None = None
    item: Key | None = None

    @model_validator(mode="after")
    def _looks_for_one_thing(self) -> Self:
        if (self.value is None) == (self.item is None):
            raise ValueError(
                "contains 请写 value（一个值）或 item（一个输入）之一，例如 {list: tags, value: VIP} / "
                "contains takes either a value or the name of an input as item, e.g. {list: tags, value: VIP}"
            )
        return self


class Computed(Fact):
    """How a truth value is worked out: ``left op right``, ``left op value`` (a constant), or ``contains`` for a list.

    ``left`` and ``right`` are keys of inputs that are not computed themselves. Figures compare with figures (money with
    money of the same currency), days with days; words and truth values know ``=`` and ``!=`` only.
    """

    left: Key | None = None
    op: Operator | None = None
    right: Key | None = None
    value: Constant | None = None
    contains: Contains | None = None

    @model_validator(mode="after")
    def _says_it_in_one_way(self) -> Self:
        compares = self.left is not None and self.op is not None and (self.right is None) != (self.value is None)
        parts = (self.left, self.op, self.right, self.value)
        if not (compares and self.contains is None) and not (self.contains and all(part is None for part in parts)):
            raise ValueError(
                'is 请写成 {left: amount, op: ">", right: budget}、{left: due, op: "<", value: 2026-12-01} '
                "或 {contains: {list: tags, value: VIP}} / "
                'write `is` as {left: amount, op: ">", right: budget}, {left: due, op: "<", value: 2026-12-01} '
                "or {contains: {list: tags, value: VIP}}"
            )
        return self

    @property
    def needs(self) -> tuple[str, ...]:
        """The keys of the inputs it is worked out from."""
        contains = self.contains
        named = (contains.list, contains.item) if contains else (self.left, self.right)
        return tuple(key for key in named if key is not None)

    def __str__(self) -> str:
        if self.contains:
            return f"{self.contains.list} contains {self.contains.item or self.contains.value}"
        return f"{self.left} {self.op} {self.right or self.value}"
