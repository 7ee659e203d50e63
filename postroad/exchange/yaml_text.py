"""A decision table as the YAML that authors keep: one row in a line."""

import math
import re
from typing import Any

import yaml

from postroad.model.label import Label
from postroad.model.table import Table, TableCase

_LISTS = ("inputs", "given", "outputs", "rows", "cases")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


class _ExactDumper(yaml.SafeDumper):
    """Writes what lines would lose, such as a carriage return, as escapes."""


def _represent(dumper: _ExactDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _HIDDEN.search(text) else None)


_ExactDumper.add_representer(str, _represent)


def yaml_of(table: Table) -> bytes:
    """The table as ``*.table.yaml``; reading it gives the same table."""
    said = _said(table)
    lines = []
    for key, value in said.items():
        if key in _LISTS and value:
            lines += [f"{key}:", *(f"  - {_flow(one)}" for one in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return ("\n".join(lines) + "\n").encode()


def _said(table: Table) -> dict[str, Any]:
    said: dict[str, Any] = {"table": table.table, "title": _label(table.title), "hit": table.hit.value}
    for key in ("inputs", "given", "outputs"):
        columns = [_known(one.model_dump(mode="json", by_alias=True)) for one in getattr(table, key)]
        if columns:
            said[key] = columns
    said["rows"] = [_known(row.model_dump(mode="json")) for row in table.rows]
    if table.default is not None:
        said["default"] = list(table.default) if isinstance(table.default, tuple) else table.default
    if table.cases:
        said["cases"] = [_case(case) for case in table.cases]
    return said


def _case(case: TableCase) -> dict[str, Any]:
    said = _known(case.model_dump(mode="json"))
    return {**said, "expect": _known(case.expect.model_dump(mode="json"))}


def _known(said: dict[str, Any]) -> dict[str, Any]:
    """Without what was not said, and labels that are the same in both languages once."""
    labels = {key: _label(Label.model_validate(said[key])) for key in ("title", "note") if said.get(key)}
    if said.get("is"):
        said["is"] = _computed(said["is"])
    return {key: value for key, value in {**said, **labels}.items() if value is not None}


def _computed(said: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in said.items() if value is not None}
    return {key: _computed(value) if isinstance(value, dict) else value for key, value in kept.items()}


def _label(label: Label) -> str | dict[str, str]:
    return label.zh if label.zh == label.en else label.model_dump()


def _flow(value: Any) -> str:
    text = yaml.dump(
        value, Dumper=_ExactDumper, default_flow_style=True, allow_unicode=True, sort_keys=False, width=math.inf
    )
    return text.removesuffix("\n").removesuffix("\n...")
