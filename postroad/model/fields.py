"""R27: what those who are asked or told at a step may do with each field of the document."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from postroad.model.people import Key

Right = Literal["hidden", "read", "write", "required"]
OTHERS = "*"
"""In place of a name: every field that is not named."""

_Field = Annotated[str, StringConstraints(pattern=r"^(\*|[A-Za-z][A-Za-z0-9_.\-]*)$", max_length=64)]
_Named = dict[_Field, Right]


def _as_rights(given: Any) -> Any:
    """A mere list of names means that these must be filled in."""
    return dict.fromkeys(given, "required") if isinstance(given, list | tuple) else given


def _others_are_seen_or_not(rights: dict[str, Right]) -> dict[str, Right]:
    if rights.get(OTHERS, "read") not in {"hidden", "read"}:
        raise ValueError(
            "“*”只能是 hidden 或 read；可填写的字段请逐个列出 / "
            "`*` is hidden or read; name the fields that may be written one by one"
        )
    return rights


def _are_only_seen(rights: dict[str, Right]) -> dict[str, Right]:
    if set(rights.values()) - {"hidden", "read"}:
        raise ValueError("抄送的人只能查看，不能填写 / those who get a copy see fields and fill in none")
    return rights


FieldRights = Annotated[
    _Named,
    BeforeValidator(_as_rights, json_schema_input_type=_Named | tuple[Key, ...]),
    AfterValidator(_others_are_seen_or_not),
]
"""Rights by field, `*` for all that are not named. What nobody speaks of can be seen and not written."""

SeenFields = Annotated[_Named, AfterValidator(_are_only_seen)]
"""The same for those who are told and asked nothing."""
