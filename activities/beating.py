import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from temporalio import activity

_EVERY_SECONDS = 0.5


@contextmanager
def beating() -> Iterator[None]:
    """Heartbeats in the background for as long as the block lasts, so that a dead worker is noticed within seconds.

    Not at once: every beat is a write at the server, and most steps are over before one is due.
    """
    loop = asyncio.get_running_loop()
    timer: asyncio.TimerHandle

    def beat() -> None:
        nonlocal timer
        activity.heartbeat()
        timer = loop.call_later(_EVERY_SECONDS, beat)

    timer = loop.call_later(_EVERY_SECONDS, beat)
    try:
        yield
    finally:
        timer.cancel()
