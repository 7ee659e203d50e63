"""From a press on a phone to what the phone then shows, within the time the platform waits."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.clock import Clock
from api.ending import ended
from api.faces import Face, Faces, face_of
from api.journey import ANSWERING, Journey, Origin, Pressed
from api.metrics import Metrics
from postroad.chat.base import ChatPort, PlatformClick
from postroad.chat.card import Card
from postroad.chat.token import ButtonClaim, ButtonTokens
from postroad.model.decision import Action, Click, click_id
from postroad.model.label import Label
from postroad.model.refusals import Forbidden, Malformed, Refusal
from postroad.model.task import Task
from postroad.store.cards import Cards
from postroad.store.database import Database
from postroad.store.people import People

log = structlog.get_logger("api")

BUDGET = 1.8
"""Seconds to answer in: DingTalk shows its own error after two, and the answer has a way to go."""

_BUSY = Label(
    zh="系统繁忙，尚未确认收到，请稍后再按一次（重复按不会重复处理）",
    en="The system is busy and may not have received this; press again soon (pressing twice does no harm)",
)


@dataclass
class Progress:
    """How far a press has come, for the moment when time is up."""

    face: Face | None = None
    person: str = ""
    is_kept: bool = False


@dataclass(frozen=True)
class Reply:
    """What the platform is told: a card that this puts on the phone, or only a note."""

    shown: Card | Label


class Presses:
    """The presses of one chat platform."""

    def __init__(
        self,
        port: ChatPort,
        tokens: ButtonTokens,
        faces: Faces,
        *,
        database: Database,
        journey: Journey,
        now: Clock,
        metrics: Metrics,
    ) -> None:
        self._port, self._tokens, self._faces = port, tokens, faces
        self._database, self._journey, self._now, self._metrics = database, journey, now, metrics
        self._under_way: set[asyncio.Task[Any]] = set()
        self._answering: dict[tuple[str, str], list[datetime]] = {}

    async def take(self, headers: Mapping[str, str], raw: bytes) -> Reply:
        """The reply to a callback, in time whatever the database and Temporal do.

        Raises:
            Unauthenticated, Forbidden, Malformed, TooLarge: the callback is not one that the platform would send.
        """
        press = self._port.parse_click(headers, raw, self._now())
        progress = Progress()
        work = asyncio.create_task(self._answer(press, progress))
        self._under_way.add(work)
        work.add_done_callback(self._under_way.discard)
        # when time is up it is left to finish: a blocked database would not let go of a cancelled task in time
        done, _ = await asyncio.wait({work}, timeout=BUDGET)
        return work.result() if done else self._out_of_time(progress)

    def body(self, reply: Reply) -> dict[str, Any]:
        return self._port.answer(reply.shown)

    async def left(self, reply: Reply) -> None:
        """The reply has left: from now on others may update the card, unless another press on it is being answered."""
        card = reply.shown
        if not isinstance(card, Card):
            return
        whose = card.task, card.person
        others = [until for until in self._answering.pop(whose, [])[1:] if until > self._now()]
        if others:
            self._answering[whose] = others
            return
        async with self._database.begin() as session:
            await Cards(session).answered(*whose, card.digest)

    async def close(self) -> None:
        """Lets what is under way finish, if that is soon; what was kept is taken up by the next relay."""
        await ended(*self._under_way)

    async def _answer(self, press: PlatformClick, progress: Progress) -> Reply:
        try:
            return await self._answered(press, progress)
        except _Refused as refused:
            self._metrics.refused.labels(channel=press.platform, cause=refused.code).inc()
            return Reply(refused.label)
        except SQLAlchemyError:
            log.exception("press.database_failed", platform=press.platform)
            return self._out_of_time(progress)

    async def _answered(self, press: PlatformClick, progress: Progress) -> Reply:
        claim = self._claim(press)
        async with self._database.read() as session:
            await _check_person(People(session), press, claim)
            progress.face, progress.person = await face_of(session, claim.task), claim.person
        face = progress.face
        if face is None:
            raise _Refused("unknown_task", "没有这个任务，请联系管理员", "There is no such task; ask an administrator")
        _check_opinion(face.task, claim, press)
        click = _click(press, claim, self._now())
        until = self._now() + ANSWERING
        whose = click.task, click.actor
        self._answering.setdefault(whose, []).append(until)
        try:
            first = await self._journey.keep(click, Origin(press.platform, press.delivery, shows_card=True))
        except Refusal:
            self._answering[whose].remove(until)
            raise
        progress.is_kept = True
        pressed = await self._journey.settle(click, face.instance.id, first)
        return Reply(await self._shown(face, click, pressed))

    def _claim(self, press: PlatformClick) -> ButtonClaim:
        try:
            return self._tokens.read(press.token, self._now())
        except (Forbidden, Malformed) as refused:
            raise _Refused(refused.code, refused.label.zh, refused.label.en) from refused

    async def _shown(self, face: Face, click: Click, pressed: Pressed) -> Card:
        if pressed.answer is None:
            return self._faces.pending(face, click.actor)
        async with self._database.read() as session:
            newest = await face_of(session, click.task)
        return self._faces.answered(newest or face, click, pressed.answer, self._now())

    def _out_of_time(self, progress: Progress) -> Reply:
        if progress.is_kept and progress.face is not None:
            return Reply(self._faces.pending(progress.face, progress.person))
        return Reply(_BUSY)


class _Refused(Refusal):
    """Told to the person as a note on the card, not to the platform as an error."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(zh, en, code=code)


async def _check_person(people: People, press: PlatformClick, claim: ButtonClaim) -> None:
    person = await people.by_account(press.platform, press.account)
    if person is None or person.id != claim.person:
        raise _Refused("not_handler", "您不是此任务的处理人", "This task is not yours")


def _check_opinion(task: Task, claim: ButtonClaim, press: PlatformClick) -> None:
    if claim.action is Action.REJECT and task.opinion_needed and not press.opinion.strip():
        raise _Refused("opinion_needed", "请填写驳回意见", "Say why you reject it")


def _click(press: PlatformClick, claim: ButtonClaim, now: datetime) -> Click:
    return Click(
        id=click_id(claim.task, claim.person, claim.action, claim.form_hash, press.opinion, seen=claim.card),
        task=claim.task,
        actor=claim.person,
        action=claim.action,
        opinion=press.opinion,
        form_hash=claim.form_hash or None,
        channel=press.platform,
        at=now,
    )
