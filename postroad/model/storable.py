"""Text that databases can keep: PostgreSQL refuses the NUL character, so it never gets further than the models."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(value: Any) -> Any:
    """The value with NUL replaced, as deep as it goes: what another system says is taken as well as it can be."""
    if isinstance(value, str):
        return value.replace("\x00", _REPLACEMENT)
    if isinstance(value, dict):
        return {storable(key): storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable(inner) for inner in value]
    return value


def _refuse(value: Any) -> Any:
    if storable(value) != value:
        raise ValueError("含有不能保存的字符（NUL） / it holds a character that cannot be kept (NUL)")
    return value


Told = Annotated[dict[str, Any], AfterValidator(storable)]
"""Fields as another system tells them."""

Said = Annotated[str, AfterValidator(_refuse)]
"""Text that a person says."""

STORABLE = BeforeValidator(_refuse)
"""For whatever a person says that is more than text."""

Filled = Annotated[dict[str, Any], AfterValidator(_refuse)]
"""Fields that a person fills in."""
