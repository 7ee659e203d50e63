"""Reads the files that authors write. YAML is read exactly: figures stay decimal, nothing is converted by surprise."""

import re
from collections.abc import Hashable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from postroad.model.calendar import WorkingCalendar
from postroad.model.refusals import Malformed
from postroad.model.table import Table
from postroad.model.wrong import halves, wrong_field

_Model = TypeVar("_Model", bound=BaseModel)


class FileRefused(Malformed):
    """A file that cannot be read as what it should be; ``problems`` has one bilingual line for each reason."""

    code = "file_refused"

    def __init__(self, name: str, found: list[tuple[str, str]]) -> None:
        self.problems = found
        super().__init__(
            f"{name}：{'；'.join(zh for zh, _ in found)}",
            f"{name}: {'; '.join(en for _, en in found)}",
        )


class _ExactLoader(yaml.SafeLoader):
    """YAML without YAML 1.1's surprises: only true/false are truth values, 10:30 and 007 are text, dates stay text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"键 {key} 重复 / the key {key} appears twice", key_node.start_mark
                )
            seen.add(key) if isinstance(key, Hashable) else None
        return super().construct_mapping(node, deep=deep)


def _construct_decimal(loader: _ExactLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]{1,3})?", "-+0123456789"),
    ("null", r"~|null|", "~n\0"),
    ("merge", r"<<", "<"),
):
    _ExactLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(f"^(?:{_pattern})$"),
        ["" if first == "\0" else first for first in _first],
    )
_ExactLoader.add_constructor("tag:yaml.org,2002:float", _construct_decimal)


def load_yaml(source: Path | str, *, name: str = "YAML") -> Any:
    """The content of a YAML file (a Path) or of YAML text (a str); figures with a point come as Decimal.

    Raises:
        FileRefused: not YAML, or a key appears twice; names line and column.
    """
    label = str(source) if isinstance(source, Path) else name
    try:
        text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
        return yaml.load(text, Loader=_ExactLoader)  # noqa: S506 - a SafeLoader, made stricter
    except (OSError, UnicodeDecodeError) as error:
        raise FileRefused(label, [(f"无法读取文件（{error}）", f"the file cannot be read ({error})")]) from error
    except yaml.YAMLError as error:
        raise FileRefused(label, [_yaml_problem(error)]) from error


def load_table(path: Path) -> Table:
    """The decision table in a file.

    Raises:
        FileRefused: not YAML, or not shaped like a table; names each field.
    """
    return read_model(Table, load_yaml(path), name=str(path))


def load_calendar(path: Path | None) -> WorkingCalendar:
    """When the company works, as its file says; without a file, office hours in China.

    Raises:
        FileRefused: not YAML, or not shaped like a calendar; names each field.
    """
    return WorkingCalendar() if path is None else read_model(WorkingCalendar, load_yaml(path) or {}, name=str(path))


def read_model(model: type[_Model], content: Any, *, name: str) -> _Model:
    """Content as a model.

    Raises:
        FileRefused: with one line for each field that is wrong.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise FileRefused(name, [_field_problem(dict(one)) for one in error.errors()]) from error


def _field_problem(error: dict[str, Any]) -> tuple[str, str]:
    place = ".".join(str(part) for part in error["loc"]) or "."
    zh, en = wrong_field(error)
    return f"{place}：{zh}", f"{place}: {en}"


def _yaml_problem(error: yaml.YAMLError) -> tuple[str, str]:
    mark = getattr(error, "problem_mark", None)
    zh, en = halves(str(getattr(error, "problem", None) or error))
    if mark is None:
        return f"不是有效的 YAML：{zh}", f"not valid YAML: {en}"
    line, column = mark.line + 1, mark.column + 1
    return f"第 {line} 行第 {column} 列：{zh}", f"line {line}, column {column}: {en}"
