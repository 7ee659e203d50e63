"""Backtests of rule versions, beside the version they are about, and the files of cases they may ask."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.rules.compare import Compared
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import change, table_of


class CaseFileRow(Stored, table=True):
    """Cases that somebody uploaded: a line of JSON for each, the inputs."""

    __tablename__ = "rule_case_files"

    id: str = Field(primary_key=True)
    table_key: str
    name: str
    n: int
    by: str
    at: datetime = Field(sa_type=UtcTime)
    lines: str = Field(sa_type=Text)

    @property
    def cases(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines.splitlines()]


class BacktestRow(Stored, table=True):
    """One backtest. `state` is running, done, cancelled or failed; `done` of `total` cases are through.

    `against` is the number of the version that the draft would replace. The cases are those of `case_file`, or what the
    log holds from `since` to before `until`.
    """

    __tablename__ = "rule_backtests"
    __table_args__ = (Index(None, "table_key", "started_at"),)

    id: str = Field(primary_key=True)
    table_key: str
    version: int
    sha256: str
    against: int
    against_sha256: str
    case_file: str | None = None
    since: datetime | None = Field(default=None, sa_type=UtcTime)
    until: datetime | None = Field(default=None, sa_type=UtcTime)
    amount: str | None = None
    state: str
    done: int = 0
    total: int = 0
    result: dict[str, Any] | None = Field(default=None, sa_type=Json)
    message: dict[str, str] | None = Field(default=None, sa_type=Json)
    by: str
    started_at: datetime = Field(sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)

    @property
    def compared(self) -> Compared | None:
        return Compared.model_validate(self.result) if self.result else None


class Backtests:
    """A backtest that has ended stays as it ended."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep_cases(self, file: CaseFileRow) -> None:
        await self._session.execute(table_of(CaseFileRow).insert().values(file.model_dump()))

    async def case_file(self, id_: str) -> CaseFileRow | None:
        return await self._session.get(CaseFileRow, id_)

    async def begin(self, row: BacktestRow) -> None:
        await self._session.execute(table_of(BacktestRow).insert().values(row.model_dump()))

    async def find(self, id_: str) -> BacktestRow | None:
        return await self._session.get(BacktestRow, id_)

    async def of_table(self, key: str, limit: int = 50) -> Sequence[BacktestRow]:
        """The latest begun first."""
        wanted = select(BacktestRow).where(col(BacktestRow.table_key) == key)
        latest = wanted.order_by(col(BacktestRow.started_at).desc(), col(BacktestRow.id)).limit(limit)
        return list(await self._session.scalars(latest))

    async def progress(self, id_: str, done: int, total: int) -> bool:
        """Note how far it is; False when it has ended, for instance because somebody cancelled it."""
        return await self._still_running(id_, done=done, total=total)

    async def end(
        self,
        id_: str,
        state: str,
        at: datetime,
        *,
        result: Compared | None = None,
        message: dict[str, str] | None = None,
    ) -> bool:
        """False when it had ended before."""
        told = result.model_dump(mode="json") if result else None
        return await self._still_running(id_, state=state, ended_at=at, result=told, message=message)

    async def _still_running(self, id_: str, **columns: Any) -> bool:
        table = table_of(BacktestRow)
        still = update(table).where(table.c.id == id_, table.c.state == "running").values(**columns)
        return await change(self._session, still, {})
