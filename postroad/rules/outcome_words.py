"""What rows and tables answer, in the words of business people."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from postroad.directory.words import who_in_words
from postroad.model.label import Label
from postroad.model.people import Organisation, Who
from postroad.model.table import Evaluation, Expectation, NearMiss, Output, Status, Table
from postroad.rules.phrases import says, value_says

NOTHING = Label(zh="未填", en="empty")
_STATUSES = {
    Status.NO_MATCH: Label(zh="没有规则适用", en="no row applies"),
    Status.CONFLICT: Label(zh="几行同时适用，系统不知道听谁的", en="several rows apply at once"),
    Status.INPUT_ERROR: Label(zh="输入有误", en="the inputs cannot be read"),
}


def output_says(output: Output, value: Any, organisation: Organisation) -> Label:
    """What a row gives for an output: people by role and name, figures with their unit, structures as JSON."""
    if value is None:
        return NOTHING
    if output.type == "who":
        listed = value if isinstance(value, list) else [value]
        said = [_who(one, organisation) for one in listed]
        return Label(zh="、".join(one.zh for one in said), en=", ".join(one.en for one in said))
    if isinstance(value, dict | list):
        return Label.of(json.dumps(value, ensure_ascii=False))
    return value_says(output, value)


def outcome_says(table: Table, outcome: Any, organisation: Organisation) -> Label:
    """A whole outcome: one mapping, a list of them, or a figure made of many rows."""
    if isinstance(outcome, list):
        said = [outcome_says(table, one, organisation) for one in outcome]
        return Label(zh="；".join(one.zh for one in said) or "空", en="; ".join(one.en for one in said) or "nothing")
    if not isinstance(outcome, Mapping):
        return value_says(table.outputs[0], outcome)
    known = [one for one in table.outputs if one.key in outcome]
    told = [output_says(one, outcome[one.key], organisation) for one in known]
    if len(told) == 1:
        return told[0]
    pairs = list(zip(known, told, strict=True))
    return Label(
        zh="，".join(f"{one.title.zh} {said.zh}" for one, said in pairs),
        en=", ".join(f"{one.title.en} {said.en}" for one, said in pairs),
    )


def answer_says(table: Table, answer: Evaluation, organisation: Organisation) -> Label:
    """Which rows answered, by number, and what; or why there is no answer."""
    if answer.status is not Status.OK:
        why = _STATUSES[answer.status]
        more = answer.message if answer.status is Status.INPUT_ERROR and answer.message else None
        return Label(zh=f"{why.zh}：{more.zh}", en=f"{why.en}: {more.en}") if more else why
    outcome, rows = outcome_says(table, answer.outcome, organisation), rows_say(table, answer.rows)
    if answer.used_default:
        rows = Label(zh="默认行", en="default row")
    return Label(zh=f"{rows.zh} → {outcome.zh}", en=f"{rows.en} → {outcome.en}")


def expectation_says(table: Table, expect: Expectation, organisation: Organisation) -> Label:
    """What a case demands."""
    if expect.status and expect.status is not Status.OK:
        return _STATUSES[expect.status]
    said = [rows_say(table, list(expect.rows))] if expect.rows else []
    if expect.default:
        said.append(Label(zh="默认行", en="default row"))
    if expect.outcome is not None:
        said.append(outcome_says(table, expect.outcome, organisation))
    return Label(
        zh=" → ".join(one.zh for one in said) or "有结果", en=" → ".join(one.en for one in said) or "an answer"
    )


def rows_say(table: Table, rows: list[str]) -> Label:
    """Rows by their number in the table: 第 2、3 行."""
    numbers = {row.id: str(place) for place, row in enumerate(table.rows, start=1)}
    told = [numbers.get(row, row) for row in rows]
    return Label(zh=f"第 {'、'.join(told)} 行" if told else "没有行", en=f"row {', '.join(told)}" if told else "no row")


def near_says(table: Table, near: NearMiss) -> Label:
    """Why a row that missed by one cell did not apply."""
    row = rows_say(table, [near.row])
    column = next((one for one in table.inputs if one.key == near.column), None)
    if column is None:
        return near.text
    wanted, got = says(column, near.test), value_says(column, near.value)
    return Label(
        zh=f"{row.zh}只差一个条件：要求{column.title.zh}{wanted.zh}，实际是 {got.zh}",
        en=f"{row.en} missed by one condition: {column.title.en} should be {wanted.en} and is {got.en}",
    )


def _who(said: Any, organisation: Organisation) -> Label:
    try:
        return who_in_words(Who.model_validate(said), organisation)
    except ValidationError:
        return Label.of(said if isinstance(said, str) else json.dumps(said, ensure_ascii=False))
