"""Fingers that are too many, too quick or too late."""

import asyncio

import pytest

from tests.faults.case import SMALL, Case, erp, send_event, token_of
from tests.stack import Json, Stack, until

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("stack")]


async def test_three_quick_presses_are_one_decision(stack: Stack) -> None:
    case = await Case.submitted(stack)
    card = await case.card("zhang", "approve")

    outcomes = await asyncio.gather(*(case.press_on(card, "zhang", "approve") for _ in range(3)))

    assert all(outcome["delivered"] for outcome in outcomes)
    assert outcomes[-1]["card"]["params"]["status"] == "已同意"
    await case.finished()
    assert len(await case.story("clicked")) == 1
    assert (await case.done_in_erp(), await case.confirmed()) == ({"approve": 1}, ["approve"])


async def test_yes_on_the_phone_and_no_in_the_browser_at_once_are_one_decision(stack: Stack) -> None:
    case = await Case.submitted(stack)
    await case.card("zhang", "approve")

    on_phone, in_browser = await asyncio.gather(
        case.press("zhang", "approve"), case.decide("zhang", "reject", "价格偏高")
    )

    clicked = await until("the decision in the story", lambda: case.story("clicked"))
    assert len(clicked) == 1
    if clicked[0]["data"]["action"] == "approve":
        assert in_browser.json()["verdict"] == "late"
        assert in_browser.json()["message"]["zh"] == "张伟 已同意，不能再改"
        await case.finished()
        assert await case.done_in_erp() == {"approve": 1}
        assert len(await case.story("clicked")) == 1
    else:
        assert in_browser.json()["verdict"] == "accepted"
        assert "已驳回" in on_phone["card"]["params"]["note"] + on_phone["card"]["params"]["status"]
        await case.card("li", "resubmit")
        assert await case.done_in_erp() == {"return": 1}


async def test_of_two_people_at_once_the_first_decides_and_the_other_is_told_who_did(stack: Stack) -> None:
    case = await for_either_of_two(stack)
    cards = {person: await case.card(person, "approve") for person in ("chen", "zhou")}

    outcomes = await asyncio.gather(*(case.press_on(card, person, "approve") for person, card in cards.items()))

    told = await case.finished()
    done = [task["person"] for task in told["tasks"] if task["state"] == "done"]
    assert len(done) == 1
    notes = {person: outcome["card"]["params"] for person, outcome in zip(cards, outcomes, strict=True)}
    loser = next(person for person in cards if person not in done)
    winner = {"chen": "陈静", "zhou": "周涛"}[done[0]]
    assert notes[done[0]]["status"] == "已同意"
    assert f"已由 {winner} 决定" in notes[loser]["note"]
    assert [task["assignee"] for task in await stack.outside.project_tasks(case.number)] == ["sun"]


async def test_a_press_after_the_end_is_told_how_it_ended(stack: Stack) -> None:
    case = await Case.submitted(stack)
    old_screen = await case.card("zhang", "reject")
    await case.press("zhang", "approve")
    await case.finished()

    outcome = await case.press_on(old_screen, "zhang", "reject", "等等", token_of(old_screen, "reject"))

    shown = outcome["card"]["params"]
    assert (shown["status"], shown["note"]) == ("已同意", "张伟 已同意，不能再改")
    assert await case.done_in_erp() == {"approve": 1}


async def test_a_press_on_a_form_that_has_changed_since_asks_to_look_again(stack: Stack) -> None:
    case = await Case.submitted(stack)
    old_screen = await case.card("zhang", "approve")
    await erp(stack, "PUT", case.path, {"by": "li", "amount": "4900.00"})
    await until("the new amount on the card", lambda: shows(case, "zhang", "4,900.00"))

    outcome = await case.press_on(old_screen, "zhang", "approve", token=token_of(old_screen, "approve"))

    assert "单据已变更" in outcome["card"]["params"]["note"]
    assert (await case.press("zhang", "approve"))["card"]["params"]["status"] == "已同意"
    await case.finished()
    assert await case.done_in_erp() == {"update": 1, "approve": 1}


async def shows(case: Case, person: str, text: str) -> Json | None:
    return next((card for card in await case.cards(person) if text in card["params"]["lines"]), None)


async def for_either_of_two(stack: Stack) -> Case:
    """A draft that the ERP, by a second name for it, asks one of two buyers to check."""
    draft = await erp(stack, "POST", "/erp/api/purchase_requisitions", SMALL)
    number = draft["number"]
    event = {"id": f"joint-{number}", "model": "joint_requisition", "record": number, "mode": "created"}
    times = {"version": draft["version"], "round": 1, "occurred_at": draft["updated_at"]}
    (await send_event(stack, {**event, **times})).raise_for_status()
    return Case(stack, number)
