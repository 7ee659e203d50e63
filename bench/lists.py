"""`python -m bench lists`: how long the to-do centre and the search for instances take in a company of long standing.

Two thousand people, three hundred thousand instances, a million tasks of which three in a hundred are open; the busiest
person has one in fifty of all. On an SQLite file and on a PostgreSQL of its own.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from bench.figures import Spread
from bench.lists_filled import END, Company, fill
from postroad.model.rights import Reach
from postroad.model.task import InstanceStatus
from postroad.store import Database, migrate
from postroad.store.instances import Instances
from postroad.store.search import Search, Sought
from postroad.store.tasks import Tasks
from postroad.store.todo_list import Box, TodoList, Wanted
from tests.postgres import running_postgres

P99_BAR_MS = 50.0
_DAY = END - timedelta(hours=9)
_Ask = Callable[[AsyncSession, str, int], Awaitable[object]]


class Setting(BaseModel):
    at: datetime
    people: int
    instances: int
    tasks: int
    samples: int


class Report(BaseModel):
    """Milliseconds by database and question; `slowest` is the worst p99 of all, which stays below 50."""

    setting: Setting
    databases: dict[str, dict[str, Spread]]
    slowest: float
    p99_ok: bool


def main(words: Sequence[str]) -> None:
    options = _options(words)
    company = Company(options.people, options.instances, options.tasks)
    measured = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'lists.db'}"
        measured["sqlite"] = _measured(url, company, options.samples)
    with running_postgres(fsync="on", synchronous_commit="on", shared_buffers="256MB") as server:
        measured["postgresql"] = _measured(server.create("lists"), company, options.samples)
    slowest = max(spread.p99 for figures in measured.values() for spread in figures.values())
    setting = Setting(
        at=datetime.now(UTC).replace(microsecond=0),
        people=company.people,
        instances=company.instances,
        tasks=company.tasks,
        samples=options.samples,
    )
    report = Report(setting=setting, databases=measured, slowest=slowest, p99_ok=slowest < P99_BAR_MS)
    print(report.model_dump_json(indent=2))


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench lists", description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--instances", type=int, default=300_000)
    parser.add_argument("--tasks", type=int, default=1_000_000)
    parser.add_argument(
        "--samples", type=int, default=300, help="how often each question is asked, by different people"
    )
    parser.add_argument("--quick", action="store_true", help="a few of all, to see that it works")
    options = parser.parse_args(words)
    if options.quick:
        options.people, options.instances, options.tasks, options.samples = 20, 300, 1000, 5
    return options


def _measured(url: str, company: Company, samples: int) -> dict[str, Spread]:
    migrate(url)
    began = perf_counter()
    fill(url, company)
    _say(f"{url.partition('+')[0]}: filled in {perf_counter() - began:.0f} s")
    return asyncio.run(_asked(url, company, samples))


async def _asked(url: str, company: Company, samples: int) -> dict[str, Spread]:
    database = Database(url)
    drawn = random.Random(20261125)
    figures = {}
    try:
        for name, ask in {**_lists(), **_searches(company)}.items():
            taken = []
            for _ in range(samples + 5):
                whom, number = company.whose(drawn.random()), 1 + drawn.randrange(company.instances)
                began = perf_counter()
                async with database.read() as session:
                    await ask(session, whom, number)
                taken.append(perf_counter() - began)
                await asyncio.sleep(taken[-1] / 4)  # as between people; whoever else needs the machine gets a turn
            ordered = sorted(taken[5:])
            figures[name] = Spread(p50=_ms(ordered, 0.5), p99=_ms(ordered, 0.99))
            _say(f"{name}: {figures[name].p50} / {figures[name].p99} ms")
    finally:
        await database.close()
    return figures


def _ms(ordered: Sequence[float], share: float) -> float:
    return round(1000 * ordered[min(round(share * len(ordered)), len(ordered) - 1)], 2)


def _lists() -> Mapping[str, _Ask]:
    """The first page of each box with all that it shows, filtered and searched, and the counts."""

    def listed(box: Box, **more: object) -> _Ask:
        async def ask(session: AsyncSession, whom: str, number: int) -> None:
            words = [f"pr-{100_000 + number}"] if more.get("words") == "number" else more.get("words", ())
            said = {**more, "words": words}
            wanted = Wanted(box=box, now=END, day=_DAY, limit=51, **said)  # type: ignore[arg-type]  # said in words here
            page = await TodoList(session).page(whom, wanted)
            await Tasks(session).these([one.task for one in page if one.task])
            instances = {one.instance for one in page}
            await Instances(session).these(instances)
            await Tasks(session).of_person(whom, instances)  # what they may see of each

        return ask

    async def counts(session: AsyncSession, whom: str, _: int) -> None:
        await TodoList(session).counts(whom, END, _DAY)

    return {
        "todo open": listed(Box.OPEN),
        "todo open, by deadline": listed(Box.OPEN, order="due"),
        "todo open, one process": listed(Box.OPEN, process="process-3"),
        "todo open, overdue": listed(Box.OPEN, due="overdue"),
        "todo open, searched": listed(Box.OPEN, words=["钢板"]),
        "todo done": listed(Box.DONE),
        "todo done, searched for a number": listed(Box.DONE, words="number"),
        "todo done, searched for nothing there": listed(Box.DONE, words=["查无此物"]),
        "todo started": listed(Box.STARTED),
        "todo started, searched for nothing there": listed(Box.STARTED, words=["查无此物"]),
        "todo copied": listed(Box.COPIED),
        "todo counts": counts,
    }


def _searches(company: Company) -> Mapping[str, _Ask]:
    """The first page of instances with those who have them."""

    def sought(said: Callable[[str, int], dict[str, object]]) -> _Ask:
        async def ask(session: AsyncSession, whom: str, number: int) -> None:
            page = await Search(session).page(Sought(limit=51, **said(whom, number)))  # type: ignore[arg-type]  # as above
            await Instances(session).these([one.id for one in page])
            await Search(session).holders([one.id for one in page])

        return ask

    return {
        "search newest": sought(lambda _, __: {}),
        "search a number": sought(lambda _, number: {"words": f"pr-{100_000 + number}"}),
        "search how many numbers begin": sought(lambda _, __: {"words": "pr-2"}),
        "search a name": sought(lambda whom, _: {"words": company.name(whom)}),
        "search a person": sought(lambda whom, _: {"person": whom}),
        "search running": sought(lambda _, __: {"status": InstanceStatus.RUNNING}),
        "search a process, finished": sought(
            lambda _, number: {"process": f"process-{number % 12}", "status": InstanceStatus.FINISHED}
        ),
        "search a department": sought(lambda _, number: {"departments": [f"d{number % 40}"]}),
        "search a node": sought(lambda _, number: {"node": f"node-{number % 30}"}),
        "search a week": sought(
            lambda _, number: {"since": _at(company, number), "until": _at(company, number) + timedelta(days=7)}
        ),
        "search within one's own": sought(lambda whom, _: {"reach": Reach(person=whom)}),
        "search within a department": sought(
            lambda whom, number: {"reach": Reach(person=whom, departments=frozenset({f"d{number % 40}"}))}
        ),
        "search within one's own, for a name": sought(
            lambda whom, number: {"reach": Reach(person=whom), "words": company.name(f"u{number % company.people}")}
        ),
    }


def _at(company: Company, number: int) -> datetime:
    return END - timedelta(seconds=company.apart * (company.instances - number))


def _say(what: str) -> None:
    print(f"→ {what}", file=sys.stderr, flush=True)
