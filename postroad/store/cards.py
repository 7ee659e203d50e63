from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Index,
    Select,
    UniqueConstraint,
    Update,
    and_,
    bindparam,
    case,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.task import InstanceView, Task
from postroad.store.instances import InstanceRow
from postroad.store.schema import Stored, UtcTime
from postroad.store.tasks import TaskRow
from postroad.store.upsert import change, dialect_of, execute_many, insert_for, table_of

NO_ACCOUNT = "没有绑定聊天账号 / has no account on a chat platform"


class CardState(StrEnum):
    """Where a card stands: not sent yet, showing what it should, showing something older, or with nobody to show it."""

    NEW = "new"
    SHOWN = "shown"
    STALE = "stale"
    UNREACHABLE = "unreachable"


class CardRow(Stored, table=True):
    """What a person's card of a task should show and what it shows; -1 is shown nothing yet.

    `ref` is the card's id there. Whoever acts for the task's person has a card as well. `reminded` is how many of the
    task's reminders this person was sent or spared, and `reminded_at` when the phone last rang for one.
    """

    __tablename__ = "cards"
    __table_args__ = (UniqueConstraint("platform", "ref"), Index(None, "instance"))

    task_id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    instance: str
    platform: str | None = None
    ref: str | None = None
    wanted_revision: int
    shown_revision: int = -1
    shown_digest: str | None = None
    answering_until: datetime | None = Field(default=None, sa_type=UtcTime)
    state: str
    error: str | None = None
    reminded: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    reminded_at: datetime | None = Field(default=None, sa_type=UtcTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)
    updated_at: datetime = Field(sa_type=UtcTime)


@dataclass(frozen=True)
class Wish:
    """That a person's card shows the task as it now is; without a platform nobody can be reached."""

    task: Task
    person: str
    platform: str | None


@dataclass(frozen=True)
class DueCard:
    """A card that shows less than it should, with the task and the instance that it is about."""

    row: CardRow
    task: Task
    instance: InstanceView


class Cards:
    """The desired state of every card; what is wanted and what is shown only ever go forward."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def want(self, task: Task, platform: str | None, at: datetime) -> None:
        """Ask for the person's card to show the task as it now is; without a platform nobody can be reached."""
        await self.want_all([Wish(task, task.person, platform)], at)

    async def want_all(self, wishes: Sequence[Wish], at: datetime) -> None:
        """The same for several cards."""
        newest = {(one.task.id, one.person): one for one in sorted(wishes, key=lambda wish: wish.task.revision)}
        if newest:
            rows = [_row(wish, at) for wish in newest.values()]
            await execute_many(self._session, _want(dialect_of(self._session)), rows)

    async def due(self, instance: str) -> list[DueCard]:
        """The cards of an instance that show less than they should and whose person can be reached."""
        return await self._due(_due_of_instance(), of=instance)

    async def still_due(self, task_id: str, person: str) -> DueCard | None:
        """That card as it is now, None when nothing is left to show or its person cannot be reached."""
        found = await self._due(_due_now(), of=task_id, whose=person)
        return found[0] if found else None

    async def _due(self, statement: Select[CardRow, TaskRow, InstanceRow], **told: str) -> list[DueCard]:
        found = await self._session.execute(statement, told)
        return [DueCard(card, task.task, instance.view) for card, task, instance in found]

    async def shown(  # noqa: PLR0917 - the card, and what it shows
        self, task_id: str, person: str, revision: int, digest: str, ref: str | None, at: datetime
    ) -> bool:
        """Note what the card shows now; False, and nothing noted, when it shows that revision or a newer one already.

        With `ref` None the card was not sent, because there is nothing to show any more.
        """
        told: dict[str, Any] = {"task": task_id, "whose": person, "revision": revision, "digest": digest, "at": at}
        if ref is None:
            return await change(self._session, _shown_without_sending(), told)
        return await change(self._session, _shown(), {**told, "at_ref": ref})

    async def sending(self, task_id: str, person: str, ref: str, at: datetime) -> None:
        """Note that a card is about to be sent: should the answer get lost, it is known that it may be there."""
        await change(self._session, _sending(), {"task": task_id, "whose": person, "at_ref": ref, "at": at})

    async def reminding(self, task_id: str, person: str, number: int, rings_at: datetime | None) -> bool:
        """Note that this reminder is about to be sent, or with None is spared; False if it, or a later one, was noted.

        It is noted first, so that nobody is reminded twice of the same.
        """
        told = {"task": task_id, "whose": person, "number": number, "at": rings_at}
        return await change(self._session, _reminding(), told)

    async def answering(self, task_id: str, person: str, until: datetime) -> None:
        """Note that a press on this card is being answered, so that nobody updates the card meanwhile."""
        await change(self._session, _answering(), {"task": task_id, "whose": person, "until": until})

    async def answered(self, task_id: str, person: str, digest: str | None) -> None:
        """The press is answered; `digest` is of the card given back with the answer, None if none was.

        Such a card is due once more: an answer may be provisional ("received, in progress"), and only a comparison with
        what the task became tells. When they are alike, nothing is sent.
        """
        if digest is None:
            await change(self._session, _answering(), {"task": task_id, "whose": person, "until": None})
        else:
            await change(self._session, _answered(), {"task": task_id, "whose": person, "digest": digest})

    async def unreachable(self, task_id: str, person: str, error: str, at: datetime) -> None:
        """Note why the person cannot be shown the card; it is not tried again until the person's platform changes."""
        await change(self._session, _unreachable(), {"task": task_id, "whose": person, "why": error, "at": at})

    async def find(self, task_id: str, person: str) -> CardRow | None:
        return await self._session.get(CardRow, (task_id, person))

    async def by_ref(self, platform: str, ref: str) -> CardRow | None:
        wanted = select(CardRow).where(col(CardRow.platform) == platform, col(CardRow.ref) == ref)
        return (await self._session.scalars(wanted)).one_or_none()


