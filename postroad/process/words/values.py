"""What a setting says, in words."""

from collections.abc import Mapping
from typing import Any

from postroad.model.deadline import Deadline
from postroad.model.label import Label
from postroad.model.people import Who
from postroad.model.process import Approval, Node
from postroad.process.words import settings
from postroad.process.words.conditions import condition
from postroad.process.words.names import Names, plain_label
from postroad.process.words.people import everybody
from postroad.process.words.setting_names import NOTHING, VALUES


def value_of(node: Node, setting: str, names: Names) -> Label:
    """A setting of a node; `pass_` is written `pass`."""
    said = getattr(node, setting, None) if setting not in {"pass", "for"} else getattr(node, f"{setting}_", None)
    if setting == "reject" and isinstance(node, Approval):
        return settings.rejection(node, names)
    if setting == "table" and isinstance(said, str):
        return names.table(said)
    if setting == "when":
        return condition(node.when, names) if node.when else NOTHING
    if setting == "title":
        return node.label
    return worded(said, names)


def worded(said: Any, names: Names) -> Label:
    if said is None or said in ("", (), {}):
        return NOTHING
    if isinstance(said, Label):
        return said
    if isinstance(said, Who):
        return everybody((said,), names)
    if isinstance(said, Deadline):
        return settings.deadline(said, names)
    if isinstance(said, bool):
        return VALUES["true" if said else "false"]
    if isinstance(said, tuple | list | frozenset):
        return _joined([worded(one, names) for one in said])
    if isinstance(said, Mapping):
        return _joined([_pair(str(key), worded(one, names), names) for key, one in said.items()])
    return VALUES.get(str(said), plain_label(str(said)))


def _pair(key: str, value: Label, names: Names) -> Label:
    title = names.field(key) if key != "*" else Label(zh="其他字段", en="all others")
    return Label(zh=f"{title.zh} {value.zh}", en=f"{title.en} {value.en}")


def _joined(said: list[Label]) -> Label:
    return Label(zh="、".join(one.zh for one in said), en=", ".join(one.en for one in said))
