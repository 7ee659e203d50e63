"""A draft held against what was decided, on a real Temporal server."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client

from postroad.connectors.memory import MemoryConnector
from postroad.store.database import Database
from tests.api.rulebook import COMPANY, KEY, Json, Rulebook, rulebook, table
from tests.real.place import Place, open_place
from workers.replay import replay

DEARER = table(
    {"id": "r1", "when": {"amount": "< 9000"}, "then": {"approver": {"role": "buyer"}}},
    {"id": "r2", "when": {"amount": ">= 9000"}, "then": {"approver": {"role": "purchasing_director"}}},
)
AMOUNTS = ["100", "4999.99", "5000", "8000.50", "9000", "-1"]


@pytest.fixture
async def place(database: Database, temporal: Client) -> AsyncIterator[Place]:
    async with open_place(database, temporal, COMPANY, [MemoryConnector("erp", {})]) as place:
        yield place


@pytest.fixture
async def book(place: Place) -> Rulebook:
    """A table that has decided some cases under its first version, and some under its second."""
    book = await rulebook(place.office)
    for told, amounts in ((table(), AMOUNTS), (table(title="第二版"), AMOUNTS[:2])):
        await book.published(told)
        items = [{"amount": one} for one in amounts]
        await posted(book, f"/api/v1/rules/{KEY}/evaluate/batch", {"items": items})
    return book


async def posted(book: Rulebook, path: str, said: Json | None = None, **more: Any) -> Json:
    answer = await book.office.http.post(path, json=said, headers=book.li, **more)
    assert answer.is_success, answer.text
    told: Json = answer.json()
    return told


async def backtested(book: Rulebook, **order: Any) -> Json:
    """A backtest that has gone to its end."""
    begun = await posted(book, f"/api/v1/rules/{KEY}/backtests", order)
    await book.office.temporal.get_workflow_handle(f"backtest:{begun['id']}").result()
    address = f"/api/v1/rules/{KEY}/backtests/{begun['id']}"
    told: Json = (await book.office.http.get(address, headers=book.wang)).json()
    return told


async def test_every_recorded_decision_is_decided_again_by_the_version_that_made_it(book: Rulebook) -> None:
    draft = (await book.draft(DEARER)).json()["version"]

    told = await backtested(book, version=draft, days=30)

    assert (told["state"], told["done"], told["total"], told["against"]) == ("done", 8, 8, 2)
    result = told["result"]
    assert (result["decided"], result["reproduced"], result["differing"]) == (8, 8, [])


async def test_the_history_of_a_backtest_replays(book: Rulebook, tmp_path: Path) -> None:
    told = await backtested(book, version=2, days=30)
    history = await book.office.temporal.get_workflow_handle(f"backtest:{told['id']}").fetch_history()
    exported = tmp_path / "backtest.json"
    exported.write_text(history.to_json(), encoding="utf-8")

    assert (await replay(exported)).problem == ""


async def test_a_draft_is_told_by_what_it_would_have_changed(book: Rulebook) -> None:
    draft = (await book.draft(DEARER)).json()["version"]

    result = (await backtested(book, version=draft, days=30))["result"]

    assert [(one["old"], one["new"], one["n"], one["amount"]) for one in result["matrix"]] == [
        ("r2", "r1", 2, "13000.5")
    ]
    assert (result["n"], result["changed"], result["unit"], result["at_stake"]) == (8, 2, "CNY", "13000.5")
    assert [(one["who"], one["old"], one["new"]) for one in result["load"]] == [
        ("role=buyer", 4, 6),
        ("role=purchasing_director", 3, 1),
    ]


async def test_cases_come_from_a_file_as_well(book: Rulebook) -> None:
    draft = (await book.draft(DEARER)).json()["version"]
    file = await posted(
        book, "/api/v1/case-files", content="amount\n6000\n7000\n10\n", params={"table": KEY, "name": "六月"}
    )

    result = (await backtested(book, version=draft, case_file=file["id"]))["result"]

    assert (file["n"], result["n"], result["changed"], result["decided"]) == (3, 3, 2, 0)
    assert [one["id"] for one in result["samples"]] == ["六月:1", "六月:2"]


async def test_two_older_versions_are_held_against_each_other(book: Rulebook) -> None:
    told = await backtested(book, version=2, against=1, days=30)

    assert (told["against"], told["result"]["changed"]) == (1, 0)


async def test_a_backtest_that_cannot_be_done_says_why(book: Rulebook) -> None:
    draft = (await book.draft(table({"id": "r1", "when": {"amount": "a lot"}, "then": {}}))).json()["version"]

    told = await backtested(book, version=draft, days=30)

    assert (told["state"], told["result"]) == ("failed", None)
    assert "a lot" in told["message"]["en"]


async def test_what_has_ended_is_not_cancelled(book: Rulebook) -> None:
    told = await backtested(book, version=2, days=30)

    refused = await book.office.http.post(f"/api/v1/rules/{KEY}/backtests/{told['id']}/cancel", headers=book.li)

    assert (refused.status_code, refused.json()["code"]) == (409, "backtest_ended")


async def test_backtests_are_listed_with_the_versions_they_compare(book: Rulebook) -> None:
    told = await backtested(book, version=2, against=1, days=30)

    listed = (await book.office.http.get(f"/api/v1/rules/{KEY}/backtests", headers=book.wang)).json()

    assert [(one["id"], one["version"], one["against"], one["result"]) for one in listed] == [(told["id"], 2, 1, None)]
