from collections.abc import AsyncIterator

import httpx
import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.sandbox.dingtalk_client import BY_KEY, DingTalk
from tests.sandbox.receivers import ClickReceiver
from tests.sandbox.test_dingtalk_messages import send
from tests.sandbox.test_pms import TASK

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture
async def page(sandbox_url: str) -> AsyncIterator[Page]:
    """A phone-sized page that fails the test on script errors and on any request that leaves the sandbox."""
    troubles: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await browser.new_page(base_url=sandbox_url, viewport={"width": 390, "height": 844})
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on(
            "request", lambda request: troubles.append(request.url) if _is_foreign(request.url, sandbox_url) else None
        )
        yield page
        await browser.close()
    assert troubles == []


def _is_foreign(url: str, sandbox_url: str) -> bool:
    return not url.startswith((sandbox_url, "data:"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/", "/phones", "/phones?users=chen,wang", "/phone/chen", "/erp", "/service", "/pms"])
async def test_every_page_fits_a_phone_in_both_languages(page: Page, path: str, language: str) -> None:
    await page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}", wait_until="load")

    await expect(page.locator("[data-other-language]").first).to_have_text("中文" if language == "en" else "English")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_button_on_the_phone_decides(page: Page, dingtalk: DingTalk, receiver: ClickReceiver) -> None:
    await dingtalk.deliver("chen")
    await page.goto("/phone/chen")

    await page.get_by_label("审批意见").fill("价格合理")
    await page.get_by_role("button", name="同意").click()

    await expect(page.locator(".ribbon")).to_have_text("已同意")
    await expect(page.get_by_role("button", name="同意")).to_have_count(0)
    assert receiver.click_params() == {"action": "agree", "token": "t-agree", "opinion": "价格合理"}


async def test_typed_text_survives_a_refresh(page: Page, dingtalk: DingTalk) -> None:
    await dingtalk.deliver("chen")
    await page.goto("/phone/chen")
    opinion = page.get_by_label("审批意见")
    await opinion.fill("超出")

    await dingtalk.update(cardData={"cardParamMap": {"note": "即将到期"}}, cardUpdateOptions=BY_KEY)
    await expect(page.locator(".note")).to_have_text("即将到期")
    await page.keyboard.type("预算")

    await expect(opinion).to_have_value("超出预算")


async def test_a_failed_press_says_so_and_keeps_the_opinion(
    page: Page, dingtalk: DingTalk, receiver: ClickReceiver
) -> None:
    await dingtalk.deliver("chen")
    receiver.answer = receiver.says({}, status=500)
    await page.goto("/phone/chen?lang=en")
    await page.get_by_label("Opinion").fill("too dear")

    await page.get_by_role("button", name="驳回").click()

    await expect(page.get_by_role("alert")).to_have_text("Operation failed, please try again later")
    await expect(page.get_by_label("Opinion")).to_have_value("too dear")


async def test_a_message_stands_where_it_came_in_the_conversation(page: Page, dingtalk: DingTalk) -> None:
    await dingtalk.deliver("chen")
    await send(dingtalk, "chen")
    await dingtalk.deliver("chen", card="task-2")
    await page.goto("/phone/chen")

    told = page.locator(".message").nth(1)
    await expect(page.locator(".message")).to_have_count(3)
    await expect(told.get_by_role("heading")).to_have_text("采购审批")
    await expect(told.locator("p")).to_have_text("请尽快处理")
    await expect(told.get_by_role("link")).to_have_attribute("href", "http://127.0.0.1:1/tasks/1")


async def test_the_list_of_phones_counts_open_cards(page: Page, dingtalk: DingTalk) -> None:
    await dingtalk.deliver("chen")
    await page.goto("/phones")

    await expect(page.get_by_role("link", name="陈静").locator(".count")).to_have_text("1")
    await dingtalk.press("chen")
    await expect(page.get_by_role("link", name="陈静").locator(".count")).to_have_count(0)


async def test_an_applicant_submits_changes_and_withdraws(page: Page) -> None:
    await page.goto("/erp")
    await page.get_by_role("button", name="生产物料 28,000").click()
    await page.get_by_role("button", name="新建并提交").click()
    row = page.locator(".row")
    await expect(row.locator(".chip")).to_have_text("审批中")

    await row.get_by_label("金额").fill("9000")
    await row.get_by_role("button", name="修改金额").click()
    await expect(row.locator(".amount")).to_have_text("¥9,000.00")
    await row.get_by_role("button", name="撤回").click()

    await expect(row.locator(".chip")).to_have_text("草稿")
    await expect(row.locator("li")).to_have_count(4)


async def test_the_erp_shows_who_approved_and_the_opinion(page: Page, http: httpx.AsyncClient) -> None:
    draft = {"title": "钢板", "applicant": "li", "amount": "1", "material": "production"}
    number = (await http.post("/erp/ui/requisitions", json=draft)).json()["id"]
    await http.post(f"/erp/ui/requisitions/{number}/approve", json={"by": "chen", "note": "同意采购"})
    await page.goto("/erp")

    await page.locator(".row .line").click()

    await expect(page.locator(".row li").last).to_contain_text("陈静 批准 同意采购")


async def test_the_hotline_reports_what_a_customer_needs(page: Page, erp: httpx.AsyncClient) -> None:
    await page.goto("/service")
    await page.get_by_role("button", name="华东 · 主轴异响").click()
    await page.get_by_role("button", name="登记", exact=True).click()
    row = page.locator(".row")
    await expect(row.locator(".chip")).to_have_text("待派工")

    number = await row.get_attribute("data-id")
    await erp.post(f"/service_requests/{number}/assign", json={"by": "qian", "engineer": "chen"})

    await expect(row.locator(".chip")).to_have_text("处理中")
    await expect(row.locator(".amount")).to_have_text("陈静")


async def test_the_project_page_lists_tasks(page: Page, pms: httpx.AsyncClient) -> None:
    await page.goto("/pms")

    await pms.post("/tasks", json=TASK)

    await expect(page.locator(".task")).to_contain_text("高额采购跟进")
