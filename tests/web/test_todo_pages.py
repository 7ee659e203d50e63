"""The to-do centre as an approver has it: at a desk with the keyboard, with several at once, and on a phone."""

import asyncio
import re
from functools import partial

from playwright.async_api import expect

from tests.stack import Stack
from tests.web.conftest import Looking
from tests.web.looking import ON_ONE_STACK, Sight

pytestmark = ON_ONE_STACK


async def _submitted(stack: Stack, *titles: str) -> list[str]:
    """Requisitions of Li's for the buyer, Chen; their numbers, in the order in which they
    became her tasks."""
    numbers = []
    for title in titles:
        number = await stack.outside.submit(
            title=title,
            applicant="li",
            department="production",
            amount="28600.00",
            material="production",
            category="steel",
        )
        await stack.outside.until(number, partial(stack.outside.cards, "chen", number))
        numbers.append(number)
    return numbers


async def _is(stack: Stack, number: str, state: str) -> None:
    async def there() -> bool:
        return bool((await stack.outside.requisition(number))["state"] == state)

    await stack.outside.until(f"{number} {state}", there)


async def _fit(sight: Sight) -> None:
    assert await sight.unfit_for_people() == []
    assert not await sight.is_wider_than_its_screen()


async def test_the_to_do_list_is_worked_off_from_the_keyboard(look: Looking, stack: Stack) -> None:
    """And what was decided is written back, with the evidence beside it."""
    titles = ("键盘一 铣刀", "键盘二 钻头", "键盘三 车刀")
    _, second, third = await _submitted(stack, *titles)
    async with look("chen") as sight:
        page = await sight.open("/tasks")
        await page.keyboard.press("/")
        await page.keyboard.type("键盘")
        rows = page.locator("tbody tr")
        await expect(rows).to_have_count(3)
        await expect(page).to_have_url(re.compile("search="))
        pane = page.get_by_role("region", name="任务详情")
        await expect(pane.get_by_role("heading", name=titles[2])).to_be_visible()
        await expect(pane.get_by_text("28,600.00 CNY")).to_be_visible()
        await expect(pane.get_by_role("heading", name="为什么由我办理")).to_be_visible()
        await _fit(sight)

        await page.locator("h1").click()
        await page.keyboard.press("j")
        await expect(pane.get_by_role("heading", name=titles[1])).to_be_visible()
        await page.keyboard.press("k")
        await expect(pane.get_by_role("heading", name=titles[2])).to_be_visible()
        await page.keyboard.press("a")
        await expect(page.get_by_text("已同意").first).to_be_visible()
        await expect(rows).to_have_count(2)
        await expect(pane.get_by_role("heading", name=titles[1])).to_be_visible()

        await page.keyboard.press("r")
        dialog = page.get_by_role("dialog", name="驳回")
        await expect(dialog.get_by_role("button", name="驳回")).to_be_disabled()
        await dialog.get_by_label("原因").fill("请补充三家比价")
        await dialog.get_by_role("button", name="驳回").click()
        await expect(dialog).to_be_hidden()
        await expect(rows).to_have_count(1)

        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog", name="键盘快捷键")).to_be_visible()
        await page.keyboard.press("Escape")
        await _is(stack, third, "approved")
        await _is(stack, second, "returned")

        await page.get_by_role("button", name="保存视图").click()
        await page.get_by_label("名称").fill("键盘采购")
        await page.get_by_role("dialog").get_by_role("button", name="保存视图").click()
        await expect(page.get_by_role("link", name="键盘采购")).to_be_visible()

        page = await sight.open("/tasks?box=done&search=键盘三")
        await expect(pane.get_by_text("已读回确认").first).to_be_visible()
        await expect(pane.get_by_text("经过完整，没有被改动")).to_be_visible()
        await pane.get_by_text("候选人与依据").click()
        await expect(pane.get_by_text("规则行 r2")).to_be_visible()
        await _fit(sight)


