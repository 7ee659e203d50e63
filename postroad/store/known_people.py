from datetime import datetime

from postroad.model.absence import Absence
from postroad.model.people import Organisation
from postroad.store.absences import Absences
from postroad.store.database import Database
from postroad.store.people import People


class KnownPeople:
    """The organisation as it is now; it, and who is away, is read anew only after a change. `stamp` names it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: tuple[str, Organisation] = ("", Organisation())
        self._away: tuple[int, tuple[Absence, ...]] = (0, ())

    @property
    def stamp(self) -> str:
        return self._known[0]

    async def now(self, at: datetime | None) -> tuple[Organisation, tuple[Absence, ...]]:
        """With those who are away `at` the moment or later; without a moment nobody's absence is looked up."""
        async with self._database.read() as session:
            people = People(session)
            stamp, changes = await people.stamp()
            if stamp != self._known[0]:
                self._known = (stamp, await people.organisation())
            if at is not None and changes != self._away[0]:
                self._away = (changes, await Absences(session).not_over(at))
        return self._known[1], self._away[1]
