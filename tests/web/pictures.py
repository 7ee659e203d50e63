"""`make pictures`: how every page looks, for people to judge; no test compares pictures.

On a desktop and a phone, light and dark, in Chinese and English, with requests in several states on the stage.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from demo.story import submit
from tests.browser import NO_BROWSER, chromium_path
from tests.stack import Stack, running_stack
from tests.web.looking import QUIET, looking
from tests.web.stage import OF_AN_INSTANCE, PAGES, page_of
from web.__main__ import build

LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {},
    "dark": {"mode": "dark"},
    "english": {"lang": "en"},
    "phone": {"phone": True},
}


async def draw(folder: Path) -> None:
    """One picture a page and a look, as `folder`/<look>/<person>-<page>.png."""
    chromium = chromium_path()
    if chromium is None:
        raise SystemExit(NO_BROWSER)
    build()
    with tempfile.TemporaryDirectory() as place:
        async with running_stack(Path(place) / "stack") as stack, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
            pages = await set_stage(stack)
            for name, how in LOOKS.items():
                (folder / name).mkdir(parents=True, exist_ok=True)
                for person, paths in pages.items():
                    async with looking(browser, stack.places.api_url, person, **how) as sight:
                        for page, path in paths.items():
                            await sight.open(path)
                            await sight.page.screenshot(path=folder / name / f"{person}-{page}.png")


async def set_stage(stack: Stack) -> dict[str, dict[str, str]]:
    """Some requests are filed, one is decided, one came back; who looks at which pages, by name."""
    await submit(stack.outside)
    done, steel, lathe = await submit(stack.outside)
    await stack.outside.press("zhang", done, "approve", "同意")
    await stack.outside.press("wang", lathe, "reject", "请补充三家比价")
    waiting = await stack.outside.until("instance", lambda: stack.outside.instance(steel))
    finished = await stack.outside.until("instance", lambda: _finished(stack, done))
    [task] = (await stack.by_person["chen"].get("/api/v1/tasks", params={"state": "open", "limit": 1})).json()
    of_instances = [f"{page_of(waiting)}", *(f"{page_of(finished)}{view}" for view in OF_AN_INSTANCE)]
    of_tasks = ["/", *(page for page in PAGES if page.startswith("/tasks")), f"/tasks/{task['id']}"]
    return {"chen": _named(of_tasks), "admin": _named([*PAGES, *of_instances])}


def _named(paths: Iterable[str]) -> dict[str, str]:
    """The paths, by a name that says where in the order each is, and begins as it does."""
    return {
        f"{number:02}-{re.sub(r'[^a-z]+', '-', path[:24]).strip('-') or 'home'}": path
        for number, path in enumerate(paths)
    }


async def _finished(stack: Stack, number: str) -> dict[str, Any] | None:
    found = await stack.outside.instance(number)
    return found if found and found["status"] == "finished" else None


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
