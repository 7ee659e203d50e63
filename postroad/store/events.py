from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, UniqueConstraint, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import Field, col

from postroad.model.document import DocumentRef
from postroad.model.event import ErpNews
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import insert, table_of

LONGEST_PAUSE = timedelta(minutes=5)
"""The longest wait before an event that could not be handled is tried again."""


class EventRow(Stored, table=True):
    """Word from a business system, kept as it came until something was done about it."""

    __tablename__ = "erp_events"
    __table_args__ = (
        UniqueConstraint("system", "event_id"),
        Index(None, "done_at", "id"),
        Index(None, "system", "kind", "document_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    system: str
    event_id: str
    kind: str
    document_id: str
    mode: str
    version: str = ""
    round: int = 1
    payload: dict[str, Any] = Field(sa_type=Json)
    received_at: datetime = Field(sa_type=UtcTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcTime)
    result: str | None = None
    attempts: int = 0
    error: str | None = None
    retry_at: datetime | None = Field(default=None, sa_type=UtcTime)

    @property
    def document(self) -> DocumentRef:
        return DocumentRef(system=self.system, kind=self.kind, id=self.document_id)

    @property
    def news(self) -> ErpNews:
        return ErpNews(event_id=self.event_id, mode=self.mode, version=self.version)


class ErpEvents:
    """The inbox of events. Only a hint: whoever handles one reads the document itself."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def receive(
        self,
        document: DocumentRef,
        news: ErpNews,
        *,
        at: datetime,
        payload: dict[str, Any],
        round: int = 1,  # noqa: A002 - the round of submission
    ) -> bool:
        """Keep an event; False when this system's event was received before."""
        new = insert(self._session, EventRow).values(
            system=document.system,
            event_id=news.event_id,
            kind=document.kind,
            document_id=document.id,
            mode=news.mode,
            version=news.version,
            round=round,
            payload=payload,
            received_at=at,
            attempts=0,
        )
        kept = await self._session.scalars(new.on_conflict_do_nothing().returning(table_of(EventRow).c.id))
        return kept.first() is not None

    async def waiting(self, limit: int = 100, *, at: datetime | None = None) -> list[EventRow]:
        """The first waiting event of each document, in the order of arrival: no event overtakes an earlier one.

        With `at`, documents whose event failed a short while ago are left out until it is due again.
        """
        earlier = aliased(EventRow)
        overtaken = exists().where(
            col(earlier.system) == col(EventRow.system),
            col(earlier.kind) == col(EventRow.kind),
            col(earlier.document_id) == col(EventRow.document_id),
            col(earlier.id) < col(EventRow.id),
            col(earlier.done_at).is_(None),
        )
        wanted = select(EventRow).where(col(EventRow.done_at).is_(None), ~overtaken)
        if at is not None:
            wanted = wanted.where(or_(col(EventRow.retry_at).is_(None), col(EventRow.retry_at) <= at))
        return list(await self._session.scalars(wanted.order_by(col(EventRow.id)).limit(limit)))

    async def waiting_count(self) -> int:
        """How many events nothing was done about yet."""
        waiting = select(func.count()).select_from(EventRow).where(col(EventRow.done_at).is_(None))
        return await self._session.scalar(waiting) or 0

    async def done(self, row_id: int, result: str, at: datetime) -> None:
        """Note what was done about an event; `result` is one word or id for people who look later."""
        table = table_of(EventRow)
        await self._session.execute(
            update(table)
            .where(table.c.id == row_id, table.c.done_at.is_(None))
            .values(done_at=at, result=result, attempts=table.c.attempts + 1, error=None, retry_at=None)
        )

    async def failed(self, row_id: int, error: str, at: datetime) -> None:
        """Note that nothing could be done yet; it is due again after 1 s, 2 s, 4 s … at most five minutes."""
        row = await self._session.get(EventRow, row_id)
        if row is None or row.done_at is not None:
            return
        pause = min(timedelta(seconds=2 ** min(row.attempts, 16)), LONGEST_PAUSE)
        table = table_of(EventRow)
        await self._session.execute(
            update(table)
            .where(table.c.id == row_id, table.c.done_at.is_(None))
            .values(attempts=table.c.attempts + 1, error=error, retry_at=at + pause)
        )

    async def of_document(self, ref: DocumentRef, limit: int = 100) -> list[EventRow]:
        """What was heard of a document, newest first."""
        wanted = (
            select(EventRow)
            .where(
                col(EventRow.system) == ref.system,
                col(EventRow.kind) == ref.kind,
                col(EventRow.document_id) == ref.id,
            )
            .order_by(col(EventRow.id).desc())
            .limit(limit)
        )
        return list(await self._session.scalars(wanted))
