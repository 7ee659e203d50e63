import json
from typing import Any

import httpx
import pytest

from tests.sandbox.dingtalk_client import DingTalk

SAID = {"title": "采购审批", "text": "**采购审批**\n\n请尽快处理\n\n[查看详情](http://127.0.0.1:1/tasks/1)"}


async def send(dingtalk: DingTalk, *users: str, **changes: Any) -> httpx.Response:
    order = {"robotCode": "dingsandbox", "userIds": users, "msgKey": "sampleMarkdown", "msgParam": json.dumps(SAID)}
    return await dingtalk.call("POST", "robot/oToMessages/batchSend", {**order, **changes})


async def _messages(dingtalk: DingTalk, user: str) -> list[dict[str, str]]:
    messages: list[dict[str, str]] = (await dingtalk.http.get(f"/phone/{user}/cards.json")).json()["messages"]
    return messages


async def test_a_message_reaches_those_with_an_account_and_names_the_others(dingtalk: DingTalk) -> None:
    reply = await send(dingtalk, "chen", "nobody")

    assert (reply.json()["invalidStaffIdList"], reply.json()["flowControlledStaffIdList"]) == (["nobody"], [])
    assert [(one["title"], one["text"]) for one in await _messages(dingtalk, "chen")] == [(SAID["title"], SAID["text"])]
    assert await _messages(dingtalk, "wang") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"msgParam": SAID},
        {"msgParam": json.dumps({"title": "t"})},
        {"msgParam": json.dumps({**SAID, "colour": "red"})},
        {"msgParam": "{"},
        {"msgKey": "markdown"},
        {"robotCode": "another"},
        {"userIds": []},
        {"userIds": [f"u{number}" for number in range(21)]},
        {"userId": "chen"},
    ],
)
async def test_what_the_platform_does_not_know_is_refused_and_noted(
    dingtalk: DingTalk, changes: dict[str, Any]
) -> None:
    reply = await send(dingtalk, "chen", **changes)

    assert reply.status_code == 400
    assert len(await dingtalk.violations()) == 1
    assert await _messages(dingtalk, "chen") == []