# To build a statement takes as long as to execute it, so each is built once.


def _behind() -> Select[CardRow, TaskRow, InstanceRow]:
    return (
        select(CardRow, TaskRow, InstanceRow)
        .join(TaskRow, col(TaskRow.id) == col(CardRow.task_id))
        .join(InstanceRow, col(InstanceRow.id) == col(TaskRow.instance))
        .where(col(CardRow.shown_revision) < col(CardRow.wanted_revision), col(CardRow.state) != CardState.UNREACHABLE)
    )


@cache
def _due_of_instance() -> Select[CardRow, TaskRow, InstanceRow]:
    in_order = (col(CardRow.task_id), col(CardRow.person))
    return _behind().where(col(CardRow.instance) == bindparam("of")).order_by(*in_order)


@cache
def _due_now() -> Select[CardRow, TaskRow, InstanceRow]:
    return _behind().where(col(CardRow.task_id) == bindparam("of"), col(CardRow.person) == bindparam("whose"))


def _card() -> Update:
    table = table_of(CardRow)
    return update(table).where(table.c.task_id == bindparam("task"), table.c.person == bindparam("whose"))


@cache
def _shown_without_sending() -> Update:
    have = table_of(CardRow).c
    revision: BindParameter[int] = bindparam("revision")
    return (
        _card()
        .where(have.shown_revision < revision)
        .values(
            shown_revision=revision,
            shown_digest=bindparam("digest"),
            state=case((have.wanted_revision > revision, CardState.STALE), else_=CardState.SHOWN),
            error=None,
            updated_at=bindparam("at", type_=UtcTime),
        )
    )


@cache
def _shown() -> Update:
    return _shown_without_sending().values(**_sent())


@cache
def _sending() -> Update:
    return _card().values(**_sent())


def _sent() -> dict[str, Any]:
    known = table_of(CardRow).c.sent_at
    return {"ref": bindparam("at_ref"), "sent_at": case((known.is_(None), bindparam("at", type_=UtcTime)), else_=known)}


@cache
def _reminding() -> Update:
    number: BindParameter[int] = bindparam("number")
    have = table_of(CardRow).c
    rang = func.coalesce(bindparam("at", type_=UtcTime), have.reminded_at, type_=UtcTime)
    return _card().where(have.reminded < number).values(reminded=number, reminded_at=rang)


@cache
def _answering() -> Update:
    return _card().values(answering_until=bindparam("until"))


@cache
def _answered() -> Update:
    return _card().values(answering_until=None, shown_digest=bindparam("digest"), shown_revision=-1)


@cache
def _unreachable() -> Update:
    return _card().values(
        state=CardState.UNREACHABLE, error=bindparam("why"), updated_at=bindparam("at", type_=UtcTime)
    )


@cache
def _want(dialect: str) -> Insert:
    statement, have = insert_for(dialect, CardRow), table_of(CardRow).c
    return statement.on_conflict_do_update(
        index_elements=["task_id", "person"],
        set_={
            "platform": statement.excluded.platform,
            "wanted_revision": statement.excluded.wanted_revision,
            "state": _state_when_wanted(statement),
            "error": case((_given_up(statement), have.error), else_=statement.excluded.error),
            "updated_at": statement.excluded.updated_at,
        },
        where=statement.excluded.wanted_revision > have.wanted_revision,
    )


def _row(wish: Wish, at: datetime) -> dict[str, Any]:
    return {
        "task_id": wish.task.id,
        "instance": wish.task.instance,
        "person": wish.person,
        "platform": wish.platform,
        "wanted_revision": wish.task.revision,
        "shown_revision": -1,
        "state": CardState.NEW if wish.platform else CardState.UNREACHABLE,
        "error": None if wish.platform else NO_ACCOUNT,
        "updated_at": at,
    }


def _state_when_wanted(statement: Insert) -> ColumnElement[str]:
    have, new = table_of(CardRow).c, statement.excluded
    return case(
        (new.platform.is_(None), CardState.UNREACHABLE),
        (_given_up(statement), CardState.UNREACHABLE),
        (have.sent_at.is_not(None), CardState.STALE),
        else_=CardState.NEW,
    )


def _given_up(statement: Insert) -> ColumnElement[bool]:
    have = table_of(CardRow).c
    return and_(have.state == CardState.UNREACHABLE, have.platform == statement.excluded.platform)
