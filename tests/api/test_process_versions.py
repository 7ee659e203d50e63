from datetime import timedelta

import httpx
import pytest

from postroad.store.audit import Audit
from postroad.store.people import People
from postroad.store.releases import Releases
from tests.api.drawing import APPROVE, COMPANY, COPY, KEY, ROUTE, Board, Json, board, case, drawing
from tests.api.office import Office


@pytest.fixture
async def desk(office: Office) -> Board:
    return await board(office)


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_process_that_was_never_there_goes_from_draft_to_published(desk: Board) -> None:
    shown = await desk.published()

    assert (shown["version"], shown["stage"], shown["in_force"], shown["release"]) == (1, "published", True, f"{KEY}@1")
    assert (shown["authors"], shown["approver"]) == (["li"], "wang")
    async with desk.office.database.read() as session:
        release = await Releases(session).latest(KEY)
    assert release is not None
    assert (release.id, [node.id for _, node in release.process.walk()]) == (f"{KEY}@1", ["route", "approve", "tell"])
    assert list(release.tables) == ["purchase-route"]


async def test_what_is_not_whole_is_kept_as_it_was_drawn_and_says_where_it_lacks_something(desk: Board) -> None:
    drawn = drawing(ROUTE, {"approval": "approve"}, {"branch": "big", "branches": [{"steps": []}]}, {"approval": ""})
    kept = (await desk.draft(drawn)).json()

    assert kept["process"] == drawn
    told = (await desk.do("check")).json()
    found = {(one["place"], one["node"], one["field"]) for one in told["problems"]}
    assert found == {
        ("steps[1].who", "approve", "who"),
        ("steps[2].branches[0].when", "big", "branches[0].when"),
        ("steps[3].approval", None, "approval"),
        ("steps[3].who", None, "who"),
    }
    assert all(one["message"]["zh"] and one["message"]["en"] for one in told["problems"])
    assert [one["code"] for one in told["stops"]] == ["not_sound"]
    assert (await desk.get(f"{KEY}/versions/1")).json()["stage"] == "draft"
    assert refused(await desk.do("approve")) == (409, "not_sound")


async def test_of_two_who_save_at_once_the_second_is_told(desk: Board) -> None:
    await desk.draft()

    first = await desk.save(drawing(ROUTE, APPROVE), 1, notes="不再抄送")
    second = await desk.save(drawing(ROUTE), 1)

    assert (first.json()["revision"], first.json()["notes"]) == (2, "不再抄送")
    assert refused(second) == (409, "changed_meanwhile")
    assert refused(await desk.save({**drawing(), "process": "other"}, 2)) == (422, "other_process")


async def test_a_saved_version_is_checked_and_approved_anew(desk: Board) -> None:
    await desk.draft()
    assert refused(await desk.do("publish")) == (409, "not_checked")
    await desk.do("check")
    assert refused(await desk.do("publish")) == (409, "not_approved")
    assert (await desk.do("approve")).json()["stage"] == "approved"

    saved = await desk.save(drawing(ROUTE, APPROVE), 1)

    assert (saved.json()["stage"], saved.json()["approver"]) == ("draft", None)


async def test_nobody_approves_what_they_drew(desk: Board) -> None:
    await desk.draft()
    await desk.do("check")
    both = await desk.office.token("processes", "processes_approve", person="li")

    assert refused(await desk.do("approve", by=both)) == (403, "own_work")


STOPS = [
    pytest.param(
        drawing({**APPROVE, "who": {"role": "nobody"}}), "nobody_for_role", "approve", id="nobody has the role"
    ),
    pytest.param(drawing({"call": "quality", "process": "qc"}), "unknown_process", "quality", id="no such process"),
    pytest.param(
        drawing(
            APPROVE | {"who": {"person": "chen"}}, {"effect": "pay", "connector": "sap", "entity": "x", "action": "y"}
        ),
        "unknown_action",
        "pay",
        id="no such system",
    ),
    pytest.param(drawing(ROUTE | {"table": "none"}, APPROVE), "not_sound", None, id="no such rule table"),
]


@pytest.mark.parametrize(("drawn", "code", "node"), STOPS)
async def test_what_would_not_work_is_not_published(desk: Board, drawn: Json, code: str, node: str | None) -> None:
    await desk.draft(drawn)

    (stop,) = (await desk.do("check")).json()["stops"]

    assert (stop["code"], stop["node"]) == (code, node)
    assert refused(await desk.do("approve")) == (409, code)


