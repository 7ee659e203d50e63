"""The whole product with its pages, and browsers to look at them. One stack for all: bring documents of your own."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.stack import Stack, running_stack
from tests.web.looking import QUIET, Sight, looking
from web.__main__ import build

expect.set_options(timeout=20_000)  # milliseconds: what is expected comes when it comes, also where the machine is busy
Looking = Callable[..., AbstractAsyncContextManager[Sight]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    build()
    async with running_stack(tmp_path_factory.mktemp("web") / "stack") as stack:
        yield stack
        assert stack.dead() == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture
def look(stack: Stack, browser: Browser) -> Looking:
    """`async with look("chen", phone=True) as sight`: somebody's browser, logged in."""

    def of(person: str | None, **how: Any) -> AbstractAsyncContextManager[Sight]:
        return looking(browser, stack.places.api_url, person, **how)

    return of
