"""`python -m api rules`: over HTTP, with a token, as the API allows it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from postroad.store.backtests import Backtests
from postroad.store.people import People
from tests.api.rulebook import COMPANY, KEY, table
from tests.api.test_act_command import Clerk, clerk, said
from tests.store.test_backtests import FOUND

__all__ = ["clerk"]


class Owner:
    """Li writes, Wang approves, both at a terminal."""

    def __init__(self, clerk: Clerk, file: Path) -> None:
        self.clerk, self.file = clerk, file

    async def writes(self, *words: str) -> Result:
        return await self.clerk.says("rules", *words, scopes=("rules", "read"), person="li")

    async def approves(self, *words: str) -> Result:
        return await self.clerk.says("rules", *words, scopes=("rules_approve",), person="wang")

    async def publishes(self) -> None:
        await self.writes("draft", str(self.file))
        await self.writes("check", KEY, "1")
        await self.approves("approve", KEY, "1")
        await self.writes("publish", KEY, "1")


@pytest.fixture
async def owner(clerk: Clerk, tmp_path: Path) -> Owner:
    async with clerk.office.database.begin() as session:
        await People(session).load(COMPANY)
    file = tmp_path / "route.table.yaml"
    _write(file)
    return Owner(clerk, file)


def _write(file: Path, *rows: dict[str, Any]) -> None:
    file.write_text(json.dumps(table(*rows), ensure_ascii=False), encoding="utf-8")


async def test_a_file_goes_all_the_way_to_being_in_force(owner: Owner) -> None:
    steps = [
        await owner.writes("draft", str(owner.file), "--notes", "首版"),
        await owner.writes("check", KEY, "1"),
        await owner.approves("approve", KEY, "1"),
        await owner.writes("publish", KEY, "1"),
    ]

    assert [step.exit_code for step in steps] == [0] * 4
    assert said(steps[0]) == f"✓ {KEY}  v1  draft  li"
    assert said(steps[3]).startswith(f"✓ {KEY} *v1  published  li ✓wang")
    assert "*v1" in said(await owner.writes("list"))


async def test_a_version_is_edited_in_excel_and_drafted_anew(owner: Owner, tmp_path: Path) -> None:
    workbook = tmp_path / "route.xlsx"
    await owner.writes("draft", str(owner.file))

    steps = [await owner.writes("export", KEY, "1", str(workbook)), await owner.writes("draft", str(workbook))]

    assert [step.exit_code for step in steps] == [0, 0]
    assert said(steps[0]) == f"✓ {workbook}"
    assert said(steps[1]) == f"✓ {KEY}  v2  draft  li"


async def test_what_stands_in_the_way_is_listed_with_its_code(owner: Owner) -> None:
    _write(owner.file, {"id": "r1", "when": {"amount": "< 5000"}, "then": {"approver": {"role": "buyer"}}})
    await owner.writes("draft", str(owner.file))

    checked = await owner.writes("check", KEY, "1")

    assert checked.exit_code == 1
    assert "✗ gap: 有 1 种情况没有任何一行管：金额不小于 5,000 元" in checked.stdout


async def test_the_way_back_is_a_draft_of_what_was(owner: Owner) -> None:
    await owner.publishes()

    assert said(await owner.writes("rollback", KEY, "1")) == f"✓ {KEY}  v2  draft  li"


async def test_a_table_is_retired_by_whoever_approves(owner: Owner) -> None:
    await owner.publishes()

    refused, done = await owner.writes("retire", KEY, "1"), await owner.approves("retire", KEY, "1")

    assert "rules_approve" in str(refused.exception)
    assert said(done).startswith(f"✓ {KEY}  v1  retired")


async def test_a_backtest_is_started_and_its_result_is_read(owner: Owner) -> None:
    await owner.publishes()

    begun = said(await owner.writes("backtest", KEY, "1", "--days", "7"))
    number = begun.split()[0]
    async with owner.clerk.office.database.begin() as session:
        await Backtests(session).end(number, "done", owner.clerk.office.parts.now(), result=FOUND)
    shown = await owner.writes("result", KEY, number)

    assert begun == f"{number}  v1 → v1  running  0/0"
    assert shown.stdout.splitlines()[-3:] == [
        f"{number}  v1 → v1  done  0/0",
        "0/1 件不同 / differ",
        "重现 / reproduced 0/0",
    ]
