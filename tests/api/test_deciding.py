import asyncio
from typing import Any

import httpx
import pytest

from tests.api.office import Office
from tests.api.rulebook import KEY, Json, Rulebook, rulebook, table

SMALL, LARGE = {"amount": "4999.99"}, {"amount": 5000}


@pytest.fixture
async def book(office: Office) -> Rulebook:
    book = await rulebook(office)
    await book.published()
    return book


class Shop:
    """Another system that may only ask."""

    def __init__(self, office: Office, headers: dict[str, str]) -> None:
        self.office, self.headers = office, headers

    async def asks(self, what: str = "evaluate", **said: Any) -> httpx.Response:
        return await self.office.http.post(f"/api/v1/rules/{KEY}/{what}", json=said, headers=self.headers)


@pytest.fixture
async def shop(office: Office, book: Rulebook) -> Shop:
    return Shop(office, await office.token("rules_evaluate"))


async def logged(book: Rulebook, **asked: Any) -> list[Json]:
    answer = await book.office.http.get("/api/v1/decisions", params=asked, headers=book.li)
    items: list[Json] = answer.json()["items"]
    return items


async def test_another_system_is_answered_by_the_version_in_force(shop: Shop, book: Rulebook) -> None:
    answer = (await shop.asks(inputs=LARGE)).json()

    assert (answer["status"], answer["rows"], answer["version"]) == ("OK", ["r2"], 1)
    assert answer["outcome"] == {"approver": {"role": "purchasing_director"}}
    [row] = await logged(book, table=KEY)
    assert (row["id"], row["inputs"], row["sha256"]) == (answer["id"], {"amount": "5000"}, answer["sha256"])
    assert row["ms"] >= 0


async def test_each_item_of_a_batch_has_its_own_answer(shop: Shop, book: Rulebook) -> None:
    answer = await shop.asks("evaluate/batch", items=[SMALL, {"amount": "much"}, LARGE])

    results = answer.json()["results"]
    assert [(one["status"], one["rows"]) for one in results] == [("OK", ["r1"]), ("INPUT_ERROR", []), ("OK", ["r2"])]
    assert len(await logged(book)) == 3


async def test_a_repeated_request_has_the_same_answer_and_one_row(shop: Shop, book: Rulebook) -> None:
    first = (await shop.asks(inputs=SMALL, request="q-1")).json()
    await book.published(table({"id": "all", "then": {"approver": {"role": "buyer"}}}))

    again = (await shop.asks(inputs=SMALL, request="q-1")).json()

    assert again == first
    assert len(await logged(book)) == 1


async def test_the_same_request_at_once_has_one_answer(shop: Shop, book: Rulebook) -> None:
    answers = await asyncio.gather(*(shop.asks(inputs=SMALL, request="q-1") for _ in range(5)))

    assert len({answer.text for answer in answers}) == 1
    assert len(await logged(book)) == 1


async def test_a_request_is_not_made_again_with_another_content(shop: Shop) -> None:
    await shop.asks(inputs=SMALL, request="q-1")

    refused = await shop.asks(inputs=LARGE, request="q-1")

    assert (refused.status_code, refused.json()["code"]) == (409, "request_reused")


async def test_two_systems_may_use_the_same_request_ids(shop: Shop, office: Office) -> None:
    await shop.asks(inputs=SMALL, request="q-1")

    other = await Shop(office, await office.token("rules_evaluate")).asks(inputs=LARGE, request="q-1")

    assert other.json()["rows"] == ["r2"]


async def test_an_older_version_still_answers(shop: Shop, book: Rulebook) -> None:
    before = book.office.parts.now().isoformat()
    book.office.ahead(hours=1)
    await book.published(table({"id": "all", "then": {"approver": {"role": "buyer"}}}))

    answers = [await shop.asks(inputs=SMALL, **which) for which in ({}, {"version": 1}, {"as_of": before})]

    assert [answer.json()["rows"] for answer in answers] == [["all"], ["r1"], ["r1"]]


async def test_a_draft_answers_nobody(shop: Shop, book: Rulebook) -> None:
    await book.draft()

    refused = await shop.asks(inputs=SMALL, version=2)

    assert (refused.status_code, refused.json()["code"]) == (404, "not_published")


async def test_an_explanation_says_why_this_row_why_not_the_others_and_what_would_change_it(book: Rulebook) -> None:
    told = (await Shop(book.office, book.li).asks("explain", inputs={"amount": "4999.99"})).json()

    assert told["explanation"]["evaluation"]["rows"] == ["r1"]
    assert told["explanation"]["nearest"] == [{"row": "r2", "column": "amount", "value": "4999.99", "test": ">= 5000"}]
    assert [(one["to"], one["rows"]) for one in told["changes"]] == [(">= 5000", ["r2"])]


async def test_a_draft_is_explained_and_leaves_no_trace_in_the_log(book: Rulebook) -> None:
    await book.draft(table({"id": "all", "then": {"approver": {"role": "buyer"}}}))

    told = (await Shop(book.office, book.wang).asks("explain", inputs=SMALL, version=2)).json()

    assert (told["version"], told["explanation"]["evaluation"]["rows"]) == (2, ["all"])
    assert await logged(book) == []


async def test_a_table_that_is_retired_answers_nobody(shop: Shop, book: Rulebook) -> None:
    await book.do("retire")

    refused = await shop.asks(inputs=SMALL)

    assert refused.json()["message"]["zh"] == f"规则表 {KEY} 没有生效的版本；请先发布"
