"""Somebody who has never seen it draws the purchase approval, tries it, and it is published by two people."""

import re

from playwright.async_api import Locator, Page, expect

from tests.web.conftest import Looking
from tests.web.looking import ON_ONE_STACK, Sight

pytestmark = ON_ONE_STACK

OPTION = ".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option"
TITLE = "高额采购审批"


async def test_the_purchase_approval_is_drawn_from_nothing_tried_and_published_by_two(look: Looking) -> None:
    async with look("qian") as sight:
        page = await sight.open("/flows")
        await _begun(page)
        await _ruled(page)
        await _forked(page)
        await expect(_card(page, "高额采购跟进")).to_contain_text("项目经理")
        await _undone_and_done_again(page)
        await expect(page.get_by_text("已保存", exact=True)).to_be_visible()
        await page.mouse.move(700, 5)
        assert await sight.unfit_for_people() == []

        await _tried(page)
        await _kept_as_case(page)
        address = page.url
        await page.get_by_role("tab", name="发布").click()
        await page.get_by_role("listitem").get_by_role("button", name="提交审核").click()
        await expect(page.get_by_text("检查通过")).to_be_visible()
        await expect(page.get_by_text("您参与了编写，请让别人批准。")).to_be_visible()
        assert await sight.unfit_for_people() == []

    async with look("wang") as other:
        page = await other.open(_path(other, address))
        await page.get_by_role("tab", name="发布").click()
        await page.get_by_role("listitem").get_by_role("button", name="批准").click()
        await expect(page.get_by_text("wang 已批准")).to_be_visible()
        await page.get_by_role("listitem").get_by_role("button", name="发布").click()
        await expect(page.get_by_text("第 1 版正在使用", exact=False)).to_be_visible()
        await _retired(page, address)


async def test_what_is_still_to_be_mended_is_a_jump_away_and_keeps_it_from_being_submitted(look: Looking) -> None:
    async with look("qian") as sight:
        page = await sight.open("/flows/order-production")
        await page.get_by_role("toolbar", name="步骤").get_by_role("button", name="抄送").click()
        chip = page.get_by_role("button", name="1 处待完善")
        await expect(chip).to_be_visible()
        await expect(page.get_by_role("button", name="提交审核")).to_be_disabled()

        await page.get_by_role("region", name="流程图").get_by_role("button", name=re.compile("^发起")).click()
        await chip.click()

        await expect(page.get_by_role("complementary").get_by_role("heading", name="抄送")).to_be_visible()
        await page.keyboard.press("Control+z")
        await expect(chip).to_have_count(0)


async def test_a_phone_shows_the_picture_and_sends_who_wants_to_draw_to_a_computer(look: Looking) -> None:
    async with look("qian", phone=True) as sight:
        page = await sight.open("/flows/purchase-approval")
        await expect(page.get_by_text("请在电脑上编辑", exact=False)).to_be_visible()
        await expect(_card(page, "采购分派")).to_be_visible()
        await expect(page.get_by_role("button", name="在此添加步骤")).to_have_count(0)
        assert await sight.unfit_for_people() == []
        assert not await sight.is_wider_than_its_screen()


async def _begun(page: Page) -> None:
    await page.get_by_role("button", name="新建流程").click()
    await page.get_by_label("流程名称").fill(TITLE)
    await _picked(page, "针对哪种单据", re.compile("采购申请|purchase_requisition"))
    await page.get_by_role("button", name="开始设计").click()
    await expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


async def _ruled(page: Page) -> None:
    """The table says who approves."""
    await _added(page, 0, "规则")
    await _picked(page, "规则表", "采购分派")
    await page.get_by_label("名称", exact=True).fill("采购分派")
    await _card(page, "部门负责人").click()
    await _picked(page, "方式", "规则表的结果")
    await _picked(page, "规则表的结果", "采购分派 · 审批人")
    await expect(_card(page, "给出的审批人审批")).to_be_visible()


async def _forked(page: Page) -> None:
    """Above a hundred thousand two more things happen at once."""
    await _added(page, 2, "并行")
    await page.get_by_label("名称", exact=True).fill("高额采购")
    await page.get_by_role("complementary").get_by_role("button", name="添加条件").click()
    await _picked(page, "看什么", "金额")
    await _picked(page, "怎样比", "大于")
    await page.get_by_label("比什么").fill("100000")
    await expect(_card(page, "高额采购")).to_contain_text("100,000")
    await _added(page, 3, "抄送")
    await page.get_by_label("名称", exact=True).fill("抄送财务总监")
    await _picked(page, "方式", "担任角色的人")
    await _picked(page, "担任角色的人", "财务总监")
    await _added(page, 5, "业务操作")
    await page.get_by_label("名称", exact=True).fill("高额采购跟进")
    await _picked(page, "在哪个系统", "项目管理系统")
    await _picked(page, "对什么", re.compile("task|任务"))
    await _picked(page, "做什么", "新建")
    await page.get_by_role("switch", name="先找出一个人").click()
    await _picked(page, "方式", "担任角色的人")
    await _picked(page, "担任角色的人", "项目经理")


async def _undone_and_done_again(page: Page) -> None:
    await _card(page, "抄送财务总监").click()
    await page.keyboard.press("Delete")
    await expect(_card(page, "抄送财务总监")).to_have_count(0)
    await page.get_by_role("button", name="撤销", exact=True).click()
    await expect(_card(page, "抄送财务总监")).to_be_visible()


async def _tried(page: Page) -> None:
    await page.get_by_role("button", name="试运行", exact=True).click()
    await _picked(page, "谁来提交", re.compile("李四"))
    await page.get_by_label("金额").fill("3800")
    await _picked(page, "物料类型", "生产物料")
    await expect(_card(page, "由 张伟 审批")).to_be_visible()
    await page.get_by_label("金额").fill("120000")
    await expect(_card(page, "由 王强 审批")).to_be_visible()
    await expect(_card(page, "抄送 赵敏")).to_be_visible()


async def _kept_as_case(page: Page) -> None:
    await page.get_by_label("存为用例").fill("十二万由采购总监审批")
    await page.get_by_role("button", name="存入").click()
    await page.get_by_role("tab", name="用例").click()
    await expect(page.get_by_text("1 个用例中 1 个符合期望")).to_be_visible()
    await expect(page.get_by_text("已保存", exact=True)).to_be_visible()


async def _retired(page: Page, address: str) -> None:
    """Else the requisitions of other tests would start it as well."""
    key = address.rsplit("/", 1)[1].split("?", maxsplit=1)[0]
    status = await page.evaluate(_RETIRE, f"/api/v1/processes/{key}/versions/1/retire")
    assert status == 200


_RETIRE = """async address => {
  const { csrf } = await (await fetch("/api/v1/session")).json()
  return (await fetch(address, { method: "POST", headers: { "X-CSRF-Token": csrf } })).status
}"""


def _card(page: Page, words: str) -> Locator:
    return page.get_by_role("region", name="流程图").get_by_role("button", name=re.compile(words)).first


async def _added(page: Page, gap: int, kind: str) -> None:
    await page.get_by_role("button", name="在此添加步骤").nth(gap).click()
    await page.get_by_role("menuitem", name=re.compile(f"^{kind}")).click()


async def _picked(page: Page, label: str, words: str | re.Pattern[str]) -> None:
    await page.get_by_role("combobox", name=label, exact=True).last.click()
    await page.locator(OPTION).get_by_text(words, exact=True).first.click()


def _path(sight: Sight, address: str) -> str:
    return address.removeprefix(sight.url)
