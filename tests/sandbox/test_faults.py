import time
from typing import Any

import httpx
import pytest

from sandbox.faults import FaultOrder, Faults
from tests.sandbox.dingtalk_client import DingTalk
from tests.sandbox.receivers import ClickReceiver
from tests.sandbox.test_erp import act, created
from tests.sandbox.test_pms import TASK
from tests.sandbox.waiting import until


async def fault(http: httpx.AsyncClient, target: str, kind: str, **more: Any) -> None:
    reply = await http.post("/_sim/faults", json={"target": target, "kind": kind, **more})
    assert reply.status_code == 201, reply.text


async def actions(erp: httpx.AsyncClient) -> list[str]:
    return [entry["action"] for entry in (await erp.get("/journal")).json()]


async def test_an_error_before_the_commit_changes_nothing(http: httpx.AsyncClient, erp: httpx.AsyncClient) -> None:
    path = await created(erp)
    await fault(http, "erp", "error_before", times=1)

    reply = await act(erp, path, "submit")

    assert reply.status_code == 500
    assert await actions(erp) == ["create"]


async def test_an_error_after_the_commit_hides_a_success(http: httpx.AsyncClient, erp: httpx.AsyncClient) -> None:
    path = await created(erp)
    await fault(http, "erp", "error_after_commit", times=1)

    reply = await act(erp, path, "submit")

    assert reply.status_code == 500
    assert await actions(erp) == ["create", "submit"]


async def test_a_dropped_reply_is_a_broken_connection_after_the_commit(
    http: httpx.AsyncClient, erp: httpx.AsyncClient
) -> None:
    path = await created(erp)
    await fault(http, "erp", "drop_reply", times=1)

    with pytest.raises(httpx.RemoteProtocolError):
        await act(erp, path, "submit")

    assert await actions(erp) == ["create", "submit"]


async def test_a_reading_request_does_not_use_up_a_fault_after_the_commit(
    http: httpx.AsyncClient, erp: httpx.AsyncClient
) -> None:
    path = await created(erp)
    await fault(http, "erp", "drop_reply", times=1)

    assert (await erp.get(path)).status_code == 200
    assert len((await http.get("/_sim/faults")).json()) == 1


async def test_a_conflict_means_somebody_in_the_erp_was_faster(http: httpx.AsyncClient, erp: httpx.AsyncClient) -> None:
    path = await created(erp)
    await act(erp, path, "submit")
    await fault(http, "erp", "conflict", times=1)

    reply = await act(erp, path, "approve")

    document = (await erp.get(path)).json()
    assert (reply.status_code, reply.json()["state"]) == (409, "rejected")
    assert (document["state"], document["decided_by"]) == ("rejected", "erp-user")


async def test_latency_delays_and_then_lets_pass(http: httpx.AsyncClient, erp: httpx.AsyncClient) -> None:
    await fault(http, "erp", "latency", seconds=0.3, times=1)
    started = time.monotonic()

    path = await created(erp)

    assert time.monotonic() - started >= 0.3
    assert path.endswith("0001")


async def test_an_outage_ends_by_itself(http: httpx.AsyncClient, erp: httpx.AsyncClient) -> None:
    await fault(http, "erp", "outage", seconds=0.3)
    during = await erp.get("/journal")

    async def over() -> bool:
        return (await erp.get("/journal")).status_code == 200

    await until(over)
    assert during.status_code == 503


async def test_a_rate_limit_says_when_to_come_back(http: httpx.AsyncClient, pms: httpx.AsyncClient) -> None:
    await fault(http, "pms", "rate_limit", times=1)

    reply = await pms.post("/tasks", json=TASK)

    assert (reply.status_code, reply.headers["retry-after"]) == (429, "1")


async def test_dingtalks_rate_limit_is_a_403_with_its_own_code(http: httpx.AsyncClient, dingtalk: DingTalk) -> None:
    await fault(http, "dingtalk", "rate_limit", times=1)

    reply = await dingtalk.deliver("chen")

    assert reply.status_code == 403
    assert reply.json()["code"] == "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"


