"""The journey of one click: kept first, then asked of its instance, then answered. Never lost, never applied twice."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import structlog

from api.clock import Clock
from api.late import decided_otherwise, late_for_instance, late_for_task, repeated
from api.metrics import Metrics
from api.running import InstanceClosed, NotTaken, Running
from postroad.chat.words import words
from postroad.model.decision import Action, Answer, Click, Verdict
from postroad.model.label import Label
from postroad.model.refusals import Forbidden, Unavailable
from postroad.model.task import Task
from postroad.store.cards import Cards
from postroad.store.clicks import Clicks
from postroad.store.database import Database
from postroad.store.instances import Instances
from postroad.store.people import People
from postroad.store.tasks import Tasks

log = structlog.get_logger("api")
Path = Literal["stored", "update", "signal", "late", "waiting"]

ANSWERING = timedelta(seconds=4)
"""Longer than any platform waits: until then nobody else touches a card whose click is being answered."""


@dataclass(frozen=True)
class Pressed:
    """How a click fared. Without an answer it is kept and will be decided; the path says how far it came."""

    answer: Answer | None
    path: Path

    @property
    def message(self) -> Label:
        return self.answer.message if self.answer else words("pending")


@dataclass(frozen=True)
class Origin:
    """Where a click came from: the platform, and its name for this delivery if it has one."""

    platform: str
    delivery: str | None = None
    shows_card: bool = False


class Journey:
    def __init__(self, database: Database, running: Running, now: Clock, metrics: Metrics) -> None:
        self._database, self._running, self._now, self._metrics = database, running, now, metrics

    async def press(self, click: Click, instance: str, origin: Origin) -> Pressed:
        """Takes one click all the way. Raises as `keep` does."""
        return await self.settle(click, instance, await self.keep(click, origin))

    async def keep(self, click: Click, origin: Origin) -> Answer | None:
        """Once this returns, the click cannot be lost. Gives the first outcome of a press that was seen before.

        Raises:
            Forbidden: the delivery was seen before with another click inside.
        """
        async with self._database.begin() as session:
            row = await Clicks(session).receive(click, origin.platform, origin.delivery)
            if row.id != click.id:
                raise Forbidden(
                    "此回调已被使用过", "This callback was already used for something else", code="replayed"
                )
            if origin.shows_card:
                await Cards(session).answering(click.task, click.actor, self._now() + ANSWERING)
        return row.answer

    async def settle(self, click: Click, instance: str, first: Answer | None) -> Pressed:
        """The outcome of a click that is kept."""
        pressed = Pressed(repeated(click, first), "stored") if first else await self._ask(instance, click)
        verdict = pressed.answer.verdict if pressed.answer else "pending"
        self._metrics.clicks.labels(verdict=verdict, path=pressed.path).inc()
        told = {"click_id": click.id, "task": click.task, "actor": click.actor, "action": click.action}
        log.info("click", **told, channel=click.channel, verdict=verdict, path=pressed.path)
        return pressed

    async def _ask(self, instance: str, click: Click) -> Pressed:
        try:
            answer = await self._running.decide(instance, click)
        except InstanceClosed:
            return Pressed(await self.answer_late(click), "late")
        except NotTaken as refused:
            answer = Answer(click=click.id, verdict=Verdict.FORBIDDEN, message=refused.label)
        except Unavailable:
            return await self._hand_over(instance, click)
        if answer.verdict is Verdict.DUPLICATE:
            # perhaps of this very press: what is kept is its first outcome, which comes with the instance's own record
            return Pressed(answer, "update")
        return Pressed(await self._keep(answer), "update")

    async def _hand_over(self, instance: str, click: Click) -> Pressed:
        """Nobody knows whether the Update arrived: a Signal surely will, and the instance takes only one of the two."""
        try:
            await self._running.signal_decision(instance, click)
        except InstanceClosed:
            return Pressed(await self.answer_late(click), "late")
        except Unavailable:
            return await self._late_already(click) or Pressed(None, "waiting")
        async with self._database.begin() as session:
            await Clicks(session).signalled(click.id, self._now())
        return await self._late_already(click) or Pressed(None, "signal")

    async def _late_already(self, click: Click) -> Pressed | None:
        async with self._database.read() as session:
            task = await Tasks(session).find(click.task)
        # a decision that is taken back is over, of course: only the instance knows what has come of it
        if task is None or click.action is Action.TAKE_BACK or not decided_otherwise(click, task):
            return None
        return Pressed(await self.answer_late(click), "late")

    async def answer_late(self, click: Click) -> Answer:
        """The outcome of a click whose instance has ended: what was recorded for it, else what the table shows."""
        async with self._database.read() as session:
            row = await Clicks(session).find(click.id)
            task = await Tasks(session).find(click.task)
            answer = row.answer if row else None
            if answer is None and task is not None:
                answer = late_for_task(click, task, await _name(People(session), task))
            elif answer is None:
                answer = late_for_instance(click, await Instances(session).find(click.task))
        return await self._keep(answer)

    async def _keep(self, answer: Answer) -> Answer:
        async with self._database.begin() as session:
            await Clicks(session).answered(answer, self._now())
        return answer


async def _name(people: People, task: Task) -> str:
    if task.decided_by is None:
        return ""
    person = await people.person(task.decided_by)
    return task.signed_by(person.name if person else task.decided_by)
