"""ERP, project system and chat platform fail in every way they know: the instance ends well, with one effect."""

import pytest

from tests.faults.case import LARGE, Case
from tests.stack import Json, Stack, until

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("stack")]

OUTAGE = 9.0
"""Seconds. Tries after 1, 2, 4 and 8 s: the ones that matter for a minute's outage too, which the long drill has."""


@pytest.mark.parametrize(
    ("kind", "strength"),
    [
        ("error_before", {"times": 2}),
        ("error_after_commit", {"times": 1}),
        ("drop_reply", {"times": 1}),
        ("latency", {"times": 1, "seconds": 6}),
        ("rate_limit", {"times": 2}),
    ],
)
async def test_an_approval_reaches_the_erp_exactly_once(stack: Stack, kind: str, strength: dict[str, float]) -> None:
    case = await Case.submitted(stack)
    await stack.fault("erp", kind, match=f"{case.number}/approve", **strength)

    await case.press("zhang", "approve", "同意")

    assert (await case.finished())["instance"]["outcome"] == "approved"
    assert (await case.done_in_erp(), await case.confirmed()) == ({"approve": 1}, ["approve"])


async def test_an_erp_that_is_down_when_it_is_to_be_written_to_gets_the_decision_later(stack: Stack) -> None:
    case = await Case.submitted(stack)
    card = await case.card("zhang", "approve")
    await stack.fault("erp", "outage", match=case.number, seconds=OUTAGE)

    outcome = await case.press_on(card, "zhang", "approve")

    assert outcome["card"]["params"]["status"] == "已同意"  # the person does not wait for the ERP
    assert (await case.told())["instance"]["status"] == "running"
    await case.finished()
    assert (await case.done_in_erp(), await case.confirmed()) == ({"approve": 1}, ["approve"])


async def test_an_erp_that_is_down_when_a_document_is_to_be_read_holds_it_up_and_loses_nothing(stack: Stack) -> None:
    await stack.fault("erp", "error_before", times=3, match="/erp/api/purchase_requisitions/PR-")
    case = await submitted_on_screen(stack)

    await case.press("zhang", "approve")

    await case.finished()
    assert await case.done_in_erp() == {"approve": 1}


@pytest.mark.parametrize("kind", ["error_before", "error_after_commit", "drop_reply"])
async def test_the_follow_up_task_is_made_exactly_once(stack: Stack, kind: str) -> None:
    case = await Case.submitted(stack, LARGE)
    await stack.fault("pms", kind, times=1, match="/pms/api/tasks")

    await case.press("wang", "approve")

    await case.finished()
    tasks = await stack.outside.project_tasks(case.number)
    assert [(task["assignee"], task["state"]) for task in tasks] == [("sun", "open")]
    assert await case.done_in_erp() == {"approve": 1}


@pytest.mark.parametrize("kind", ["error_before", "error_after_commit", "drop_reply", "outage", "rate_limit"])
async def test_a_card_is_on_the_phone_once_whatever_the_chat_platform_does(stack: Stack, kind: str) -> None:
    strength = {"seconds": 3} if kind == "outage" else {"times": 2}
    await stack.fault("dingtalk", kind, match="/dingtalk/v1.0/card/instances", **strength)

    case = await Case.submitted(stack)
    await case.press("zhang", "approve")

    await case.finished()
    await stack.no_more_faults()
    shown = await until("the final card", lambda: final(case))
    assert [card["params"]["status"] for card in shown] == ["已同意"]


async def final(case: Case) -> list[Json] | None:
    cards = await case.cards("zhang")
    return cards if all(card["params"]["status"] for card in cards) else None


async def submitted_on_screen(stack: Stack) -> Case:
    """On the ERP's page, which faults never strike."""
    draft = {"title": "纸", "applicant": "li", "department": "production", "amount": "80.00", "material": "office"}
    made = (await stack.sandbox.post("/erp/ui/requisitions", json=draft)).raise_for_status().json()
    return Case(stack, made["number"])