async def test_a_card_whose_reply_was_dropped_is_on_the_phone_nevertheless(
    http: httpx.AsyncClient, dingtalk: DingTalk
) -> None:
    await fault(http, "dingtalk", "drop_reply", times=1, match="createAndDeliver")

    with pytest.raises(httpx.RemoteProtocolError):
        await dingtalk.deliver("chen")

    assert len(await dingtalk.cards("chen")) == 1


async def test_a_fault_strikes_only_matching_paths_of_its_target(
    http: httpx.AsyncClient, erp: httpx.AsyncClient, pms: httpx.AsyncClient
) -> None:
    await fault(http, "erp", "error_before", match="/approve")
    path = await created(erp)

    submitted, approved = await act(erp, path, "submit"), await act(erp, path, "approve")

    assert [submitted.status_code, approved.status_code] == [200, 500]
    assert (await pms.get("/tasks")).status_code == 200


async def test_the_pages_never_fail(http: httpx.AsyncClient) -> None:
    await fault(http, "erp", "outage")
    await fault(http, "pms", "outage")

    statuses = [(await http.get(path)).status_code for path in ("/erp", "/erp/ui/requisitions", "/pms/ui/tasks")]

    assert statuses == [200, 200, 200]


async def test_faults_can_be_listed_and_cleared(http: httpx.AsyncClient, erp: httpx.AsyncClient) -> None:
    await fault(http, "erp", "outage")
    listed = (await http.get("/_sim/faults")).json()

    await http.delete("/_sim/faults")

    assert [(entry["target"], entry["kind"]) for entry in listed] == [("erp", "outage")]
    assert (await erp.get("/journal")).status_code == 200


@pytest.mark.parametrize(
    "order",
    [
        {"target": "dingtalk", "kind": "conflict"},
        {"target": "erp", "kind": "latency"},
        {"target": "erp", "kind": "fire"},
        {"target": "erp", "kind": "outage", "until": "noon"},
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(http: httpx.AsyncClient, order: dict[str, str]) -> None:
    assert (await http.post("/_sim/faults", json=order)).status_code == 422


def test_chance_is_repeatable() -> None:
    def struck(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.add(FaultOrder(target="erp", kind="error_before", probability=0.5))
        return [faults.strike("erp", {"error_before"}, "/erp/api/") is not None for _ in range(50)]

    assert struck(7) == struck(7)
    assert {True, False} == set(struck(7))


async def test_a_lost_answer_to_a_click_leaves_the_card_as_it_was(
    http: httpx.AsyncClient, dingtalk: DingTalk, receiver: ClickReceiver
) -> None:
    await dingtalk.deliver("chen")
    await fault(http, "click", "drop_reply", times=1)

    outcome = await dingtalk.press("chen")

    assert len(receiver.clicks) == 1
    assert (outcome["error"], outcome["card"]["params"]["status"]) == ("操作失败，请稍后重试", "")


@pytest.mark.parametrize("patience", [0.1])
async def test_a_late_click_misses_its_deadline(http: httpx.AsyncClient, dingtalk: DingTalk) -> None:
    await dingtalk.deliver("chen")
    await fault(http, "click", "latency", seconds=5, match="task-1")

    assert (await dingtalk.press("chen"))["delivered"] is False


async def test_a_duplicate_click_is_the_same_request_twice(
    http: httpx.AsyncClient, dingtalk: DingTalk, receiver: ClickReceiver
) -> None:
    await dingtalk.deliver("chen")
    await fault(http, "click", "duplicate", times=1)

    await dingtalk.press("chen")

    signatures = [headers["x-ddpaas-signature"] for headers in receiver.headers]
    assert (len(receiver.clicks), receiver.clicks[0]) == (2, receiver.clicks[1])
    assert signatures[0] == signatures[1]


async def test_a_forged_click_carries_a_signature_of_somebody_else(
    http: httpx.AsyncClient, dingtalk: DingTalk, receiver: ClickReceiver
) -> None:
    await dingtalk.deliver("chen")
    await dingtalk.press("chen", "reject")
    await fault(http, "click", "forged_signature", times=1)

    await dingtalk.press("chen", token="t-agree")

    genuine, forged = (headers["x-ddpaas-signature"] for headers in receiver.headers)
    assert genuine != forged
