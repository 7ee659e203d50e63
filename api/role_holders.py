"""Who holds which role, and where."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api.depends import Session, Tools, guarded
from api.revising import Personnel, revising
from postroad.directory.revise import add_holder, change_holder, holder_id, without_holder
from postroad.model.label import Label
from postroad.model.people import Key, Organisation, RoleHolder
from postroad.model.refusals import Unknown
from postroad.model.storable import STORABLE, Said
from postroad.store.people import People

router = APIRouter(prefix="/role-holders", tags=["people 人员"])

Words = Annotated[str, Field(min_length=1, max_length=200)]


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


@router.get("", summary="角色与担任人 / Roles and who holds them", dependencies=[guarded("read", "people")])
async def holders(
    session: Session,
    role: Annotated[str | None, Query(max_length=64)] = None,
    person: Annotated[str | None, Query(max_length=64)] = None,
) -> list[HolderOut]:
    organisation = await People(session).organisation()
    return [one for one in shown(organisation) if role in {None, one.role} and person in {None, one.person}]


@router.post("", status_code=201, summary="授予角色 / Give somebody a role")
async def add(order: HolderOrder, _: Personnel, parts: Tools) -> HolderOut:
    async with revising(parts) as revision:
        after = add_holder(revision.organisation, order.holder)
        await revision.save(after)
        return _one(after, holder_id(order.holder))


@router.put("/{holder}", summary="修改角色 / Change who holds a role, or where")
async def change(holder: str, order: HolderOrder, _: Personnel, parts: Tools) -> HolderOut:
    async with revising(parts) as revision:
        after = change_holder(revision.organisation, holder, order.holder)
        await revision.save(after)
        return _one(after, holder_id(order.holder))


@router.delete("/{holder}", status_code=204, summary="收回角色 / Take a role from somebody")
async def remove(holder: str, _: Personnel, parts: Tools) -> None:
    async with revising(parts) as revision:
        await revision.save(without_holder(revision.organisation, holder))


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
