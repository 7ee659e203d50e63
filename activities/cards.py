import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from activities import reminders
from postroad.chat.base import ChatPort
from postroad.chat.card import Card, Look, card_of, nudge_of, ref_of
from postroad.chat.errors import ChatFailure, Later, NoAccount, NoCard, QuotaSpent
from postroad.chat.token import ButtonTokens
from postroad.model.task import InstanceView, Task, TaskKind, TaskState
from postroad.store.cards import CardRow, Cards, DueCard
from postroad.store.database import Database
from postroad.store.people import People

BUTTONS_LAST = timedelta(days=30)
_POLL_SECONDS = 0.1

logger = structlog.get_logger()


class _OutOfTime(Later):
    """No time was left; the platform itself may be well."""


@dataclass(frozen=True)
class _Wanted:
    """A card that shows less than it should, with all that its content depends on."""

    row: CardRow
    task: Task
    instance: InstanceView
    names: Mapping[str, str]
    account: str | None

    @property
    def ref(self) -> str:
        agent = None if self.row.person == self.task.person else self.row.person
        return self.row.ref or ref_of(self.task.id, agent)

    @property
    def is_untold(self) -> bool:
        """Nothing was ever sent; once `sent_at` is set a card may be there, even if nobody confirmed it."""
        return self.row.sent_at is None

    @property
    def is_pointless(self) -> bool:
        """Nobody needs to hear of a task that was over, or not theirs any more, before they were asked.

        A copy is for reading at any time.
        """
        over = self.task.state is not TaskState.OPEN and self.task.kind is not TaskKind.CC
        return self.is_untold and (over or self.row.person not in self.task.people)


class CardSync:
    """Brings cards to what their tasks are. `clock` gives aware UTC; `chats` are by name, the preferred first."""

    def __init__(
        self,
        chats: Mapping[str, ChatPort],
        database: Database,
        tokens: ButtonTokens,
        look: Look,
        clock: Callable[[], datetime],
    ) -> None:
        self._chats, self._database, self._tokens, self._look, self._clock = chats, database, tokens, look, clock

    @property
    def platforms(self) -> Sequence[str]:
        return list(self._chats)

    async def sync(self, instance: str, seconds: float | None = None) -> list[ChatFailure]:
        """Bring every card of an instance up to date; what failed, empty when nothing is left to do.

        One card that fails does not hold up the others, unless the platform wants to be left alone. After `seconds` the
        rest is given up: that too is a failure.
        """
        deadline = None if seconds is None else asyncio.get_running_loop().time() + seconds
        failures: list[ChatFailure] = []
        for place, wanted in enumerate(await self._due(instance)):
            try:
                # the first was read just now; by the turn of any other, somebody may have pressed a button on it
                await self._sync(wanted if place == 0 else await self._anew(wanted.row), deadline)
            except ChatFailure as failure:
                failures.append(failure)
                if _is_for_all(failure):
                    break
        return failures

    async def _due(self, instance: str) -> list[_Wanted]:
        async with self._database.read() as session:
            return await _wanted(session, await Cards(session).due(instance))

    async def _anew(self, row: CardRow) -> _Wanted | None:
        async with self._database.read() as session:
            due = await Cards(session).still_due(row.task_id, row.person)
            return (await _wanted(session, [due]))[0] if due else None

    async def _sync(self, wanted: _Wanted | None, deadline: float | None) -> None:
        wanted = await self._settled(wanted, deadline)
        if wanted is None:
            return
        if wanted.is_pointless:
            await self._note_shown(wanted, "")
            return
        card = card_of(wanted.task, wanted.instance, self._look, wanted.names, person=wanted.row.person)
        if card.digest != wanted.row.shown_digest:
            try:
                await self._send(wanted, card, deadline)
            except NoAccount as nobody:
                await self._note_unreachable(wanted.row, str(nobody))
                return
        if reminders.are_new(wanted.task, wanted.row):
            await self._remind(wanted, card, deadline)
        await self._note_shown(wanted, card.digest)

    async def _remind(self, wanted: _Wanted, card: Card, deadline: float | None) -> None:
        """Let the phone ring, at most once for each reminder.

        What fails is not tried again: the card shows the reminder, and a late one would mislead.
        """
        row, number, now = wanted.row, wanted.task.reminders, self._clock()
        rings = reminders.ring(wanted.task, row, now)
        async with self._database.begin() as session:
            noted = await Cards(session).reminding(row.task_id, row.person, number, now if rings else None)
        if not (noted and rings) or wanted.account is None:
            return
        try:
            async with _until(deadline):
                signed = card.signed(self._tokens, now + BUTTONS_LAST)
                await self._chats[row.platform or ""].remind(nudge_of(signed), wanted.account)
        except ChatFailure as failure:
            logger.warning("reminder.not_sent", task=row.task_id, person=row.person, cause=str(failure))

    async def _settled(self, wanted: _Wanted | None, deadline: float | None) -> _Wanted | None:
        """The card once no press of it is being answered: an update in between would be forbidden, and lost."""
        while wanted is not None and self._is_being_answered(wanted.row):
            async with _until(deadline):
                await asyncio.sleep(_POLL_SECONDS)
            wanted = await self._anew(wanted.row)
        return wanted

    def _is_being_answered(self, row: CardRow) -> bool:
        return row.answering_until is not None and row.answering_until > self._clock()

    async def _send(self, wanted: _Wanted, card: Card, deadline: float | None) -> None:
        chat = self._chats.get(wanted.row.platform or "")
        if chat is None or wanted.account is None:
            raise NoAccount(
                f"{wanted.row.person} 在 {wanted.row.platform} 上没有账号，或该平台未启用",
                f"{wanted.row.person} has no account on {wanted.row.platform}, or it is not in use",
            )
        ref = wanted.ref
        signed = card.signed(self._tokens, self._clock() + BUTTONS_LAST)
        if wanted.row.shown_revision < 0:
            async with self._database.begin() as session:
                await Cards(session).sending(wanted.task.id, wanted.row.person, ref, self._clock())
        async with _until(deadline):
            await _show(chat, wanted, signed, wanted.account, ref)

    async def _note_shown(self, wanted: _Wanted, digest: str) -> None:
        async with self._database.begin() as session:
            task, person = wanted.task, wanted.row.person
            ref = None if wanted.is_pointless else wanted.ref
            await Cards(session).shown(task.id, person, task.revision, digest, ref, self._clock())

    async def _note_unreachable(self, row: CardRow, why: str) -> None:
        async with self._database.begin() as session:
            await Cards(session).unreachable(row.task_id, row.person, why, self._clock())


