from datetime import timedelta
from typing import Any

import httpx
import pytest

from postroad.model.process import Process
from postroad.model.table import Table
from postroad.store.releases import Releases
from tests.api.office import PURCHASE, Office
from tests.api.rulebook import KEY, Json, Rulebook, rulebook, table


@pytest.fixture
async def book(office: Office) -> Rulebook:
    return await rulebook(office)


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def row(number: int, cell: str, role: str = "buyer") -> Json:
    return {"id": f"r{number}", "when": {"amount": cell}, "then": {"approver": {"role": role}}}


async def test_a_table_goes_from_draft_to_published(book: Rulebook) -> None:
    shown = await book.published()

    assert (shown["version"], shown["stage"], shown["in_force"]) == (1, "published", True)
    assert (shown["authors"], shown["approver"]) == (["li"], "wang")
    listed = (await book.office.http.get("/api/v1/rules", headers=book.li)).json()
    assert [(one["key"], one["title"]["zh"], one["in_force"]) for one in listed] == [(KEY, "采购分派", 1)]


async def test_the_next_version_retires_the_one_before_from_its_moment_on(book: Rulebook) -> None:
    await book.published()
    tomorrow = (book.office.parts.now() + timedelta(days=1)).isoformat()
    await book.published(table(row(1, "< 9000"), row(2, ">= 9000")), effective_from=tomorrow)

    before = (await book.office.http.get(f"/api/v1/rules/{KEY}", headers=book.li)).json()
    book.office.ahead(days=2)
    after = (await book.office.http.get(f"/api/v1/rules/{KEY}", headers=book.li)).json()

    assert (before["in_force"], after["in_force"]) == (1, 2)
    assert [one["stage"] for one in after["versions"]] == ["published", "retired"]


async def test_going_back_publishes_the_old_content_as_a_new_version(book: Rulebook) -> None:
    first = await book.published()
    await book.published(table(row(1, "< 9000"), row(2, ">= 9000")))

    assert (await book.draft(from_version=1)).json()["version"] == 3
    for act in ("check", "approve", "publish"):
        answer = await book.do(act, 3)

    assert (answer.json()["sha256"], answer.json()["in_force"]) == (first["sha256"], True)


BROKEN: list[Any] = [
    pytest.param(table(row(1, "< 5000"), row(2, "> 5000")), "gap", "金额为 5,000 元", id="a gap"),
    pytest.param(table(row(1, "<= 5000"), row(2, ">= 5000")), "rows_overlap", "r1、r2", id="an overlap"),
    pytest.param(
        table(row(1, ">= 0"), row(2, "> 5000"), hit="first"),
        "dead_row",
        "r2 被更优先的 r1",
        id="a row that is never used",
    ),
    pytest.param(table(row(1, ">= 0", role="astronaut")), "nobody_for_role", "astronaut", id="a role that nobody has"),
    pytest.param(table(row(1, "a lot")), "table_errors", "", id="a cell that cannot be read"),
    pytest.param(
        table(cases=[{"inputs": {"amount": 1}, "expect": {"rows": ["r2"]}}]), "cases_failed", "#1", id="a failing case"
    ),
    pytest.param(
        table(row(1, "< 5000"), default={"approver": {"role": "buyer"}}),
        "default_not_acknowledged",
        "金额不小于 5,000",
        id="a default row that nobody acknowledged",
    ),
]


@pytest.mark.parametrize(("told", "code", "example"), BROKEN)
async def test_what_is_wrong_is_found_by_checking_and_refused_when_publishing(
    book: Rulebook, told: Json, code: str, example: str
) -> None:
    await book.draft(told)

    checked = (await book.do("check")).json()
    published = await book.do("publish")

    assert ([one["code"] for one in checked["stops"]], checked["version"]["stage"]) == ([code], "draft")
    assert refused(published) == (409, code)
    assert example in published.json()["message"]["zh"]


async def test_every_case_is_shown_with_the_answer_it_gets(book: Rulebook) -> None:
    good = {"name": "小额", "inputs": {"amount": 1}, "expect": {"rows": ["r1"]}}
    await book.draft(table(cases=[good, {"inputs": {"amount": 1}, "expect": {"rows": ["r2"]}}]))

    played = (await book.office.http.get(f"/api/v1/rules/{KEY}/versions/1/cases", headers=book.wang)).json()

    assert [(one["case"]["name"], one["evaluation"]["rows"], len(one["differs"])) for one in played] == [
        ("小额", ["r1"], 0),
        (None, ["r1"], 1),
    ]


