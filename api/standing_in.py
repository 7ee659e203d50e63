"""Open tasks follow the absences: they get an agent, another one, or none any more."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from api.clock import Clock
from api.running import InstanceClosed, NotTaken, Running
from api.watch import Watch
from postroad.directory.absence import Agents, quiet
from postroad.model.event import AdminAct
from postroad.model.people import Person
from postroad.model.refusals import Unavailable
from postroad.model.task import TaskKind
from postroad.store.absences import Absences
from postroad.store.database import Database
from postroad.store.open_tasks import OpenTask, OpenTasks
from postroad.store.people import People

log = structlog.get_logger("api")

EVERY = 15.0
"""Seconds between two looks, unless an absence is said or ended here."""

_BEGAN = "代理开始 / the absence began"
_OVER = "代理结束 / the absence is over"


class StandingIn(Watch):
    """Tells instances who acts for whom now.

    It looks how things should be, not at what changed, so that nothing is missed: what an instance that is away was not
    told, it is told at the next look. Several APIs may each look: an instance takes each word once.
    """

    name, rest = "standing_in", EVERY

    def __init__(self, database: Database, running: Running, now: Clock) -> None:
        super().__init__()
        self._database, self._running, self._now = database, running, now
        self._told: set[str] = set()

    async def turn(self) -> float:
        await self.look()
        return EVERY

    async def look(self) -> None:
        """Tell every instance whose open tasks have another agent than they should have now."""
        async with self._database.read() as session:
            words = await _words(session, self._now())
        self._told &= {act.id for _, act in words}
        for instance, act in words:
            if self.is_ending or (act.id not in self._told and not await self._tell(instance, act)):
                return

    async def _tell(self, instance: str, act: AdminAct) -> bool:
        """False when nobody answers at all; what one instance cannot take now holds up no other."""
        try:
            answer = await self._running.administer(instance, act)
        except (InstanceClosed, NotTaken) as gone:
            log.info("standing_in.not_told", task=act.task, why=gone.code)
        except Unavailable as away:
            log.warning("standing_in.away", task=act.task, why=away.code)
            return away.code == "temporal_refused"
        else:
            log.info("standing_in.told", task=act.task, agent=act.to, verdict=answer.verdict)
        self._told.add(act.id)
        return True


async def _words(session: AsyncSession, at: datetime) -> list[tuple[str, AdminAct]]:
    """What instances have to be told, each with its instance."""
    absences = await Absences(session).current(at)
    handing = {one.principal for one in absences if one.open_tasks}
    open_tasks = await OpenTasks(session).with_agents(handing)
    concerned = {one.task.person for one in open_tasks} | {one.agent for one in absences}
    known = await People(session).some(concerned) if open_tasks else {}
    words: list[tuple[str, AdminAct]] = []
    for one in open_tasks:
        view = one.instance
        agents = Agents(absences, at, view.process, view.fields, known, view.initiator)
        words += [(view.id, act) for act in _word(one, agents, known)]
    return words


def _word(one: OpenTask, agents: Agents, known: dict[str, Person]) -> Sequence[AdminAct]:
    """The act that gives the task the agent it should have; none when it has that one.

    A task that nobody else may do gets an agent only through an absence that hands over what is open.
    """
    task, person = one.task, known.get(one.task.person)
    if person is None or task.kind is TaskKind.RESUBMIT:
        return ()
    standing = agents.of(person, quiet)
    agent = standing.agent
    hands_over = standing.absence is not None and standing.absence.open_tasks
    if task.agent == (agent.id if agent else None) or not (task.agent or hands_over):
        return ()
    # the same word about the same picture of the task has the same id, whoever says it and however often
    meant = f"stand-in|{task.id}|{task.revision}|{agent.id if agent else ''}"
    return (
        AdminAct(
            id=hashlib.sha256(meant.encode()).hexdigest(),
            act="stand_in",
            by="system",
            reason=_BEGAN if agent else _OVER,
            task=task.id,
            to=agent.id if agent else None,
            to_name=agent.name if agent else "",
        ),
    )
