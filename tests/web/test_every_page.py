"""What holds of every page: anybody can use it, it fits every screen, and it loads nothing from anywhere else."""

from collections.abc import Iterable

import pytest

from tests.stack import Stack
from tests.web.conftest import Looking
from tests.web.looking import ON_ANOTHER_STACK, Sight
from tests.web.stage import OF_AN_INSTANCE, PAGES, page_of, waiting_for_zhang

pytestmark = ON_ANOTHER_STACK


@pytest.mark.parametrize(
    ("phone", "mode", "lang"),
    [(False, "light", "zh-CN"), (False, "dark", "en"), (True, "light", "en"), (True, "dark", "zh-CN")],
)
async def test_every_page_is_fit_for_everybody(look: Looking, stack: Stack, phone: bool, mode: str, lang: str) -> None:
    filed = await waiting_for_zhang(stack, "每一页")
    async with look("admin", phone=phone, mode=mode, lang=lang) as sight:
        found = await _unfit(sight, [*PAGES, *(f"{page_of(filed)}{view}" for view in OF_AN_INSTANCE)])
    async with look("zhang", phone=phone, mode=mode, lang=lang) as sight:
        [task] = (await stack.api.get(f"/api/v1/instances/{filed['id']}")).json()["tasks"]
        found += await _unfit(sight, [f"/tasks/{task['id']}", f"/tasks/of/{filed['id']}", "/tasks/of/nowhere"])
    async with look(None, phone=phone, mode=mode, lang=lang) as sight:
        found += await _unfit(sight, ["/login", "/setup"])

    assert found == []


async def _unfit(sight: Sight, paths: Iterable[str]) -> list[str]:
    """What is wrong with these pages, each in a line."""
    found = []
    for path in paths:
        await sight.open(path)
        found += [f"{path} {one}" for one in await sight.unfit_for_people()]
        if await sight.is_wider_than_its_screen():
            found.append(f"{path} is wider than its screen")
    return found


async def test_who_is_not_logged_in_is_asked_to(look: Looking) -> None:
    async with look(None) as sight:
        page = await sight.open("/tasks")

        assert "/login?to=%2Ftasks" in page.url
