import asyncio
import re
from types import TracebackType
from typing import Any, Self

import httpx

_PAUSE_SECONDS = 0.02
_WAIT_SECONDS = 1.0
_PATIENCE_SECONDS = 60.0
_NUMBER = re.compile(r"PR-\d+-\d+")


class Watch:
    """What reached the sandbox and when, in its own clock's seconds; timed by the sandbox, not by when we look."""

    def __init__(self, sandbox: httpx.AsyncClient) -> None:
        self._sandbox = sandbox
        self._cards: dict[str, asyncio.Future[float]] = {}
        self._entries = 0

    async def __aenter__(self) -> Self:
        self._looking = asyncio.create_task(self._look_on())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._looking.cancel()
        await asyncio.gather(self._looking, return_exceptions=True)

    async def documents(self, count: int) -> list[str]:
        """That many newly submitted documents."""
        numbers: list[str] = (await self._sandbox.post(f"/bench/documents/{count}")).raise_for_status().json()
        return numbers

    async def card(self, number: str) -> float:
        """When the first card of this document appeared. Raises TimeoutError after a minute."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await asyncio.shield(self._card(number))
        except TimeoutError as late:
            raise TimeoutError(f"no card for {number} within {_PATIENCE_SECONDS:g} s") from late

    async def bookings(self) -> dict[str, list[float]]:
        """When each document was approved in the ERP, since the last time this was asked.

        Raises:
            RuntimeError: somebody broke a rule of the chat platform.
        """
        told: dict[str, Any] = await self._get("/bench/bookings", after=self._entries)
        if told["violations"]:
            raise RuntimeError(f"violations: {told['violations']}")
        self._entries = told["entries"]
        booked: dict[str, list[float]] = {}
        for number, at in told["booked"]:
            booked.setdefault(number, []).append(at)
        return booked

    async def _look_on(self) -> None:
        seen = 0
        while True:
            told: list[tuple[str, float]] = await self._get("/bench/cards", after=seen, wait=_WAIT_SECONDS)
            seen += len(told)
            for title, at in told:
                first = self._card(_number(title))
                if not first.done():
                    first.set_result(at)
            await asyncio.sleep(_PAUSE_SECONDS)

    def _card(self, number: str) -> asyncio.Future[float]:
        return self._cards.setdefault(number, asyncio.get_running_loop().create_future())

    async def _get(self, path: str, **query: float) -> Any:
        return (await self._sandbox.get(path, params=query)).raise_for_status().json()


def _number(title: str) -> str:
    found = _NUMBER.search(title)
    if found is None:
        raise ValueError(f"the card {title!r} names no document")
    return found[0]
