import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.beating import beating
from activities.pause import pause
from postroad.chat.base import ChatPort
from postroad.chat.card import Card, Look, card_of, ref_of
from postroad.chat.errors import ChatFailure, Later, Misconfigured, NoAccount, NoCard, QuotaSpent
from postroad.chat.token import ButtonTokens
from postroad.model.task import InstanceView, Task, TaskKind, TaskState
from postroad.store.cards import CardRow, Cards
from postroad.store.database import Database
from postroad.store.instances import Instances
from postroad.store.people import People
from postroad.store.tasks import Tasks
from workflows.steps import CardsOrder, ChatSteps

BUTTONS_LAST = timedelta(days=30)
_POLL_SECONDS = 0.1
_MISCONFIGURED_WAIT = timedelta(minutes=1)
_QUOTA_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class _Wanted:
    """A card that shows less than it should, with all that its content depends on."""

    row: CardRow
    task: Task
    instance: InstanceView
    names: Mapping[str, str]
    account: str | None

    @property
    def is_untold(self) -> bool:
        """Nothing was ever sent; once `sent_at` is set a card may be there, even if nobody confirmed it."""
        return self.row.sent_at is None

    @property
    def is_pointless(self) -> bool:
        """Nobody needs to hear of a task that was over before they were asked; a copy is for reading at any time."""
        return self.is_untold and self.task.state is not TaskState.OPEN and self.task.kind is not TaskKind.CC


class Chat(ChatSteps):
    """Brings cards to what their tasks are. `clock` gives aware UTC; `chats` are the platforms by name."""

    def __init__(
        self,
        chats: Mapping[str, ChatPort],
        database: Database,
        tokens: ButtonTokens,
        look: Look,
        clock: Callable[[], datetime],
    ) -> None:
        self._chats, self._database, self._tokens, self._look, self._clock = chats, database, tokens, look, clock

    @activity.defn(name="chat.sync_cards")
    async def sync_cards(self, order: CardsOrder) -> None:
        """One card that fails does not hold up the others, unless the platform wants to be left alone."""
        async with beating():
            async with self._database.read() as session:
                due = [row.task_id for row in await Cards(session).due(order.instance)]
            failures: list[ChatFailure] = []
            for task_id in due:
                try:
                    await self._sync(task_id)
                except ChatFailure as failure:
                    failures.append(failure)
                    if _is_for_all(failure):
                        break
            if failures:
                raise _again(failures)

    async def _sync(self, task_id: str) -> None:
        wanted = await self._settled(task_id)
        if wanted is None:
            return
        if wanted.is_pointless:
            await self._note_shown(wanted, "")
            return
        card = card_of(wanted.task, wanted.instance, self._look, wanted.names)
        if card.digest != wanted.row.shown_digest:
            try:
                await self._send(wanted, card)
            except NoAccount as nobody:
                await self._note_unreachable(task_id, str(nobody))
                return
        await self._note_shown(wanted, card.digest)

    async def _settled(self, task_id: str) -> _Wanted | None:
        """The card once no press of it is being answered: an update in between would be forbidden, and lost."""
        while True:
            async with self._database.read() as session:
                wanted = await _wanted(session, task_id)
            answering = wanted.row.answering_until if wanted else None
            if answering is None or answering <= self._clock():
                return wanted
            await asyncio.sleep(_POLL_SECONDS)

    async def _send(self, wanted: _Wanted, card: Card) -> None:
        chat = self._chats.get(wanted.row.platform or "")
        if chat is None or wanted.account is None:
            raise NoAccount(
                f"{wanted.task.person} 在 {wanted.row.platform} 上没有账号，或该平台未启用",
                f"{wanted.task.person} has no account on {wanted.row.platform}, or it is not in use",
            )
        ref = wanted.row.ref or ref_of(wanted.task.id)
        signed = card.signed(self._tokens, self._clock() + BUTTONS_LAST)
        if wanted.row.shown_revision < 0:
            await self._deliver(chat, wanted, signed, ref)
            return
        try:
            await chat.update(ref, signed)
        except NoCard:
            await chat.deliver(signed, wanted.account, ref)

    async def _deliver(self, chat: ChatPort, wanted: _Wanted, card: Card, ref: str) -> None:
        assert wanted.account is not None  # noqa: S101 - _send made sure; said for the type checker
        async with self._database.begin() as session:
            await Cards(session).sending(wanted.task.id, ref, self._clock())
        await chat.deliver(card, wanted.account, ref)
        if not wanted.is_untold:
            # an earlier delivery whose answer was lost may have left an older content there
            await chat.update(ref, card)

    async def _note_shown(self, wanted: _Wanted, digest: str) -> None:
        async with self._database.begin() as session:
            ref = None if wanted.is_pointless else wanted.row.ref or ref_of(wanted.task.id)
            await Cards(session).shown(wanted.task.id, wanted.task.revision, digest, ref, self._clock())

    async def _note_unreachable(self, task_id: str, why: str) -> None:
        async with self._database.begin() as session:
            await Cards(session).unreachable(task_id, why, self._clock())


async def _wanted(session: AsyncSession, task_id: str) -> _Wanted | None:
    row = await Cards(session).find(task_id)
    task = await Tasks(session).find(task_id)
    instance = await Instances(session).find(task.instance) if task else None
    if row is None or task is None or instance is None or row.shown_revision >= row.wanted_revision:
        return None
    people = People(session)
    owner = await people.person(task.person)
    account = owner.accounts.get(row.platform or "") if owner else None
    return _Wanted(row, task, instance, await names_on_card(people, task, instance), account)


async def names_on_card(people: People, task: Task, instance: InstanceView) -> dict[str, str]:
    """The names, by id, of the people whom the card of this task mentions."""
    shown = [value.zh for _, value in instance.card]
    return await people.names([instance.initiator, task.decided_by or "", *shown])


def _is_for_all(failure: ChatFailure) -> bool:
    return isinstance(failure, QuotaSpent) or (isinstance(failure, Later) and failure.after is not None)


def _again(failures: list[ChatFailure]) -> ApplicationError:
    """The failure that asks for the longest wait, to be tried again after it."""
    worst = max(failures, key=lambda failure: _wait(failure) or timedelta(0))
    return ApplicationError(str(worst), type=type(worst).__name__, next_retry_delay=pause(_wait(worst)))


def _wait(failure: ChatFailure) -> timedelta | None:
    if isinstance(failure, Later):
        return failure.after
    if isinstance(failure, QuotaSpent):
        return _QUOTA_WAIT
    return _MISCONFIGURED_WAIT if isinstance(failure, Misconfigured) else None
