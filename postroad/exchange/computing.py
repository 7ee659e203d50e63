"""How a column is worked out, as one cell says it: ``amount > budget``, ``due < 2026-12-01``, ``tags contains "VIP"``.

What stands in quotation marks, and what is no name of an input, is a constant.
"""

import json
import re
from typing import Any

from postroad.exchange.plain import LITERAL, iso_days, read_value, same
from postroad.model.computed import Computed
from postroad.model.refusals import Malformed

_NAME = r"[A-Za-z][A-Za-z0-9_.\-]*"
_COMPARES = re.compile(rf"({_NAME})\s*(<=|>=|!=|<|>|=)\s*(.+)")
_CONTAINS = re.compile(rf"({_NAME})\s+(?:contains|包含)\s+(.+)")
_SIGNS = str.maketrans({"＜": "<", "＞": ">", "＝": "=", "≤": "<=", "≥": ">=", "≠": "!=", "“": '"', "”": '"'})


def read_computed(text: str) -> Any:
    """What ``is`` of a column says.

    Raises:
        Malformed: neither a comparison nor a search in a list.
    """
    if text.startswith((LITERAL, "{")):
        return read_value(text, "json")
    folded = text.translate(_SIGNS)
    if found := _CONTAINS.fullmatch(folded):
        return {"contains": {"list": found[1], **_operand(found[2], "item")}}
    if found := _COMPARES.fullmatch(folded):
        return {"left": found[1], "op": found[2], **_operand(found[3], "right")}
    raise Malformed(
        '请写成 amount > budget、due < 2026-12-01 或 tags contains "VIP" 这样',
        'write it like amount > budget, due < 2026-12-01 or tags contains "VIP"',
    )


def written_computed(computed: Computed) -> str:
    """The text that ``read_computed`` reads as this."""
    said = computed.model_dump(exclude_none=True)
    inner = said.get("contains", said)
    name, value = inner.get("item") or inner.get("right"), inner.get("value")
    operand = name or (value if value and not re.match(_NAME, value) else json.dumps(value, ensure_ascii=False))
    text = f"{inner['list']} contains {operand}" if computed.contains else f"{said['left']} {said['op']} {operand}"
    return text if _reads_as(text, said) else LITERAL + json.dumps(said)


def _operand(text: str, name: str) -> dict[str, str]:
    if text.startswith('"'):
        return {"value": str(read_value(text, "json"))}
    return {name: text} if re.fullmatch(_NAME, text) and text not in ("true", "false") else {"value": iso_days(text)}


def _reads_as(text: str, said: Any) -> bool:
    try:
        return text == text.strip() and same(read_computed(text), said)
    except Malformed:
        return False
