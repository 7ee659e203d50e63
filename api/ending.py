import asyncio
from typing import Any

FAREWELL = 6.0
"""Seconds that work under way may take to finish when the application stops; no call of ours takes longer."""


async def ended(*work: asyncio.Task[Any]) -> None:
    """Lets work finish by itself: cut off in the middle, it would leave a database connection open."""
    if not work:
        return
    _, unfinished = await asyncio.wait(work, timeout=FAREWELL)
    for task in unfinished:
        task.cancel()
    await asyncio.gather(*unfinished, return_exceptions=True)
