import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from temporalio import activity

_EVERY_SECONDS = 0.5


@asynccontextmanager
async def beating() -> AsyncIterator[None]:
    """Heartbeats in the background for as long as the block lasts, so that a dead worker is noticed within seconds."""
    beat = asyncio.create_task(_beat())
    try:
        yield
    finally:
        beat.cancel()
        with suppress(asyncio.CancelledError):
            await beat


async def _beat() -> None:
    while True:
        # not at once: every beat is a write at the server, and most steps are over before one is due
        await asyncio.sleep(_EVERY_SECONDS)
        activity.heartbeat()
