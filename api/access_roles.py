"""The roles that can be granted: shipped ones, and the company's own."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from api.absences import readable
from api.depends import Session, Tools, guarded
from api.granting import Steward, check_covers
from postroad.model.label import Label
from postroad.model.people import Key
from postroad.model.refusals import Forbidden, Unknown
from postroad.model.rights import ADMINISTRATOR, SHIPPED, AccessRole, Extent, Scope, as_issued
from postroad.model.storable import STORABLE
from postroad.store.audit import Audit
from postroad.store.grants import Grants

router = APIRouter(prefix="/access-roles", tags=["rights 权限"])


class RoleOut(BaseModel):
    """A role. `shipped` ones exist in every company; the administrator's cannot be changed."""

    key: str
    title: Label
    rights: list[Scope]
    extent: Extent
    departments: list[str]
    shipped: bool
    fixed: bool

    @classmethod
    def of(cls, role: AccessRole) -> "RoleOut":
        return cls(**role.model_dump(), shipped=role.key in SHIPPED, fixed=role.key == ADMINISTRATOR)


class RoleOrder(BaseModel):
    """`departments`, and those below them, are meant by the extent `departments`."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[Label, STORABLE]
    rights: list[Scope] = Field(max_length=20)
    extent: Extent = "own"
    departments: list[Key] = Field(default=[], max_length=500)


@router.get("", summary="访问角色 / Access roles", dependencies=[guarded("people", "audit")])
async def access_roles(session: Session) -> list[RoleOut]:
    return [RoleOut.of(role) for role in (await Grants(session).roles()).values()]


@router.get("/{key}", summary="一个访问角色 / One access role", dependencies=[guarded("people", "audit")])
async def access_role(key: str, session: Session) -> RoleOut:
    role = (await Grants(session).roles()).get(key)
    if role is None:
        raise no_role(key)
    return RoleOut.of(role)


@router.put("/{key}", summary="新增或修改访问角色 / Add or change an access role")
async def put_role(key: Annotated[Key, Path()], order: RoleOrder, caller: Steward, parts: Tools) -> RoleOut:
    """Changes at once what every holder may do; by somebody who holds all of it, for the whole company."""
    if key == ADMINISTRATOR:
        raise Forbidden("系统管理员角色不能修改", "The administrator's role stays as it is", code="fixed_role")
    with readable():
        role = AccessRole(**order.model_dump(), key=key)
    async with parts.database.begin() as session:
        grants = Grants(session)
        before = (await grants.roles()).get(key)
        concerned = {*role.rights, *(before.rights if before else ())}
        check_covers(caller, as_issued(concerned, None))
        await grants.put_role(role)
        was = before.model_dump(mode="json") if before else None
        act, after = "role.changed" if before else "role.added", role.model_dump(mode="json")
        await Audit(session).note(caller.actor, act, f"role:{key}", parts.now(), before=was, after=after)
    return RoleOut.of(role)


def no_role(key: str) -> Unknown:
    return Unknown(f"没有角色 {key}", f"There is no role {key}", code="no_role")
