from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    """Something said or decided: never changed, unknown fields refused, dumped under the names people write."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=True
    )
