"""Cells in the words of business people: ``(5000..50000]`` of an amount is 大于 5,000、不超过 50,000 元."""

import re
from typing import Any, NamedTuple

from postroad.model.label import Label
from postroad.model.table import Column, Given, Output
from postroad.rules.cells import Test, parse_cell
from postroad.rules.spans import Span
from postroad.rules.values import ORDERED, Kind, Point, written

ANY = Label(zh="任意", en="any")
CURRENCIES = {"CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元", "GBP": "英镑"}
"""What is said in Chinese for the currency of money."""

YES_OR_NO = {True: Label(zh="是", en="yes"), False: Label(zh="否", en="no")}
_PLAIN_WORD = re.compile(r"""[^\s"“”,，、;；或()（）]+""")


class _Ends(NamedTuple):
    """How the four kinds of ends are said: above, from, below, up to."""

    above: Label
    at_least: Label
    below: Label
    at_most: Label


_FIGURES = _Ends(
    Label(zh="大于", en="more than"),
    Label(zh="不小于", en="at least"),
    Label(zh="小于", en="less than"),
    Label(zh="不超过", en="at most"),
)
_DAYS = _Ends(
    Label(zh="晚于", en="after"),
    Label(zh="不早于", en="on or after"),
    Label(zh="早于", en="before"),
    Label(zh="不晚于", en="on or before"),
)


def phrase(column: Column, cell: str) -> Label:
    """What a cell of a column says, with the column's title and unit; the cell must be readable and not empty."""
    test = parse_cell(cell, column.type)
    said = _said(column, test)
    if column.type == "bool":
        return Label(zh=f"{column.title.zh}：{said.zh}", en=f"{column.title.en}: {said.en}")
    verb = "为 " if _is_value(test.spans[0]) and not test.negated else ""
    return Label(zh=f"{_before(column.title.zh)}{verb}{said.zh}", en=f"{column.title.en} is {said.en}")


def says(column: Column, cell: str) -> Label:
    """What a readable cell says under its column's title: 小于 5,000 元; any value, if it is empty."""
    test = parse_cell(cell, column.type)
    return ANY if test.any else _said(column, test)


def situation(columns: list[Column | Given], inputs: dict[str, Any]) -> Label:
    """Inputs as one line: 金额 60,000 元，物料类型 production."""
    told = [(one, inputs[one.key]) for one in columns if inputs.get(one.key) is not None]
    said = [(one.title, value_says(one, value)) for one, value in told]
    return Label(
        zh="，".join(f"{title.zh} {value.zh}" for title, value in said),
        en=", ".join(f"{title.en} {value.en}" for title, value in said),
    )


def value_says(column: Column | Given | Output, value: Any) -> Label:
    """One value with its column's unit, digits in groups; lists and structures as they are."""
    if isinstance(value, bool):
        return YES_OR_NO[value]
    text = value if isinstance(value, str) else written(value) if isinstance(value, Point) else str(value)
    if column.type in {"number", "money"}:
        text = grouped(text)
    unit = _unit(column)
    return Label(zh=f"{text}{unit.zh}", en=f"{text}{unit.en}")


def grouped(figure: str) -> str:
    """A figure with its digits in groups of three; anything else as it is."""
    found = re.fullmatch(r"([+-]?)([0-9]+)(\.[0-9]+)?", figure)
    return f"{found[1]}{int(found[2]):,}{found[3] or ''}" if found else figure


def _before(title: str) -> str:
    """A title ready for Chinese words to follow: Latin letters and figures want a space."""
    return f"{title} " if title[-1:].isascii() else title


def _said(column: Column, test: Test) -> Label:
    if column.type == "bool":
        said = list(dict.fromkeys((span.low is True) != test.negated for span in test.spans))
        words = [YES_OR_NO[one] for one in said]
        return Label(zh="或".join(one.zh for one in words), en=" or ".join(one.en for one in words))
    return _listed(column, test)


def _listed(column: Column, test: Test) -> Label:
    unit = _unit(column)
    if all(span.is_point for span in test.spans):
        values = _or([_shown(span, span.low) for span in test.spans])
        no = Label(zh="不是 ", en="not ") if test.negated else Label(zh="", en="")
        return Label(zh=f"{no.zh}{values.zh}{unit.zh}", en=f"{no.en}{values.en}{unit.en}")
    ends = _DAYS if column.type == "date" else _FIGURES
    parts = [_span(span, ends, unit, alone=len(test.spans) == 1) for span in test.spans]
    zh, en = " 或".join(part.zh for part in parts), " or ".join(part.en for part in parts)
    if len(parts) > 1:
        zh, en = f"{zh}{unit.zh}", f"{en}{unit.en}"
    return Label(zh=f"不在此列：{zh}", en=f"none of: {en}") if test.negated else Label(zh=zh, en=en)


def _unit(column: Column | Given | Output) -> Label:
    unit = column.unit
    return Label(zh=f" {CURRENCIES.get(unit, unit)}", en=f" {unit}") if unit else Label(zh="", en="")


def _or(values: list[str]) -> Label:
    return Label(zh="、".join(values[:-1]) + (" 或 " if values[1:] else "") + values[-1], en=_english(values))


def _english(values: list[str]) -> str:
    return ", ".join(values[:-1]) + (" or " if values[1:] else "") + values[-1]


def _is_value(span: Span) -> bool:
    """Whether the span is said by naming values, so that a verb has to stand before them."""
    return span.is_point or (span.low_in and span.high_in)


def _span(span: Span, ends: _Ends, unit: Label, *, alone: bool) -> Label:
    after = unit if alone else Label(zh="", en="")
    if span.is_point:
        return Label(zh=f"为 {_shown(span, span.low)}{after.zh}", en=f"{_shown(span, span.low)}{after.en}")
    if span.low_in and span.high_in:
        low, high = _shown(span, span.low), _shown(span, span.high)
        return Label(zh=f"{low} 至 {high}{after.zh}（含）", en=f"{low} to {high}{after.en} inclusive")
    said: list[Label] = []
    if span.low is not None:
        said.append(_end(ends.at_least if span.low_in else ends.above, _shown(span, span.low)))
    if span.high is not None:
        said.append(_end(ends.at_most if span.high_in else ends.below, _shown(span, span.high)))
    return Label(zh="、".join(one.zh for one in said) + after.zh, en=" and ".join(one.en for one in said) + after.en)


def _end(word: Label, bound: str) -> Label:
    return Label(zh=f"{word.zh} {bound}", en=f"{word.en} {bound}")


def _shown(span: Span, value: Point | None) -> str:
    text = "" if value is None else written(value)
    if span.kind == "number":
        return grouped(text)
    return text if _is_shown_plainly(span.kind, text) else f"“{text}”"


def _is_shown_plainly(kind: Kind, text: str) -> bool:
    return kind in ORDERED or _PLAIN_WORD.fullmatch(text) is not None
