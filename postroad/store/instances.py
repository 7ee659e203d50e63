from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.document import DocumentRef
from postroad.model.label import Label
from postroad.model.refusals import Unknown
from postroad.model.task import InstanceStatus, InstanceView
from postroad.store.people import PersonRow
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.tasks import TaskRow
from postroad.store.upsert import keep_newest

ENDED = (InstanceStatus.FINISHED, InstanceStatus.FAILED)
CAME_TO_NOTHING = ("withdrawn", "rejected", "revoked")


_AWAITED = ("event", "call")
_KEPT_BESIDE = {
    "document_system",
    "document_kind",
    "document_id",
    "waits_since",
    "workflow",
    "checked_at",
    "department",
}
_KEPT_BESIDE |= {"named", "summary", "changed_at"}


class InstanceRow(Stored, table=True):
    """The newest picture of an instance; `revision` 0 is the stub written before the instance said anything itself.

    `waits_since` is when it began to wait for an event or another instance; `workflow`, what Temporal said of it at
    `checked_at`, which a newer picture of its own makes void. `department` is the initiator's when it began, and stays.
    Searches look in `named`, which everybody who sees the instance may know, and in `summary`, which not everybody may;
    `changed_at` is when this picture came, by the database's clock.
    """

    __tablename__ = "instances"
    __table_args__ = (
        Index("ix_instances_newest", "started_at", "id", "named", "initiator"),
        Index(None, "status", "started_at"),
        Index("ix_instances_document", "document_system", "document_kind", "document_id"),
        Index(
            "ix_instances_started",
            "initiator",
            "started_at",
            "id",
            "process",
            "document_system",
            "status",
            "named",
            "summary",
        ),
        Index(None, "changed_at"),
        Index("ix_instances_named", "named", "id", postgresql_ops={"named": "text_pattern_ops"}),
        Index(None, "process", "started_at"),
        Index(None, "called_by"),
        Index(None, "number"),
        Index(None, "department", "started_at"),
    )

    id: str = Field(primary_key=True)
    process: str
    release: str
    title: dict[str, str] = Field(sa_type=Json)
    document_system: str
    document_kind: str
    document_id: str
    number: str
    initiator: str
    initiator_name: str = ""
    status: str
    revision: int
    form_hash: str
    started_at: datetime = Field(sa_type=UtcTime)
    outcome: str | None = None
    waiting_for: str = ""
    fields: dict[str, Any] = Field(sa_type=Json)
    card: list[Any] = Field(sa_type=Json)
    card_fields: list[str] = Field(default=[], sa_type=Json)
    finished_at: datetime | None = Field(default=None, sa_type=UtcTime)
    called_by: str | None = None
    halts: list[Any] = Field(sa_type=Json, sa_column_kwargs={"server_default": "[]"})
    waits_since: datetime | None = Field(default=None, sa_type=UtcTime)
    workflow: str = Field(default="", sa_column_kwargs={"server_default": ""})
    checked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    department: str | None = None
    named: str = Field(default="", sa_column_kwargs={"server_default": ""})
    summary: str = Field(default="", sa_column_kwargs={"server_default": ""})
    changed_at: datetime | None = Field(default=None, sa_type=UtcTime, sa_column_kwargs={"default": func.now()})

    @property
    def view(self) -> InstanceView:
        said = self.model_dump(exclude=_KEPT_BESIDE)
        ref = DocumentRef(system=self.document_system, kind=self.document_kind, id=self.document_id)
        return InstanceView.model_validate({**said, "document": ref})


