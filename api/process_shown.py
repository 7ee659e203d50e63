"""Versions of processes as the API shows them, and what is asked for when one is drawn."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from api.versions_shown import VersionLine, line_columns
from postroad.model.label import Label
from postroad.model.refusals import Malformed, Unknown
from postroad.store.process_versions import ProcessVersionRow, ProcessVersions
from postroad.store.versions import stages

RESERVED = frozenset({"drafts", "vocabulary", "check", "preview", "sentences"})
"""Names that are addresses of their own."""

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,63}")


class ProcessVersionLine(VersionLine):
    """A version at a glance. `revision` counts how often it was saved; `release` is what instances of it name.

    `running` counts the instances of it that have not ended, where all versions of a process are listed.
    """

    revision: int
    origin: str | None
    release: str | None
    running: int = 0


class ProcessSet(BaseModel):
    """A process with the versions there are, newest first; `title` is the newest one's."""

    key: str
    title: Label
    in_force: int | None
    versions: list[ProcessVersionLine]


class ProcessVersion(ProcessVersionLine):
    """A version in full. `process` is what was drawn, whole or not; `cases` as in a `cases.yaml`."""

    key: str
    title: Label
    process: dict[str, Any]
    cases: list[dict[str, Any]]


async def found(session: AsyncSession, key: str, number: int) -> ProcessVersionRow:
    row = await ProcessVersions(session).find(key, number)
    if row is None:
        raise Unknown(f"流程 {key} 没有第 {number} 版", f"The process {key} has no version {number}")
    return row


async def history(session: AsyncSession, key: str) -> list[ProcessVersionRow]:
    rows = await ProcessVersions(session).history(key)
    if not rows:
        raise Unknown(f"没有流程 {key}", f"There is no process {key}", code="no_such_process")
    return rows


def shown_set(rows: list[ProcessVersionRow], now: datetime, running: Mapping[str, int] | None = None) -> ProcessSet:
    """`running` counts instances by release."""
    come, counts = stages(rows, now), running or {}
    told = [
        ProcessVersionLine(
            **_columns(row), **line_columns(row, come[row.number], now), running=counts.get(row.release or "", 0)
        )
        for row in rows
    ]
    in_force = next((line.version for line in told if line.in_force), None)
    return ProcessSet(key=rows[0].key, title=title_of(rows[0].content, rows[0].key), in_force=in_force, versions=told)


async def whole(session: AsyncSession, row: ProcessVersionRow, now: datetime) -> ProcessVersion:
    come = stages(await history(session, row.key), now)[row.number]
    more = {"key": row.key, "title": title_of(row.content, row.key), "process": row.content, "cases": row.cases}
    return ProcessVersion(**_columns(row), **line_columns(row, come, now), **more)


def _columns(row: ProcessVersionRow) -> dict[str, Any]:
    return {"revision": row.revision, "origin": row.origin, "release": row.release}


def title_of(drawn: Mapping[str, Any], key: str) -> Label:
    """What it is called, if that has been said already."""
    try:
        return Label.model_validate(drawn.get("title"))
    except ValidationError:
        return Label(zh=key, en=key)


def key_of(drawn: Mapping[str, Any]) -> str:
    """The name a drawing has for itself. Raises Malformed for one that no process can have."""
    said = drawn.get("process")
    if not isinstance(said, str) or not _KEY.fullmatch(said):
        raise Malformed(
            "请先给流程一个编号（process）：英文字母开头，只用字母、数字、_ . -",
            "Give the process a key first (process): a letter, then letters, digits, _ . -",
            code="no_key",
        )
    if said in RESERVED:
        raise Malformed(
            f"{said} 不能作流程编号，请换一个", f"{said} cannot name a process; choose another", code="no_key"
        )
    return said


def same_key(key: str, drawn: Mapping[str, Any]) -> dict[str, Any]:
    """The drawing under the name of its address; refuses one that has another name."""
    if drawn.get("process", key) != key:
        raise Malformed(
            f"流程编号是 {drawn['process']}，地址是 {key}；请改成一致",
            f"the process is called {drawn['process']}, the address says {key}; make them the same",
            code="other_process",
        )
    return {**drawn, "process": key}
