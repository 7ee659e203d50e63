"""The text of one rule cell or branch condition, such as ``< 5000``; its grammar is in postroad.rules.cells."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator

from postroad.model.exact import Inexact, from_float, plain


def cell_text(given: Any) -> str:
    """What an author wrote, as text; YAML and JSON make ``5000``, ``true`` or a list of what was meant as a cell.

    Raises:
        Inexact: the value cannot be a cell (a mapping, a date with a time, NaN).
    """
    if given is None:
        return ""
    if isinstance(given, str):
        return given.strip()
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, int):
        return str(given)
    if isinstance(given, float):
        return plain(from_float(given))
    if isinstance(given, Decimal):
        return plain(given)
    if isinstance(given, date) and not isinstance(given, datetime):
        return given.isoformat()
    if isinstance(given, list | tuple):
        return ", ".join(cell_text(one) for one in given)
    raise Inexact(
        f"单元格应为文本，如 '< 5000'，而不是 {type(given).__name__}",
        f"a cell is text such as '< 5000', not a {type(given).__name__}",
    )


Written = str | int | float | bool | None
CellText = Annotated[str, BeforeValidator(cell_text, json_schema_input_type=Written | list[Written])]
"""Cell text, normalised from whatever YAML or JSON made of it."""
