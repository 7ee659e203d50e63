"""Cases from a file: JSON lines, each an object of inputs, or CSV whose first line names the inputs."""

import csv
import io
import json
from decimal import Decimal
from typing import Any

from postroad.model.exact import json_safe
from postroad.model.refusals import Malformed

MOST_CASES = 200_000


def read_cases(text: str) -> list[dict[str, Any]]:
    """The inputs of every case, in order; an empty cell of CSV is an input that is missing. Figures stay exact.

    Raises:
        Malformed: a line cannot be read, or there are none or more than ``MOST_CASES``.
    """
    text = text.lstrip("\ufeff")
    cases = _json_lines(text) if text.lstrip().startswith("{") else _csv(text)
    if not cases:
        raise Malformed("文件里没有案例", "there is no case in the file", code="no_cases")
    if len(cases) > MOST_CASES:
        raise Malformed(
            f"案例多于 {MOST_CASES} 条，请拆成几个文件",
            f"there are more than {MOST_CASES} cases; split the file",
            code="too_many_cases",
        )
    return cases


def _json_lines(text: str) -> list[dict[str, Any]]:
    cases = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            cases.append(_json_case(line, number))
    return cases


def _json_case(line: str, number: int) -> dict[str, Any]:
    try:
        said = json.loads(line, parse_float=Decimal)
        told = said.get("inputs", said) if isinstance(said, dict) else None
        if isinstance(told, dict):
            return {key: json_safe(value) for key, value in told.items()}
    except (ValueError, RecursionError) as error:
        raise _unreadable(number, str(error)) from error
    raise _unreadable(number, "应为 JSON 对象 / it should be a JSON object")


def _csv(text: str) -> list[dict[str, Any]]:
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise _unreadable(1, str(error)) from error
    for number, row in enumerate(rows, start=2):
        if None in row:
            raise _unreadable(number, "列数比标题多 / it has more cells than the first line")
    return [{key.strip(): value for key, value in row.items() if value} for row in rows]


def _unreadable(number: int, why: str) -> Malformed:
    zh, _, en = why.partition(" / ")
    return Malformed(
        f"第 {number} 行无法读取：{zh}", f"line {number} cannot be read: {en or zh}", code="cases_unreadable"
    )
