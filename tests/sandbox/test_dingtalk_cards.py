import json
from typing import Any

import httpx
import pytest

from tests.sandbox.dingtalk_client import BY_KEY, PURCHASE, DingTalk


async def test_a_card_reaches_everybody_with_an_account(dingtalk: DingTalk) -> None:
    reply = await dingtalk.deliver("chen", "nobody", "wang")

    results = reply.json()["result"]["deliverResults"]
    assert [result["success"] for result in results] == [True, False, True]
    assert "nobody" in results[1]["errorMsg"]
    assert [card["outTrackId"] for card in await dingtalk.cards("wang")] == ["task-1"]


async def test_a_person_who_lost_the_account_gets_no_card(http: httpx.AsyncClient, dingtalk: DingTalk) -> None:
    await http.post("/_sim/people", json={"wang": "王强"})

    reply = await dingtalk.deliver("chen")

    assert reply.json()["result"]["deliverResults"][0]["success"] is False


async def test_sending_an_existing_card_again_does_not_change_it(dingtalk: DingTalk) -> None:
    await dingtalk.deliver("chen")

    again = await dingtalk.deliver("chen", cardData={"cardParamMap": {"title": "另一张"}})

    cards = await dingtalk.cards("chen")
    assert again.json()["success"] is True
    assert [card["params"]["title"] for card in cards] == [PURCHASE["title"]]


async def test_each_person_sees_their_own_private_variables(dingtalk: DingTalk) -> None:
    await dingtalk.deliver("chen", "wang", privateData={"wang": {"cardParamMap": {"note": "请尽快"}}})

    notes = [(await dingtalk.cards(user))[0]["params"]["note"] for user in ("chen", "wang")]

    assert notes == ["", "请尽快"]


async def test_an_update_without_options_replaces_everything(dingtalk: DingTalk) -> None:
    await dingtalk.deliver("chen")

    await dingtalk.update(cardData={"cardParamMap": {"status": "已撤回"}})

    assert (await dingtalk.cards("chen"))[0]["params"] == {"status": "已撤回"}


async def test_an_update_by_key_keeps_the_other_variables(dingtalk: DingTalk) -> None:
    await dingtalk.deliver("chen")

    await dingtalk.update(cardData={"cardParamMap": {"status": "已撤回"}}, cardUpdateOptions=BY_KEY)

    assert (await dingtalk.cards("chen"))[0]["params"] == {**PURCHASE, "status": "已撤回"}


async def test_an_unknown_card_cannot_be_updated(dingtalk: DingTalk) -> None:
    reply = await dingtalk.update("task-9", cardData={"cardParamMap": {}})

    assert (reply.status_code, reply.json()["code"]) == (400, "param.cardNotExist")


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"imRobotOpenSpaceModel": {"forward": False}},
        {"cardData": {"cardParamMap": {"title": 5}}},
        {"cardData": {"cardParamMap": {"unheard_of": "x"}}},
        {"cardData": {"cardParamMap": {"title": "钢" * 342}}},
        {"cardData": {"cardParamMap": {"k" * 101: "x"}}},
        {"cardData": {"cardParamMap": {"lines": '[{"key":"金额"}]'}}},
        {"cardData": {"cardParamMap": {"button1": '{"label":"同意","action":"a","style":"loud","token":""}'}}},
        {"cardData": {"cardParamMap": {"status_kind": "done"}}},
        {"openSpaceId": "chen"},
        {"imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": "other"}},
        {"imRobotOpenDeliverModel": None},
        {"userIdType": 2},
    ],
    ids=lambda changes: json.dumps(changes)[:50],
)
async def test_a_breach_of_protocol_is_refused_and_recorded(dingtalk: DingTalk, changes: dict[str, Any]) -> None:
    reply = await dingtalk.deliver("chen", **changes)

    assert reply.status_code == 400
    assert reply.json().keys() == {"code", "message", "requestid"}
    assert len(await dingtalk.violations()) == 1
    assert await dingtalk.cards("chen") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cardTemplateId": "other.schema"}, "param.templateNotExist"),
        ({"callbackRouteKey": "elsewhere"}, "param.callbackRouteKey"),
        ({"callbackType": "STREAM"}, "param.callbackType"),
    ],
)
async def test_what_was_not_set_up_is_refused(dingtalk: DingTalk, changes: dict[str, Any], code: str) -> None:
    reply = await dingtalk.deliver("chen", **changes)

    assert (reply.status_code, reply.json()["code"]) == (400, code)


async def test_an_unknown_address_is_a_breach_too(http: httpx.AsyncClient, dingtalk: DingTalk) -> None:
    reply = await http.post("/dingtalk/v1.0/card/instances/recall", json={})

    assert reply.status_code == 400
    assert "recall" in (await dingtalk.violations())[0]


async def test_a_registration_stays_unless_an_update_is_forced(dingtalk: DingTalk) -> None:
    kept = await dingtalk.register("http://127.0.0.1:1/other", "s2")
    replaced = await dingtalk.register("http://127.0.0.1:1/other", "s2", force=True)

    assert kept.json()["result"]["apiSecret"] == "receiver-secret"
    assert replaced.json()["result"] == {"callbackUrl": "http://127.0.0.1:1/other", "apiSecret": "s2"}
