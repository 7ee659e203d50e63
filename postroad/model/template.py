import re
from collections.abc import Mapping
from typing import Any

_HOLE = re.compile(r"\{([A-Za-z_][\w.]*)\}")


class MissingVariable(KeyError):  # noqa: N818 - it names what is missing, as refusals do
    """A template or a path names a variable that is not there."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"缺少变量 {path} / there is no variable {path}")


def lookup(path: str, variables: Mapping[str, Any]) -> Any:
    """The value at a dotted path (`route.approver`). Raises MissingVariable."""
    value: Any = variables
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            raise MissingVariable(path)
        value = value[name]
    return value


def render(text: str, variables: Mapping[str, Any]) -> str:
    """`text` with each `{path}` replaced by its variable. Selects only: no formatting, no expressions."""
    return _HOLE.sub(lambda hole: str(lookup(hole[1], variables)), text)


def holes(text: str) -> list[str]:
    """The paths that a template names, in order."""
    return _HOLE.findall(text)
