"""Backtests while nobody works on them."""

import pytest

from tests.api.office import Office
from tests.api.rulebook import KEY, Json, Rulebook, rulebook


@pytest.fixture
async def book(office: Office) -> Rulebook:
    book = await rulebook(office)
    await book.published()
    return book


async def begun(book: Rulebook, **order: object) -> Json:
    told = {"version": 1, "days": 30, **order}
    answer = await book.office.http.post(f"/api/v1/rules/{KEY}/backtests", json=told, headers=book.li)
    shown: Json = answer.json()
    return shown


async def test_a_backtest_that_is_under_way_is_cancelled_for_good(book: Rulebook) -> None:
    one = await begun(book)
    address = f"/api/v1/rules/{KEY}/backtests/{one['id']}"

    cancelled = (await book.office.http.post(f"{address}/cancel", headers=book.li)).json()

    assert (one["state"], cancelled["state"]) == ("running", "cancelled")
    assert (await book.office.http.get(address, headers=book.li)).json() == cancelled


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ({"days": None}, "malformed"),
        ({"case_file": "f"}, "malformed"),
        ({"days": None, "case_file": "f"}, "unknown"),
        ({"version": 9}, "unknown"),
        ({"against": 9}, "unknown"),
    ],
)
async def test_an_order_that_means_nothing_is_refused(book: Rulebook, order: Json, code: str) -> None:
    assert (await begun(book, **order))["code"] == code


async def test_without_a_version_in_force_it_is_said_against_which(book: Rulebook) -> None:
    await book.do("retire")

    assert (await begun(book))["code"] == "not_published"


async def test_a_file_that_cannot_be_read_is_refused_with_the_line(book: Rulebook) -> None:
    sent = {"params": {"table": KEY}, "headers": book.li}

    broken = await book.office.http.post("/api/v1/case-files", content='{"amount": 1}\n{', **sent)
    binary = await book.office.http.post("/api/v1/case-files", content=b"\xff\xfe", **sent)

    assert [answer.json()["code"] for answer in (broken, binary)] == ["cases_unreadable"] * 2
    assert "第 2 行" in broken.json()["message"]["zh"]


async def test_a_backtest_is_found_under_its_own_table_only(book: Rulebook) -> None:
    one = await begun(book)

    assert (
        await book.office.http.get(f"/api/v1/rules/other/backtests/{one['id']}", headers=book.li)
    ).status_code == 404
