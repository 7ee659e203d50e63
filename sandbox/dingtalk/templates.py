from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from sandbox.dingtalk.errors import DingTalkError, ProtocolBreachError

MAX_KEY_BYTES = 100
MAX_VALUE_BYTES = 1024
APPROVAL_TEMPLATE = "postroad-approval.schema"
BUTTONS = ("button1", "button2", "button3", "button4")


class Line(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    k: str
    v: str


class Button(BaseModel):
    """A press sends `actionIds [action]` and `params {action, token, opinion}`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    label: str
    action: str
    style: Literal["primary", "danger", "default"] = "default"
    token: str = ""


_LINES = TypeAdapter(list[Line])


def _text(_: str) -> None:
    """Any text will do."""


def _lines(value: str) -> None:
    if value:
        _LINES.validate_json(value)


def _button(value: str) -> None:
    if value:
        Button.model_validate_json(value)


def _one_of(*words: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value not in words:
            raise ValueError(f"{value!r} is none of {', '.join(words)}")

    return check


@dataclass(frozen=True)
class Template:
    """A published card layout: the variables it knows and what each may hold."""

    id: str
    variables: Mapping[str, Callable[[str], None]]

    def check(self, params: Mapping[str, str]) -> None:
        for key, value in params.items():
            _check_size(key, value)
            if key not in self.variables:
                raise ProtocolBreachError(f"template {self.id} has no variable {key}")
            try:
                self.variables[key](value)
            except (ValueError, ValidationError) as wrong:
                raise ProtocolBreachError(f"variable {key}: {wrong}") from wrong


def _check_size(key: str, value: str) -> None:
    if len(key.encode()) > MAX_KEY_BYTES:
        raise ProtocolBreachError(f"variable name {key[:40]}… is longer than {MAX_KEY_BYTES} bytes")
    if len(value.encode()) > MAX_VALUE_BYTES:
        raise ProtocolBreachError(
            f"variable {key} holds {len(value.encode())} bytes, at most {MAX_VALUE_BYTES} are allowed"
        )


_TEMPLATES = {
    APPROVAL_TEMPLATE: Template(
        id=APPROVAL_TEMPLATE,
        variables={
            "title": _text,
            "subtitle": _text,
            "lines": _lines,
            "status": _text,
            "status_kind": _one_of("open", "agreed", "rejected", "closed", "pending", "error"),
            "by": _text,
            "note": _text,
            "opinion": _one_of("none", "optional", "required"),
            "link": _text,
            **dict.fromkeys(BUTTONS, _button),
        },
    )
}


def template(template_id: str) -> Template:
    found = _TEMPLATES.get(template_id)
    if found is None:
        raise DingTalkError("param.templateNotExist", f"卡片模板 {template_id} 不存在或未发布")
    return found
