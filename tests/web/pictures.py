"""`make pictures`: how every page looks, for people to judge; no test compares pictures.

On a desktop and a phone, light and dark, in Chinese and English, with requests in several states on the stage.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from demo.story import submit
from tests.browser import NO_BROWSER, chromium_path
from tests.stack import Stack, running_stack
from tests.web.looking import QUIET, looking
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
    everything = {
        "home": "/",
        "trace": "/instances",
        "instance": f"/instances/{waiting['id']}",
        "finished": f"/instances/{finished['id']}",
        "flows": "/flows",
        "flow": "/flows/purchase-approval",
        "rules": "/rules",
        "rule": "/rules/purchase-route",
        "people": "/people",
        "admin": "/admin",
        "me": "/me",
    }
    return {"chen": {"home": "/", "tasks": "/tasks", "task": f"/tasks/{task['id']}"}, "admin": everything}


async def _finished(stack: Stack, number: str) -> dict[str, Any] | None:
    found = await stack.outside.instance(number)
    return found if found and found["status"] == "finished" else None


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
