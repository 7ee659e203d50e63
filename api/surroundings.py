"""What a drawing is looked at with: the people, rules, processes and systems there are at this moment."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.parts import Parts
from postroad.connectors.offer import Offer
from postroad.model.absence import Absence
from postroad.model.assignment import Load
from postroad.model.calendar import WorkingCalendar
from postroad.model.label import Label
from postroad.model.people import Organisation
from postroad.model.process import Process
from postroad.model.table import Table
from postroad.process.words.names import Names
from postroad.rules.compile import CompiledTable
from postroad.store.loads import Loads
from postroad.store.releases import Release, Releases
from postroad.store.rule_versions import RuleVersions
from postroad.trial.world import World


@dataclass(frozen=True)
class Surroundings:
    """`compiled` are the rule tables in force, or what is looked at instead of them."""

    organisation: Organisation
    absences: tuple[Absence, ...]
    loads: Mapping[str, Load]
    compiled: Mapping[str, CompiledTable]
    releases: Mapping[str, Release]
    calendar: WorkingCalendar
    offers: Mapping[str, Offer]

    @property
    def tables(self) -> dict[str, Table]:
        return {key: one.table for key, one in self.compiled.items()}

    def names(self, process: Process) -> Names:
        titles = {key: Label.model_validate(one.definition["title"]) for key, one in self.releases.items()}
        return Names(process, self.organisation, self.tables, titles, self._systems(), self._deeds())

    def _systems(self) -> dict[str, Label]:
        return {system: offer.title for system, offer in self.offers.items()}

    def _deeds(self) -> dict[tuple[str, str, str], Label]:
        """What people call actions; the name of an entity is under the action `create`."""
        found: dict[tuple[str, str, str], Label] = {}
        for system, offer in self.offers.items():
            for entity in offer.entities:
                found[system, entity.entity, "create"] = entity.title
                found |= {(system, entity.entity, one.action): one.title for one in entity.actions}
        return found

    def world(self, process: Process) -> World:
        return World(process, self.compiled, self.organisation, self.calendar)


async def surroundings(parts: Parts) -> Surroundings:
    """As they are now; what did not change since it was last looked at is not read again."""
    now = parts.now()
    organisation, absences = await parts.people.now(now)
    async with parts.database.read() as session:
        versions = await RuleVersions(session).all_in_force(now)
        loads = await Loads(session).of([person.id for person in organisation.people])
        releases = await Releases(session).all_latest()
    compiled = {key: await parts.tables.get(key, sha256) for key, sha256 in versions.items()}
    known = {one.process_key: one for one in releases}
    offers = {system: connector.offer() for system, connector in parts.connectors.items()}
    return Surroundings(organisation, absences, loads, compiled, known, parts.calendar, offers)
