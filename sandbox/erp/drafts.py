from decimal import Decimal, InvalidOperation
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.refusals import Refusal

_CENT = Decimal("0.01")


class Line(BaseModel):
    """An order line; quantity and price are decimal strings."""

    model_config = ConfigDict(extra="forbid")

    item: str
    quantity: str = "1"
    price: str = ""


class Draft(BaseModel):
    """What an applicant fills in."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1)
    applicant: str = Field(min_length=1)
    department: str = ""
    amount: str
    currency: str = "CNY"
    material: Literal["production", "office", "service"]
    category: str = ""
    project: str = ""
    reason: str = ""
    lines: list[Line] = []


class Change(BaseModel):
    """The fields to change; `by` names who changes them."""

    model_config = ConfigDict(extra="forbid")

    by: str = ""
    title: str = Field(default="", min_length=1)
    department: str = ""
    amount: str = ""
    material: Literal["production", "office", "service"] = "office"
    category: str = ""
    project: str = ""
    reason: str = ""
    lines: list[Line] = []


def proper_amount(text: str) -> str:
    """A non-negative decimal with at most two places, written with two."""
    try:
        amount = Decimal(text)
        fits = amount.is_finite() and amount >= 0 and amount == amount.quantize(_CENT)
    except InvalidOperation:
        fits = False
    if not fits:
        raise Refusal(
            422,
            "invalid_amount",
            f"金额 {text} 不正确，请填写不小于 0、最多两位小数的数字",
            f"Amount {text} is not valid; give a number from 0 with at most two decimals",
            amount=text,
        )
    return str(amount.quantize(_CENT))
