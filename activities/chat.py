from datetime import timedelta

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.beating import beating
from activities.cards import CardSync
from activities.pause import pause
from postroad.chat.errors import ChatFailure, Later, Misconfigured, QuotaSpent
from workflows.steps import CardsOrder, ChatSteps

_MISCONFIGURED_WAIT = timedelta(minutes=1)
_QUOTA_WAIT = timedelta(hours=1)


class Chat(ChatSteps):
    """Brings cards up to date, however long it takes."""

    def __init__(self, cards: CardSync) -> None:
        self._cards = cards

    @activity.defn(name="chat.sync_cards")
    async def sync_cards(self, order: CardsOrder) -> None:
        with beating():
            failures = await self._cards.sync(order.instance)
        if failures:
            raise _again(failures)


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
