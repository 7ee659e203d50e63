"""A browser as somebody has it: their session, their screen; it notes everything that a page must never do."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Page, expect

from demo.stages import PASSWORD
from tests.house.tree import ROOT

Mode = Literal["light", "dark"]
Lang = Literal["zh-CN", "en"]
DESKTOP = {"width": 1440, "height": 900}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = {"width": 390, "height": 844}
AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
_IN_ONE_LOOP = (pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser, pytest.mark.timeout(400))
ON_ONE_STACK = [*_IN_ONE_LOOP, pytest.mark.xdist_group("web")]
"""The marks of the modules here: their tests share a stack, hence a process and an event loop.

The first one's time holds the start of the stack, which takes a minute and more where the machine is busy.
"""

ON_ANOTHER_STACK = [*_IN_ONE_LOOP, pytest.mark.xdist_group("web-pages")]
"""For the module that takes as long as all others, beside them."""

BUSY = "[aria-busy=true], .ant-spin-spinning, .ant-skeleton-active"
_GRAVE = {"critical", "serious"}


@dataclass
class Sight:
    """One person's page, and what went wrong on it: script errors, violations of the policy, requests that leave."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)

    async def open(self, path: str) -> Page:
        """The page at this address, once it shows what it has to show."""
        await self.page.goto(f"{self.url}{path}")
        await expect(self.page.locator("h1").first).to_be_visible()
        await expect(self.page.locator(BUSY)).to_have_count(0)
        return self.page

    async def unfit_for_people(self) -> list[str]:
        """What axe finds critical or serious, one line each."""
        await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = await self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        grave = [one for one in found["violations"] if one["impact"] in _GRAVE]
        return [f"{one['id']}: {node['html'][:160]}" for one in grave for node in one["nodes"]]

    async def is_wider_than_its_screen(self) -> bool:
        return bool(await self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@asynccontextmanager
async def looking(
    browser: Browser, url: str, person: str | None, *, phone: bool = False, mode: Mode = "light", lang: Lang = "zh-CN"
) -> AsyncIterator[Sight]:
    """The browser of this person, logged in; of nobody with None. What went wrong on its pages is told at the end."""
    context = await browser.new_context(
        viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
        has_touch=phone,
        is_mobile=phone,
        locale=lang,
        reduced_motion="reduce",
    )
    kept = json.dumps({"postroad.lang": lang, "postroad.mode": mode})
    await context.add_init_script(f"for (const [k, v] of Object.entries({kept})) localStorage.setItem(k, v)")
    if person is not None:
        told = await context.request.post(f"{url}/api/v1/session", data={"login": person, "password": PASSWORD})
        assert told.ok, await told.text()
    sight = Sight(await context.new_page(), url)
    _watch(sight)
    try:
        yield sight
    finally:
        await context.close()
    assert sight.wrong == []


def _watch(sight: Sight) -> None:
    page = sight.page
    page.on("pageerror", lambda error: sight.wrong.append(f"error: {error}"))
    page.on("console", lambda said: sight.wrong.append(said.text) if _is_grave(said.type, said.text) else None)
    page.on("request", lambda sent: sight.wrong.append(f"left: {sent.url}") if _leaves(sent.url, sight.url) else None)


def _is_grave(kind: str, text: str) -> bool:
    # an answer that is no 2xx is written to the console by the browser itself; tests look at those on the page
    return kind == "error" and not text.startswith("Failed to load resource")


def _leaves(address: str, url: str) -> bool:
    return not address.startswith((url, "data:", "blob:"))
