from temporalio import activity

from postroad.directory import resolve
from postroad.model.people import Organisation, Resolution
from postroad.store.database import Database
from postroad.store.people import People
from workflows.steps import PeopleSteps, ResolveOrder


class Directory(PeopleSteps):
    """Finds people in the organisation as it is now; it is read anew only when another one was loaded."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: tuple[str, Organisation] = ("", Organisation())

    @activity.defn(name="people.resolve")
    async def resolve(self, order: ResolveOrder) -> Resolution:
        return resolve(
            order.who,
            fallback=order.fallback,
            owner=order.owner,
            initiator=order.initiator,
            variables=order.variables,
            organisation=await self._organisation(),
            self_approval=order.self_approval,
        )

    async def _organisation(self) -> Organisation:
        async with self._database.read() as session:
            people = People(session)
            stamp = await people.stamp()
            if stamp != self._known[0]:
                self._known = (stamp, await people.organisation())
        return self._known[1]
