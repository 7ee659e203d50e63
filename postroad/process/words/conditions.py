"""Conditions as sentences: `amount: "> 100000"` is 金额大于 100000."""

from collections.abc import Mapping
from typing import get_args

from postroad.model.label import Label
from postroad.model.table import Column, ColumnType
from postroad.process.words.names import Names
from postroad.rules.cells import CellRefused, Test, parse_cell
from postroad.rules.phrases import phrase
from postroad.rules.values import written

_TYPES: tuple[ColumnType, ...] = get_args(ColumnType)


def condition(when: Mapping[str, str], names: Names) -> Label:
    """All of it; empty words for no condition, and a cell that cannot be read as it was written."""
    said = [_cell(path, cell, names) for path, cell in when.items() if cell]
    return Label(zh="，且".join(one.zh for one in said), en=" and ".join(one.en for one in said))


def _cell(path: str, cell: str, names: Names) -> Label:
    title = names.field(path)
    try:
        test = parse_cell(cell)
        if test.any:
            return Label(zh=f"{title.zh}任意", en=f"{title.en} is anything")
        kinds = {span.kind for span in test.spans}
        values = names.values(path)
        if values and kinds == {"text"}:
            return _among(title, test, values)
        type_ = next((one for one in _TYPES if one in kinds), "text")
        unit = names.unit(path) if kinds == {"number"} else None
        return phrase(Column(key="asked", title=title, type=type_, unit=unit), cell)
    except CellRefused:
        return Label(zh=f"{title.zh} {cell}", en=f"{title.en} {cell}")


def _among(title: Label, test: Test, values: Mapping[str, Label]) -> Label:
    """A choice among codes, in the words people use for them."""
    codes = [written(span.low) for span in test.spans if span.low is not None]
    said = [values.get(code, Label(zh=code, en=code)) for code in codes]
    verb = Label(zh="不是", en="is not") if test.negated else Label(zh="为", en="is")
    return Label(
        zh=f"{title.zh}{verb.zh}{' 或 '.join(one.zh for one in said)}",
        en=f"{title.en} {verb.en} {' or '.join(one.en for one in said)}",
    )
