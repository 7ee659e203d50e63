from postroad.rules.compare import Compared
from postroad.store import Database
from postroad.store.backtests import BacktestRow, Backtests, CaseFileRow
from tests.store.samples import NOW, later

FOUND = Compared(
    n=1, changed=0, matrix=[], statuses={}, load=[], samples=[], decided=0, reproduced=0, differing=[]
)  # fmt: skip


def _row(number: int = 1) -> BacktestRow:
    return BacktestRow(
        id=f"b-{number}",
        table_key="route",
        version=2,
        sha256="2" * 64,
        against=1,
        against_sha256="1" * 64,
        since=NOW,
        until=later(),
        state="running",
        by="li",
        started_at=later(number),
    )


async def _begin(database: Database, *rows: BacktestRow) -> None:
    async with database.begin() as session:
        for row in rows:
            await Backtests(session).begin(row)


async def test_a_backtest_tells_how_far_it_is_and_keeps_its_result(database: Database) -> None:
    await _begin(database, _row())

    async with database.begin() as session:
        assert await Backtests(session).progress("b-1", 5, 10)
        assert await Backtests(session).end("b-1", "done", NOW, result=FOUND)

    async with database.read() as session:
        row = await Backtests(session).find("b-1")
    assert row is not None
    assert (row.done, row.total, row.state, row.compared) == (5, 10, "done", FOUND)


async def test_what_was_cancelled_stays_cancelled(database: Database) -> None:
    await _begin(database, _row())
    async with database.begin() as session:
        await Backtests(session).end("b-1", "cancelled", NOW)

        assert not await Backtests(session).progress("b-1", 5, 10)
        assert not await Backtests(session).end("b-1", "done", NOW, result=FOUND)


async def test_the_backtests_of_a_table_are_listed_the_latest_first(database: Database) -> None:
    await _begin(database, _row(1), _row(2))

    async with database.read() as session:
        assert [row.id for row in await Backtests(session).of_table("route")] == ["b-2", "b-1"]
        assert await Backtests(session).of_table("other") == []


async def test_a_file_of_cases_is_read_as_it_was_kept(database: Database) -> None:
    lines = '{"amount": "0.1"}\n{"amount": null, "地区": "华东"}'
    file = CaseFileRow(id="f-1", table_key="route", name="cases", n=2, by="li", at=NOW, lines=lines)
    async with database.begin() as session:
        await Backtests(session).keep_cases(file)

    async with database.read() as session:
        kept = await Backtests(session).case_file("f-1")
    assert kept is not None
    assert kept.cases == [{"amount": "0.1"}, {"amount": None, "地区": "华东"}]
