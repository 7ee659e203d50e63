"""Exact figures and JSON-safe values: no binary float ever reaches a rule or a stored record."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, JsonValue

from postroad.model.label import Label

MOST_DIGITS = 40
"""Longer figures are a mistake, not money; written out, ``1E+999999999`` would exhaust memory."""

FLOAT_DIGITS = 15
"""A decimal of up to 15 significant digits survives a binary float unchanged; a longer one was already altered."""


class Inexact(ValueError):  # noqa: N818 - it names what the value is, as refusals do
    """A value that cannot be kept exactly; a ValueError, so that pydantic reports it with its place."""

    def __init__(self, zh: str, en: str) -> None:
        self.label = Label(zh=zh, en=en)
        super().__init__(f"{zh} / {en}")


def plain(figure: Decimal) -> str:
    """Write a figure without exponent, trailing zeros or negative zero: ``Decimal("5E+3")`` is ``"5000"``.

    Raises:
        Inexact: the figure is NaN, infinite or longer than ``MOST_DIGITS``.
    """
    if not figure.is_finite():
        raise Inexact(f"{figure} 不是数字", f"{figure} is not a number")
    if abs(figure.adjusted()) > MOST_DIGITS or len(figure.as_tuple().digits) > MOST_DIGITS:
        raise Inexact(f"数字超过 {MOST_DIGITS} 位", f"the number has more than {MOST_DIGITS} digits")
    text = f"{figure:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def from_float(value: float) -> Decimal:
    """The decimal a float was written as.

    Raises:
        Inexact: NaN, infinity, or more digits than a float carries faithfully.
    """
    figure = Decimal(repr(value))
    if not figure.is_finite():
        raise Inexact(f"{value} 不是数字", f"{value} is not a number")
    if len(figure.normalize().as_tuple().digits) > FLOAT_DIGITS:
        raise Inexact(
            f"浮点数 {value} 已失去精度，请以文本传入", f"the float {value} has lost precision; pass the figure as text"
        )
    return figure


def json_safe(value: Any) -> Any:
    """The same value as plain JSON: figures with a fraction become exact text, dates ISO text; whole numbers stay.

    Raises:
        Inexact: the value, or something inside it, has no exact JSON form.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return plain(from_float(value))
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): json_safe(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [json_safe(inner) for inner in value]
    raise Inexact(f"{type(value).__name__} 不能写成 JSON", f"a {type(value).__name__} cannot be written as JSON")


ExactJson = Annotated[JsonValue, BeforeValidator(json_safe)]
"""A JSON value whose figures are exact; give it Decimals or dates and it stores their text."""
