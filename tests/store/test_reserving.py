"""Whoever is chosen has the task counted at once, and once, whoever else chooses, and whatever dies meanwhile."""

import asyncio
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from postroad.directory import choose
from postroad.model.assignment import Load
from postroad.model.decision import Action
from postroad.model.task import TaskState
from postroad.store import Database
from postroad.store.assignments import Assignments
from postroad.store.load_check import LoadCheck
from postroad.store.loads import Change, Loads
from postroad.store.reserving import Wanted, reserve
from postroad.store.tasks import Tasks
from tests.store.dispatching import give, loads_of, one_of, pool
from tests.store.samples import NOW, a_task, later

ROOT = Path(__file__).parents[2]
PEOPLE = [f"p{number:02}" for number in range(20)]


async def test_a_task_asked_for_three_times_is_given_to_the_same_person_and_counted_once(database: Database) -> None:
    given = [await give(database, "i/repair/1/1", "an", "bo", at=later(number)) for number in range(3)]

    assert given == ["an"] * 3
    assert await loads_of(database, "an") == {"an": (1, 60)}


async def test_retries_that_overlap_count_once(database: Database) -> None:
    given = await asyncio.gather(*(give(database, "i/repair/1/1", *PEOPLE) for _ in range(8)))

    assert len(set(given)) == 1
    assert sum(tasks for tasks, _ in (await loads_of(database, *PEOPLE)).values()) == 1


async def test_the_choice_is_kept_with_all_it_was_made_from(database: Database) -> None:
    await give(database, "i/repair/1/1", "an", "bo")
    trace = await reserve(database, Wanted("i/repair/2/1", pool("an", "bo"), later()))

    async with database.read() as session:
        kept = await Assignments(session).of_visit("i/repair/2/7")
    assert kept is not None
    assert (kept.number, kept.at, kept.trace) == (2, later(), trace)
    assert choose(kept.trace.shortlist, kept.trace.loads, kept.trace.before) == kept.trace.choice


async def test_many_who_choose_at_once_spread_what_there_is(database: Database) -> None:
    numbers = range(80)
    given = await asyncio.gather(*(give(database, f"i{n}/repair/1/1", *PEOPLE, at=later(n)) for n in numbers))

    shares = Counter(given)
    assert sum(shares.values()) == len(numbers)
    assert max(shares.values()) - min(shares[person] for person in PEOPLE) <= 2
    assert await loads_of(database, *PEOPLE) == {person: (count, 60 * count) for person, count in shares.items()}


async def test_the_best_one_gets_it_also_while_he_is_given_another(database: Database) -> None:
    short = pool("an", "bo", strategy="highest_skill")
    best = short.contenders[0].model_copy(update={"level": 5})
    short = short.model_copy(update={"contenders": (best, *short.contenders[1:])})

    found = await asyncio.gather(*(reserve(database, Wanted(f"i{n}/repair/1/1", short, NOW)) for n in range(16)))

    assert {one_of(trace) for trace in found} == {"an"}
    assert await loads_of(database, "an") == {"an": (16, 960)}


async def test_nobody_gets_more_than_the_own_limit_however_many_choose_at_once(database: Database) -> None:
    short = pool("an", "bo", otherwise=["queue"])
    limited = tuple(one.model_copy(update={"most_tasks": 3}) for one in short.contenders)
    short = short.model_copy(update={"contenders": limited})

    found = await asyncio.gather(*(reserve(database, Wanted(f"i{n}/repair/1/1", short, NOW)) for n in range(10)))

    assert Counter(trace.choice.step for trace in found) == {"meant": 6, "queue": 4}
    assert await loads_of(database, "an", "bo") == {"an": (3, 180), "bo": (3, 180)}


