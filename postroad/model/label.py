"""Text that people read, in Chinese and English."""

from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Label(BaseModel):
    """A bilingual text; authors may write one plain string, which then serves both languages.

    Always serialises as ``{"zh": ..., "en": ...}``. A mapping with one language fills the other from it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str

    @model_validator(mode="before")
    @classmethod
    def _fill_both(cls, given: Any) -> Any:
        if isinstance(given, str):
            return {"zh": given, "en": given}
        if isinstance(given, dict) and len(given) == 1:
            text = given.get("zh", given.get("en"))
            return given if text is None else {"zh": text, "en": text}
        return given

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """As authors may write it; what we write ourselves always has both languages."""
        both = handler.resolve_ref_schema(handler(core_schema))
        if handler.mode == "serialization":
            return both
        either = {key: both[key] for key in ("type", "properties", "additionalProperties")} | {"minProperties": 1}
        return {"description": both["description"], "anyOf": [{"type": "string"}, either]}

    @classmethod
    def of(cls, text: str) -> "Label":
        """A text as refusals print it, `中文 / English`; without the slash both languages read the same."""
        zh, _, en = text.partition(" / ")
        return cls(zh=zh, en=en or zh)

    def __str__(self) -> str:
        return self.zh

    def text(self, lang: str = "zh") -> str:
        """The text in ``zh`` or ``en``; any other language reads English."""
        return self.zh if lang == "zh" else self.en
