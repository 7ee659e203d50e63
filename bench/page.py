"""The built pages in a real browser, with answers of the API that are ready."""

import json
import mimetypes
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from playwright.async_api import Page, Route, async_playwright

from tests.browser import NO_BROWSER, chromium_path
from web.__main__ import STATIC, build

ORIGIN = "http://postroad.test"
DESKTOP, PHONE = (1440, 900), (390, 844)


@asynccontextmanager
async def built_page(
    said: Callable[[str], Any], size: tuple[int, int], sent: Callable[[Path], None] = lambda _: None
) -> AsyncIterator[Page]:
    """A page of so many pixels. `said` is what the API answers to a path; `sent` is told each built file it is sent."""
    path = chromium_path()
    if path is None:
        raise SystemExit(NO_BROWSER)
    build()

    async def answer(route: Route) -> None:
        address = urlparse(route.request.url).path
        if address == "/api/v1/changes":
            await route.abort()
        elif address.startswith("/api/v1/"):
            await route.fulfill(status=200, content_type="application/json", body=json.dumps(said(address)))
        else:
            file = STATIC / address.removeprefix("/")
            file = file if file.is_file() else STATIC / "index.html"
            sent(file)
            await route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/html")

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = await browser.new_page(viewport={"width": size[0], "height": size[1]})
        await page.route(re.compile(".*"), answer)
        yield page
        await browser.close()