class Instances:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def stub(  # noqa: PLR0917 - what is known of an instance before it has run
        self,
        id: str,  # noqa: A002 - it is the instance's id
        process: str,
        release: str,
        title: Label,
        document: DocumentRef,
        number: str,
        initiator: str,
        at: datetime,
    ) -> None:
        """Note that an instance was started; does nothing when it is known already."""
        await self.put(
            InstanceView(
                id=id,
                process=process,
                release=release,
                title=title,
                document=document,
                number=number,
                initiator=initiator,
                status=InstanceStatus.RUNNING,
                revision=0,
                form_hash="",
                started_at=at,
            )
        )

    async def put(self, view: InstanceView) -> None:
        """Keep this picture unless one as new or newer is there."""
        row = {**_columns(view), _INITIATOR: view.initiator}
        await keep_newest(self._session, InstanceRow, [row], at_first=_AT_FIRST)

    async def find(self, id: str) -> InstanceView | None:  # noqa: A002 - it is the instance's id
        row = await self._session.get(InstanceRow, id)
        return row.view if row else None

    async def these(self, ids: Collection[str]) -> list[InstanceView]:
        found = await self._session.scalars(select(InstanceRow).where(col(InstanceRow.id).in_(ids))) if ids else ()
        return [row.view for row in found]

    async def ids(self, ids: Collection[str], within: ColumnElement[bool]) -> frozenset[str]:
        """Those of these instances that are within; see `within.py`."""
        found = await self._session.scalars(select(col(InstanceRow.id)).where(col(InstanceRow.id).in_(ids), within))
        return frozenset(found)

    async def open_for(self, ref: DocumentRef) -> list[str]:
        """The ids of the unfinished instances about this document, newest first."""
        found = await self._session.scalars(
            select(col(InstanceRow.id))
            .where(
                col(InstanceRow.document_system) == ref.system,
                col(InstanceRow.document_kind) == ref.kind,
                col(InstanceRow.document_id) == ref.id,
                col(InstanceRow.status).not_in(ENDED),
            )
            .order_by(col(InstanceRow.started_at).desc(), col(InstanceRow.id).desc())
        )
        return list(found)

    async def called_by(self, id: str) -> list[InstanceView]:  # noqa: A002 - it is the instance's id
        """The instances that this one called, in their order."""
        wanted = select(InstanceRow).where(col(InstanceRow.called_by) == id)
        in_order = wanted.order_by(col(InstanceRow.started_at), col(InstanceRow.id))
        return [row.view for row in await self._session.scalars(in_order)]

    async def to_move(
        self,
        process: str,
        *,
        to: str,
        on: str | None = None,
        ids: Sequence[str] = (),
        within: ColumnElement[bool] | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> list[InstanceView]:
        """Unfinished instances of a process on other releases than `to`, or of the release `on`, newest first.

        `ids` keeps those alone. Raises Unknown when no instance has the id `after`.
        """
        row = InstanceRow
        wanted = select(row).where(col(row.process) == process, col(row.release) != to, col(row.status).not_in(ENDED))
        if on is not None:
            wanted = wanted.where(col(row.release) == on)
        if ids:
            wanted = wanted.where(col(row.id).in_(ids))
        if within is not None:
            wanted = wanted.where(within)
        if after is not None:
            wanted = await self._after(wanted, after)
        newest_first = wanted.order_by(col(row.started_at).desc(), col(row.id).desc())
        return [one.view for one in await self._session.scalars(newest_first.limit(limit))]

    async def running_by_release(self, process: str) -> dict[str, int]:
        """How many unfinished instances each release of a process has."""
        row = InstanceRow
        counted = (
            select(col(row.release), func.count())
            .where(col(row.process) == process, col(row.status).not_in(ENDED))
            .group_by(col(row.release))
        )
        return {release: count for release, count in await self._session.execute(counted)}  # noqa: C416 - rows are no pairs to mypy

    async def came_to_nothing(self, process: str, ref: DocumentRef) -> int:
        """How many instances of a process about this document ended so that it may be submitted anew."""
        counted = select(func.count()).where(
            col(InstanceRow.document_system) == ref.system,
            col(InstanceRow.document_kind) == ref.kind,
            col(InstanceRow.document_id) == ref.id,
            col(InstanceRow.process) == process,
            col(InstanceRow.status).in_(ENDED),
            col(InstanceRow.outcome).in_(CAME_TO_NOTHING),
        )
        return await self._session.scalar(counted) or 0

    async def page(
        self,
        *,
        status: InstanceStatus | None = None,
        process: str | None = None,
        person: str | None = None,
        number: str | None = None,
        within: ColumnElement[bool] | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> list[InstanceView]:
        """Instances, newest first; `after` is the id that ended the page before.

        `person` keeps those that the person initiated, or had a task in, also for somebody else; `number` is the
        document's number or its start; `within`, see `within.py`.

        Raises:
            Unknown: no instance has the id `after`.
        """
        wanted = select(InstanceRow)
        if status is not None:
            wanted = wanted.where(col(InstanceRow.status) == status)
        if process is not None:
            wanted = wanted.where(col(InstanceRow.process) == process)
        if person is not None:
            wanted = wanted.where(_concerns(person))
        if number is not None:
            wanted = wanted.where(col(InstanceRow.number).startswith(number, autoescape=True))
        if within is not None:
            wanted = wanted.where(within)
        if after is not None:
            wanted = await self._after(wanted, after)
        newest_first = wanted.order_by(col(InstanceRow.started_at).desc(), col(InstanceRow.id).desc())
        return [row.view for row in await self._session.scalars(newest_first.limit(limit))]

    async def _after(self, wanted: Select[InstanceRow], after: str) -> Select[InstanceRow]:
        last = await self._session.get(InstanceRow, after)
        if last is None:
            raise Unknown(
                f"没有实例 {after}，请从第一页重新翻起", f"there is no instance {after}; start at the first page"
            )
        started, id_ = col(InstanceRow.started_at), col(InstanceRow.id)
        return wanted.where(or_(started < last.started_at, and_(started == last.started_at, id_ < last.id)))


def _concerns(person: str) -> Any:
    concerned = or_(col(TaskRow.person) == person, col(TaskRow.agent) == person)
    had_a_task = select(col(TaskRow.instance)).where(concerned)
    return or_(col(InstanceRow.initiator) == person, col(InstanceRow.id).in_(had_a_task))


_INITIATOR = "initiator_then"
_AT_FIRST = {
    "department": select(col(PersonRow.department)).where(col(PersonRow.id) == bindparam(_INITIATOR)).scalar_subquery()
}
_LONGEST = 200
"""Characters of each text that searches look in: they stand in indexes, whose rows PostgreSQL keeps short."""

_AS_JSON = {"fields", "card", "halts", "card_fields", "title", "status"}


def _columns(view: InstanceView) -> dict[str, Any]:
    said = view.model_dump(exclude={"document", *_AS_JSON})
    plain = view.model_dump(mode="json", include=_AS_JSON)
    ref = view.document
    waits = min((halt.since for halt in view.halts if halt.kind in _AWAITED and halt.since), default=None)
    columns = {"document_system": ref.system, "document_kind": ref.kind, "document_id": ref.id, "waits_since": waits}
    return {**said, **plain, **columns, "named": named(view), "summary": summary(view)}


def named(view: InstanceView) -> str:
    """The words that find an instance for whoever may see it at all, in lower case."""
    words = (view.number, view.initiator_name or view.initiator, view.title.zh, view.title.en)
    return " ".join(dict.fromkeys(words)).lower()[:_LONGEST]


def summary(view: InstanceView) -> str:
    """The same for those who see the whole document: its title, and what its card shows."""
    title = view.fields.get("title")
    words = (title if isinstance(title, str) else "", *(value.zh for _, value in view.card))
    return " ".join(filter(None, dict.fromkeys(words))).lower()[:_LONGEST]
