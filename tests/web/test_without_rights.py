"""What somebody may not do is neither shown to them nor done for them."""

import json
import re

import pytest
from playwright.async_api import expect

from tests.web.conftest import Looking
from tests.web.looking import ON_ONE_STACK

pytestmark = ON_ONE_STACK

FORBIDDEN = ("流程设计", "规则表", "管理")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
async def test_nobody_is_shown_the_way_to_what_they_may_not_do(look: Looking, phone: bool) -> None:
    async with look("li", phone=phone) as sight:
        page = await sight.open("/")

        for name in FORBIDDEN:
            assert await page.get_by_role("link", name=name, exact=True).count() == 0, name


@pytest.mark.parametrize(
    ("address", "method", "body"),
    [
        ("/api/v1/rules", "GET", None),
        ("/api/v1/processes/drafts", "GET", None),
        ("/api/v1/logins", "GET", None),
        ("/api/v1/audit", "GET", None),
        ("/api/v1/instances/stuck", "GET", None),
        ("/api/v1/people/chen", "PUT", {"person": {"id": "chen", "name": "别人"}}),
        ("/api/v1/grants", "POST", {"person": "li", "role": "administrator"}),
    ],
)
async def test_what_is_not_shown_is_refused_as_well(
    look: Looking, address: str, method: str, body: dict[str, object] | None
) -> None:
    async with look("li") as sight:
        page = await sight.open("/")
        csrf = await page.evaluate("fetch('/api/v1/session').then(one => one.json()).then(one => one.csrf)")
        sent = {"method": method, "headers": {"X-CSRF-Token": csrf, "Content-Type": "application/json"}}
        status = await page.evaluate(
            "([address, sent, body]) => fetch(address, {...sent, body}).then(answer => answer.status)",
            [address, sent, body and json.dumps(body)],
        )

    assert status == 403


@pytest.mark.parametrize("path", ["/rules", "/rules/purchase-route", "/flows/purchase-approval", "/people/import"])
async def test_who_types_the_address_of_a_page_that_is_not_theirs_sees_nothing_of_it(look: Looking, path: str) -> None:
    async with look("li") as sight:
        page = await sight.open(path)

        await expect(page.get_by_role("main")).to_contain_text(re.compile("权限|无权|没有这个页面"))
        assert await page.get_by_role("main").get_by_role("table").count() == 0


async def test_administration_leads_home_who_administers_nothing(look: Looking) -> None:
    async with look("li") as sight:
        page = await sight.open("/admin")

        await expect(page.get_by_role("heading", level=1)).to_have_text("工作台")
