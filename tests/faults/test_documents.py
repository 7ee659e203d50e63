"""Documents that nobody can decide as they are, and documents that are decided elsewhere."""

import pytest

from tests.faults.case import LARGE, SMALL, Case, erp, token_of
from tests.stack import Json, Stack, until

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("stack")]


@pytest.mark.parametrize("amount", ["abc", "-5", ""])
async def test_a_malformed_amount_becomes_a_task_of_the_process_owner_who_reads_why(stack: Stack, amount: str) -> None:
    case = await Case.submitted(stack, {**SMALL, "amount": amount}, force=True)

    trouble = await case.card("qian", "retry")

    assert "amount" in trouble["params"]["note"] or "金额" in trouble["params"]["note"]
    assert token_of(trouble, "skip")
    assert await case.done_in_erp() == {}


async def test_once_the_amount_is_mended_the_process_owner_tries_again_and_it_goes_its_way(stack: Stack) -> None:
    case = await Case.submitted(stack, {**SMALL, "amount": "abc"}, force=True)
    await case.card("qian", "retry")
    await erp(stack, "PUT", case.path, {"by": "li", "amount": "4200.00"})
    await until("the mended amount", lambda: knows(case, "4200.00"))

    await case.press("qian", "retry")
    await case.press("zhang", "approve")

    assert (await case.finished())["instance"]["outcome"] == "approved"
    assert await case.done_in_erp() == {"update": 1, "approve": 1}


@pytest.mark.parametrize(
    ("action", "outcome", "told"),
    [
        ("reject", "decided_elsewhere", "已在业务系统中驳回"),
        ("approve", "decided_elsewhere", "已在业务系统中同意"),
        ("withdraw", "withdrawn", "已在业务系统中撤回"),
    ],
)
async def test_what_is_settled_in_the_erp_closes_the_card_and_a_late_press_is_told(
    stack: Stack, action: str, outcome: str, told: str
) -> None:
    case = await Case.submitted(stack)
    old_screen = await case.card("zhang", "approve")

    await erp(stack, "POST", f"{case.path}/{action}", {"by": "wu", "note": "在 ERP 中处理"})

    assert (await case.finished())["instance"]["outcome"] == outcome
    late = await case.press_on(old_screen, "zhang", "approve", token=token_of(old_screen, "approve"))
    assert told in late["card"]["params"]["note"]
    assert late["card"]["params"]["status"] == "已取消"
    assert (await case.done_in_erp(), await case.confirmed()) == ({action: 1}, [])


async def test_a_document_that_is_rejected_in_the_erp_at_the_last_moment_takes_back_what_was_done(stack: Stack) -> None:
    case = await Case.submitted(stack, LARGE)
    await stack.fault("erp", "conflict", times=1, match=f"{case.number}/approve")

    await case.press("wang", "approve")

    told = await case.finished()
    assert told["instance"]["outcome"] == "decided_elsewhere"
    assert await case.done_in_erp() == {"reject": 1}
    assert [task["state"] for task in await stack.outside.project_tasks(case.number)] == ["cancelled"]


async def knows(case: Case, amount: str) -> Json | None:
    told = await case.told()
    return told if told["instance"]["fields"].get("amount") == amount else None
