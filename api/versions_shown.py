"""Versions at a glance, as the API shows them: of rule tables and of processes alike."""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, BaseModel

from postroad.store.versions import Stage, VersionRow

_COLUMNS = frozenset(
    {
        "sha256",
        "authors",
        "notes",
        "changed_at",
        "approver",
        "published_by",
        "published_at",
        "effective_from",
        "retired_at",
    }
)


class VersionLine(BaseModel):
    """A version at a glance. `in_force`: by which is decided now."""

    version: int
    stage: Stage
    in_force: bool
    sha256: str
    authors: list[str]
    notes: str
    changed_at: AwareDatetime
    approver: str | None
    published_by: str | None
    published_at: AwareDatetime | None
    effective_from: AwareDatetime | None
    retired_at: AwareDatetime | None


def line_columns(row: VersionRow, stage: Stage, now: datetime) -> dict[str, Any]:
    """What a `VersionLine` says of a version."""
    in_force = stage is Stage.PUBLISHED and row.effective_from is not None and row.effective_from <= now
    return {"version": row.number, "stage": stage, "in_force": in_force, **row.model_dump(include=set(_COLUMNS))}