async def test_several_are_decided_at_once_with_a_result_for_each(look: Looking, stack: Stack) -> None:
    """One that somebody else was faster with is left alone, and comes off the list all the same."""
    numbers = await _submitted(stack, "一批 轴承", "一批 皮带", "一批 滤芯")
    async with look("chen") as sight:
        page = await sight.open("/tasks?search=一批")
        for title in ("轴承", "皮带", "滤芯"):
            await page.get_by_role("checkbox", name=f"选择 一批 {title}").check()
        bar = page.get_by_role("region", name="批量办理")
        await expect(bar.get_by_text("已选 3 项")).to_be_visible()
        await bar.get_by_role("button", name="批量同意").click()
        await _fit(sight)
        await stack.outside.press("chen", numbers[0], "approve")
        await page.get_by_role("dialog").get_by_role("button", name="批量同意").click()
        results = page.get_by_role("dialog", name="批量办理结果")
        # the third is no longer among them where the page heard of the other press before this one
        await expect(results.get_by_role("listitem").nth(1)).to_be_visible()
        await results.get_by_role("button", name="知道了").click()
        await expect(page.get_by_text("没有符合条件的任务")).to_be_visible()
    await asyncio.gather(*(_is(stack, number, "approved") for number in numbers))


async def test_somebody_else_is_asked_first_and_the_initiator_sees_it(look: Looking, stack: Stack) -> None:
    (number,) = await _submitted(stack, "加签 货架")
    async with look("chen") as sight:
        page = await sight.open("/tasks?search=加签")
        pane = page.get_by_role("region", name="任务详情")
        await pane.get_by_role("button", name="更多").click()
        await page.get_by_role("button", name="加签").click()
        dialog = page.get_by_role("dialog", name="加签")
        await expect(dialog.get_by_label("请谁")).to_be_visible()
        await _fit(sight)
        await dialog.get_by_label("请谁").click()
        await dialog.get_by_label("请谁").fill("王强")
        await expect(page.get_by_title("王强", exact=False)).to_be_visible()
        await page.keyboard.press("Enter")
        await dialog.get_by_role("button", name="加签").click()
        await expect(page.get_by_text("已加签").first).to_be_visible()
    async with look("li") as sight:
        page = await sight.open("/tasks?box=started&search=加签")
        pane = page.get_by_role("region", name="任务详情")
        await expect(pane.get_by_text("在等：王强：采购审批")).to_be_visible()
        await pane.get_by_role("button", name="撤回").click()
        await page.get_by_role("dialog").get_by_role("button", name="撤回").click()
        await expect(page.get_by_text("已撤回").first).to_be_visible()
    await _is(stack, number, "draft")


async def test_a_phone_decides_with_one_hand(look: Looking, stack: Stack) -> None:
    """From the card in the list, and from the task itself."""
    first, second = await _submitted(stack, "手机一 台钳", "手机二 砂轮")
    async with look("chen", phone=True) as sight:
        page = await sight.open("/tasks?search=手机")
        await _fit(sight)
        await page.get_by_role("button", name="同意 手机一 台钳").click()
        await expect(page.get_by_text("手机一 台钳")).to_have_count(0)
        await page.get_by_role("link", name="详情 手机二 砂轮").click()
        await expect(page.get_by_role("heading", level=1, name="手机二 砂轮")).to_be_visible()
        await _fit(sight)
        bar = page.get_by_role("region", name="办理")
        for button in await bar.get_by_role("button").all():
            box = await button.bounding_box()
            assert box is not None
            assert box["height"] >= 44
        await bar.get_by_role("button", name="驳回").click()
        sheet = page.get_by_role("dialog", name="驳回")
        await sheet.get_by_label("原因").fill("型号不对")
        await sheet.get_by_role("button", name="驳回").click()
        await expect(page).to_have_url(re.compile(r"/tasks\?search="))
    await _is(stack, first, "approved")
    await _is(stack, second, "returned")


async def test_the_home_page_says_what_awaits_one_and_with_whom_it_hangs(look: Looking, stack: Stack) -> None:
    await _submitted(stack, "工作台 油泵")
    async with look("li") as sight:
        page = await sight.open("/")
        hangs = page.get_by_role("region", name="我发起的，在谁那里")
        await expect(hangs.get_by_text("工作台 油泵")).to_be_visible()
        await expect(hangs.get_by_text("在等 陈静：采购审批").first).to_be_visible()
        await _fit(sight)
    async with look("chen") as sight:
        page = await sight.open("/")
        await page.get_by_role("region", name="最新待办").get_by_text("工作台 油泵").click()
        await expect(page.get_by_role("heading", level=1, name="工作台 油泵")).to_be_visible()