async def test_an_acknowledged_default_row_closes_the_gap(book: Rulebook) -> None:
    shown = await book.published(table(row(1, "< 5000"), default={"approver": {"role": "buyer"}}))

    assert [(one["what"], one["by"]) for one in shown["acknowledged"]] == [("default", "li")]


async def test_nobody_approves_what_they_wrote(book: Rulebook) -> None:
    await book.draft()
    await book.do("check")
    both = await book.office.token("rules", "rules_approve", person="li")

    assert refused(await book.do("approve", by=both)) == (403, "own_work")


async def test_whoever_changed_a_draft_has_written_it_too(book: Rulebook) -> None:
    await book.draft()
    both = await book.office.token("rules", "rules_approve", person="wang")
    await book.office.http.put(f"/api/v1/rules/{KEY}/versions/1", json={"table": table()}, headers=both)
    await book.do("check")

    assert refused(await book.do("approve", by=both)) == (403, "own_work")


async def test_nothing_is_published_unapproved_or_unchecked(book: Rulebook) -> None:
    await book.draft()
    unchecked = [refused(await book.do(act)) for act in ("approve", "publish")]
    await book.do("check")

    assert unchecked == [(409, "not_checked")] * 2
    assert refused(await book.do("publish")) == (409, "not_approved")


async def test_a_draft_that_was_changed_is_checked_again(book: Rulebook) -> None:
    await book.draft()
    for act in ("check", "approve"):
        await book.do(act)
    change = {"table": table(row(1, ">= 0"))}
    await book.office.http.put(f"/api/v1/rules/{KEY}/versions/1", json=change, headers=book.li)

    assert refused(await book.do("publish")) == (409, "not_checked")


async def test_what_was_published_is_not_changed(book: Rulebook) -> None:
    await book.published()

    changed = await book.office.http.put(f"/api/v1/rules/{KEY}/versions/1", json={"table": table()}, headers=book.li)

    assert refused(changed) == (409, "published_never_changes")


async def test_no_version_begins_in_the_past(book: Rulebook) -> None:
    await book.draft()
    for act in ("check", "approve"):
        await book.do(act)

    yesterday = (book.office.parts.now() - timedelta(days=1)).isoformat()

    assert refused(await book.do("publish", effective_from=yesterday)) == (422, "effective_in_the_past")


async def test_a_retired_table_is_out_of_use(book: Rulebook) -> None:
    await book.published()

    shown = (await book.do("retire")).json()

    assert (shown["stage"], shown["in_force"]) == ("retired", False)
    assert refused(await book.do("retire")) == (409, "not_published")


async def test_a_table_is_not_taken_from_the_process_that_asks_it(book: Rulebook) -> None:
    steps = [{"decide": "route", "table": KEY}, {"approval": "approve", "who": {"from": "route.approver"}}]
    process = PURCHASE.model_dump(mode="json") | {"steps": steps}
    async with book.office.database.begin() as session:
        known = [Table.model_validate(table())]
        await Releases(session).publish(Process.model_validate(process), known, book.office.parts.now())
    renamed = table({"id": "r1", "then": {"buyer": {"role": "buyer"}}}, outputs=[{"key": "buyer", "type": "who"}])

    await book.draft(renamed)

    assert refused(await book.do("publish")) == (409, "breaks_process")


async def test_a_table_has_the_name_of_its_address(book: Rulebook) -> None:
    assert refused(await book.draft(table() | {"table": "other"})) == (422, "other_table")


async def test_what_is_not_there_is_not_found(book: Rulebook) -> None:
    asked = [
        await book.office.http.get(f"/api/v1/rules/{KEY}", headers=book.li),
        await book.draft(from_version=1),
        await book.do("check", 1),
    ]

    assert [refused(answer) for answer in asked] == [(404, "unknown")] * 3


async def test_a_token_that_stands_for_nobody_writes_and_approves_nothing(book: Rulebook) -> None:
    await book.draft()
    nobody = await book.office.token("rules", "rules_approve")

    assert [refused(await book.do(act, by=nobody)) for act in ("check", "approve", "publish", "retire")] == [
        (403, "no_person")
    ] * 4
