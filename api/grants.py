"""Who holds which role."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.access_roles import no_role
from api.depends import Caller, Guard, Session, Tools
from api.granting import Steward, check_covers, person_within
from postroad.model.people import Key
from postroad.model.refusals import Unknown
from postroad.model.storable import Said
from postroad.store.audit import Audit
from postroad.store.grants import GrantRow, Grants
from postroad.store.people import People

router = APIRouter(prefix="/grants", tags=["rights 权限"])

Overseer = Annotated[Caller, Depends(Guard("people", "audit"))]


class GrantOut(BaseModel):
    """`departments`, where there are any, stand for those of the role; those below them are meant as well."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    person: str
    name: str = ""
    role: str
    departments: list[str] | None
    given_at: AwareDatetime
    given_by: str


class GrantOrder(BaseModel):
    model_config = ConfigDict(extra="forbid")

    person: Said = Field(min_length=1, max_length=64)
    role: Key
    departments: list[Key] = Field(default=[], max_length=500, description="只限这些部门及下级 / only these and below")
    reason: Said = Field(default="", max_length=2000)


@router.get("", summary="授权列表 / Who holds which role")
async def grants(
    *,
    caller: Overseer,
    session: Session,
    person: str | None = None,
    role: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
    after: Annotated[str | None, Query(description="上一页最后一个 id / the last id of the page before")] = None,
) -> list[GrantOut]:
    """Of people within the caller's reach."""
    reach = caller.rights.reach("people") | caller.rights.reach("audit")
    found = await Grants(session).page(reach=reach, person=person, role=role, limit=limit, after=after)
    names = await People(session).names({row.person for row in found})
    return [_told(row, names.get(row.person, "")) for row in found]


@router.post("", summary="授予角色 / Grant a role", status_code=201)
async def grant(order: GrantOrder, caller: Steward, parts: Tools) -> GrantOut:
    """Nobody grants more than they hold. A role that is held already gets these departments."""
    async with parts.database.begin() as session:
        person = await person_within(session, caller, order.person)
        held = Grants(session)
        role = (await held.roles()).get(order.role)
        if role is None:
            raise no_role(order.role)
        check_covers(caller, await held.would_have(person.id, role, order.departments))
        by = caller.person or caller.name
        async with held.an_administrator_stays():
            row = await held.give(person.id, order.role, order.departments, parts.now(), by=by)
        told = GrantOut.model_validate(row).model_dump(mode="json", include={"role", "departments"})
        await Audit(session).note(
            caller.actor, "role.granted", f"person:{person.id}", parts.now(), after=told, reason=order.reason
        )
    return _told(row, person.name)


@router.delete("/{grant_id}", summary="收回角色 / Take a role away", status_code=204)
async def take_away(grant_id: str, caller: Steward, parts: Tools, reason: Said = "") -> None:
    """Nobody takes away more than they hold, and nobody the last administrator's role."""
    async with parts.database.begin() as session:
        held = Grants(session)
        row = await held.find(grant_id)
        if row is None:
            raise Unknown(f"没有授权 {grant_id}", f"There is no grant {grant_id}", code="no_grant")
        await person_within(session, caller, row.person)
        role = (await held.roles()).get(row.role)
        if role is not None:
            check_covers(caller, await held.would_have(row.person, role, row.departments))
        async with held.an_administrator_stays():
            await held.take(grant_id)
        told = {"role": row.role, "departments": row.departments}
        await Audit(session).note(
            caller.actor, "role.taken", f"person:{row.person}", parts.now(), before=told, reason=reason
        )


def _told(row: GrantRow, name: str) -> GrantOut:
    return GrantOut.model_validate(row).model_copy(update={"name": name})