async def _show(chat: ChatPort, wanted: _Wanted, card: Card, account: str, ref: str) -> None:
    if wanted.row.shown_revision < 0:
        await chat.deliver(card, account, ref)
        if not wanted.is_untold:
            # an earlier delivery whose answer was lost may have left an older content there
            await chat.update(ref, card)
        return
    try:
        await chat.update(ref, card)
    except NoCard:
        await chat.deliver(card, account, ref)


@asynccontextmanager
async def _until(deadline: float | None) -> AsyncIterator[None]:
    """Breaks off what waits for others, and only that: our own transactions always come to their end."""
    try:
        async with asyncio.timeout_at(deadline):
            yield
    except TimeoutError as late:
        raise _OutOfTime("卡片更新未及完成", "There was no time left to update the card") from late


async def _wanted(session: AsyncSession, due: Sequence[DueCard]) -> list[_Wanted]:
    if not due:
        return []
    concerned = {person for one in due for person in (one.row.person, *on_card(one.task, one.instance))}
    contacts = await People(session).contacts(concerned)
    names = {id_: contact.name for id_, contact in contacts.items()}
    accounts = {id_: contact.accounts for id_, contact in contacts.items()}
    return [
        _Wanted(one.row, one.task, one.instance, names, accounts.get(one.row.person, {}).get(one.row.platform or ""))
        for one in due
    ]


def on_card(task: Task, instance: InstanceView) -> list[str]:
    """The ids of those whom the card of this task may mention by name."""
    return [instance.initiator, task.agent or "", task.decided_by or "", *(value.zh for _, value in instance.card)]


def _is_for_all(failure: ChatFailure) -> bool:
    wants_rest = isinstance(failure, QuotaSpent) or (isinstance(failure, Later) and failure.after is not None)
    return wants_rest or isinstance(failure, _OutOfTime)
