from datetime import timedelta
from typing import Any

from postroad.model.label import Label
from postroad.model.table import Status
from postroad.model.task import InstanceView, Line
from postroad.rules.canonical import sha256_of
from postroad.store import Database
from postroad.store.decisions import DecisionRow, Decisions
from postroad.store.rule_versions import RuleVersions
from tests.store.samples import INSTANCE, NOW, an_instance
from tests.store.test_releases import TABLE

DAY = timedelta(days=1)


def _line(number: int, *, days: int = 0, **facts: Any) -> Line:
    usual = {"table": TABLE.table, "sha256": sha256_of(TABLE), "rows": ["r1"], "inputs": {"amount": "1"}}
    data = {**usual, "outcome": {"approver": {"role": "buyer"}}, **facts}
    text = Label(zh="按规则表", en="by the table")
    return Line(number=number, at=NOW + days * DAY, kind="decided", text=text, node="route", data=data)


async def _keep(database: Database, *lines: Line, instance: InstanceView | None = None) -> None:
    async with database.begin() as session:
        await Decisions(session).of_story(instance or an_instance(), lines)


async def _all(database: Database, **asked: Any) -> list[DecisionRow]:
    async with database.read() as session:
        return await Decisions(session).page(**asked)


async def _bring(database: Database, *days: int) -> None:
    async with database.begin() as session:
        for day in days:
            await RuleVersions(session).bring(TABLE, "release", "ops", NOW + day * DAY)


async def test_what_an_instance_was_answered_is_logged_once(database: Database) -> None:
    await _bring(database, -1)
    for _ in range(2):
        await _keep(database, _line(3, ms=0.5), Line(number=4, at=NOW, kind="asked", text=Label(zh="问", en="asked")))

    [row] = await _all(database)

    assert (row.id, row.instance, row.node, row.version) == (f"{INSTANCE}#3", INSTANCE, "route", 1)
    assert (row.status, row.row_ids, row.inputs, row.outcome) == (
        Status.OK,
        ["r1"],
        {"amount": "1"},
        {"approver": {"role": "buyer"}},
    )
    assert (row.at, row.ms, row.message) == (NOW, 0.5, None)


async def test_an_answer_that_is_none_is_logged_with_its_reason(database: Database) -> None:
    await _keep(database, _line(3, status="NO_MATCH", rows=[], outcome=None, on="2026-03-02"))

    [row] = await _all(database)

    assert (row.status, row.outcome, row.message) == ("NO_MATCH", None, {"zh": "按规则表", "en": "by the table"})
    assert str(row.on_day) == "2026-03-02"


async def test_the_version_is_the_one_in_force_when_the_instance_started(database: Database) -> None:
    await _bring(database, -1, 1)

    await _keep(database, _line(3, days=2), _line(4, days=2, pin="latest"))

    assert {row.id: row.version for row in await _all(database)} == {f"{INSTANCE}#3": 1, f"{INSTANCE}#4": 2}


async def test_a_content_that_is_no_version_has_no_number(database: Database) -> None:
    await _keep(database, _line(3))

    assert [row.version for row in await _all(database)] == [None]


async def test_the_log_is_asked_by_table_instance_status_and_time(database: Database) -> None:
    other = an_instance("purchase-approval:erp:PR-2:1")
    await _keep(database, _line(1), _line(2, days=1), _line(3, days=2, status="NO_MATCH"))
    await _keep(database, _line(1, table="other"), instance=other)

    async def numbers(**asked: Any) -> list[str]:
        return [row.id for row in await _all(database, **asked)]

    assert await numbers(table="other") == [f"{other.id}#1"] == await numbers(instance=other.id)
    assert await numbers(status=Status.NO_MATCH) == [f"{INSTANCE}#3"]
    assert await numbers(instance=INSTANCE, since=NOW + DAY, until=NOW + 2 * DAY) == [f"{INSTANCE}#2"]


async def test_pages_of_the_log_hold_every_row_once(database: Database) -> None:
    await _keep(database, *(_line(number) for number in range(1, 6)))

    first = await _all(database, limit=2)
    second = await _all(database, limit=9, after=first[-1].id)

    assert [row.id for row in [*first, *second]] == [f"{INSTANCE}#{number}" for number in range(5, 0, -1)]
