"""`python -m bench assignment`: how long it takes to give a task to one of many, and how evenly many do it at once.

On a PostgreSQL of its own that waits for the disk: a thousand people, a hundred thousand open tasks.
"""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from time import perf_counter

from pydantic import BaseModel
from sqlalchemy import text
from temporalio.testing import ActivityEnvironment

from activities.people import Directory
from bench.figures import Spread
from postroad.directory import shortlist
from postroad.model.people import Organisation, Person, RoleHolder, Who
from postroad.store import Database, migrate
from postroad.store.load_check import LoadCheck
from postroad.store.loads import Loads
from postroad.store.people import People
from postroad.store.reserving import Wanted, reserve
from tests.postgres import running_postgres
from workflows.steps import AssignOrder

P50_BAR_MS = 5.0
SPREAD_BAR = 2
POOL = Who(role="engineer", skill="service", level=3, region="east", strategy="least_loaded")
OWNER = Who(process_owner=True)


class Setting(BaseModel):
    """`pool` is how many of the `people` could be chosen, `open_tasks` what they all have to do together."""

    at: datetime
    people: int
    pool: int
    open_tasks: int
    assignments: int
    assigners: int


class Fairness(BaseModel):
    """Several assigners at once on one pool of people who had nothing to do: what they got in the end."""

    given: int
    least: int
    most: int
    per_second: float


class Bars(BaseModel):
    """A choice takes 5 ms at the median at most, and nobody gets over two tasks more than another."""

    p50_ok: bool
    fair_ok: bool


class Report(BaseModel):
    """`assign_ms`: the whole step, from the specification on; `reserve_ms`: the transaction in it, in milliseconds."""

    setting: Setting
    assign_ms: Spread
    reserve_ms: Spread
    fairness: Fairness
    wrong_loads: int
    bars: Bars


def main(words: Sequence[str]) -> None:
    options = _options(words)
    with running_postgres(fsync="on", synchronous_commit="on", shared_buffers="128MB") as server:
        url = server.create("bench")
        migrate(url)
        print(asyncio.run(_measured(url, options)).model_dump_json(indent=2))


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench assignment", description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--open", type=int, default=100_000, help="open tasks of all of them")
    parser.add_argument("--assignments", type=int, default=500, help="one after another, for the time that each takes")
    parser.add_argument("--assigners", type=int, default=8, help="at the same time, each giving out 200 tasks")
    parser.add_argument("--quick", action="store_true", help="a few of all, to see that it works")
    options = parser.parse_args(words)
    if options.quick:
        options.people, options.open, options.assignments, options.assigners = 50, 500, 10, 2
    return options


async def _measured(url: str, options: argparse.Namespace) -> Report:
    database = Database(url, pool_size=options.assigners + 2)
    try:
        return await _report(database, options)
    finally:
        await database.close()


async def _report(database: Database, options: argparse.Namespace) -> Report:
    company = _company(options.people)
    _say(f"{options.people} people, {options.open} open tasks")
    await _fill(database, company, options.open)
    directory, environment = Directory(database, _now), ActivityEnvironment()

    async def assign(number: int) -> None:
        said = {"who": (POOL,), "owner": OWNER, "initiator": "", "variables": {}, "process": "bench", "node": "work"}
        order = AssignOrder.model_validate({**said, "task": f"a{number}/repair/1/1", "minutes": 60, "at": _now()})
        await environment.run(directory.assign, order)

    short = shortlist(POOL, owner=OWNER, initiator="", variables={}, organisation=company)

    async def keep(number: int) -> None:
        await reserve(database, Wanted(f"r{number}/repair/1/1", short, _now()))

    whole, transaction = [await _times(step, options.assignments) for step in (assign, keep)]
    _say(f"assign {whole.p50} ms, reserve {transaction.p50} ms; {options.assigners} assigners at once")
    fairness = await _fairness(database, options.assigners)
    async with database.read() as session:
        wrong = len(await LoadCheck(session).differences())
    return Report(
        setting=Setting(
            at=_now().replace(microsecond=0),
            people=options.people,
            pool=len(short.contenders),
            open_tasks=options.open,
            assignments=options.assignments,
            assigners=options.assigners,
        ),
        assign_ms=whole,
        reserve_ms=transaction,
        fairness=fairness,
        wrong_loads=wrong,
        bars=Bars(p50_ok=whole.p50 < P50_BAR_MS, fair_ok=fairness.most - fairness.least <= SPREAD_BAR),
    )


def _company(people: int) -> Organisation:
    """One in six is an engineer; of them, those of the east who know the work well enough could be chosen."""
    everybody = tuple(
        Person(
            id=f"p{number}",
            name=f"P {number}",
            skills={"service": 1 + number % 5},
            regions=("east",) if number % 4 else ("west",),
        )
        for number in range(people)
    )
    holders = tuple(RoleHolder(role="engineer", person=one.id) for one in everybody[::6])
    return Organisation(people=everybody, roles=holders)


async def _fill(database: Database, company: Organisation, tasks: int) -> None:
    async with database.begin() as session:
        await People(session).load(company)
        await session.execute(text(_TASKS), {"tasks": tasks, "people": len(company.people)})
        await session.execute(text("analyze"))
        counted = await LoadCheck(session).put_right(_now())
    _say(f"loads of {len(counted)} people counted")


_TASKS = """
insert into tasks (id, instance, node, epoch, kind, title, person, name, state, revision, form_hash, opened_at,
    actions, opinion_needed, opinion, fields, back_to, minutes, load_minutes)
select 'i' || n || '/repair/1/1', 'i' || n, 'work', 1, 'work', '{"zh": "工作", "en": "Work"}', 'p' || n % :people, '',
    'open', 1, '', now(), '["complete"]', false, '', '{}', '[]', 30 + n % 7 * 15, 30 + n % 7 * 15
from generate_series(1, :tasks) as n
"""


async def _times(step: Callable[[int], Awaitable[None]], count: int) -> Spread:
    taken = []
    for number in range(-5, count):
        began = perf_counter()
        await step(number)
        taken.append(perf_counter() - began)
    ordered = sorted(taken[5:])
    return Spread(p50=_ms(ordered, 0.5), p99=_ms(ordered, 0.99))


def _ms(ordered: Sequence[float], share: float) -> float:
    return round(1000 * ordered[min(round(share * len(ordered)), len(ordered) - 1)], 2)


async def _fairness(database: Database, assigners: int, each: int = 200) -> Fairness:
    idle = tuple(Person(id=f"q{number}", name=f"Q {number}") for number in range(72))
    holders = tuple(RoleHolder(role="fitter", person=one.id) for one in idle)
    pool = Who(role="fitter", strategy="least_loaded")
    company = Organisation(people=idle, roles=holders)
    short = shortlist(pool, owner=OWNER, initiator="", variables={}, organisation=company)

    async def gives(assigner: int) -> None:
        for number in range(each):
            await reserve(database, Wanted(f"f{assigner}-{number}/repair/1/1", short, _now()))

    began = perf_counter()
    await asyncio.gather(*(gives(assigner) for assigner in range(assigners)))
    seconds = perf_counter() - began
    async with database.read() as session:
        got = [load.tasks for load in (await Loads(session).of(short.doers)).values()]
    return Fairness(given=sum(got), least=min(got), most=max(got), per_second=round(assigners * each / seconds, 1))


def _now() -> datetime:
    return datetime.now(UTC)


def _say(what: str) -> None:
    print(f"→ {what}", file=sys.stderr, flush=True)
