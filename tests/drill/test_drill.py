"""Many instances, processes killed and systems failing at random: and then the books are checked."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from tests.drill import verdict
from tests.drill.crowd import Crowd
from tests.drill.holdup import Watch
from tests.drill.plan import Plan, plan_of
from tests.drill.report import report
from tests.drill.trouble import Killer, Misfortune
from tests.drill.verdict import Settled
from tests.stack import Json, Stack, running_stack, until

pytestmark = pytest.mark.drill
LONGEST_HOLD_UP = 10.0
_LAST_ONE = 150.0
"""Seconds that the last instance may take once nothing fails any more; a minute is the longest pause between tries."""


async def test_nothing_is_lost_and_nothing_happens_twice_whatever_dies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plan_of()
    async with running_stack(tmp_path / "stack", SANDBOX_SEED=str(plan.seed)) as stack:
        crowd, watch = Crowd(stack, plan), Watch(stack)
        killer, misfortune = Killer(stack, plan, watch), Misfortune(stack, plan)
        began = time.monotonic()
        numbers: list[str] = []
        async with _under_way(crowd.work()):
            async with _under_way(killer.work(numbers)), _under_way(misfortune.work()):
                await _submit(stack, plan, numbers)
            await stack.no_more_faults()
            calm = time.monotonic()
            await _all_finished(stack, numbers)
        end = await verdict.settled(stack, numbers)
        over = time.monotonic()
        with capsys.disabled():
            print(f"\n{report(plan, crowd, killer, misfortune, end, over - began, over - calm)}")  # noqa: T201
        cards = await _final_cards(crowd, end)
        assert stack.dead() == []
    assert verdict.lost(end) == []
    assert verdict.doubled(end) == []
    assert verdict.unbalanced(end) == []
    assert verdict.unlike_decisions(end) == []
    assert verdict.misplaced_follow_ups(end) == []
    assert verdict.broken_promises(end, crowd.told) == []
    assert verdict.unverified(end) == []
    assert verdict.breaches(end) == []
    assert verdict.wrong_cards(end, cards) == []
    assert max((one.seconds for one in watch.hold_ups), default=0.0) <= LONGEST_HOLD_UP


async def _submit(stack: Stack, plan: Plan, numbers: list[str]) -> None:
    """One after the other, on the ERP's screen; now and then somebody there rejects one that is on its way."""
    chance = plan.chance
    for draft in plan.drafts():
        made = (await stack.sandbox.post("/erp/ui/requisitions", json=draft)).raise_for_status().json()
        numbers.append(made["number"])
        await asyncio.sleep(plan.pause)
        if chance.random() < 0.1:
            order = {"by": "wang", "note": "在 ERP 中驳回"}
            await stack.sandbox.post(f"/erp/ui/requisitions/{chance.choice(numbers[-12:])}/reject", json=order)


async def _final_cards(crowd: Crowd, end: Settled) -> dict[str, str]:
    """What the cards say once they say what they should, or after a while; the story of an instance ends first."""

    async def all_right() -> bool:
        return not verdict.wrong_cards(end, await crowd.ribbons())

    with suppress(AssertionError):
        await until("the final cards", all_right, _LAST_ONE)
    return await crowd.ribbons()


async def _all_finished(stack: Stack, numbers: Sequence[str]) -> None:
    """A document that is not there in time is left for the verdict, which names it."""

    async def all_ended() -> bool:
        ended, page = 0, await _page(stack)
        while page:
            ended += sum(view["status"] == "finished" for view in page)
            page = await _page(stack, after=page[-1]["id"])
        return ended == len(numbers)

    with suppress(AssertionError):
        await until("everything finished", all_ended, _LAST_ONE)


async def _page(stack: Stack, **place: str) -> list[Json]:
    reply = await stack.api.get("/api/v1/instances", params={"limit": "100", **place})
    page: list[Json] = reply.raise_for_status().json()
    return page


@asynccontextmanager
async def _under_way(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """`work` beside the block, cancelled at its end; its failure is the drill's failure."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)
        yield
        task.cancel()
