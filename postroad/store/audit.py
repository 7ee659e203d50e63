"""The log of administrative acts: written with the act, in its transaction, and never changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Index, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.acting import Actor
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import table_of


class AuditRow(Stored, table=True):
    """One act. `object` says on what, as `kind:id`; `before` and `after` hold no secrets.

    The database itself refuses to change or to delete a row.
    """

    __tablename__ = "audit"
    __table_args__ = (Index(None, "at"), Index(None, "object"), Index(None, "person"))

    number: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcTime)
    person: str | None = None
    name: str
    via: str = ""
    address: str = ""
    act: str
    object: str
    before: dict[str, Any] | None = Field(default=None, sa_type=Json)
    after: dict[str, Any] | None = Field(default=None, sa_type=Json)
    reason: str = ""


class Audit:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def note(
        self,
        by: Actor,
        act: str,
        object: str,  # noqa: A002 - on what it was done
        at: datetime,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        reason: str = "",
    ) -> None:
        """Write down an act within the transaction that does it. An act in Temporal is noted before it is sent.

        `act` is a stable word, `role.granted`; `before` and `after` are plain JSON and must hold no secret.
        """
        told = {"before": dict(before) if before else None, "after": dict(after) if after else None}
        row = {**by.model_dump(), "act": act, "object": object, "at": at, "reason": reason, **told}
        await self._session.execute(table_of(AuditRow).insert().values(**row))

    async def page(
        self,
        *,
        person: str | None = None,
        act: str | None = None,
        object: str | None = None,  # noqa: A002 - on what it was done
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        after: int | None = None,
    ) -> list[AuditRow]:
        """Acts, the latest first; `after` is the number that ended the page before.

        `act` and `object` may be the beginning of one: `role` for all about roles.
        """
        wanted = select(AuditRow)
        if person is not None:
            wanted = wanted.where(col(AuditRow.person) == person)
        if act is not None:
            wanted = wanted.where(col(AuditRow.act).startswith(act, autoescape=True))
        if object is not None:
            wanted = wanted.where(col(AuditRow.object).startswith(object, autoescape=True))
        if since is not None:
            wanted = wanted.where(col(AuditRow.at) >= since)
        if until is not None:
            wanted = wanted.where(col(AuditRow.at) < until)
        if after is not None:
            wanted = wanted.where(col(AuditRow.number) < after)
        return list(await self._session.scalars(wanted.order_by(col(AuditRow.number).desc()).limit(limit)))
