"""The step that asks all cases, without a server around it."""

import asyncio
from zoneinfo import ZoneInfo

import pytest
from temporalio.activity import ActivityCancellationDetails
from temporalio.testing import ActivityEnvironment

from activities.backtest import Backtester
from postroad.rules.canonical import sha256_of
from postroad.store import Database
from postroad.store.backtests import BacktestRow, Backtests, CaseFileRow
from postroad.store.rule_tables import RuleTables
from tests.store.samples import NOW
from tests.store.test_releases import TABLE
from workflows.steps import BacktestOrder

CASES = '{"amount": 1, "material": "office"}\n{"amount": 200000, "material": "office"}'


@pytest.fixture
async def step(database: Database) -> Backtester:
    """With a backtest that is to be done: a table against itself."""
    row = BacktestRow(
        id="b-1",
        table_key=TABLE.table,
        version=1,
        sha256=sha256_of(TABLE),
        against=1,
        against_sha256=sha256_of(TABLE),
        case_file="f-1",
        state="running",
        by="li",
        started_at=NOW,
    )
    file = CaseFileRow(id="f-1", table_key=TABLE.table, name="cases", n=2, by="li", at=NOW, lines=CASES)
    async with database.begin() as session:
        await RuleTables(session).keep([TABLE])
        await Backtests(session).keep_cases(file)
        await Backtests(session).begin(row)
    return Backtester(database, lambda: NOW, ZoneInfo("Asia/Shanghai"))


async def _state(database: Database) -> tuple[str, int]:
    async with database.read() as session:
        row = await Backtests(session).find("b-1")
    assert row is not None
    return row.state, row.done


async def test_every_case_is_asked_and_the_result_kept(step: Backtester, database: Database) -> None:
    await ActivityEnvironment().run(step.backtest, BacktestOrder(id="b-1"))

    assert await _state(database) == ("done", 2)


@pytest.mark.parametrize(("wanted", "state"), [(True, "cancelled"), (False, "running")])
async def test_it_stops_when_it_is_cancelled_and_goes_on_elsewhere_when_the_worker_stops(
    step: Backtester, database: Database, *, wanted: bool, state: str
) -> None:
    environment = ActivityEnvironment()
    why = ActivityCancellationDetails(cancel_requested=wanted, worker_shutdown=not wanted)
    environment.on_heartbeat = lambda *_: environment.cancel(cancellation_details=why)

    with pytest.raises(asyncio.CancelledError):
        await environment.run(step.backtest, BacktestOrder(id="b-1"))

    assert (await _state(database))[0] == state


async def test_what_was_cancelled_before_it_began_is_left_alone(step: Backtester, database: Database) -> None:
    async with database.begin() as session:
        await Backtests(session).end("b-1", "cancelled", NOW)

    await ActivityEnvironment().run(step.backtest, BacktestOrder(id="b-1"))

    assert await _state(database) == ("cancelled", 0)
