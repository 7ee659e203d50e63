"""`python -m bench first-load`: how much a phone fetches before the to-do list is there, as the API compresses it."""

import argparse
import asyncio
import gzip
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bench.page import ORIGIN, PHONE, built_page

BAR_KILOBYTES = 300
_LEVEL = 6  # of api/frontend


class FirstLoad(BaseModel):
    """Compressed kilobytes (1000 bytes) of all files, and how many there are; what the API answers is not counted."""

    files: int
    kilobytes: float
    bar_kilobytes: int
    is_within: bool


def main(arguments: list[str]) -> None:
    argparse.ArgumentParser(prog="python -m bench first-load", description=__doc__).parse_args(arguments)
    print(asyncio.run(measured()).model_dump_json(indent=2))


async def measured() -> FirstLoad:
    sent = dict[Path, int]()

    def weigh(file: Path) -> None:
        sent[file] = len(gzip.compress(file.read_bytes(), _LEVEL))

    async with built_page(_said, PHONE, weigh) as page:
        await page.goto(f"{ORIGIN}/tasks")
        await page.locator("h1").first.wait_for()
        await page.get_by_text(_TITLE).first.wait_for()
        await page.wait_for_load_state("networkidle")
    kilobytes = sum(sent.values()) / 1000
    return FirstLoad(
        files=len(sent),
        kilobytes=round(kilobytes, 1),
        bar_kilobytes=BAR_KILOBYTES,
        is_within=kilobytes <= BAR_KILOBYTES,
    )


def _said(address: str) -> Any:
    return _ANSWERS.get(address, [])


_TITLE = "Q235 钢板"
_LABEL = {"zh": "采购审批", "en": "Purchase approval"}
_AT = "2026-01-05T01:00:00Z"
_ITEM: dict[str, Any] = {
    "task": {
        "id": "i/approve/1/chen",
        "instance": "i",
        "node": "approve",
        "epoch": 1,
        "kind": "approval",
        "title": _LABEL,
        "person": "chen",
        "state": "open",
        "revision": 1,
        "form_hash": "f",
        "opened_at": _AT,
        "actions": ["approve", "reject"],
        "fields": {},
        "reason": _LABEL,
    },
    "instance": {
        "id": "i",
        "number": "PR-1",
        "title": _TITLE,
        "process": "purchase-approval",
        "process_title": _LABEL,
        "initiator": "li",
        "initiator_name": "李四",
        "system": "erp",
        "status": "running",
        "outcome": None,
        "started_at": _AT,
        "waiting_for": "",
        "summary": [],
        "amount": None,
    },
    "node_title": _LABEL,
    "due_at": None,
    "overdue": False,
    "dwell_since": _AT,
    "batch": True,
}
_ANSWERS: dict[str, Any] = {
    "/api/v1/session": {
        "person": {"id": "chen", "name": "陈静", "department": None, "position": ""},
        "rights": ["act"],
        "roles": [],
        "csrf": "",
        "must_change_password": False,
    },
    "/api/v1/todo": {"items": [_ITEM], "next": None},
    "/api/v1/todo/counts": {"open": 1, "overdue": 0, "due_today": 0, "unread": 0, "started": 0},
}
