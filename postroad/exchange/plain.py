"""Values of tables as people write them into cells: the simplest text that is read as exactly the value again.

What no simple text says exactly is written ``json:`` and its JSON; whatever is written that way is taken literally.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from postroad.files import FileRefused, load_yaml
from postroad.model.exact import Inexact, json_safe, plain
from postroad.model.label import Label
from postroad.model.refusals import Malformed
from postroad.rules.values import DATE, NUMBER

LITERAL = "json:"
YES, NO = "是", "否"
_TRUTH = {YES: True, "yes": True, "true": True, "真": True, NO: False, "no": False, "false": False, "假": False}
_DAY = re.compile(r"(?<![0-9])([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?![0-9])")
_BETWEEN = re.compile(r"[,，、;；\n]")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_UNKEPT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""What a spreadsheet changes or refuses in a text."""


def shown(text: str) -> str:
    """A text that is only looked at, without what a spreadsheet refuses."""
    return _UNKEPT.sub(" ", text)


WORDS = ("text", "enum")
FIGURES = ("number", "money")


def read_value(text: str, kind: str) -> Any:
    """The JSON value that a cell of a column of this type says; figures are exact, a figure with a point is text.

    A text that is no value of the type stays text, so that the checks of the table name it.

    Raises:
        Malformed: what begins like a structure cannot be read.
    """
    if text.startswith(LITERAL):
        return _json(text.removeprefix(LITERAL))
    if kind in WORDS:
        return text
    if kind == "list" and not text.startswith("["):
        return [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    if text[0] in '{["' or kind == "who":
        return _structure(text)
    if kind in FIGURES:
        return _figure(text)
    if kind == "bool":
        return _TRUTH.get(text.casefold(), text)
    return iso_days(text) if kind == "date" else _loose(text)


def written_value(value: Any, kind: str) -> str:
    """The text that ``read_value`` reads as exactly this value."""
    return _first_faithful(_candidates(value), value, lambda text: read_value(text, kind))


def read_cell(text: str, kind: str) -> str:
    """A condition as a table keeps it."""
    if text.startswith(LITERAL):
        return str(_json(text.removeprefix(LITERAL)))
    if kind == "bool" and text.casefold() in _TRUTH:
        return "true" if _TRUTH[text.casefold()] else "false"
    return iso_days(text) if kind == "date" else text


def written_cell(text: str, kind: str) -> str:
    """The text that ``read_cell`` reads as exactly this condition; the empty one, any value, stays empty."""
    shown = {"true": YES, "false": NO}.get(text, text) if kind == "bool" else text
    return _first_faithful(iter((shown, text)), text, lambda read: read_cell(read, kind)) if text else ""


def read_label(text: str) -> Any:
    """A bilingual text, written ``中文 / English`` or once for both."""
    return _json(text.removeprefix(LITERAL)) if text.startswith(LITERAL) else Label.of(text).model_dump()


def written_label(label: Label) -> str:
    shown = label.zh if label.zh == label.en else f"{label.zh} / {label.en}"
    return _first_faithful(iter((shown,)), label.model_dump(), read_label)


def read_values(text: str, kind: str) -> list[Any]:
    """Several values, between commas or as a JSON list."""
    if text.startswith((LITERAL, "[")):
        read = _json(text.removeprefix(LITERAL))
        return read if isinstance(read, list) else [read]
    return [read_value(part.strip(), kind) for part in _BETWEEN.split(text) if part.strip()]


def written_values(values: list[Any], kind: str) -> str:
    shown = ", ".join(written_value(value, kind) for value in values)
    return _first_faithful(iter((shown,)), values, lambda text: read_values(text, kind))


def iso_days(text: str) -> str:
    """The text with days that spreadsheets write their way, ``2026/1/5`` or ``2026年1月5日``, as ``2026-01-05``."""
    return _DAY.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", text)


def read_day(text: str) -> str:
    """A day as ISO text, however a spreadsheet wrote it.

    Raises:
        Malformed: no day.
    """
    day = iso_days(text)
    if not DATE.fullmatch(day):
        raise Malformed(f"{text} 不是日期，请写成 2026-12-31", f"{text} is not a date; write it like 2026-12-31")
    return day


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are alike to the last detail: 1 is neither true nor the text 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _first_faithful(texts: Iterator[str], value: Any, read: Any) -> str:
    for text in texts:
        if text and text == text.strip() and not _UNKEPT.search(text) and not text.startswith(LITERAL):
            try:
                if same(read(text), value):
                    return text
            except Malformed:
                continue
    return LITERAL + json.dumps(value).replace("_x", "\\u005fx")


def _candidates(value: Any) -> Iterator[str]:
    if isinstance(value, bool):
        yield YES if value else NO
    elif isinstance(value, str):
        yield value
    elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        yield ", ".join(value)
    elif isinstance(value, dict):
        yield ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items())
    yield json.dumps(value, ensure_ascii=False)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    return value if isinstance(value, str) and _WORD.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _json(text: str) -> Any:
    try:
        return json_safe(json.loads(text, parse_float=Decimal))
    except ValueError as error:
        raise Malformed(f"不是有效的 JSON（{error}）", f"not valid JSON ({error})") from error
    except RecursionError as error:
        raise Malformed("嵌套太深", "nested too deeply") from error


def _structure(text: str) -> Any:
    """JSON, or the short form in which people write: ``role: buyer, where: {category: steel}``."""
    if text[0] in '{["':
        try:
            return _json(text)
        except Malformed:
            if text[0] == '"':
                raise
    if '"' not in text:
        text = re.sub(r"(\w):(?=\S)", r"\1: ", text.replace("：", ":").replace("，", ","))
    try:
        return json_safe(load_yaml(text if text[0] in "{[" else f"{{{text}}}"))
    except (FileRefused, RecursionError, ValueError) as error:
        raise Malformed(
            "无法读取，请写成 role: buyer 或 JSON 这样", "this cannot be read; write it like role: buyer, or as JSON"
        ) from error


def _figure(text: str) -> Any:
    folded = text.replace("，", ",")
    if not NUMBER.fullmatch(folded):
        return text
    return exact_figure(folded)


def exact_figure(text: str) -> int | str:
    """A figure as tables keep it: whole numbers as they are, a point only in text, without zeros at its end.

    Raises:
        Malformed: more digits than any figure of ours has.
    """
    try:
        exact = plain(Decimal(text))
    except Inexact as error:
        raise Malformed(error.label.zh, error.label.en) from error
    return exact if "." in text else int(exact)


def _loose(text: str) -> Any:
    try:
        return _json(text)
    except Malformed:
        return text
