"""After-sales end to end: from the hotline to the engineer of the region who is best at it, and back."""

import pytest

from tests.faults.case import Case, erp
from tests.stack import Json, Stack, until

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("stack")]

EAST = {"title": "主轴异响", "reporter": "li", "customer": "苏州恒力精工", "region": "华东", "product": "VMC-850"}


async def reported(stack: Stack, **changes: str) -> Case:
    made = await erp(stack, "POST", "/erp/api/service_requests", {**EAST, **changes})
    return Case(stack, made["number"])


async def request(case: Case) -> Json:
    document: Json = await erp(case.stack, "GET", f"/erp/api/service_requests/{case.number}")
    return document


async def test_the_best_engineer_of_the_region_gets_it_and_the_erp_learns_what_was_done(stack: Stack) -> None:
    case = await reported(stack)

    await case.press("lin", "complete", "马上出发")
    await until("the job at the customer's", lambda: case.open_task("serve"))
    assigned = await request(case)
    await case.press("lin", "complete", "更换主轴轴承")

    assert (assigned["state"], assigned["engineer"]) == ("assigned", "lin")
    assert (await case.finished())["instance"]["outcome"] == "approved"
    assert (await request(case))["result"] == "更换主轴轴承"
    assert await case.confirmed() == ["assign", "complete"]


async def test_everybody_can_read_why_it_was_this_engineer(stack: Stack) -> None:
    case = await reported(stack)
    await case.card("lin", "complete")

    task = await case.open_task("accept")
    why = (await stack.by_person["lin"].get(f"/api/v1/tasks/{task['id']}/assignment")).raise_for_status().json()
    [line] = await case.story("asked")

    assert [one["person"] for one in why["ranking"]] == ["lin", "ma", "deng"]
    assert line["text"]["zh"].startswith("分配给 林涛：")


async def test_a_region_without_a_service_centre_is_up_to_the_service_manager(stack: Stack) -> None:
    case = await reported(stack, region="西南")

    assert await case.card("he", "complete")
