from collections.abc import AsyncIterator

import pytest

from postroad.connectors.memory import MemoryConnector
from postroad.store.database import Database
from tests.api.drawing import APPROVE, COPY, ROUTE, Board, Json, board, drawing
from tests.api.office import Office, new_office
from tests.api.rulebook import table
from tests.temporal import DevServer


@pytest.fixture
async def desk(office: Office) -> Board:
    return await board(office)


async def seen(desk: Board, amount: str, drawn: Json | None = None, **more: object) -> Json:
    body = {"process": drawn or drawing(), "document": {"amount": amount}, "initiator": "li", **more}
    answer = await desk.post("preview", body)
    assert answer.status_code == 200, answer.text
    told: Json = answer.json()
    return told


def nodes(told: Json) -> dict[str, Json]:
    return {one["at"]: one for one in told["seen"]["nodes"]}


async def test_a_drawing_says_who_would_get_it_by_which_row_and_why(desk: Board) -> None:
    told = await seen(desk, "120000.00")

    assert told["seen"]["order"] == ["route", "approve", "tell"]
    assert (told["seen"]["outcome"], told["seen"]["ends"]["zh"]) == ("approved", "流程结束：通过")
    (hit,) = nodes(told)["route"]["rule"]["rows"]
    assert (hit["row"], hit["text"]["zh"]) == ("r2", "金额不小于 5,000 元")
    assert [(one["name"], one["why"]["zh"]) for one in nodes(told)["approve"]["who"]] == [("王强", "采购总监")]
    assert [(one["name"], one["why"]["zh"]) for one in nodes(told)["tell"]["who"]] == [("张伟", "车间负责人")]


async def test_what_would_be_done_in_other_systems_is_shown_as_it_would_be_sent_and_for_whom(desk: Board) -> None:
    task = {
        "effect": "follow_up", "connector": "pms", "entity": "task", "action": "create", "undo": "cancel",
        "assignee": {"role": "buyer"}, "args": {"title": "跟进 {amount}", "assignee": "{assignee.person}"},
    }  # fmt: skip
    told = nodes(await seen(desk, "9000.00", drawing(ROUTE, APPROVE, task)))["follow_up"]

    assert told["effect"]["args"] == {"title": "跟进 9000.00", "assignee": "chen"}
    assert [(one["name"], one["why"]["zh"]) for one in told["who"]] == [("陈静", "采购员")]


async def test_what_would_not_be_come_to_says_why(desk: Board) -> None:
    told = nodes(await seen(desk, "3800.00"))

    assert told["approve"]["who"][0]["name"] == "陈静"
    assert (told["tell"]["state"], told["tell"]["why"]["zh"]) == ("not_taken", "条件不满足：金额大于 100,000 元")


async def test_what_cannot_be_decided_stops_and_the_rest_may_be_or_not(desk: Board) -> None:
    told = await seen(desk, "很多")

    assert (told["seen"]["outcome"], told["seen"]["ends"]["zh"][:7]) == (None, "需要人工处理：")
    assert {at: one["state"] for at, one in nodes(told).items()} == {
        "route": "taken",
        "approve": "maybe",
        "tell": "maybe",
    }
    assert "不是数字" in nodes(told)["route"]["trouble"]["zh"]


async def test_what_is_not_drawn_to_the_end_is_left_out_and_the_rest_is_played(desk: Board) -> None:
    told = await seen(desk, "120000.00", drawing(ROUTE, {"approval": "boss"}, APPROVE, COPY))

    assert told["left_out"] == ["boss"]
    assert [(one["place"], one["node"]) for one in told["problems"]] == [("steps[1].who", "boss")]
    assert told["seen"]["order"] == ["route", "approve", "tell"]


async def test_a_drawing_of_nothing_is_told_what_it_lacks(desk: Board) -> None:
    told = (await desk.post("preview", {"process": {}})).json()

    assert told["seen"] is None
    assert {one["place"] for one in told["problems"]} >= {"process", "steps"}