async def test_the_cases_of_a_version_are_played_and_must_pass(desk: Board) -> None:
    wrong = case("3800.00", by="chen", told=["zhang"])
    await desk.draft(cases=[case("120000.00", by="wang", told=["zhang"]), wrong])

    played = (await desk.do("cases/run")).json()["cases"]

    assert [(one["name"], one["passed"]) for one in played] == [("120000.00 元", True), ("3800.00 元", False)]
    assert played[1]["problems"][0]["zh"] == "抄送：期望 zhang，实际 —"
    assert [step["did"] for step in played[0]["steps"]][1] == "wang approve"
    assert [one["code"] for one in (await desk.do("check")).json()["stops"]] == ["cases_failed"]

    await desk.save(drawing(), 1, cases=[case("3800.00", by="chen", told=[])])
    assert (await desk.do("check")).json()["stops"] == []


async def test_a_case_that_cannot_be_read_says_which_and_where(desk: Board) -> None:
    await desk.draft(cases=[case("1", by="chen"), {"name": "没有开始", "expect": {}}])

    told = (await desk.do("check")).json()

    assert [(one["code"], one["place"]) for one in told["problems"]] == [("bad_case", "cases[1].start")]


async def test_the_next_version_retires_the_one_before_and_what_is_older_stays_back(desk: Board) -> None:
    await desk.published()
    await desk.draft(from_version=f"{KEY}@1")
    await desk.published(drawing(ROUTE, APPROVE))

    shown = (await desk.get(f"{KEY}/versions")).json()

    assert shown["in_force"] == 3
    assert [(one["version"], one["stage"]) for one in shown["versions"]] == [
        (3, "published"), (2, "draft"), (1, "retired"),
    ]  # fmt: skip
    for act in ("check", "approve"):
        assert (await desk.do(act, 2)).status_code == 200
    assert refused(await desk.do("publish", 2)) == (409, "newer_published")
    assert refused(await desk.save(drawing(), 1)) == (409, "published_never_changes")


async def test_a_copy_under_another_name_is_the_first_draft_of_another_process(desk: Board) -> None:
    await desk.published()

    copy = (await desk.draft(from_version=f"{KEY}@1", key="tooling")).json()

    assert (copy["key"], copy["version"], copy["process"]["process"], copy["origin"]) == (
        "tooling", 1, "tooling", f"{KEY}@1",
    )  # fmt: skip
    assert {one["key"] for one in (await desk.get("drafts")).json()} == {KEY, "tooling"}


@pytest.mark.parametrize("key", ["", "采购", "vocabulary", 7])
async def test_a_process_needs_a_key_of_its_own(desk: Board, key: object) -> None:
    assert refused(await desk.draft({**drawing(), "process": key})) == (422, "no_key")


async def test_a_version_takes_effect_when_it_is_said_to(desk: Board) -> None:
    await desk.published()
    tomorrow = (desk.office.parts.now() + timedelta(days=1)).isoformat()
    shown = await desk.published(drawing(ROUTE, APPROVE), effective_from=tomorrow)

    assert (shown["stage"], shown["in_force"], shown["release"]) == ("published", False, None)
    assert refused(await _published_now(desk)) == (409, "earlier_waits")
    desk.office.ahead(days=2)
    await desk.office.parts.dispatcher.work_off()

    told = (await desk.get(f"{KEY}/versions")).json()
    assert (told["in_force"], told["versions"][1]["release"]) == (2, f"{KEY}@2")


async def _published_now(desk: Board) -> httpx.Response:
    number = (await desk.draft()).json()["version"]
    for act in ("check", "approve"):
        await desk.do(act, number)
    return await desk.do("publish", number)


async def test_nothing_begins_on_a_process_that_was_retired(desk: Board) -> None:
    await desk.published()
    admin = await desk.office.token("admin")

    shown = (await desk.do("retire")).json()

    assert (shown["stage"], shown["in_force"]) == ("retired", False)
    assert refused(await desk.post(f"{KEY}/start", {"document": "PR-9"}, admin)) == (409, "process_retired")
    assert refused(await desk.do("retire")) == (409, "not_published")
    assert (await desk.published(drawing(ROUTE, APPROVE, COPY)))["in_force"] is True


async def test_who_approved_published_and_retired_is_in_the_log(desk: Board) -> None:
    await desk.published()
    await desk.do("retire")

    async with desk.office.database.read() as session:
        rows = await Audit(session).page(object=f"process:{KEY}@1")
    assert [(row.act, row.person) for row in reversed(rows)] == [
        ("process.approved", "wang"), ("process.published", "li"), ("process.retired", "wang"),
    ]  # fmt: skip


async def test_a_rule_that_leads_to_nobody_any_more_stops_the_process_that_asks_it(desk: Board) -> None:
    await desk.draft()
    left = COMPANY.model_copy(update={"roles": tuple(one for one in COMPANY.roles if one.role != "buyer")})
    async with desk.office.database.begin() as session:
        await People(session).load(left)

    (stop,) = (await desk.do("check")).json()["stops"]

    assert (stop["code"], stop["node"], "buyer" in stop["message"]["zh"]) == ("table_stopped", "route", True)
