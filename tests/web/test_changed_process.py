"""A process is changed while an instance of it runs; and a task is decided on the page that its card opens."""

import re

from playwright.async_api import Page, expect

from tests.stack import Stack
from tests.web.conftest import Looking
from tests.web.looking import ON_ONE_STACK
from tests.web.stage import page_of, waiting_for_zhang

pytestmark = ON_ONE_STACK

OLD_NAME, NEW_NAME = "抄送财务总监", "抄送财务总监与会计"


async def test_a_running_instance_keeps_its_version_until_somebody_moves_it(look: Looking, stack: Stack) -> None:
    running = await waiting_for_zhang(stack, "改版前提交的申请")
    async with look("qian") as sight:
        page = await sight.open("/flows/purchase-approval")
        await page.get_by_role("region", name="流程图").get_by_role("button", name=re.compile(f"^{OLD_NAME}")).click()
        await page.get_by_label("名称", exact=True).fill(NEW_NAME)
        await expect(page.get_by_text("已保存", exact=True)).to_be_visible()
        address = page.url.removeprefix(sight.url)
        await page.get_by_role("tab", name="发布").click()
        await page.get_by_role("listitem").get_by_role("button", name="提交审核").click()
        await expect(page.get_by_text("检查通过")).to_be_visible()
    async with look("wang") as sight:
        await _published(await sight.open(address))

    async with look("admin") as sight:
        page = await sight.open(page_of(running))
        await expect(page.get_by_role("region", name="概要")).to_contain_text("版本 1")
        await expect(page.get_by_role("region", name="流程图")).not_to_contain_text(NEW_NAME)

        await page.get_by_role("button", name="管理操作").click()
        await page.get_by_role("menuitem", name="迁移到其他版本").click()
        await _moved(page)

        await expect(page.get_by_role("region", name="概要")).not_to_contain_text("版本 1")
        await expect(page.get_by_role("region", name="流程图")).to_contain_text(NEW_NAME)


async def test_the_page_of_a_card_decides_the_task_and_the_story_tells_it(look: Looking, stack: Stack) -> None:
    filed = await waiting_for_zhang(stack, "卡片打开的申请")
    [card] = await stack.outside.until("卡片", lambda: stack.outside.cards("zhang", filed["number"]))
    async with look(None, phone=True) as sight:
        page = sight.page
        await page.goto(card["params"]["link"])
        await expect(page.get_by_role("heading", level=1)).to_contain_text(filed["number"])
        assert await sight.unfit_for_people() == []
        assert not await sight.is_wider_than_its_screen()
        await page.get_by_label(re.compile("意见")).fill("同意采购")
        await page.get_by_role("button", name="同意", exact=True).click()
        await expect(page.get_by_role("alert")).to_contain_text("已同意")

    async with look("li", phone=True) as sight:
        page = await sight.open(f"{page_of(filed)}?view=story")
        await expect(page.get_by_role("main")).to_contain_text("同意采购")
        await sight.open(f"{page_of(filed)}?view=effects")
        await expect(page.get_by_role("main")).to_contain_text("已确认")


async def _published(page: Page) -> None:
    await page.get_by_role("tab", name="发布").click()
    await page.get_by_role("listitem").get_by_role("button", name="批准").click()
    await expect(page.get_by_text("wang 已批准")).to_be_visible()
    await page.get_by_role("listitem").get_by_role("button", name="发布").click()
    await expect(page.get_by_text(re.compile(r"第 \d+ 版正在使用"))).to_be_visible()


async def _moved(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("status")).to_contain_text("可以迁移")
    await dialog.get_by_label("原因").fill("改用新版")
    await dialog.get_by_role("button", name="迁移", exact=True).click()
    await expect(dialog.get_by_role("status")).to_contain_text("已迁移")
    await dialog.get_by_role("button", name="完成").click()
