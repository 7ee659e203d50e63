"""Tracing: an instance is found, read through and, by administrators, mended."""

from playwright.async_api import Page, expect

from demo.outside import Json
from tests.stack import Stack
from tests.web.conftest import Looking
from tests.web.looking import ON_ONE_STACK

pytestmark = ON_ONE_STACK

OPTION = ".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option"


async def _begun(stack: Stack, title: str, amount: str = "60000", material: str = "service") -> Json:
    """An instance whose turn it is: of no row of the table, so that the process owner decides."""
    number = await stack.outside.submit(
        applicant="li",
        department="production",
        title=title,
        amount=amount,
        currency="CNY",
        material=material,
        category="service",
        reason="年度检定",
    )

    async def is_somebodys() -> Json | None:
        found = await stack.outside.instance(number)
        return found if found and found["waiting_for"] else None

    return await stack.outside.until(f"{number} 轮到人", is_somebodys)


async def _do(page: Page, button: str, reason: str, *, to: str | None = None) -> None:
    """Fills the dialog of an act and sends it; afterwards it says that the act counts."""
    dialog = page.get_by_role("dialog")
    if to is not None:
        await dialog.get_by_label("交给").fill(to)
        await expect(page.locator(OPTION)).to_have_count(1)
        await page.keyboard.press("Enter")
    await dialog.get_by_label("原因").fill(reason)
    await dialog.get_by_role("button", name=button, exact=True).click()
    await expect(dialog.get_by_role("status")).to_contain_text("已生效")
    await dialog.get_by_role("button", name="完成").click()
    await expect(dialog).to_have_count(0)


async def test_an_administrator_finds_an_instance_and_gives_its_task_to_somebody_else(
    look: Looking, stack: Stack
) -> None:
    begun = await _begun(stack, "检测服务")
    async with look("admin") as sight:
        page = await sight.open("/instances")
        await page.get_by_label("单据编号或发起人").fill(begun["number"])
        await page.get_by_role("button", name="search").click()
        row = page.get_by_role("row", name="检测服务")
        await expect(row).to_contain_text("钱芳")
        await row.get_by_role("link", name="检测服务").click()

        await expect(page.get_by_role("heading", level=1)).to_have_text("检测服务")
        await expect(page.get_by_role("region", name="概要")).to_contain_text("钱芳")
        await expect(page.get_by_role("link", name="在 Temporal 中查看")).to_be_visible()
        await page.get_by_role("navigation", name="这个流程的内容").get_by_role("link", name="任务").click()
        await page.get_by_role("button", name="改派").click()
        await _do(page, "改派", "钱芳出差", to="王强")

        await expect(page.get_by_role("region", name="概要")).to_contain_text("王强")
        await page.get_by_role("link", name="经过").click()
        await expect(page.get_by_role("region", name="经过")).to_contain_text("钱芳出差")
        await expect(page.get_by_text("记录完整")).to_be_visible()


async def test_what_is_suspended_is_listed_as_stuck_and_resumed_from_there(look: Looking, stack: Stack) -> None:
    begun = await _begun(stack, "挂起的检测")
    async with look("admin") as sight:
        page = await sight.open(f"/instances/{begun['id'].replace(':', '%3A')}")
        await page.get_by_role("button", name="管理操作").click()
        await page.get_by_role("menuitem", name="挂起").click()
        await _do(page, "挂起", "核查供应商")
        await expect(page.get_by_role("region", name="为什么停住")).to_contain_text("核查供应商")

        await sight.open("/instances/stuck")
        stuck = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="挂起的检测"))
        await stuck.get_by_role("button", name="恢复").click()
        await _do(page, "恢复", "核查完毕")
        await expect(stuck).to_have_count(0)


async def test_the_ledger_shows_what_was_read_back_and_the_rules_say_why(look: Looking, stack: Stack) -> None:
    begun = await _begun(stack, "刀具补库", amount="128600", material="production")
    await stack.outside.press("wang", begun["number"], "approve", "预算内")

    async def is_over() -> bool:
        found = await stack.outside.instance(begun["number"])
        return found is not None and found["status"] == "finished"

    await stack.outside.until("流程结束", is_over)
    async with look("admin", phone=True, mode="dark") as sight:
        page = await sight.open(f"/instances/{begun['id'].replace(':', '%3A')}?view=effects")
        entry = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="回写审批结果"))
        await expect(entry).to_contain_text("已确认")
        await expect(entry).to_contain_text("状态为 approved")
        assert not await sight.is_wider_than_its_screen()
        assert await sight.unfit_for_people() == []

        await page.get_by_role("link", name="规则判断").click()
        await expect(page.get_by_role("main")).to_contain_text("大于 100,000 元")


async def test_who_takes_part_follows_an_instance_and_is_offered_no_repairs(look: Looking, stack: Stack) -> None:
    begun = await _begun(stack, "李四的申请")
    async with look("li", phone=True) as sight:
        page = await sight.open(f"/instances?q={begun['number']}")
        await expect(page.get_by_role("link", name="卡住的")).to_have_count(0)
        await page.get_by_role("link", name="李四的申请").click()

        await expect(page.get_by_role("region", name="概要")).to_contain_text("钱芳")
        await expect(page.get_by_role("button", name="催办")).to_be_visible()
        await expect(page.get_by_role("button", name="管理操作")).to_have_count(0)
        assert not await sight.is_wider_than_its_screen()
        assert await sight.unfit_for_people() == []
