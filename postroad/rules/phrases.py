"""Cells in the words of business people: ``(5000..50000]`` of an amount is 大于 5000、不超过 50000 CNY."""

from typing import NamedTuple

from postroad.model.label import Label
from postroad.model.table import Column
from postroad.rules.cells import Test, parse_cell
from postroad.rules.spans import Span
from postroad.rules.values import written


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
_YES_OR_NO = {"yes": "是", "no": "否"}


def phrase(column: Column, cell: str) -> Label:
    """What a cell of a column says, with the column's title and unit; the cell must be readable and not empty."""
    test = parse_cell(cell, column.type)
    if column.type == "bool":
        return _answer(column, test)
    said = _listed(column, test)
    return Label(zh=f"{_before(column.title.zh)}{said.zh}", en=f"{column.title.en} {said.en}")


def _before(title: str) -> str:
    """A title ready for Chinese words to follow: Latin letters and figures want a space."""
    return f"{title} " if title[-1:].isascii() else title


def _answer(column: Column, test: Test) -> Label:
    said = list(dict.fromkeys("yes" if (span.low is True) != test.negated else "no" for span in test.spans))
    zh = "或".join(_YES_OR_NO[one] for one in said)
    return Label(zh=f"{column.title.zh}：{zh}", en=f"{column.title.en}: {' or '.join(said)}")


def _listed(column: Column, test: Test) -> Label:
    unit = f" {column.unit}" if column.unit else ""
    if all(span.is_point for span in test.spans):
        values = [written(span.low) for span in test.spans if span.low is not None]
        verb = Label(zh="不是", en="is not") if test.negated else Label(zh="为", en="is")
        return Label(zh=f"{verb.zh} {_or(values).zh}{unit}", en=f"{verb.en} {_or(values).en}{unit}")
    parts = [_span(span, _DAYS if column.type == "date" else _FIGURES) for span in test.spans]
    zh, en = " 或".join(part.zh for part in parts), " or ".join(part.en for part in parts)
    if test.negated:
        return Label(zh=f"不在此列：{zh}{unit}", en=f"is none of: {en}{unit}")
    return Label(zh=f"{zh}{unit}", en=f"is {en}{unit}")


def _or(values: list[str]) -> Label:
    return Label(zh="、".join(values[:-1]) + (" 或 " if values[1:] else "") + values[-1], en=_english(values))


def _english(values: list[str]) -> str:
    return ", ".join(values[:-1]) + (" or " if values[1:] else "") + values[-1]


def _span(span: Span, ends: _Ends) -> Label:
    if span.is_point and span.low is not None:
        return Label(zh=f"为 {written(span.low)}", en=written(span.low))
    said: list[Label] = []
    if span.low is not None:
        said.append(_end(ends.at_least if span.low_in else ends.above, written(span.low)))
    if span.high is not None:
        said.append(_end(ends.at_most if span.high_in else ends.below, written(span.high)))
    return Label(zh="、".join(one.zh for one in said), en=" and ".join(one.en for one in said))


def _end(word: Label, bound: str) -> Label:
    return Label(zh=f"{word.zh} {bound}", en=f"{word.en} {bound}")
