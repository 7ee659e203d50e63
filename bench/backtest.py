"""`python -m bench backtest`: many decisions asked again, through the database and the real step; one JSON object."""

import argparse
import asyncio
import json
import random
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from zoneinfo import ZoneInfo

from temporalio.testing import ActivityEnvironment

from activities.backtest import Backtester
from postroad.model.table import Table
from postroad.rules.canonical import sha256_of
from postroad.rules.compile import compile_table
from postroad.rules.evaluate import evaluate
from postroad.store.backtests import BacktestRow, Backtests
from postroad.store.database import Database
from postroad.store.decisions import Decisions
from postroad.store.migrate import migrate
from postroad.store.rule_versions import RuleVersions
from workflows.steps import BacktestOrder

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MATERIALS = ("production", "office", "service", "it")
KEY = "route"


def table(rows: int, shift: int = 0) -> Table:
    """Bands of amounts for each material, all of them answered; `shift` moves every bound."""
    bands = max(rows // len(MATERIALS), 1)
    cuts = [1000 * band + shift for band in range(1, bands)]
    cells = [f"[{low}..{high})" for low, high in zip([0, *cuts], cuts, strict=False)] + [
        f">= {cuts[-1] if cuts else 0}"
    ]
    return Table.model_validate(
        {
            "table": KEY,
            "hit": "unique",
            "inputs": [
                {"key": "amount", "type": "money", "unit": "CNY", "domain": "[0..)"},
                {"key": "material", "type": "enum", "domain": list(MATERIALS)},
            ],
            "outputs": [{"key": "approver", "type": "who"}],
            "rows": [
                {
                    "id": f"{material}-{place}",
                    "when": {"material": material, "amount": cell},
                    "then": {"approver": {"role": f"buyer-{place % 20}"}},
                }
                for material in MATERIALS
                for place, cell in enumerate(cells)
            ],
        }
    )


async def measured(folder: Path, cases: int, rows: int) -> dict[str, Any]:
    url = f"sqlite+aiosqlite:///{folder / 'bench.db'}"
    migrate(url)
    database = Database(url)
    try:
        await _remembered(database, table(rows), table(rows, 250), cases)
        began, cpu = perf_counter(), process_time()
        step = Backtester(database, lambda: NOW, ZoneInfo("Asia/Shanghai"))
        await ActivityEnvironment().run(step.backtest, BacktestOrder(id="bench"))
        seconds, cpu = perf_counter() - began, process_time() - cpu
        async with database.read() as session:
            row = await Backtests(session).find("bench")
    finally:
        await database.close()
    found = row.compared if row else None
    if found is None or found.n != cases:
        raise SystemExit("the backtest did not go to its end")
    return {
        "cases": found.n,
        "rows": rows,
        "changed": found.changed,
        "decided": found.decided,
        "reproduced": found.reproduced,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "cases_per_second_and_core": round(cases / cpu),
    }


async def _remembered(database: Database, old: Table, draft: Table, cases: int) -> None:
    """A log of that many decisions by the old version, and a backtest that is to be done."""
    drawn, compiled = random.Random(7), compile_table(old)
    async with database.begin() as session:
        for one in (old, draft):
            await RuleVersions(session).bring(one, "bench", "bench", NOW)
        for first in range(0, cases, 5_000):
            numbers = range(first, min(first + 5_000, cases))
            await Decisions(session).keep([_decided(compiled, drawn, number) for number in numbers])
        await Backtests(session).begin(
            BacktestRow(
                id="bench",
                table_key=KEY,
                version=2,
                sha256=sha256_of(draft),
                against=1,
                against_sha256=sha256_of(old),
                since=NOW,
                until=NOW + timedelta(days=365),
                state="running",
                by="bench",
                started_at=NOW,
            )
        )


def _decided(compiled: Any, drawn: random.Random, number: int) -> dict[str, Any]:
    inputs = {"amount": str(drawn.randrange(300_000)), "material": drawn.choice(MATERIALS)}
    answer = evaluate(compiled, inputs)
    return {
        "id": f"bench#{number}",
        "table_key": KEY,
        "version": 1,
        "sha256": compiled.sha256,
        "at": NOW + timedelta(minutes=number),
        "status": answer.status.value,
        "row_ids": answer.rows,
        "inputs": answer.inputs,
        "outcome": answer.outcome,
        "used_default": answer.used_default,
    }


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench backtest", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=1_000, help="rows of the table")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        print(json.dumps(asyncio.run(measured(Path(folder), options.cases, options.rows)), indent=2))
