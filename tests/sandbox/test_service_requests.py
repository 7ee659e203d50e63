from typing import Any

import httpx
import pytest

from tests.sandbox.receivers import EventReceiver
from tests.sandbox.test_erp_outbox import aim, everything_arrives

SPINDLE = {"title": "主轴异响", "reporter": "li", "customer": "苏州恒力精工", "region": "华东", "product": "VMC-850"}


async def act(erp: httpx.AsyncClient, number: str, action: str, **more: Any) -> httpx.Response:
    return await erp.post(f"/service_requests/{number}/{action}", json={"key": f"k-{action}", "by": "li", **more})


async def reported(erp: httpx.AsyncClient) -> str:
    return str((await erp.post("/service_requests", json=SPINDLE)).json()["id"])


async def test_what_a_customer_reports_waits_for_an_engineer(erp: httpx.AsyncClient) -> None:
    number = await reported(erp)

    document = (await erp.get(f"/service_requests/{number}")).json()

    assert (document["state"], document["round"], document["engineer"]) == ("reported", 1, "")


async def test_an_assignment_names_the_engineer_and_completion_the_result(erp: httpx.AsyncClient) -> None:
    number = await reported(erp)

    await act(erp, number, "assign", engineer="chen")
    document = (await act(erp, number, "complete", result="更换轴承")).json()

    assert (document["state"], document["engineer"], document["result"]) == ("done", "chen", "更换轴承")
    assert [note["key"] for note in document["notes"]] == [None, "k-assign", "k-complete"]


async def test_an_assignment_and_a_completion_can_be_taken_back(erp: httpx.AsyncClient) -> None:
    number = await reported(erp)
    await act(erp, number, "assign", engineer="chen")
    await act(erp, number, "complete", result="更换轴承")

    reopened = (await act(erp, number, "reopen")).json()
    unassigned = (await act(erp, number, "unassign")).json()

    assert (reopened["state"], reopened["result"], reopened["engineer"]) == ("assigned", "", "chen")
    assert (unassigned["state"], unassigned["engineer"]) == ("reported", "")


@pytest.mark.parametrize("action", ["complete", "unassign", "reopen"])
async def test_what_its_state_does_not_allow_is_a_conflict(erp: httpx.AsyncClient, action: str) -> None:
    refused = await act(erp, await reported(erp), action)

    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_state")


async def test_the_product_is_told_what_kind_of_document_changed(
    http: httpx.AsyncClient, erp: httpx.AsyncClient, listener: EventReceiver
) -> None:
    await aim(http, listener)

    number = await reported(erp)
    await everything_arrives(erp)

    told = [(event["model"], event["record"], event["mode"]) for event in listener.accepted()]
    assert told == [("service_request", number, "created"), ("service_request", number, "reported")]