async def test_whoever_did_it_last_time_does_it_again(database: Database) -> None:
    short = pool("an", "bo", strategy="sticky", same="{customer}")

    async def given(number: int) -> str:
        task = f"i{number}/approve/1/1"
        person = one_of(await reserve(database, Wanted(task, short, later(number), same="repair/approve K1")))
        async with database.begin() as session:
            await Tasks(session).put(a_task(1, instance=f"i{number}", id=task, person=person))
        return person

    assert [await given(1), await given(2)] == ["an", "an"]
    done = {"state": TaskState.DONE, "action": Action.APPROVE, "decided_by": "bo", "closed_at": later(9)}
    async with database.begin() as session:
        await Tasks(session).put(a_task(2, 2, instance="i2", id="i2/approve/1/2", person="bo", **done))
    assert await given(3) == "bo"


async def test_where_nobody_can_nothing_is_kept_so_that_it_is_asked_anew(database: Database) -> None:
    nobody = pool()

    assert one_of(await reserve(database, Wanted("i/repair/1/1", nobody, NOW))) == ""
    assert await give(database, "i/repair/1/1", "an") == "an"


ON_POSTGRESQL = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


@ON_POSTGRESQL
async def test_one_who_is_being_given_another_task_is_counted_as_having_it(database: Database) -> None:
    await give(database, "i0/repair/1/1", "an", "bo")
    async with database.begin() as session:
        assert await Loads(session).locked_at_once("bo") == Load()
        trace = await reserve(database, Wanted("i1/repair/1/1", pool("an", "bo"), later()))
        best = await reserve(database, Wanted("i2/repair/1/1", pool("an", "bo", "cai"), later()))

    assert (one_of(trace), trace.loads["bo"].assumed) == ("an", True)
    assert one_of(best) == "cai"


@ON_POSTGRESQL
async def test_the_only_one_who_can_is_waited_for(database: Database) -> None:
    await give(database, "i0/repair/1/1", "an")
    async with database.begin() as session:
        assert await Loads(session).locked_at_once("an") is not None
        waiting = asyncio.create_task(give(database, "i1/repair/1/1", "an"))
        await _somebody_waits(database)

    assert await waiting == "an"
    assert await loads_of(database, "an") == {"an": (2, 120)}


async def _somebody_waits(database: Database) -> None:
    async with asyncio.timeout(20):
        while True:
            async with database.read() as session:
                if await session.scalar(text("select count(*) from pg_locks where not granted")):
                    return


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_worker_that_dies_has_given_the_task_to_one_person_or_to_nobody(
    url: str, database: Database, moment: str
) -> None:
    await give(database, "i0/repair/1/1", "an", "bo")

    died = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.store.dying", url, moment, cwd=ROOT)

    assert await died.wait() == -signal.SIGKILL
    async with database.read() as session:
        kept = await Assignments(session).find("i1/repair/1/1")
        assert (kept is not None) == (moment == "after")
        assert await LoadCheck(session).differences() == []
    assert await give(database, "i1/repair/1/1", "an", "bo", at=later(99)) == "bo"
    assert await loads_of(database, "an", "bo") == {"an": (1, 60), "bo": (1, 60)}


@ON_POSTGRESQL
async def test_a_connection_that_breaks_before_the_end_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await _given_on_a_connection_that_breaks(database)

    assert await give(database, "i1/repair/1/1", "an") == "an"
    assert await loads_of(database, "an") == {"an": (1, 60)}


async def _given_on_a_connection_that_breaks(database: Database) -> None:
    async with database.begin() as session:
        await Loads(session).begin(["an"])
        await Loads(session).change({"an": Change(1, 60)})
        ours = await session.scalar(text("select pg_backend_pid()"))
        async with database.begin() as other:
            await other.execute(text("select pg_terminate_backend(:pid)"), {"pid": ours})


@ON_POSTGRESQL
async def test_eight_who_choose_side_by_side_share_out_fairly(database: Database) -> None:
    people = [f"p{number:02}" for number in range(20)]
    short = pool(*people)

    async def gives(worker: int) -> None:
        for number in range(200):
            await reserve(database, Wanted(f"w{worker}-{number}/repair/1/1", short, later(number)))

    await asyncio.gather(*(gives(worker) for worker in range(8)))

    shares = [tasks for tasks, _ in (await loads_of(database, *people)).values()]
    assert (sum(shares), len(shares)) == (1600, 20)
    assert max(shares) - min(shares) <= 2
