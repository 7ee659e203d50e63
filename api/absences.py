"""Who is away and who acts meanwhile: people say it of themselves, administrators of anybody."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Caller, DoerOrAdmin, Participant, Session, Tools
from api.receivers import active_people
from postroad.model.absence import Absence, Cap
from postroad.model.acting import Actor
from postroad.model.people import Key
from postroad.model.refusals import Forbidden, Malformed, Unknown
from postroad.model.storable import Said
from postroad.store.absences import Absences
from postroad.store.audit import Audit
from postroad.store.people import People
from postroad.store.releases import Releases

router = APIRouter(prefix="/absences", tags=["people 人员"])

PersonSaid = Annotated[Said, Field(min_length=1, max_length=64)]


class AbsenceOrder(BaseModel):
    """From `from` until before `to`, `agent` acts for `principal`, by default the caller; see docs/people.md."""

    model_config = ConfigDict(extra="forbid")

    principal: PersonSaid | None = None
    agent: PersonSaid
    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime
    processes: list[Key] = Field(default=[], max_length=100)
    amount_cap: Cap | None = None
    amount_field: Said = Field(default="amount", min_length=1, max_length=100)
    open_tasks: bool = False
    note: Said = Field(default="", max_length=500)


class AbsenceOut(BaseModel):
    """An absence, with the names of the two."""

    absence: Absence
    principal_name: str
    agent_name: str


@router.get("", summary="代理列表 / Absences")
async def absences(
    *,
    caller: Participant,
    session: Session,
    parts: Tools,
    person: Annotated[str | None, Query(description="本人或代理人 / principal or agent")] = None,
    past: Annotated[bool, Query(description="包括已结束的 / also those that are over")] = False,
) -> list[AbsenceOut]:
    """Those that are not over; without `read`, those in which the caller is principal or agent."""
    if not caller.reach.everything and person not in {None, caller.as_person}:
        raise Forbidden("只能查看自己的代理", "You may see only your own absences", code="not_yours")
    whose = person if caller.reach.everything else caller.as_person
    return await shown(session, await Absences(session).listed(whose, None if past else parts.now()))


@router.post("", status_code=201, summary="登记代理 / Say that somebody is away")
async def say(order: AbsenceOrder, caller: DoerOrAdmin, parts: Tools) -> AbsenceOut:
    principal = order.principal or caller.as_person
    absence = absence_of(order, principal)
    async with parts.database.begin() as session:
        await _may_say(session, caller, principal)
        await register(session, absence, parts.now())
        if principal != caller.person:
            await noted(session, caller.actor, "absence.said", absence, parts.now())
        (told,) = await shown(session, (absence,))
    parts.standing_in.wake()
    return told


@router.delete("/{absence_id}", status_code=204, summary="取消代理 / End an absence, or before it begins")
async def revoke(absence_id: str, caller: DoerOrAdmin, parts: Tools) -> None:
    async with parts.database.begin() as session:
        found = await Absences(session).find(absence_id)
        administers = found is not None and await _administers(session, caller, found.principal)
        if found is None or not (administers or caller.person in {found.principal, found.agent}):
            raise Unknown(f"没有代理 {absence_id}", f"There is no absence {absence_id} that you may see")
        await _may_say(session, caller, found.principal)
        await end(session, absence_id, parts.now())
        if found.principal != caller.person:
            await noted(session, caller.actor, "absence.ended", found, parts.now())
    parts.standing_in.wake()


async def _administers(session: AsyncSession, caller: Caller, person: str) -> bool:
    reach = caller.administers
    found = await People(session).person(person) if reach.departments else None
    return reach.everything or (found is not None and found.department in reach.departments)


async def noted(session: AsyncSession, by: Actor, act: str, absence: Absence, at: datetime) -> None:
    """In the audit log: somebody spoke for somebody else."""
    told = absence.model_dump(mode="json", by_alias=True, include={"id", "agent", "from_", "to", "processes"})
    await Audit(session).note(by, act, f"person:{absence.principal}", at, after=told, reason=absence.note)


async def _may_say(session: AsyncSession, caller: Caller, person: str) -> None:
    if person != caller.person and not await _administers(session, caller, person):
        raise Forbidden(
            "只能登记和取消自己的代理；他人的请联系管理员",
            "You may say and end only your own absences; ask an administrator about others",
            code="not_yours",
        )


def absence_of(order: AbsenceOrder, principal: str) -> Absence:
    """Raises Malformed for one that cannot be."""
    said = order.model_dump(by_alias=True) | {"principal": principal, "id": secrets.token_hex(8)}
    with readable():
        return Absence.model_validate(said)


@contextmanager
def readable() -> Iterator[None]:
    """What a model refuses, as a refusal that people read."""
    try:
        yield
    except ValidationError as wrong:
        first = wrong.errors()[0]
        zh, _, en = str(first["msg"]).removeprefix("Value error, ").partition(" / ")
        place = ".".join(str(part) for part in first["loc"])
        raise Malformed(*(f"{place}: {said}" if place else said for said in (zh, en or zh))) from wrong


async def register(session: AsyncSession, absence: Absence, now: datetime) -> None:
    """Keep a new absence.

    Raises:
        Malformed: it is over already, or for a process that does not exist.
        Unknown: one of the two does not work here.
        OverlappingAbsence: the principal has another agent for the same time and processes.
    """
    if absence.to <= now:
        raise Malformed("结束时间已过", "It would be over already", code="over_already")
    await active_people(session, {absence.principal, absence.agent})
    known = {release.process_key for release in await Releases(session).all_latest()}
    if unknown := sorted(set(absence.processes) - known):
        listed = ", ".join(unknown)
        raise Malformed(f"没有流程 {listed}", f"There is no process {listed}", code="no_such_process")
    await Absences(session).put(absence)


async def end(session: AsyncSession, absence_id: str, now: datetime) -> None:
    """Raises Unknown for one that is over, or was ended before."""
    if not await Absences(session).cancel(absence_id, now):
        raise Unknown(f"代理 {absence_id} 已结束或已取消", f"The absence {absence_id} is over or was ended before")


async def shown(session: AsyncSession, absences: tuple[Absence, ...]) -> list[AbsenceOut]:
    """The absences with names."""
    names = await People(session).names({person for one in absences for person in (one.principal, one.agent)})
    return [
        AbsenceOut(
            absence=one,
            principal_name=names.get(one.principal, one.principal),
            agent_name=names.get(one.agent, one.agent),
        )
        for one in absences
    ]
