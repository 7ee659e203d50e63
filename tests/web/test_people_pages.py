"""Keeping people, their logins and their absences in the browser, as those do who may, and those who may not."""

import io
import re

from openpyxl import load_workbook
from playwright.async_api import Page, expect

from demo.stages import PASSWORD
from tests.web.conftest import Looking
from tests.web.looking import ON_ONE_STACK

pytestmark = ON_ONE_STACK

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def test_who_maintains_people_adds_somebody_gives_a_duty_and_finds_it_in_the_audit_log(look: Looking) -> None:
    async with look("admin") as sight:
        page = await sight.open("/people")
        await page.get_by_role("tree").get_by_text("财务部").click()
        await expect(page.get_by_role("heading", name="财务部")).to_be_visible()
        await page.get_by_role("button", name="新增人员").click()
        drawer = page.get_by_role("dialog")
        await drawer.get_by_label("工号").fill("F-01")
        await drawer.get_by_label("姓名").fill("冯会计")
        await drawer.get_by_label("岗位").fill("会计")
        await page.get_by_role("button", name="添加技能").click()
        await page.get_by_label("技能名称").fill("ledger")
        assert await sight.unfit_for_people() == []
        await page.get_by_role("button", name="保存").click()
        await expect(drawer.get_by_text("公司 / 财务部")).to_be_visible()
        await expect(drawer.get_by_text("ledger 1 级")).to_be_visible()

        await sight.open("/people/roles")
        await page.get_by_role("button", name="授予角色").click()
        await page.get_by_label("角色", exact=True).fill("bookkeeper")
        await _choose(page, "担任人", "冯会计")
        await page.get_by_label("中文名称").fill("记账员")
        await page.get_by_role("button", name="保存").click()
        await expect(page.get_by_role("cell", name="记账员 bookkeeper")).to_be_visible()
        await page.get_by_role("button", name="收回 冯会计 的 记账员").click()
        await page.get_by_role("button", name="收回", exact=True).click()
        await expect(page.get_by_role("cell", name="记账员 bookkeeper")).to_have_count(0)

        await sight.open("/admin/audit")
        row = page.get_by_role("row").filter(has_text="收回担任角色").first
        await row.click()
        await expect(page.get_by_role("rowheader", name="角色")).to_be_visible()
        assert await sight.unfit_for_people() == []


async def test_two_who_change_one_person_do_not_undo_each_other(look: Looking) -> None:
    async with look("admin") as first, look("admin") as second:
        for sight in (first, second):
            page = await sight.open("/people?person=deng")
            await page.get_by_role("button", name="编辑").click()
            await page.get_by_label("手机").fill("13900000000" if sight is first else "13911111111")
        await first.page.get_by_role("button", name="保存").click()
        await expect(first.page.get_by_text("13900000000")).to_be_visible()
        await second.page.get_by_role("button", name="保存").click()

        await expect(second.page.get_by_role("alert").filter(has_text="刚被别人修改")).to_be_visible()


async def test_an_import_shows_what_is_wrong_and_what_would_change_before_anything_does(look: Looking) -> None:
    async with look("admin") as sight:
        exported = await sight.page.context.request.get(f"{sight.url}/api/v1/people/export")
        book = load_workbook(io.BytesIO(await exported.body()))
        wrong, better = book["人员"], io.BytesIO()
        people = {row[0].value: row for row in wrong.iter_rows(min_row=2)}
        headings = [cell.value for cell in wrong[1]]
        position = people["zhou"][headings.index("岗位")]
        position.value = "采购主管"
        book.save(better)
        people["zhou"][headings.index("上级")].value = "不存在"
        worse = io.BytesIO()
        book.save(worse)

        page = await sight.open("/people/import")
        chooser = page.locator("input[type=file]")
        await chooser.set_input_files({"name": "人员.xlsx", "mimeType": XLSX, "buffer": worse.getvalue()})
        await expect(page.get_by_role("alert").filter(has_text="有 1 处需要改正")).to_be_visible()
        await expect(page.get_by_role("row").filter(has_text="名单中没有 不存在")).to_contain_text("上级")
        await chooser.set_input_files({"name": "人员.xlsx", "mimeType": XLSX, "buffer": better.getvalue()})
        await expect(page.get_by_role("row").filter(has_text="采购主管")).to_contain_text("周涛")
        await expect(page.get_by_role("button", name=re.compile("^导入 "))).to_be_visible()
        assert await sight.unfit_for_people() == []


async def test_a_member_sees_the_directory_and_says_the_own_absence_on_the_phone(look: Looking) -> None:
    async with look("li", phone=True) as sight:
        page = await sight.open("/people?search=何平")
        await page.get_by_role("button", name="何平").click()
        await expect(page.get_by_role("dialog").get_by_text("公司 / 售后服务部")).to_be_visible()
        await expect(page.get_by_text("联系方式与账号")).to_have_count(0)
        await expect(page.get_by_role("button", name="新增人员")).to_have_count(0)

        await sight.open("/me/absences")
        await page.get_by_role("button", name="登记代理").click()
        await _choose(page, "代理人", "郭静")
        await page.get_by_role("dialog").get_by_role("button", name="登记代理").click()
        await expect(page.get_by_text("郭静 代 李四", exact=True)).to_be_visible()
        assert not await sight.is_wider_than_its_screen()
        assert await sight.unfit_for_people() == []
        await page.get_by_role("button", name="结束代理：郭静 代 李四").click()
        await page.get_by_role("dialog").get_by_role("button", name="结束代理").click()
        await expect(page.get_by_text("郭静 代 李四", exact=True)).to_have_count(0)

        await sight.open("/admin")
        await expect(page).to_have_url(f"{sight.url}/")


async def test_a_new_login_is_made_its_password_changed_and_the_way_leads_on(look: Looking) -> None:
    async with look("admin") as sight:
        page = await sight.open("/admin")
        await page.get_by_role("button", name="新增登录").click()
        await _choose(page, "人员", "于洋")
        await page.get_by_role("button", name="创建登录").click()
        once = await page.locator("code.once").text_content()
        assert once
        await page.get_by_role("button", name="已保存好").click()
        await expect(page.get_by_role("row").filter(has_text="于洋")).to_contain_text("待修改密码")

    async with look(None) as sight:
        page = await sight.open("/people")
        await _log_in(page, "yu", "not the password")
        await expect(page.get_by_role("alert").filter(has_text="登录名或密码不正确")).to_be_visible()
        assert await sight.unfit_for_people() == []
        await _log_in(page, "yu", once)
        await expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
        await page.get_by_label("现在的密码").fill(once)
        for label in ("新密码", "再输一次新密码"):
            await page.get_by_label(label, exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="修改密码").click()
        await expect(page).to_have_url(f"{sight.url}/")
        await page.get_by_role("link", name="于洋").click()
        await page.get_by_role("button", name="退出登录").click()
        await expect(page.get_by_role("heading", name="登录驿道")).to_be_visible()
        await page.goto(f"{sight.url}/login?to=%2Fme")
        await _log_in(page, "yu", PASSWORD)
        await expect(page.get_by_role("heading", name="于洋")).to_be_visible()


async def _log_in(page: Page, login: str, password: str) -> None:
    await page.get_by_label("登录名").fill(login)
    await page.get_by_label("密码", exact=True).fill(password)
    await page.get_by_role("button", name="登录", exact=True).click()


async def _choose(page: Page, label: str, name: str) -> None:
    """Somebody from a field that finds people."""
    field = page.get_by_role("dialog").get_by_label(label, exact=True)
    await field.click()
    await field.fill(name)
    await page.get_by_title(re.compile(f"^{name}")).first.click()
