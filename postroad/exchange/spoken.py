"""Conditions as business people type them, or paste them from a sheet: 小于 5,000 元, 5万以上, 2026/1/5 之前, 任意.

What is a cell already stays as it is. 以上, 以下 and 以内 include the bound, as they do in Chinese law.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from postroad.directory.choices import who_called
from postroad.exchange.plain import FIGURES, iso_days, read_cell, read_value
from postroad.model.exact import plain
from postroad.model.people import Organisation
from postroad.model.refusals import Malformed
from postroad.model.table import Column, Output
from postroad.rules.cells import CellRefused, parse_cell
from postroad.rules.columns import domain_values
from postroad.rules.phrases import CURRENCIES
from postroad.rules.shapes import CellShape, SpanShape, cell_of
from postroad.rules.values import KIND

_ANY = {"", "-", "—", "*", "任意", "任意值", "任何", "不限", "所有", "全部", "any", "all"}
_NOT = re.compile(r"^(?:不在此列[：:]|不是|不等于|排除|除了?|非|is not|none of:?|not|except|!=|≠)\s*", re.IGNORECASE)
_OR = re.compile(r"\s*(?:[;；]|或者?|\bor\b)\s*", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,，、;；|/]\s*|\s*(?:或者?|\bor\b|和|及)\s*", re.IGNORECASE)
_NAMES = re.compile(r"\s*[、,，;；]\s*")
_QUOTED = re.compile(r"^[“\"'‘](.*)[”\"'’]$")
_VALUE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[+-]?[0-9]+(?:\.[0-9]+)?")
_RANGE = re.compile(
    rf"^(?:介于|在|从|between|from)?\s*({_VALUE.pattern})\s*(?:至|到|~|～|—+|–|-|\.\.|to|and|与|和)\s*({_VALUE.pattern})"
    r"\s*(?:之间)?\s*(?P<ends>\(.*\)|inclusive|exclusive)?$",
    re.IGNORECASE,
)
_WITH_OR = {"on or after": ">=", "on or before": "<=", r"or more(?! than)": "以上", r"or less(?! than)": "以下"}
_MAGNITUDE = {"千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_BEFORE = {
    "<": ("<", "小于", "低于", "少于", "不足", "不到", "不满", "早于", "less than", "below", "under", "before"),
    "<=": (
        "<=", "≤", "=<", "不超过", "不大于", "不高于", "不多于", "至多", "最多", "小于等于", "小于或等于", "不晚于",
        "截至", "at most", "up to", "no more than", "until",
    ),
    ">": (">", "大于", "高于", "多于", "超过", "晚于", "more than", "above", "over", "greater than", "after"),
    ">=": (
        ">=", "≥", "=>", "不小于", "不低于", "不少于", "至少", "最少", "大于等于", "大于或等于", "满", "不早于", "自",
        "从", "at least", "no less than", "from", "since",
    ),
    "=": ("=", "等于", "为", "是", "正好", "equals", "is"),
}  # fmt: skip
_AFTER = {
    "<": ("以下(不含)", "以前(不含)", "之前"),
    "<=": ("以下", "以内", "及以下", "以下(含)", "以前", "及以前"),
    ">": ("以上(不含)", "之后", "以后(不含)"),
    ">=": ("以上", "及以上", "以上(含)", "起", "以后", "及以后"),
}
_SIGN_BEFORE = sorted(((word, sign) for sign, words in _BEFORE.items() for word in words), key=lambda one: -len(one[0]))
_SIGN_AFTER = {word: sign for sign, words in _AFTER.items() for word in words}


def read_condition(typed: str, column: Column) -> str:
    """The cell that somebody means who types this under the column.

    Raises:
        CellRefused: it can be read neither as a cell nor as words; says what a cell looks like.
    """
    text = typed.strip()
    if text.casefold() in _ANY:
        return ""
    written = read_cell(text, column.type)
    try:
        parse_cell(written, column.type)
    except CellRefused:
        shape = _read(text, column)
        if shape is None:
            raise
        return cell_of(shape, column.type)
    return written if KIND[column.type] != "text" else _words_of(text, written, column)


def _words_of(text: str, written: str, column: Column) -> str:
    """Words may be a cell and still mean something else: 生产或办公 is one word only where there is such a value."""
    allowed = domain_values(column) or ()
    spans = parse_cell(written, column.type).spans
    if not allowed or all(span.low in allowed for span in spans):
        return written
    shape = _read(text, column)
    return written if shape is None else cell_of(shape, column.type)


def _read(text: str, column: Column) -> CellShape | None:
    kind = KIND[column.type]
    no = _NOT.match(text)
    rest = text[no.end() :] if no else text
    spans = list(_words(rest, column)) if kind == "text" else list(_figures(rest, column)) if kind != "bool" else []
    if not spans or any(one is None for one in spans):
        return None
    return CellShape(negated=bool(no), spans=tuple(one for one in spans if one is not None))


def _words(text: str, column: Column) -> Iterator[SpanShape | None]:
    allowed = {one.casefold(): one for one in domain_values(column) or ()}
    for part in _COMMA.split(text.removeprefix("为").removeprefix("是").strip()):
        found = _QUOTED.match(part)
        word = (found[1] if found else part).strip()
        word = allowed.get(word.casefold(), word)
        yield SpanShape(low=word, high=word) if word else None


def _figures(text: str, column: Column) -> Iterator[SpanShape | None]:
    for part in _OR.split(_plain(text, column)):
        yield _span(part)


def _plain(text: str, column: Column | Output) -> str:
    """Without units, thousands separators and Chinese magnitudes; days as ISO text; brackets as ASCII."""
    text = iso_days(text).replace("（", "(").replace("）", ")")
    text = re.sub(r"(?<=[0-9])[,，](?=[0-9]{3}(?![0-9]))", "", text)
    for words, meant in _WITH_OR.items():
        text = re.sub(words, meant, text, flags=re.IGNORECASE)
    for unit in {column.unit or "", CURRENCIES.get(column.unit or "", ""), "元", "块", "¥", "￥", "RMB"} - {""}:
        text = re.sub(rf"\s*{re.escape(unit)}(?![A-Za-z])", "", text)
    return re.sub(r"([0-9]+(?:\.[0-9]+)?)\s*(百万|千|万|亿|k|w)(?![a-z])", _magnified, text, flags=re.IGNORECASE)


def _magnified(found: re.Match[str]) -> str:
    return plain(Decimal(found[1]) * _MAGNITUDE[found[2].casefold()])


def _span(part: str) -> SpanShape | None:
    part = part.strip()
    between = _RANGE.match(part)
    if between:
        return _between(between[1], between[2], (between["ends"] or "").casefold())
    merged: SpanShape | None = None
    for one in re.split(r"\s*(?:[、,，]|且|并且|\band\b)\s*", part):
        bound = _bound(one.strip())
        if bound is None:
            return None
        merged = bound if merged is None else _both(merged, bound)
    return merged


def _between(low: str, high: str, ends: str) -> SpanShape:
    """Both ends belong, unless it is said that they do not."""
    without = "不含" in ends or "exclusive" in ends
    half = "含" in ends.replace("不含", "") and without
    return SpanShape(low=low, low_in=half or not without, high=high, high_in=not without)


def _both(one: SpanShape, other: SpanShape) -> SpanShape | None:
    """Two bounds said one after the other, a lower and an upper one."""
    lower, upper = (one, other) if one.high is None else (other, one)
    if lower.low is None or lower.high is not None or upper.low is not None or upper.high is None:
        return None
    return SpanShape(low=lower.low, low_in=lower.low_in, high=upper.high, high_in=upper.high_in)


def _bound(part: str) -> SpanShape | None:
    for word, sign in _SIGN_BEFORE:
        if part.casefold().startswith(word):
            return _compared(part[len(word) :].strip(), sign)
    found = _VALUE.match(part)
    if found is None:
        return None
    said = re.sub(r"\s+", " " if part[found.end() :].strip().isascii() else "", part[found.end() :].strip())
    if not said:
        return _compared(found[0], "=")
    return _compared(found[0], _SIGN_AFTER[said]) if said in _SIGN_AFTER else None


def _compared(value: str, sign: str) -> SpanShape | None:
    if not _VALUE.fullmatch(value):
        return None
    if sign == "=":
        return SpanShape(low=value, high=value)
    included = sign.endswith("=")
    if sign.startswith("<"):
        return SpanShape(low=None, high=value, high_in=included)
    return SpanShape(low=value, low_in=included, high=None)


def read_outcome(typed: str, output: Output, organisation: Organisation) -> Any:
    """What a row gives who has this typed under an output; None if nothing is.

    Raises:
        Malformed: nobody is called that, or it cannot be read.
    """
    text = typed.strip()
    if text in _ANY:
        return None
    if output.type == "who":
        return _people(text, organisation)
    if output.type in FIGURES:
        text = _plain(text, output)
    return read_value(text, output.type)


def _people(text: str, organisation: Organisation) -> Any:
    whole = who_called(text, organisation)
    named = [whole] if whole else [who_called(part, organisation) for part in _NAMES.split(text)]
    told = [one.model_dump(by_alias=True, exclude_defaults=True) for one in named if one is not None]
    if len(told) == len(named):
        return told[0] if len(told) == 1 else told
    if not re.search(r"[:：{\[]", text):
        raise Malformed(
            f"组织里没有“{text}”这个角色、部门或人；请从列表中选",
            f"there is no role, department or person called “{text}”; choose one from the list",
            code="nobody_called_that",
        )
    return read_value(text, "who")
