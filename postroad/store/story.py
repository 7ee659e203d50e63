import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.refusals import Conflict
from postroad.model.task import Line
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import execute_many, table_of

GENESIS = "0" * 64
"""The hash before the first line of every story."""


class StoryRow(Stored, table=True):
    """One line of an instance's story, sealed: `hash` covers the line and the hash of the line before it."""

    __tablename__ = "story"

    instance: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)
    kind: str
    text: dict[str, str] = Field(sa_type=Json)
    node: str | None = None
    person: str | None = None
    data: dict[str, Any] = Field(sa_type=Json)
    hash: str

    @property
    def line(self) -> Line:
        return Line.model_validate(self.model_dump(exclude={"instance", "hash"}))


class StoryContradiction(Conflict):
    """A line that differs from what is already written under its number, or that leaves a gap."""

    code = "story_contradiction"


class Story:
    """The stories of instances. Lines are only ever added."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def append(self, instance: str, lines: Sequence[Line]) -> None:
        """Add lines in the order of their numbers; a line that is already there word for word is passed over.

        Raises:
            StoryContradiction: another line has that number, or a number before it is missing.
        """
        if not lines:
            return
        told = sorted(lines, key=lambda line: line.number)
        known = await self._known(instance, told[0].number - 1)
        new: list[dict[str, Any]] = []
        for line in told:
            sealed = _sealed(instance, line, _hash_before(instance, line, known))
            if line.number not in known:
                known[line.number] = sealed["hash"]
                new.append(sealed)
            elif known[line.number] != sealed["hash"]:
                raise _other_line(instance, line.number)
        if new:
            await execute_many(self._session, table_of(StoryRow).insert(), new)

    async def of(self, instance: str) -> list[StoryRow]:
        wanted = select(StoryRow).where(col(StoryRow.instance) == instance).order_by(col(StoryRow.number))
        return list(await self._session.scalars(wanted))

    async def verify(self, instance: str) -> list[str]:
        """What is wrong with the story: lines changed or missing. Empty when it is as it was written.

        Lines cut off at the end leave no trace in what remains; keep the last hash elsewhere to notice that.
        """
        problems: list[str] = []
        before, expected = GENESIS, 1
        for row in await self.of(instance):
            if row.number != expected:
                problems.append(f"第 {expected} 行起缺失 / lines are missing from {expected} on, before {row.number}")
            elif row.hash != _sealed(instance, row.line, before)["hash"]:
                problems.append(f"第 {row.number} 行被改动 / line {row.number} was changed")
            before, expected = row.hash, row.number + 1
        return problems

    async def _known(self, instance: str, from_number: int) -> dict[int, str]:
        told = {"of": instance, "since": from_number}
        found = await (await self._session.connection()).execute(_hashes(), told)
        return {row.number: row.hash for row in found}


@cache  # to build it takes as long as to execute it
def _hashes() -> Select[int, str]:
    story = table_of(StoryRow).c
    wanted = select(story.number, story.hash)
    return wanted.where(story.instance == bindparam("of"), story.number >= bindparam("since"))


def _hash_before(instance: str, line: Line, known: dict[int, str]) -> str:
    if line.number == 1:
        return GENESIS
    if line.number - 1 in known:
        return known[line.number - 1]
    raise StoryContradiction(
        f"实例 {instance} 的记录缺少第 {line.number - 1} 行，请先补写",
        f"the story of {instance} has no line {line.number - 1}; write that one first",
    )


def _other_line(instance: str, number: int) -> StoryContradiction:
    return StoryContradiction(
        f"实例 {instance} 的第 {number} 行已有不同内容，记录不能改写；请核对是否有两个来源在写",
        f"line {number} of the story of {instance} says something else, and stories are never rewritten; "
        "look for a second writer",
    )


def _sealed(instance: str, line: Line, before: str) -> dict[str, Any]:
    said = {"instance": instance, **line.model_dump(mode="json")}
    moment = line.at.astimezone(UTC)
    text = json.dumps({**said, "at": moment.isoformat()}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return {**said, "at": moment, "hash": hashlib.sha256((before + text).encode()).hexdigest()}
