from collections.abc import Callable
from datetime import datetime

from temporalio import activity

from postroad.directory import resolve, shortlist
from postroad.directory.chosen import resolution
from postroad.model.people import Resolution
from postroad.store.database import Database
from postroad.store.known_people import KnownPeople
from postroad.store.reserving import Wanted, reserve
from workflows.steps import AssignOrder, PeopleSteps, ResolveOrder


class Directory(PeopleSteps):
    """Finds people in the organisation as it is now; it, and who is away, is read anew only after a change.

    `clock` gives aware UTC.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._people = KnownPeople(database)

    @activity.defn(name="people.resolve")
    async def resolve(self, order: ResolveOrder) -> Resolution:
        organisation, absences = await self._people.now(order.at)
        return resolve(
            order.who,
            fallback=order.fallback,
            owner=order.owner,
            initiator=order.initiator,
            variables=order.variables,
            organisation=organisation,
            self_approval=order.self_approval,
            absences=absences,
            at=order.at,
            process=order.process,
        )

    @activity.defn(name="people.assign")
    async def assign(self, order: AssignOrder) -> Resolution:
        organisation, absences = await self._people.now(order.at)
        short = shortlist(
            order.who[0],
            fallback=order.fallback,
            owner=order.owner,
            initiator=order.initiator,
            variables=order.variables,
            organisation=organisation,
            self_approval=order.self_approval,
            absences=absences,
            at=order.at,
            process=order.process,
            done_by=order.done_by,
            minutes=order.minutes,
            directory=self._people.stamp,
        )
        same = f"{order.process}/{order.node} {short.key}" if short.key else None
        trace = await reserve(self._database, Wanted(order.task, short, self._clock(), same))
        initiator = organisation.person(order.initiator)
        return resolution(trace.shortlist, trace.choice, initiator.name if initiator else "")
