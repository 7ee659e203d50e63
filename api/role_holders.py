"""Who holds which role, and where."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from api.depends import Caller, Guard, Session, Tools
from api.revising import Personnel, revising
from api.visible import sees_all_of
from postroad.directory.revise import add_holder, change_holder, held, holder_id, without_holder
from postroad.model.label import Label
from postroad.model.people import Key, Organisation, RoleHolder
from postroad.model.refusals import Unknown
from postroad.model.storable import STORABLE, Said
from postroad.store.people import People

router = APIRouter(prefix="/role-holders", tags=["people 人员"])

Words = Annotated[str, Field(min_length=1, max_length=200)]


Reader = Annotated[Caller, Depends(Guard("read", "people"))]


class HolderOrder(BaseModel):
    """`person` holds `role` within `scope`, everywhere when it is empty; `title` is what people are told."""

    model_config = ConfigDict(extra="forbid")

    role: Key
    person: Annotated[Said, Field(min_length=1, max_length=64)]
    scope: Annotated[dict[Words, Words], STORABLE, Field(max_length=20)] = {}
    title: Annotated[Label, STORABLE] | None = None

    @property
    def holder(self) -> RoleHolder:
        return RoleHolder(**self.model_dump())


class HolderOut(BaseModel):
    """A role that somebody holds; its `id` says who, what and where, so it is another one after a change."""

    id: str
    role: str
    person: str
    person_name: str
    active: bool
    scope: dict[str, str]
    title: Label | None


@router.get("", summary="角色与担任人 / Roles and who holds them")
async def holders(
    caller: Reader,
    session: Session,
    role: Annotated[str | None, Query(max_length=64)] = None,
    person: Annotated[str | None, Query(max_length=64)] = None,
) -> list[HolderOut]:
    """Those of the people whom the caller may see all of."""
    organisation = await People(session).organisation()
    seen = {one.id for one in organisation.people if sees_all_of(caller, one)}
    return [
        one
        for one in shown(organisation)
        if one.person in seen and role in {None, one.role} and person in {None, one.person}
    ]


@router.post("", status_code=201, summary="授予角色 / Give somebody a role")
async def add(order: HolderOrder, caller: Personnel, parts: Tools) -> HolderOut:
    async with revising(parts, caller) as revision:
        after = add_holder(revision.organisation, order.holder)
        await revision.save("duty.given", f"duty:{order.role}", after, becomes=order.holder)
        return _one(after, holder_id(order.holder))


@router.put("/{holder}", summary="修改角色 / Change who holds a role, or where")
async def change(holder: str, order: HolderOrder, caller: Personnel, parts: Tools) -> HolderOut:
    async with revising(parts, caller) as revision:
        was = held(revision.organisation, holder)
        after = change_holder(revision.organisation, holder, order.holder)
        await revision.save("duty.changed", f"duty:{was.role}", after, was=was, becomes=order.holder)
        return _one(after, holder_id(order.holder))


@router.delete("/{holder}", status_code=204, summary="收回角色 / Take a role from somebody")
async def remove(holder: str, caller: Personnel, parts: Tools) -> None:
    async with revising(parts, caller) as revision:
        was = held(revision.organisation, holder)
        await revision.save("duty.taken", f"duty:{was.role}", without_holder(revision.organisation, holder), was=was)


def shown(organisation: Organisation) -> list[HolderOut]:
    """Every role that somebody holds, in the order of the file."""
    people = {one.id: one for one in organisation.people}
    return [
        HolderOut(
            **holder.model_dump(),
            id=holder_id(holder),
            person_name=people[holder.person].name,
            active=people[holder.person].active,
        )
        for holder in organisation.roles
        if holder.person in people
    ]


def _one(organisation: Organisation, wanted: str) -> HolderOut:
    found = next((one for one in shown(organisation) if one.id == wanted), None)
    if found is None:
        raise Unknown("没有这条角色", "There is no such role holder", code="no_such_holder")
    return found
