"""Word from the ERP that comes twice, late, in the wrong order, or from somebody else."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.faults.case import SMALL, Case, erp, send_event, token_of
from tests.stack import Json, Stack, until

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("stack")]


@pytest_asyncio.fixture(loop_scope="session")
async def silent(stack: Stack) -> AsyncIterator[Stack]:
    """The ERP keeps its events to itself until the test is over."""
    await aim(stack, None)
    yield stack
    await aim(stack, stack.settings["SANDBOX_ERP_EVENTS_URL"])


async def aim(stack: Stack, url: str | None) -> None:
    (await stack.sandbox.put("/_sim/erp-events", json={"url": url})).raise_for_status()


async def events_of(case: Case) -> list[Json]:
    kept = await erp(case.stack, "GET", "/erp/api/outbox")
    return [event for event in kept if event["record"] == case.number]


async def instances_of(case: Case) -> list[Json]:
    reply = await case.stack.api.get("/api/v1/instances", params={"number": case.number})
    found: list[Json] = reply.raise_for_status().json()
    return found


async def test_an_event_that_comes_five_times_starts_one_instance_with_one_card(stack: Stack) -> None:
    case = await Case.submitted(stack)
    card = await case.card("zhang", "approve")
    submitted = (await events_of(case))[-1]

    replies = [await send_event(stack, submitted) for _ in range(4)]

    assert [reply.json()["status"] for reply in replies] == ["duplicate"] * 4
    await case.press("zhang", "approve")
    await case.finished()
    assert len(await instances_of(case)) == 1
    assert [one["outTrackId"] for one in await case.cards("zhang")] == [card["outTrackId"]]
    assert await case.done_in_erp() == {"approve": 1}


async def test_events_in_the_wrong_order_lead_to_the_document_as_it_is(silent: Stack) -> None:
    case = await Case.submitted(silent)
    await erp(silent, "PUT", case.path, {"by": "li", "amount": "4900.00"})

    for event in reversed(await events_of(case)):
        assert (await send_event(silent, event)).json()["status"] == "accepted"

    card = await case.card("zhang", "approve")
    assert "4,900.00" in card["params"]["lines"]
    assert len(await instances_of(case)) == 1
    await case.press("zhang", "approve")
    await case.finished()
    assert await case.done_in_erp() == {"update": 1, "approve": 1}


async def test_word_of_a_submission_that_is_long_settled_starts_nothing(stack: Stack) -> None:
    case = await Case.submitted(stack)
    await case.press("zhang", "approve")
    await case.finished()
    submitted = (await events_of(case))[1]

    reply = await send_event(stack, {**submitted, "id": f"again-{case.number}"})

    assert reply.json()["status"] == "accepted"
    await Case.submitted(stack)  # whatever follows from the event has followed when the next document has its card
    assert [one["status"] for one in await instances_of(case)] == ["finished"]
    assert await case.done_in_erp() == {"approve": 1}


async def test_a_forged_event_is_refused_with_a_reason_and_starts_nothing(silent: Stack) -> None:
    case = await Case.submitted(silent)
    event = (await events_of(case))[-1]

    reply = await send_event(silent, event, secret="guessed")

    assert reply.status_code == 401
    assert reply.json()["message"]["zh"]
    assert await instances_of(case) == []


@pytest.mark.parametrize("wrong", [{"record": None}, {"round": "two"}, {"id": "x" * 300}])
async def test_a_malformed_event_is_refused_with_a_reason(silent: Stack, wrong: Json) -> None:
    case = await Case.submitted(silent)
    event = {**(await events_of(case))[-1], **wrong}

    reply = await send_event(silent, {**event, "id": str(event["id"])})

    assert reply.status_code in {400, 422}
    assert reply.json()["message"]["zh"]
    assert await instances_of(case) == []


async def test_a_round_that_was_returned_and_submitted_in_the_erp_goes_on_in_the_same_instance(stack: Stack) -> None:
    case = await Case.submitted(stack, SMALL)
    old_screen = await case.card("zhang", "approve")
    await case.press("zhang", "reject", "请补充比价")
    await case.card("li", "resubmit")

    await erp(stack, "POST", f"{case.path}/submit", {"by": "li"})

    async def asked_anew() -> Json | None:
        cards = await case.cards("zhang")
        return next((one for one in cards if one["outTrackId"] != old_screen["outTrackId"]), None)

    card = await until("a new card for the second round", asked_anew)
    late = await case.press_on(old_screen, "zhang", "approve", token=token_of(old_screen, "approve"))
    assert "不能再改" in late["card"]["params"]["note"]
    await case.press_on(card, "zhang", "approve")
    await case.finished()
    assert len(await instances_of(case)) == 1
    assert await case.done_in_erp() == {"return": 1, "submit": 1, "approve": 1}
