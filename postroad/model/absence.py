"""Who acts for whom, and when."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, PlainSerializer, model_validator

from postroad.model.base import Fact
from postroad.model.exact import from_float, plain
from postroad.model.people import Key, PersonId
from postroad.model.storable import Said


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _exact(figure: object) -> object:
    return from_float(figure) if isinstance(figure, float) else figure


def _finite(figure: Decimal) -> Decimal:
    return Decimal(plain(figure))


Moment = Annotated[AwareDatetime, AfterValidator(_utc)]
"""A moment with a time zone, kept in UTC."""

Cap = Annotated[
    Decimal, BeforeValidator(_exact), AfterValidator(_finite), PlainSerializer(plain, return_type=str), Field(ge=0)
]
"""A figure that is exact; as JSON it is text without exponent, such as `"5000.5"`."""


class Absence(Fact):
    """From `from` until before `to`, `agent` may act for `principal`, to whom every task still belongs.

    `processes` are those it is for, none meaning all. With an `amount_cap` it is for documents whose `amount_field`, a
    dotted path, holds a figure up to the cap, in the currency of that field; a document without such a figure stays
    with the principal. `open_tasks` hands over what is open already, too.
    """

    id: Annotated[str, Field(min_length=1, max_length=64)]
    principal: PersonId
    agent: PersonId
    from_: Moment = Field(alias="from")
    to: Moment
    processes: tuple[Key, ...] = ()
    amount_cap: Cap | None = None
    amount_field: Annotated[str, Field(min_length=1)] = "amount"
    open_tasks: bool = False
    note: Said = ""

    @model_validator(mode="after")
    def is_possible(self) -> "Absence":
        if self.agent == self.principal:
            raise ValueError(f"{self.principal} 不能代理本人 / {self.principal} cannot stand in for the same person")
        if self.to <= self.from_:
            raise ValueError("结束时间必须晚于开始时间 / an absence must end after it begins")
        return self

    def overlaps(self, other: "Absence") -> bool:
        """Whether there are a moment and a process in which the same principal would have both agents."""
        shared = set(self.processes) & set(other.processes)
        return (
            self.principal == other.principal
            and self.from_ < other.to
            and other.from_ < self.to
            and (not self.processes or not other.processes or bool(shared))
        )
