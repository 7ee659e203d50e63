import asyncio
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import ClassVar

import structlog

from api.ending import ended

log = structlog.get_logger("api")


class Watch(ABC):
    """A background task of the API: it looks, rests and looks again, at once when it is woken.

    A look that fails is logged and made anew after the rest.
    """

    name: ClassVar[str]
    rest: ClassVar[float]
    """Seconds between two looks, unless a look says otherwise."""

    def __init__(self) -> None:
        self.is_ending = False
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """There may be something to do: look at once."""
        self._wake.set()

    @property
    def is_looking(self) -> bool:
        return self._task is not None and not self.is_ending

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=self.name)

    async def stop(self) -> None:
        """Ends after what is under way, if that is soon; a look that takes long heeds `is_ending`."""
        self.is_ending = True
        self.wake()
        if self._task is not None:
            await ended(self._task)

    async def _run(self) -> None:
        while not self.is_ending:
            self._wake.clear()
            rest = await self._looked()
            if not self.is_ending:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), rest)

    async def _looked(self) -> float:
        try:
            return await self.turn()
        except Exception:
            log.exception("watch.failed", watch=self.name)
            return self.rest

    @abstractmethod
    async def turn(self) -> float:
        """One look; the seconds to rest after it."""
