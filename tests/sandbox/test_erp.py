from typing import Any

import httpx
import pytest

from sandbox.app import create_app
from tests.serving import served

STEEL = {
    "title": "冷轧钢板",
    "applicant": "li",
    "department": "生产部",
    "amount": "28000",
    "material": "production",
    "category": "steel",
    "lines": [{"item": "冷轧钢板", "quantity": "7", "price": "4000"}],
}


async def created(erp: httpx.AsyncClient, **changes: Any) -> str:
    reply = await erp.post("/purchase_requisitions", json={**STEEL, **changes})
    return f"/purchase_requisitions/{reply.json()['id']}"


async def act(erp: httpx.AsyncClient, path: str, *actions: str) -> httpx.Response:
    for action in actions:
        reply = await erp.post(f"{path}/{action}", json={"key": f"k-{action}", "by": "chen", "note": "好"})
    return reply


async def test_a_new_requisition_is_a_draft_with_a_proper_amount(erp: httpx.AsyncClient) -> None:
    document = (await erp.get(await created(erp))).json()

    assert (document["state"], document["amount"], document["currency"]) == ("draft", "28000.00", "CNY")
    assert (document["version"], document["round"], document["number"]) == (1, 0, document["id"])


async def test_approval_names_the_approver_and_keeps_the_opinion(erp: httpx.AsyncClient) -> None:
    path = await created(erp)

    document = (await act(erp, path, "submit", "approve")).json()

    assert (document["state"], document["approved_by"], document["decided_by"]) == ("approved", "chen", "chen")
    assert document["note"] == "好"
    assert [note["key"] for note in document["notes"]] == ["k-submit", "k-approve"]


async def test_each_submission_is_a_new_round_and_each_change_a_new_version(erp: httpx.AsyncClient) -> None:
    path = await created(erp)

    document = (await act(erp, path, "submit", "return", "submit")).json()

    assert (document["round"], document["version"]) == (2, 4)


async def test_reopening_takes_the_approval_back_in_the_same_round(erp: httpx.AsyncClient) -> None:
    path = await created(erp)

    document = (await act(erp, path, "submit", "approve", "reopen")).json()

    assert (document["state"], document["round"], document["approved_by"]) == ("submitted", 1, "")


ILLEGAL = [
    ([], "approve", "draft"),
    ([], "withdraw", "draft"),
    ([], "reopen", "draft"),
    (["submit"], "submit", "submitted"),
    (["submit"], "reopen", "submitted"),
    (["submit", "return"], "approve", "returned"),
    (["submit", "approve"], "approve", "approved"),
    (["submit", "approve"], "withdraw", "approved"),
    (["submit", "reject"], "submit", "rejected"),
    (["submit", "reject"], "return", "rejected"),
]


@pytest.mark.parametrize(("before", "action", "state"), ILLEGAL)
async def test_an_action_its_state_does_not_allow_is_a_conflict(
    erp: httpx.AsyncClient, before: list[str], action: str, state: str
) -> None:
    path = await created(erp)

    reply = await act(erp, path, *before, action)

    assert reply.status_code == 409
    assert (reply.json()["code"], reply.json()["state"]) == ("illegal_state", state)


@pytest.mark.parametrize("before", [["submit"], ["submit", "return"]])
async def test_a_pending_requisition_can_be_withdrawn_and_rejected(erp: httpx.AsyncClient, before: list[str]) -> None:
    path = await created(erp)

    withdrawn = await act(erp, path, *before, "withdraw")
    rejected = await act(erp, path, *before, "reject")

    assert [withdrawn.json()["state"], rejected.json()["state"]] == ["draft", "rejected"]


@pytest.mark.parametrize("amount", ["-5", "abc", "1.005", "NaN", "Infinity", ""])
async def test_a_malformed_amount_comes_in_only_by_force(erp: httpx.AsyncClient, amount: str) -> None:
    refused = await erp.post("/purchase_requisitions", json={**STEEL, "amount": amount})
    forced = await erp.post("/purchase_requisitions?force=true", json={**STEEL, "amount": amount})

    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_amount")
    assert forced.json()["amount"] == amount


async def test_only_the_applicant_changes_a_submitted_requisition(erp: httpx.AsyncClient) -> None:
    path = await created(erp)
    await act(erp, path, "submit")

    refused = await erp.put(path, json={"amount": "9", "by": "chen"})
    changed = await erp.put(path, json={"amount": "90000", "by": "li"})

    assert refused.status_code == 409
    assert (changed.json()["amount"], changed.json()["version"]) == ("90000.00", 3)


async def test_a_change_touches_only_the_fields_it_names(erp: httpx.AsyncClient) -> None:
    path = await created(erp)

    document = (await erp.put(path, json={"project": "P-1"})).json()

    assert (document["project"], document["title"], document["amount"]) == ("P-1", "冷轧钢板", "28000.00")


async def test_the_journal_counts_every_effect_and_nothing_else(erp: httpx.AsyncClient) -> None:
    path = await created(erp)
    await act(erp, path, "submit", "approve", "approve")

    journal = (await erp.get("/journal")).json()

    assert [entry["action"] for entry in journal] == ["create", "submit", "approve"]
    assert (journal[2]["from"], journal[2]["to"], journal[2]["key"]) == ("submitted", "approved", "k-approve")


async def test_what_does_not_exist_is_not_found(erp: httpx.AsyncClient) -> None:
    path = await created(erp)

    assert (await erp.get("/purchase_requisitions/PR-9")).status_code == 404
    assert (await act(erp, path, "burn")).status_code == 404


async def test_unknown_fields_are_refused(erp: httpx.AsyncClient) -> None:
    path = await created(erp)

    reply = await erp.post(f"{path}/submit", json={"by": "li", "urgent": True})

    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")


async def test_without_the_token_the_erp_says_nothing(http: httpx.AsyncClient) -> None:
    reply = await http.get("/erp/api/purchase_requisitions")

    assert (reply.status_code, reply.json()["code"]) == (401, "unauthorized")


async def test_two_sandboxes_share_nothing(erp: httpx.AsyncClient) -> None:
    await created(erp)
    with served(create_app()) as other:
        reply = await erp.get(f"{other}/erp/api/purchase_requisitions")

    assert reply.json() == []
