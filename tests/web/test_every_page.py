"""What holds of every page: anybody can use it, it fits every screen, and it loads nothing from anywhere else."""

import pytest

from tests.web.conftest import Looking
from tests.web.looking import ON_ONE_STACK

pytestmark = ON_ONE_STACK

PAGES = ("/", "/tasks", "/instances", "/flows", "/rules", "/people", "/admin", "/me")


@pytest.mark.parametrize(
    ("phone", "mode", "lang"),
    [(False, "light", "zh-CN"), (False, "dark", "en"), (True, "light", "en"), (True, "dark", "zh-CN")],
)
async def test_every_page_is_fit_for_everybody(look: Looking, phone: bool, mode: str, lang: str) -> None:
    found = []
    async with look("admin", phone=phone, mode=mode, lang=lang) as sight:
        for path in PAGES:
            await sight.open(path)
            found += [f"{path} {one}" for one in await sight.unfit_for_people()]
            if await sight.is_wider_than_its_screen():
                found.append(f"{path} is wider than its screen")

    assert found == []


async def test_who_is_not_logged_in_is_asked_to(look: Looking) -> None:
    async with look(None) as sight:
        page = await sight.open("/tasks")

        assert "/login?to=%2Ftasks" in page.url
