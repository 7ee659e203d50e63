"""`python -m bench.standins`: the sandbox, with two more doors for whoever measures."""

import asyncio
import time
from typing import Any

import uvicorn
from fastapi import FastAPI

from sandbox.app import create_app
from sandbox.erp.drafts import Draft
from sandbox.orders import ActionOrder
from sandbox.settings import SandboxSettings
from sandbox.state import Sandbox

APPROVER = "chen"
"""Who approves production material of category steel between 5,000 and 50,000."""

_PAUSE_SECONDS = 0.02
_DRAFT = Draft(
    title="轴承钢", applicant="li", department="生产部", amount="28000.00", material="production", category="steel"
)


def app_of(settings: SandboxSettings) -> FastAPI:
    app = create_app(settings)
    sandbox: Sandbox = app.state.sandbox

    @app.post("/bench/documents/{count}")
    async def submit(count: int) -> list[str]:
        """Files and submits that many requisitions; their numbers."""
        numbers = [sandbox.requisitions.create(_DRAFT).number for _ in range(count)]
        for number in numbers:
            sandbox.requisitions.act(number, "submit", ActionOrder(by=_DRAFT.applicant))
        return numbers

    @app.get("/bench/cards")
    async def cards(after: int, wait: float) -> list[tuple[str, float]]:
        """Titles of the approver's cards after so many, and when they came, in seconds; waits `wait` seconds for one.

        Whoever measures need not ask often, and so disturbs little.
        """
        until = time.monotonic() + wait
        while not (new := sandbox.cards.of(APPROVER)[after:]) and time.monotonic() < until:  # noqa: ASYNC110 - the sandbox announces no cards
            await asyncio.sleep(_PAUSE_SECONDS)
        return [(card.public["title"], card.created_at.timestamp()) for card in new]

    @app.get("/bench/bookings")
    async def bookings(after: int) -> dict[str, Any]:
        """The approvals booked after so many journal entries, with times in seconds."""
        journal = sandbox.requisitions.journal
        booked = [entry for entry in journal[after:] if entry.action == "approve"]
        return {
            "booked": [(entry.document, entry.at.timestamp()) for entry in booked],
            "entries": len(journal),
            "violations": [violation.what for violation in sandbox.violations.all()],
        }

    return app


def main() -> None:
    settings = SandboxSettings()
    uvicorn.run(app_of(settings), host=settings.host, port=settings.port, ws="none", log_level="warning")


if __name__ == "__main__":
    main()
