"""Values as rules compare them: exact figures, dates, truth values and text, read without guessing."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from postroad.model.exact import Inexact, from_float, plain
from postroad.model.refusals import Malformed

Kind = Literal["number", "date", "bool", "text"]
Point = Decimal | date | bool | str

KIND: dict[str, Kind] = {
    "number": "number",
    "money": "number",
    "date": "date",
    "bool": "bool",
    "enum": "text",
    "text": "text",
}
ORDERED: tuple[Kind, ...] = ("number", "date")

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class ValueRefused(Malformed):
    """A value that cannot be compared: missing, of another type, of another currency, or outside the domain."""

    code = "value_refused"


def read_value(kind: Kind, given: Any, *, currency: str | None = None) -> Point:
    """The value in the form that rules compare.

    Figures may come as int, Decimal, plain decimal text or a float that is still faithful; money also as
    ``{"amount": ..., "currency": ...}`` when ``currency`` is given; dates as date or ISO text; truth values as bool.

    Raises:
        ValueRefused: anything else.
    """
    if given is None:
        raise ValueRefused("缺少这个值", "the value is missing")
    return _READ[kind](_amount(given, currency) if currency else given)


def written(value: Point) -> str:
    """The value as canonical text: ``5000``, ``2026-11-22``, ``true``, or the text itself."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    return value if isinstance(value, str) else value.isoformat()


def _amount(given: Any, currency: str) -> Any:
    if not isinstance(given, Mapping):
        return given
    if given.get("currency") != currency:
        raise ValueRefused(
            f"币种是 {given.get('currency')}，规则用 {currency}；请先换算",
            f"the currency is {given.get('currency')}, the rules use {currency}; convert it first",
        )
    return given.get("amount")


def _read_number(given: Any) -> Decimal:
    try:
        figure = _figure(given)
        exact = None if figure is None else Decimal(plain(figure))
    except Inexact as error:
        raise ValueRefused(error.label.zh, error.label.en) from error
    if exact is None:
        raise ValueRefused(
            f"{given!r} 不是数字，请写成 28000.00 这样", f"{given!r} is not a number; write it like 28000.00"
        )
    return exact


def _figure(given: Any) -> Decimal | None:
    if isinstance(given, Decimal):
        return given
    if isinstance(given, int) and not isinstance(given, bool):
        return Decimal(given)
    if isinstance(given, str):
        return Decimal(given) if NUMBER.fullmatch(given) else None
    return from_float(given) if isinstance(given, float) else None


def _read_date(given: Any) -> date:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    if isinstance(given, str) and DATE.fullmatch(given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass  # a day that does not exist is refused below, with the same words
    raise ValueRefused(f"{given!r} 不是日期，请写成 2026-11-22", f"{given!r} is not a date; write it like 2026-11-22")


def _read_bool(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    if given in ("true", "false"):
        return bool(given == "true")
    raise ValueRefused(f"{given!r} 不是 true 或 false", f"{given!r} is neither true nor false")


def _read_text(given: Any) -> str:
    if isinstance(given, str):
        return given
    if isinstance(given, int | Decimal) and not isinstance(given, bool):
        return written(_read_number(given))
    raise ValueRefused(f"{given!r} 不是文本", f"{given!r} is not text")


_READ: dict[Kind, Callable[[Any], Point]] = {
    "number": _read_number,
    "date": _read_date,
    "bool": _read_bool,
    "text": _read_text,
}
