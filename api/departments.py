"""The tree of departments: everybody sees it, whoever maintains people changes it."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Session, Tools, guarded
from api.revising import Personnel, revising
from postroad.directory.revise import add_department, change_department, close_department, stamp
from postroad.model.people import Department, Key
from postroad.model.storable import Said
from postroad.store.people import People
from postroad.store.roster import Roster, with_those_below

router = APIRouter(prefix="/departments", tags=["people 人员"])

Name = Annotated[Said, Field(min_length=1, max_length=200)]
Whom = Annotated[Said, Field(min_length=1, max_length=64)]


class DepartmentOut(BaseModel):
    """`people` are the active ones in it, `below` with those of the departments in it; `stamp` is for a change."""

    id: str
    name: str
    parent: str | None
    head: str | None
    head_name: str | None
    people: int
    below: int
    stamp: str


class DepartmentOrder(BaseModel):
    """What a department is to be; without `parent` it stands at the top."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    parent: Whom | None = None
    head: Whom | None = None

    def department(self, key: str) -> Department:
        return Department(id=key, name=self.name.strip(), parent=self.parent, head=self.head)


class NewDepartment(DepartmentOrder):
    """Without `id` it gets one; rules name departments by it."""

    id: Key | None = None


class ChangedDepartment(DepartmentOrder):
    stamp: Whom


@router.get("", summary="部门列表 / Departments", dependencies=[guarded("read", "act", "people")])
async def departments(session: Session) -> list[DepartmentOut]:
    """All of them, in their order; `parent` makes the tree."""
    return await _shown(session)


@router.post("", status_code=201, summary="新建部门 / A new department")
async def create(order: NewDepartment, caller: Personnel, parts: Tools) -> DepartmentOut:
    department = order.department(order.id or f"d-{secrets.token_hex(5)}")
    async with revising(parts, caller) as revision:
        after = add_department(revision.organisation, department)
        await revision.save("department.created", f"department:{department.id}", after, becomes=department)
        return await _one(revision.session, department.id)


@router.put("/{department_id}", summary="修改部门 / Rename or move a department, or give it another head")
async def change(department_id: str, order: ChangedDepartment, caller: Personnel, parts: Tools) -> DepartmentOut:
    async with revising(parts, caller) as revision:
        department, was = order.department(department_id), revision.organisation.department(department_id)
        after = change_department(revision.organisation, department, order.stamp)
        await revision.save("department.changed", f"department:{department_id}", after, was=was, becomes=department)
        return await _one(revision.session, department_id)


@router.delete("/{department_id}", status_code=204, summary="撤销部门 / Close a department")
async def close(
    department_id: str, caller: Personnel, parts: Tools, stamp: Annotated[str, Query(max_length=64)]
) -> None:
    """One in which there is nobody any more."""
    async with revising(parts, caller) as revision:
        was = revision.organisation.department(department_id)
        after = close_department(revision.organisation, department_id, stamp)
        await revision.save("department.closed", f"department:{department_id}", after, was=was)


async def _one(session: AsyncSession, wanted: str) -> DepartmentOut:
    return next(one for one in await _shown(session) if one.id == wanted)


async def _shown(session: AsyncSession) -> list[DepartmentOut]:
    listed, counts = await Roster(session).departments(), await Roster(session).counts()
    totals = with_those_below(listed, counts)
    heads = await People(session).names({one.head for one in listed if one.head})
    return [
        DepartmentOut(
            **one.model_dump(),
            head_name=heads.get(one.head or ""),
            people=counts.get(one.id, 0),
            below=totals[one.id],
            stamp=stamp(one),
        )
        for one in listed
    ]
