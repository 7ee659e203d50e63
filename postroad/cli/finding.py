"""One thing that checking a file found."""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from pydantic import JsonValue

from postroad.model.base import Fact
from postroad.model.label import Label


class Severity(StrEnum):
    """An error keeps a file from being published; a warning wants a look; a note is good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(Fact):
    """What was found in which file, and, where there is one, a situation that shows it."""

    file: Path
    severity: Severity
    code: str
    place: str = ""
    message: Label
    witness: dict[str, JsonValue] | None = None

    def line(self, lang: str) -> str:
        """The finding as one line of text."""
        return " ".join(part for part in (_SEVERITY[self.severity].text(lang), self.place, self._said(lang)) if part)

    def _said(self, lang: str) -> str:
        if not self.witness:
            return self.message.text(lang)
        return f"{self.message.text(lang)}{'；例如 ' if lang == 'zh' else '; for example '}{in_short(self.witness)}"


def in_short(situation: Mapping[str, JsonValue]) -> str:
    """The values by name, as people write them."""
    return ", ".join(
        f"{key}={value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for key, value in situation.items()
    )


_SEVERITY = {
    Severity.ERROR: Label(zh="错误", en="error"),
    Severity.WARNING: Label(zh="警告", en="warning"),
    Severity.NOTE: Label(zh="说明", en="note"),
}
