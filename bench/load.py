"""A closed loop of clients: each starts an instance, decides when its card is there, and waits for the end."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import psutil

from bench.sides import Side
from bench.watch import Watch

_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Passage:
    """One instance's way: seconds from its start to its card, and from the click to the ERP's booking."""

    instance: str
    start_to_card: float
    click_to_erp: float


@dataclass(frozen=True)
class Round:
    """One side's turn: how long it took, the CPU seconds of each process in it, and every passage."""

    seconds: float
    cpu: Mapping[str, float]
    passages: Sequence[Passage]


async def played(side: Side, watch: Watch, count: int, clients: int, pids: Mapping[str, int]) -> Round:
    """That many instances from start to end. Raises RuntimeError unless each was booked exactly once."""
    numbers = await watch.documents(count)
    ways: list[tuple[str, str, float, float]] = []

    async def way(number: str) -> None:
        ways.append(await _way(side, watch, number))

    before, began = _cpu(pids), time.perf_counter()
    await side_by_side(numbers, way, clients)
    seconds, after = time.perf_counter() - began, _cpu(pids)
    booked = await watch.bookings()
    wrong = {number: booked.get(number) for number in numbers if len(booked.get(number, [])) != 1}
    if wrong:
        raise RuntimeError(f"{side.name}: not booked exactly once: {wrong}")
    passages = [Passage(name, card, booked[number][0] - click) for number, name, card, click in ways]
    return Round(seconds, {name: after[name] - before[name] for name in pids}, passages)


async def opened(side: Side, watch: Watch, count: int, clients: int) -> None:
    """That many instances as far as their cards, where they wait for somebody."""

    async def way(number: str) -> None:
        await side.start(number)
        await watch.card(number)

    await side_by_side(await watch.documents(count), way, clients)


async def side_by_side(numbers: Sequence[str], way: Callable[[str], Awaitable[None]], clients: int) -> None:
    """Takes every number its way, with so many clients at a time."""
    waiting = iter(numbers)

    async def client() -> None:
        for number in waiting:
            await way(number)

    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(client())


async def _way(side: Side, watch: Watch, number: str) -> tuple[str, str, float, float]:
    started = time.time()
    instance = await side.start(number)
    carded = await watch.card(number)
    clicked = time.time()
    await side.press(instance)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await side.handle(instance).result()
    except TimeoutError as late:
        raise TimeoutError(f"{instance} has not ended {_PATIENCE_SECONDS:g} s after its decision") from late
    return number, instance, carded - started, clicked


def _cpu(pids: Mapping[str, int]) -> dict[str, float]:
    times = {name: psutil.Process(pid).cpu_times() for name, pid in pids.items()}
    return {name: spent.user + spent.system for name, spent in times.items()}
