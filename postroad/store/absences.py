"""Who is away and who acts meanwhile. Kept apart from the organisation, so that loading another one loses nothing."""

from datetime import datetime

from sqlalchemy import Index, Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.model.absence import Absence
from postroad.model.refusals import Conflict, Unknown
from postroad.store.people import OrganisationRow, People
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import dialect_of, insert, table_of


class AbsenceRow(Stored, table=True):
    """An absence from `starts_at` until before `ends_at`; the cap is a figure written exactly, as text."""

    __tablename__ = "absences"
    __table_args__ = (Index(None, "principal", "ends_at"), Index(None, "ends_at"))

    id: str = Field(primary_key=True)
    principal: str
    agent: str
    starts_at: datetime = Field(sa_type=UtcTime)
    ends_at: datetime = Field(sa_type=UtcTime)
    processes: list[str] = Field(sa_type=Json)
    amount_cap: str | None = None
    amount_field: str
    open_tasks: bool
    note: str
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcTime)

    @property
    def absence(self) -> Absence:
        kept = self.model_dump(exclude={"starts_at", "ends_at", "cancelled_at"})
        return Absence.model_validate({**kept, "from": self.starts_at, "to": self.ends_at})


class OverlappingAbsence(Conflict):
    """Somebody would have two agents for one task."""

    code = "overlapping_absence"

    def __init__(self, absence: Absence, other: Absence) -> None:
        self.other = other
        days = f"{other.from_.isoformat()} – {other.to.isoformat()}"
        super().__init__(
            f"{absence.principal} 在 {days} 已由 {other.agent} 代理；请先取消，或改为不重叠的时间或流程",
            f"{absence.principal} already has the agent {other.agent} in {days}; cancel that one first, "
            "or choose a time or processes that do not overlap",
        )


class Absences:
    """Absences that were said and not cancelled."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put(self, absence: Absence) -> None:
        """Say an absence, or say it anew under its id.

        Raises:
            Unknown: the principal or the agent is not in the organisation.
            OverlappingAbsence: the principal has another agent for the same time and processes.
            Conflict: this absence was cancelled, and stays so.
        """
        await self._one_at_a_time(absence.principal)
        await self._refuse_strangers(absence)
        for other in await self.of(absence.principal):
            if other.id != absence.id and other.overlaps(absence):
                raise OverlappingAbsence(absence, other)
        columns = _columns(absence)
        statement = insert(self._session, AbsenceRow).values(id=absence.id, **columns)
        said = statement.on_conflict_do_update(
            index_elements=["id"], set_=columns, where=table_of(AbsenceRow).c.cancelled_at.is_(None)
        )
        if not (await self._session.scalars(said.returning(table_of(AbsenceRow).c.id))).first():
            raise Conflict(
                f"代理 {absence.id} 已取消，请另建一个", f"the absence {absence.id} was cancelled; make another one"
            )
        await self._note_change()

    async def _one_at_a_time(self, principal: str) -> None:
        # SQLite has one writer anyway; without this two overlapping ones could be said at the same time
        if dialect_of(self._session) == "postgresql":
            await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(principal, 0))))

    async def _refuse_strangers(self, absence: Absence) -> None:
        both = (absence.principal, absence.agent)
        known = await People(self._session).names(both)
        strangers = ", ".join(person for person in both if person not in known)
        if strangers:
            raise Unknown(
                f"组织中没有 {strangers}，请先载入组织文件",
                f"the organisation does not know {strangers}; load the organisation first",
            )

    async def cancel(self, id: str, at: datetime) -> bool:  # noqa: A002 - it is the absence's id
        """End an absence at this moment, or before it begins; False when there is none that could be."""
        table = table_of(AbsenceRow)
        live = update(table).where(table.c.id == id, table.c.cancelled_at.is_(None), table.c.ends_at > at)
        changed = (await self._session.scalars(live.values(cancelled_at=at).returning(table.c.id))).first() is not None
        if changed:
            await self._note_change()
        return changed

    async def _note_change(self) -> None:
        table = table_of(OrganisationRow)
        await self._session.execute(update(table).values(absences=table.c.absences + 1))

    async def current(self, at: datetime) -> tuple[Absence, ...]:
        """Those of this moment, for any process and amount, the one that began first coming first."""
        return await self._read(_live().where(col(AbsenceRow.starts_at) <= at, col(AbsenceRow.ends_at) > at))

    async def not_over(self, at: datetime) -> tuple[Absence, ...]:
        """Those of this moment and those to come, in the same order."""
        return await self._read(_live().where(col(AbsenceRow.ends_at) > at))

    async def find(self, id: str) -> Absence | None:  # noqa: A002 - it is the absence's id
        """One that was not cancelled."""
        return next(iter(await self._read(_live().where(col(AbsenceRow.id) == id))), None)

    async def listed(self, person: str | None, at: datetime | None) -> tuple[Absence, ...]:
        """Those of the person, who is principal or agent, or everybody's; not those that are over at that moment."""
        wanted = _live()
        if person is not None:
            wanted = wanted.where(or_(col(AbsenceRow.principal) == person, col(AbsenceRow.agent) == person))
        return await self._read(wanted if at is None else wanted.where(col(AbsenceRow.ends_at) > at))

    async def of(self, person: str) -> tuple[Absence, ...]:
        """The person's own, past and to come."""
        return await self._read(_live().where(col(AbsenceRow.principal) == person))

    async def _read(self, wanted: Select[AbsenceRow]) -> tuple[Absence, ...]:
        rows = await self._session.scalars(wanted.order_by(col(AbsenceRow.starts_at), col(AbsenceRow.id)))
        return tuple(row.absence for row in rows)


def _live() -> Select[AbsenceRow]:
    return select(AbsenceRow).where(col(AbsenceRow.cancelled_at).is_(None))


def _columns(absence: Absence) -> dict[str, object]:
    kept = absence.model_dump(mode="json", exclude={"id", "from_", "to"})
    return {**kept, "starts_at": absence.from_, "ends_at": absence.to}
