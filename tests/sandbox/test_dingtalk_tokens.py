import httpx

from tests.sandbox.dingtalk_client import DingTalk


async def test_a_wrong_secret_gets_no_token(http: httpx.AsyncClient) -> None:
    reply = await DingTalk(http).log_in(with_secret="guess")

    assert reply.status_code == 400
    assert reply.json().keys() == {"code", "message", "requestid"}


async def test_a_token_lasts_two_hours_of_the_platforms_clock(http: httpx.AsyncClient, dingtalk: DingTalk) -> None:
    await http.post("/_sim/clock", json={"skew_seconds": 7201})

    refused = await dingtalk.deliver("chen")
    await dingtalk.log_in()

    assert refused.json()["code"] == "InvalidAuthentication"
    assert (await dingtalk.deliver("chen")).status_code == 200


async def test_a_second_login_within_the_lifetime_gets_the_same_token(dingtalk: DingTalk) -> None:
    first = dingtalk.token

    await dingtalk.log_in()

    assert dingtalk.token == first


async def test_an_expired_token_is_no_breach_of_protocol(dingtalk: DingTalk) -> None:
    dingtalk.token = "old"

    reply = await dingtalk.update(cardData={"cardParamMap": {}})

    assert reply.status_code == 400
    assert await dingtalk.violations() == []
