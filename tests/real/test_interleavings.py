"""However presses on 或签 fall together, each has one outcome and each activation one decision.

An interleaving is one activation with all that is pressed on it. `make interleavings` plays 1,000 of them.
"""

import asyncio
import os
from collections import Counter

import pytest
from temporalio.client import Client

from postroad.model.decision import Verdict
from postroad.model.people import Organisation
from postroad.model.task import Task, TaskState
from postroad.store.database import Database
from postroad.store.tasks import Tasks
from tests.real.interleavings import PEOPLE, Interleavings, process_of
from tests.real.outcomes import decisions_in, histories, presses_with_two_outcomes, story_of
from tests.real.place import Place, open_place
from tests.real.vectors import organisation, systems

WANTED = int(os.environ.get("POSTROAD_INTERLEAVINGS", "200"))
SEED = int(os.environ.get("POSTROAD_INTERLEAVINGS_SEED", "1"))
EACH = 20
"""Activations of one instance."""

FAIR = {Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.LATE}
"""Everybody who presses had been asked; so nothing is forbidden, it is only too late."""

WAYS = {"api twice", "chat twice", "both", "lost", "unheard", "old screen"}
ENOUGH = 100
"""Interleavings among which each of the ways is certainly found."""

SIDE_BY_SIDE = 8


@pytest.mark.timeout(600)
async def test_presses_that_fall_together_have_one_outcome_each_and_decide_once(
    database: Database, temporal: Client
) -> None:
    seeds = range(SEED, SEED + max(1, WANTED // EACH))
    async with open_place(database, temporal, with_phones(), systems([process_of("any")])) as place:
        gate = asyncio.Semaphore(SIDE_BY_SIDE)
        results = await asyncio.gather(*(played(place, seed, gate) for seed in seeds))

    problems = {seed: found for seed, (_, found) in zip(seeds, results, strict=True) if found}
    ways = sum((one.ways for one, _ in results), Counter[str]())
    assert not problems, f"{problems}\nPOSTROAD_INTERLEAVINGS_SEED=… with POSTROAD_INTERLEAVINGS=1 plays one seed"
    assert sum(one.done for one, _ in results) >= WANTED
    assert set(ways) >= WAYS or WANTED < ENOUGH


def with_phones() -> Organisation:
    known = organisation()
    people = [one.model_copy(update={"accounts": {"dingtalk": f"ding-{one.id}"}}) for one in known.people]
    return known.model_copy(update={"people": tuple(people)})


async def played(place: Place, seed: int, gate: asyncio.Semaphore) -> tuple[Interleavings, list[str]]:
    async with gate:
        one = Interleavings(place, f"any-{seed}", seed, EACH)
        try:
            await one.play()
        except AssertionError as wrong:
            return one, [str(wrong)]
        return one, await problems_of(place, one)


async def problems_of(place: Place, one: Interleavings) -> list[str]:
    database = place.office.database
    runs = [events async for events in histories(place.office.temporal, one.instance)]
    kept = await one.kept()
    lines = await story_of(database, one.instance)
    async with database.read() as session:
        tasks = await Tasks(session).of_instance(one.instance)
    accepted = {click for click, answer in kept.items() if answer and answer.verdict is Verdict.ACCEPTED}
    counted = decisions_in(lines)
    booked = [key for _, _, key, _ in place.systems["pms"].journal if key.startswith(f"{one.instance}:book:")]
    return [
        *await presses_with_two_outcomes(database, one.instance, runs, one.told),
        *(f"a phone showed {card.params}" for card in one.cards if not card.is_right(kept[card.click])),
        *(f"{key} ended {times} times" for key, times in ends_of(tasks).items() if times != 1),
        *(["a decision counted twice"] if len({task for task, _ in counted}) < len(counted) else []),
        *(["a press that was not accepted counted"] if not {click for _, click in counted} <= accepted else []),
        *(f"{click[:8]} on an old screen was accepted" for click in one.old_screens & accepted),
        *(
            f"{click[:8]} was {answer.verdict}"
            for click, answer in kept.items()
            if answer and answer.verdict not in FAIR
        ),
        *([f"booked {booked}"] if len(booked) != 1 else []),
    ]


def ends_of(tasks: list[Task]) -> dict[str, int]:
    """By activation, how many decided it."""
    asked = [task for task in tasks if task.node in PEOPLE]
    decided = Counter(f"{task.node}/{task.epoch}" for task in asked if task.state is TaskState.DONE)
    return {f"{task.node}/{task.epoch}": decided[f"{task.node}/{task.epoch}"] for task in asked}
