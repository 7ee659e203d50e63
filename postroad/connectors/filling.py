"""Requests from templates: holes are filled with values, never with expressions."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from postroad.model.template import MissingVariable, lookup

_HOLE = re.compile(r"\{([A-Za-z_][\w.]*)\}")


def fill(template: Any, values: Mapping[str, Any]) -> Any:
    """`template` with its holes filled, in nested mappings and lists too.

    A text that is one hole takes the value with its type; a hole nobody fills is empty text.
    """
    if isinstance(template, Mapping):
        return {key: fill(inner, values) for key, inner in template.items()}
    if isinstance(template, list | tuple):
        return [fill(inner, values) for inner in template]
    if not isinstance(template, str):
        return template
    alone = _HOLE.fullmatch(template)
    return _value(alone[1], values) if alone else _HOLE.sub(lambda hole: str(_value(hole[1], values)), template)


def fill_path(path: str, values: Mapping[str, Any]) -> str:
    """A path whose values are quoted, so that none of them can lead elsewhere.

    Raises:
        ValueError: a value is empty or walks the path (`.`, `..`), which no quoting prevents.
    """
    return _HOLE.sub(lambda hole: _segment(str(_value(hole[1], values))), path)


def _segment(value: str) -> str:
    if value in {"", ".", ".."}:
        raise ValueError(f"{value!r} 不能用作编号 / {value!r} cannot be an id")
    return quote(value, safe="")


def _value(path: str, values: Mapping[str, Any]) -> Any:
    try:
        value = lookup(path, values)
    except MissingVariable:
        return ""
    return "" if value is None else value
