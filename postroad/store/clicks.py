from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Index, UniqueConstraint, Update, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Field, col

from postroad.model.decision import Answer, Click
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import dialect_of, execute_many, insert_for, table_of


class ClickRow(Stored, table=True):
    """A press of a button, kept before anything is done about it; `told` is the click, `answer` its one outcome."""

    __tablename__ = "clicks"
    __table_args__ = (
        UniqueConstraint("platform", "delivery"),
        Index(None, "task"),
        Index(None, "answered_at", "received_at"),
    )

    id: str = Field(primary_key=True)
    platform: str
    delivery: str | None = None
    task: str
    person: str
    action: str
    told: dict[str, Any] = Field(sa_type=Json)
    received_at: datetime = Field(sa_type=UtcTime)
    signalled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    signals: int = 0
    said: dict[str, Any] | None = Field(default=None, sa_type=Json)
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)

    @property
    def click(self) -> Click:
        return Click.model_validate(self.told)

    @property
    def answer(self) -> Answer | None:
        return None if self.said is None else Answer.model_validate(self.said)


class Clicks:
    """The inbox of presses: once a press is in here it cannot be lost."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def receive(self, click: Click, platform: str, delivery: str | None) -> ClickRow:
        """Keep a press, received at `click.at`; if it is known by its id, or by this delivery, the row that is there.

        `delivery` is the platform's own name for this message, None where the channel has none.
        """
        columns: dict[str, Any] = {
            "id": click.id,
            "platform": platform,
            "delivery": delivery,
            "task": click.task,
            "person": click.actor,
            "action": click.action,
            "told": click.model_dump(mode="json"),
            "received_at": click.at,
            "signals": 0,
        }
        connection = await self._session.connection()
        entered = await connection.execute(_receive(dialect_of(self._session)), columns)
        if entered.first() is not None:
            return ClickRow(**columns)
        return await self.find(click.id) or await self._delivered(platform, delivery)

    async def _delivered(self, platform: str, delivery: str | None) -> ClickRow:
        wanted = select(ClickRow).where(col(ClickRow.platform) == platform, col(ClickRow.delivery) == delivery)
        return (await self._session.scalars(wanted)).one()

    async def answered(self, answer: Answer, at: datetime) -> None:
        """Keep the outcome of a press. The first one stays; for a press that was never received nothing is kept."""
        await self.all_answered([answer], at)

    async def all_answered(self, answers: Sequence[Answer], at: datetime) -> None:
        """The same for several at once."""
        if not answers:
            return
        told = [{"click": one.click, "outcome": one.model_dump(mode="json"), "moment": at} for one in answers]
        await execute_many(self._session, _answered(), told)

    async def unanswered(self, older_than: datetime, limit: int = 100) -> list[ClickRow]:
        """Presses without an outcome that were received, and last signalled, before `older_than`; oldest first."""
        wanted = (
            select(ClickRow)
            .where(
                col(ClickRow.answered_at).is_(None),
                col(ClickRow.received_at) < older_than,
                or_(col(ClickRow.signalled_at).is_(None), col(ClickRow.signalled_at) < older_than),
            )
            .order_by(col(ClickRow.received_at), col(ClickRow.id))
            .limit(limit)
        )
        return list(await self._session.scalars(wanted))

    async def unanswered_count(self) -> int:
        """How many presses have no outcome yet."""
        waiting = select(func.count()).select_from(ClickRow).where(col(ClickRow.answered_at).is_(None))
        return await self._session.scalar(waiting) or 0

    async def signalled(self, id: str, at: datetime) -> None:  # noqa: A002 - it is the click's id
        """Note that the press was sent on without waiting for its outcome."""
        table = table_of(ClickRow)
        await self._session.execute(
            update(table).where(table.c.id == id).values(signalled_at=at, signals=table.c.signals + 1)
        )

    async def claim(self, id: str, seen: datetime | None, at: datetime) -> bool:  # noqa: A002 - it is the click's id
        """Take on sending the press again; False when somebody else has since it was last `seen` to be signalled."""
        table = table_of(ClickRow)
        unchanged = update(table).where(table.c.id == id, table.c.signalled_at.is_not_distinct_from(seen))
        mine = await self._session.scalars(
            unchanged.values(signalled_at=at, signals=table.c.signals + 1).returning(table.c.id)
        )
        return mine.first() is not None

    async def find(self, id: str) -> ClickRow | None:  # noqa: A002 - it is the click's id
        return await self._session.get(ClickRow, id)


# To build a statement takes as long as to execute it, so each is built once.


@cache
def _receive(dialect: str) -> ReturningInsert[str]:
    return insert_for(dialect, ClickRow).on_conflict_do_nothing().returning(table_of(ClickRow).c.id)


@cache
def _answered() -> Update:
    table = table_of(ClickRow)
    unanswered = update(table).where(table.c.id == bindparam("click"), table.c.answered_at.is_(None))
    return unanswered.values(said=bindparam("outcome"), answered_at=bindparam("moment"))
