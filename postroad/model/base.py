from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    """Something said or decided: never changed, unknown fields refused, dumped under the names people write."""

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return self  # what never changes need not be copied, and the engine copies its state at every step

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=True
    )
