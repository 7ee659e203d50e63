"""Giving tasks to people of a pool, for tests."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from postroad.directory import shortlist
from postroad.model.assignment import Shortlist, Trace
from postroad.model.people import Organisation, Who
from postroad.store import Database
from postroad.store.loads import LoadRow
from postroad.store.reserving import Wanted, reserve
from tests.store.samples import NOW


def pool(*people: str, strategy: str = "least_loaded", minutes: int = 60, **said: Any) -> Shortlist:
    """A shortlist of exactly these people, who know their work equally well."""
    company = Organisation.model_validate(
        {
            "people": [{"id": person, "name": person, "skills": {"work": 3}} for person in people],
            "roles": [{"role": "worker", "person": person} for person in people],
        }
    )
    who = Who.model_validate({"role": "worker", "skill": "work", "strategy": strategy, **said})
    return shortlist(
        who,
        owner=Who(process_owner=True),
        initiator="",
        variables={"customer": "K1"},
        organisation=company,
        minutes=minutes,
    )


async def give(database: Database, task: str, *people: str, at: datetime = NOW, **said: Any) -> str:
    """The one of these people who got the task; empty if nobody did, or several were asked."""
    return one_of(await reserve(database, Wanted(task, pool(*people, **said), at)))


def one_of(trace: Trace) -> str:
    people = trace.choice.people
    return people[0].doer if len(people) == 1 else ""


async def loads_of(database: Database, *people: str) -> dict[str, tuple[int, int]]:
    """The tasks and minutes of those of these people who ever had any."""
    async with database.read() as session:
        rows = await session.scalars(select(LoadRow))
        return {row.person: (row.tasks, row.minutes) for row in rows if row.person in people}