async def test_a_draft_of_a_rule_table_is_looked_at_instead_of_the_one_in_force(desk: Board) -> None:
    buyer, director = ({"approver": {"role": one}} for one in ("buyer", "purchasing_director"))
    other = table(
        {"id": "r1", "when": {"amount": "< 200000"}, "then": buyer},
        {"id": "r2", "when": {"amount": ">= 200000"}, "then": director},
    )

    assert nodes(await seen(desk, "120000", tables={"purchase-route": other}))["approve"]["who"][0]["name"] == "陈静"
    number = (await desk.book.draft(other)).json()["version"]
    assert nodes(await seen(desk, "120000", tables={"purchase-route": number}))["approve"]["who"][0]["name"] == "陈静"


@pytest.fixture
async def ledger(database: Database, dev_server: DevServer) -> AsyncIterator[Board]:
    """A desk beside a system that has a document."""
    erp = MemoryConnector("erp", {})
    erp.put("purchase_requisition", "PR-7", "submitted", {"number": "PR-7", "amount": "3800.00", "applicant": "li"})
    async with new_office(database, await dev_server.connect(), connectors={"erp": erp}) as office:
        yield await board(office)


async def test_a_real_document_is_read_and_what_is_typed_goes_over_it(ledger: Board) -> None:
    desk = ledger
    real = await desk.post("preview", {"process": drawing(), "document_id": "PR-7"})
    typed = await desk.post("preview", {"process": drawing(), "document_id": "PR-7", "document": {"amount": "9000.00"}})

    assert (real.json()["initiator"], nodes(real.json())["approve"]["who"][0]["name"]) == ("li", "陈静")
    assert nodes(typed.json())["approve"]["who"][0]["name"] == "王强"
    missing = await desk.post("preview", {"process": drawing(), "document_id": "PR-8"})
    assert (missing.status_code, missing.json()["code"]) == (404, "no_such_document")


async def test_the_ways_of_a_branch_and_the_items_of_a_list_are_told_one_by_one(desk: Board) -> None:
    branch = {
        "branch": "size",
        "branches": [{"title": "大额", "when": {"amount": "> 5000"}, "steps": [APPROVE | {"who": {"person": "wang"}}]}],
        "otherwise": [{"end": "done"}],
    }
    each = {
        "each": "line",
        "items": "lines",
        "item_title": "{line.sku}",
        "steps": [{"work": "inspect", "title": "检验", "who": {"person": "chen"}, "fields": ["result"]}],
    }
    document = {"amount": "9000", "lines": [{"sku": "A"}, {"sku": "B"}]}
    told = await seen(desk, "", drawing(branch, each), document=document)

    assert nodes(told)["size"]["ways"] == [0]
    assert (nodes(told)["done"]["state"], nodes(told)["done"]["why"]["zh"]) == ("not_taken", "走的是“大额”")
    assert [(at, one["title"]["zh"]) for at, one in nodes(told).items() if one["node"] == "inspect"] == [
        ("inspect-1", "检验（A）"), ("inspect-2", "检验（B）"),
    ]  # fmt: skip
    assert told["seen"]["outcome"] == "approved"


async def test_a_drawing_is_checked_and_said_in_sentences_while_it_is_drawn(desk: Board) -> None:
    told = (await desk.post("check", {"process": drawing(ROUTE, {"approval": "boss"}, COPY)})).json()

    assert [one["node"] for one in told["problems"]] == ["boss"]
    assert [(one["node"], one["text"]["zh"], one["when"]["zh"]) for one in told["sentences"]] == [
        ("route", "按规则表“采购分派”判断", ""),
        ("tell", "抄送申请人的部门负责人", "金额大于 100,000 元"),
    ]
    same = (await desk.post("sentences", {"process": drawing()})).json()
    assert [one["text"]["en"] for one in same] == [
        "decides by the table “Purchase routing”",
        "approved by the 审批人 that “采购分派” says",
        "copied to the head of department of applicant",
    ]


async def test_of_a_long_list_the_beginning_is_played_and_that_is_said(desk: Board) -> None:
    each = {"each": "line", "items": "lines", "steps": [{"cc": "tell_buyer", "who": {"person": "chen"}}]}
    told = await seen(desk, "", drawing(each), document={"lines": [{"sku": str(one)} for one in range(60)]})

    assert len([one for one in told["seen"]["nodes"] if one["node"] == "tell_buyer"]) == 20
    assert told["notes"][0]["zh"] == "lines 只按前 20 项计算"
