"""Rule tables in the browser, as a business owner and the colleague who approves use them."""

from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.house.tree import ROOT
from tests.web.conftest import Looking
from tests.web.looking import ON_ONE_STACK

pytestmark = ON_ONE_STACK

ARTICLE = ROOT / "processes/purchase-approval/purchase-route.table.yaml"
KEY = "purchase-rules-in-the-browser"


def article(folder: Path) -> Path:
    """The article's table under a name of its own, without the default row that closes its two holes."""
    lines = ARTICLE.read_text(encoding="utf-8").replace("table: purchase-route", f"table: {KEY}").splitlines()
    file = folder / f"{KEY}.table.yaml"
    file.write_text("\n".join(line for line in lines if not line.startswith("default")), encoding="utf-8")
    return file


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator(f"#cell-{row}-{column}")


async def test_the_article_s_table_is_imported_mended_approved_by_somebody_else_and_published(
    look: Looking, tmp_path: Path
) -> None:
    async with look("qian") as owner:
        page = await owner.open("/rules")
        await page.get_by_role("button", name="从文件导入").click()
        await page.locator("input[type=file]").set_input_files(article(tmp_path))
        await expect(cell(page, 0, 0)).to_have_text("小于 5,000 元")
        findings = page.get_by_role("region", name="检查结果")
        await expect(findings.get_by_text("金额大于 50,000、不超过 100,000 元，物料类型为 production")).to_be_visible()
        await expect(findings.get_by_text("物料类型为 office 或 service")).to_be_visible()

        await findings.get_by_role("button", name="试一下").first.click()
        trial = page.get_by_role("region", name="试算")
        await expect(trial.get_by_text("没有规则适用")).to_be_visible()
        await expect(trial.get_by_text("第 2 行只差一个条件")).to_be_visible()
        await trial.get_by_label("金额").fill("28000")
        await expect(trial.get_by_text("第 2 行 → 采购专员")).to_be_visible()
        await expect(page.locator(".grid-row.hit")).to_have_count(1)

        await findings.get_by_role("button", name="设默认行").first.click()
        await expect(findings.get_by_text("没有缺口，没有冲突")).to_be_visible()
        await expect(cell(page, 3, 2)).to_have_text("流程负责人")
        await page.get_by_role("button", name="检查与发布").click()
        gate = page.get_by_role("region", name="检查与发布")
        await expect(gate.get_by_text("只有默认行")).to_be_visible()
        await gate.get_by_role("checkbox", name="我确认").check()
        await gate.get_by_role("button", name="检查通过，提交批准").click()
        await expect(gate.get_by_text("请没有参与编写的同事打开本页批准")).to_be_visible()
        assert await owner.unfit_for_people() == []

    async with look("wang") as colleague:
        page = await colleague.open(f"/rules/{KEY}")
        await page.get_by_role("button", name="检查与发布").click()
        await page.get_by_role("button", name="批准这一版").click()
        await page.get_by_role("button", name="发布", exact=True).click()
        await expect(page.get_by_text("生效中 v1")).to_be_visible()

    async with look("qian", phone=True) as away:
        page = await away.open(f"/rules/{KEY}")
        await expect(page.get_by_text("请在电脑上编辑")).to_be_visible()
        await expect(page.get_by_role("listitem").filter(has_text="小于 5,000 元")).to_be_visible()
        assert not await away.is_wider_than_its_screen()
        assert await away.unfit_for_people() == []


async def test_rules_are_typed_pasted_moved_and_undone_by_keyboard_and_told_apart_from_what_is_in_force(
    look: Looking,
) -> None:
    async with look("qian") as owner:
        await owner.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = await owner.open("/rules/purchase-route")
        await page.get_by_role("button", name="起草新版本").click()
        await expect(page.get_by_text("草稿 v2")).to_be_visible()
        grid = page.get_by_role("grid", name="采购分派")
        await expect(cell(page, 0, 0)).to_have_text("小于 5,000 元")

        await grid.focus()
        await page.keyboard.press("F2")
        await page.get_by_role("textbox", name="金额").last.fill("低于8千")
        await page.keyboard.press("Enter")
        await expect(cell(page, 0, 0)).to_have_text("小于 8,000 元")
        await expect(page.get_by_text("同时适用").first).to_be_visible()
        await page.get_by_role("grid").press("Control+z")
        await expect(cell(page, 0, 0)).to_have_text("小于 5,000 元")

        await grid.press("Control+Home")
        await grid.press("Control+Enter")
        await page.evaluate("navigator.clipboard.writeText('5千以上（不含）\\t生产、office\\t宇航员\\t新规则')")
        await grid.press("Control+v")
        await expect(cell(page, 1, 0)).to_have_text("大于 5,000 元")
        await expect(page.get_by_text("“宇航员”不是角色、部门或人")).to_be_visible()
        await expect(cell(page, 1, 2)).to_have_attribute("aria-invalid", "true")
        await grid.press("Alt+ArrowUp")
        await expect(cell(page, 0, 3)).to_have_text("新规则")
        await grid.press("Control+Delete")
        await expect(cell(page, 0, 0)).to_have_text("小于 5,000 元")

        await grid.press("Home")
        await page.keyboard.press("F2")
        await page.get_by_role("textbox", name="金额").last.fill("<= 4999.99")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("已保存")).to_be_visible()
        await page.get_by_role("tab", name="版本").click()
        await page.get_by_role("button", name="改了什么").first.click()
        await expect(page.get_by_text("第 1 行的金额：小于 5,000 元 → 不超过 4,999.99 元")).to_be_visible()
        await page.get_by_role("tab", name="边界").click()
        await expect(page.get_by_role("cell", name="金额 4,999.99 元").first).to_be_visible()
        await page.get_by_role("tab", name="回测").click()
        await page.get_by_role("button", name="开始回测").click()
        await expect(page.get_by_text("结果不同")).to_be_visible(timeout=60_000)
        assert await owner.unfit_for_people() == []
