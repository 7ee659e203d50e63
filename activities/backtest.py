import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from temporalio import activity

from postroad.model.refusals import Refusal, Unknown
from postroad.rules.compare import Comparison, Recorded
from postroad.rules.compile import CompiledTable
from postroad.store.backtests import BacktestRow, Backtests
from postroad.store.compiled import CompiledTables
from postroad.store.database import Database
from postroad.store.decisions import Decisions
from workflows.steps import BacktestOrder, BacktestSteps

AT_ONCE = 5_000
"""Cases between two beats."""


class Backtester(BacktestSteps):
    """Asks old and new what the log or a file holds. `clock` gives aware UTC; days are those of `zone`."""

    def __init__(self, database: Database, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._database, self._clock, self._zone = database, clock, zone
        self._tables = CompiledTables(database)

    @activity.defn(name="rules.backtest")
    async def backtest(self, order: BacktestOrder) -> None:
        async with self._database.read() as session:
            row = await Backtests(session).find(order.id)
        if row is None or row.state != "running":
            return
        try:
            comparison = await self._compared(row)
        except Refusal as refusal:
            # trying again cannot mend it; whoever began it reads why
            async with self._database.begin() as session:
                await Backtests(session).end(row.id, "failed", self._clock(), message=refusal.label.model_dump())
            return
        except asyncio.CancelledError:
            # not when the worker stops: then another one begins anew
            if (told := activity.cancellation_details()) and told.cancel_requested:
                async with self._database.begin() as session:
                    await Backtests(session).end(row.id, "cancelled", self._clock())
            raise
        if comparison is not None:
            async with self._database.begin() as session:
                await Backtests(session).end(row.id, "done", self._clock(), result=comparison.result())

    async def _compared(self, row: BacktestRow) -> Comparison | None:
        """None when somebody has cancelled it."""
        old = await self._tables.get(row.table_key, row.against_sha256)
        draft = await self._tables.get(row.table_key, row.sha256)
        makers: dict[str, CompiledTable | None] = {}
        comparison = Comparison(old, draft, makers.get, row.amount)
        total = await self._total(row)
        if not await self._beat(row, 0, total):
            return None
        async for cases in self._cases(row):
            await self._know(makers, row.table_key, cases)
            # in a thread, so that everybody else's steps go on meanwhile
            await asyncio.to_thread(_add, comparison, cases)
            if not await self._beat(row, comparison.n, total):
                return None
        return comparison

    async def _beat(self, row: BacktestRow, done: int, total: int) -> bool:
        async with self._database.begin() as session:
            goes_on = await Backtests(session).progress(row.id, done, total)
        activity.heartbeat(done, total)  # afterwards: being told to stop must not cut the transaction short
        return goes_on

    async def _total(self, row: BacktestRow) -> int:
        async with self._database.read() as session:
            if row.since is not None and row.until is not None:
                return await Decisions(session).count(row.table_key, row.since, row.until)
            return len(await self._file(row))

    async def _cases(self, row: BacktestRow) -> AsyncIterator[list[Recorded]]:
        if row.since is None or row.until is None:
            cases = await self._file(row)
            for first in range(0, len(cases), AT_ONCE):
                yield cases[first : first + AT_ONCE]
            return
        page: list[Recorded] = []
        while not page or len(page) == AT_ONCE:
            async with self._database.read() as session:
                last = page[-1] if page else None
                page = await Decisions(session).cases(
                    row.table_key, row.since, row.until, self._zone, limit=AT_ONCE, after=last
                )
            if not page:
                return
            yield page

    async def _file(self, row: BacktestRow) -> list[Recorded]:
        async with self._database.read() as session:
            file = await Backtests(session).case_file(row.case_file or "")
        if file is None:
            raise Unknown(f"没有案例文件 {row.case_file}", f"there is no file of cases {row.case_file}")
        day = row.started_at.astimezone(self._zone).date()
        return [Recorded(f"{file.name}:{number}", inputs, day) for number, inputs in enumerate(file.cases, start=1)]

    async def _know(self, makers: dict[str, CompiledTable | None], key: str, cases: Sequence[Recorded]) -> None:
        """Compile the contents that decided these cases, those that are still kept."""
        for sha256 in {case.sha256 for case in cases if case.sha256} - makers.keys():
            try:
                makers[sha256] = await self._tables.get(key, sha256)
            except Refusal:
                makers[sha256] = None


def _add(comparison: Comparison, cases: Sequence[Recorded]) -> None:
    for case in cases:
        comparison.add(case)
