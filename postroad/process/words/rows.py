"""The rows of a rule table that answered, in words."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.table import Table
from postroad.rules.phrases import phrase

DEFAULT = "default"


class HitRow(Fact):
    """A row that answered; its id is `default` for the default row."""

    row: str
    text: Label


class Hit(Fact):
    """What a table was asked, and what it answered by which rows."""

    table: str
    title: Label
    rows: tuple[HitRow, ...]
    outcome: JsonValue = None
    inputs: dict[str, JsonValue] = {}


def hit(said: Mapping[str, Any], table: Table | None) -> Hit | None:
    """From what a line of the story holds about an evaluation; None if it holds nothing."""
    if "table" not in said:
        return None
    rows = said.get("rows") or ([DEFAULT] if said.get("used_default") else [])
    return Hit(
        table=said["table"],
        title=table.title if table else Label(zh=said["table"], en=said["table"]),
        rows=tuple(HitRow(row=row, text=row_text(table, row)) for row in rows),
        outcome=said.get("outcome"),
        inputs=said.get("inputs") or {},
    )


def row_text(table: Table | None, row: str) -> Label:
    if row == DEFAULT:
        return Label(zh="其他情况（默认）", en="anything else (default)")
    found = next((one for one in table.rows if one.id == row), None) if table else None
    if table is None or found is None:
        return Label(zh=row, en=row)
    said = [phrase(one, found.when[one.key]) for one in table.inputs if found.when.get(one.key) not in {None, "", "-"}]
    return Label(
        zh="，".join(one.zh for one in said) or "任何情况", en=", ".join(one.en for one in said) or "every situation"
    )
