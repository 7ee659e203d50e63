"""Those whom an act draws in by name, and who acts for them now."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from postroad.directory.absence import Agents, quiet
from postroad.model.label import Label
from postroad.model.people import Candidate, Person, StandIn
from postroad.model.refusals import Unknown
from postroad.model.task import InstanceView
from postroad.store.absences import Absences
from postroad.store.people import People

Receivers = dict[str, Candidate]


async def receivers(session: AsyncSession, ids: Collection[str], view: InstanceView, at: datetime) -> Receivers:
    """The people with these ids, by id, for an act in this instance. Raises Unknown for one who is not there."""
    if not ids:
        return {}
    absences = await Absences(session).current(at)
    drawn = await active_people(session, ids)
    known = drawn | await People(session).some({one.agent for one in absences})
    agents = Agents(absences, at, view.process, view.fields, known, view.initiator)
    return {person.id: _candidate(person, agents) for person in drawn.values()}


def agent_of(receiver: Candidate | None) -> StandIn | None:
    """Who acts for a receiver, None where nobody does."""
    if receiver is None or receiver.agent is None:
        return None
    return StandIn(person=receiver.agent, name=receiver.agent_name)


async def active_people(session: AsyncSession, ids: Collection[str]) -> dict[str, Person]:
    """The people with these ids, by id. Raises Unknown for one who is not there, or left."""
    known = await People(session).some(ids)
    for one in ids:
        if one not in known or not known[one].active:
            raise Unknown(f"没有在职人员 {one}", f"There is no active person {one}", code="no_such_person")
    return known


def _candidate(person: Person, agents: Agents) -> Candidate:
    agent = agents.of(person, quiet).agent
    acting = {"agent": agent.id, "agent_name": agent.name} if agent else {}
    return Candidate(person=person.id, name=person.name, reason=Label.of(""), **acting)
