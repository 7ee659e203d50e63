"""``postroad decide``: one evaluation of a table and why it came out so."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from postroad.files import FileRefused, load_calendar, load_table
from postroad.model.label import Label
from postroad.model.table import Explanation, RowExplanation, Status
from postroad.rules.compile import compile_table
from postroad.rules.explain import explain
from postroad.settings import Settings


def decide(table: Path, inputs: str, on: date) -> Explanation:
    """Evaluate the table in a file for a day on inputs written as a JSON object; figures are read exactly.

    Raises:
        FileRefused: the file or the inputs cannot be read.
        TableRefused: the table has errors.
    """
    return explain(compile_table(load_table(table)), read_inputs(inputs), on)


def today() -> date:
    """The day it is where the company works.

    Raises:
        FileRefused: the company's calendar cannot be read.
    """
    return datetime.now(load_calendar(Settings().calendar_file).zone).date()


def read_inputs(text: str) -> dict[str, Any]:
    """The JSON object in a text, with exact figures.

    Raises:
        FileRefused: not JSON, not an object, or a key appears twice.
    """
    try:
        content = json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_once)
    except ValueError as error:
        raise FileRefused("--inputs", [(f"不是有效的 JSON（{error}）", f"not valid JSON ({error})")]) from error
    if not isinstance(content, dict):
        raise FileRefused(
            "--inputs", [('应为 JSON 对象，例如 {"amount": 28000}', 'write a JSON object such as {"amount": 28000}')]
        )
    return content


def as_text(explanation: Explanation, lang: str) -> str:
    """The answer first, then what stood in each row's way, then the nearest misses."""
    return "\n".join([*_answer(explanation, lang), *_rows(explanation, lang), *_nearest(explanation, lang)])


def _answer(explanation: Explanation, lang: str) -> list[str]:
    got = explanation.evaluation
    day = f" {got.on}" if got.on else ""
    lines = [f"{got.table} {got.sha256[:12]}{day} {got.status}"]
    if got.message:
        lines.append(got.message.text(lang))
    if got.status is Status.OK:
        chosen = ", ".join(got.rows) if got.rows else Label(zh="默认值", en="default").text(lang)
        outcome = json.dumps(got.outcome, ensure_ascii=False)
        lines.append(f"{Label(zh='适用', en='applies').text(lang)} {chosen} → {outcome}")
    return lines


def _rows(explanation: Explanation, lang: str) -> list[str]:
    return [f"  {row.row} {_row(row, lang)}" for row in explanation.rows]


def _row(row: RowExplanation, lang: str) -> str:
    if row.matched:
        return Label(zh="满足", en="matches").text(lang)
    failing = [cell for cell in row.cells if not cell.holds]
    said = [
        Label(
            zh=f"{cell.column}：{cell.value} 不满足 {cell.test}", en=f"{cell.column}: {cell.value} is not {cell.test}"
        ).text(lang)
        for cell in failing
    ]
    return f"{Label(zh='不满足', en='does not match').text(lang)} {', '.join(said)}"


def _nearest(explanation: Explanation, lang: str) -> list[str]:
    return [f"{Label(zh='最接近', en='nearest').text(lang)} {miss.text.text(lang)}" for miss in explanation.nearest]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("键重复 / a key appears twice")
    return content


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} 不是数字 / {constant} is not a number")
