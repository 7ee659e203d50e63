"""`python -m bench canvas`: how long the designer takes from a step that is put in until it is painted.

In a real browser, with the pages as they are built and answers that are ready, so that only the canvas is measured.
"""

import argparse
import asyncio
from collections.abc import Mapping
from statistics import median
from typing import Any

from playwright.async_api import Page
from pydantic import BaseModel

from bench.page import DESKTOP, ORIGIN, built_page

STEPS = 130
BAR_SECONDS = 0.5
KEY = "bench"

_PAINTED = """
menu => new Promise(done => {
  const cards = () => document.querySelectorAll('.flow-card').length
  const [before, begun] = [cards(), performance.now()]
  menu.click()
  const look = () => requestAnimationFrame(() => setTimeout(
    () => (cards() > before || !document.contains(menu)) ? done(performance.now() - begun) : look()))
  look()
})
"""
"""Milliseconds from the click until the frame after the one that showed the step is there."""


class Canvas(BaseModel):
    """Seconds from insert to paint: the middle of the rounds and the worst of them."""

    steps: int
    rounds: int
    insert_to_paint_seconds: float
    worst_seconds: float
    bar_seconds: float
    is_within: bool


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench canvas", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args(arguments)
    print(asyncio.run(measured(options.rounds)).model_dump_json(indent=2))


async def measured(rounds: int) -> Canvas:
    async with built_page(_said, DESKTOP) as page:
        await page.goto(f"{ORIGIN}/flows/{KEY}")
        await page.locator(".flow-card").first.wait_for()
        taken = [await _inserted(page) for _ in range(rounds)]
    middle = median(taken)
    return Canvas(
        steps=STEPS,
        rounds=rounds,
        insert_to_paint_seconds=round(middle, 3),
        worst_seconds=round(max(taken), 3),
        bar_seconds=BAR_SECONDS,
        is_within=middle < BAR_SECONDS,
    )


async def _inserted(page: Page) -> float:
    await page.locator(".flow-plus").nth(1).click()
    item = page.locator(".flow-menu button").first
    await item.wait_for()
    taken: float = await item.evaluate(_PAINTED)
    return taken / 1000


def _said(address: str) -> Any:
    answers: Mapping[str, Any] = {
        "/api/v1/session": _SESSION,
        "/api/v1/processes/vocabulary": _WORDS,
        "/api/v1/processes/check": {"problems": [], "remarks": [], "sentences": []},
        f"/api/v1/processes/{KEY}/versions": {"key": KEY, "title": _TITLE, "in_force": None, "versions": [_LINE]},
    }
    return answers.get(address, {**_LINE, "key": KEY, "title": _TITLE, "process": _process(), "cases": []})


def _process() -> dict[str, Any]:
    """Approvals, forks with work in them and actions, one after another, until there are enough."""
    steps: list[dict[str, Any]] = []
    for number in range(STEPS // 5):
        steps += [
            {"approval": f"approve_{number}", "title": f"审批 {number}", "who": [{"initiator": True}]},
            {
                "branch": f"ways_{number}",
                "branches": [{"when": {"amount": "> 5000"}, "steps": [{"work": f"work_{number}", "who": []}]}],
                "otherwise": [{"cc": f"tell_{number}", "who": []}],
            },
            {"effect": f"act_{number}", "connector": "erp", "entity": "order", "action": "approve"},
        ]
    return {"process": KEY, "title": _TITLE, "document": {}, "owner": {"role": "process_owner"}, "steps": steps}


_TITLE = {"zh": "画布", "en": "Canvas"}
_SESSION = {
    "person": {"id": "bench", "name": "试", "department": None, "position": ""},
    "rights": ["processes", "read"],
    "roles": [],
    "csrf": "",
    "must_change_password": False,
}
_LINE = {
    "version": 1,
    "stage": "draft",
    "in_force": False,
    "sha256": "",
    "authors": [],
    "notes": "",
    "changed_at": "2026-01-05T01:00:00Z",
    "approver": None,
    "published_at": None,
    "effective_from": None,
    "retired_at": None,
    "revision": 1,
    "origin": None,
    "release": None,
}
_NAMED = ("documents", "systems", "tables", "roles", "departments", "people", "positions", "skills", "processes")
_WORDS: dict[str, list[Any]] = {name: [] for name in _NAMED}
