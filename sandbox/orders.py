from pydantic import BaseModel, ConfigDict


class ActionOrder(BaseModel):
    """Who acts with which words; `key` is the caller's own mark and is only kept, never compared."""

    model_config = ConfigDict(extra="forbid")

    key: str | None = None
    by: str = ""
    note: str = ""
