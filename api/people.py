"""People: everybody sees the directory, whoever maintains it sees and changes all of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from api.administering import who
from api.depends import Admin, Caller, Guard, Session, Tools, guarded
from api.handover import Handover, HandoverOrder, hand_over
from api.people_shown import PersonOut, PersonShown, listed, shown
from api.revising import Personnel, revising
from api.visible import sees_all_of
from postroad.directory.revise import add_person, change_person
from postroad.model.people import Person
from postroad.model.refusals import Malformed, Unknown
from postroad.model.storable import STORABLE, Said
from postroad.store.people import People
from postroad.store.roster import Roster, below

router = APIRouter(prefix="/people", tags=["people 人员"])

Colleague = Annotated[Caller, Depends(Guard("read", "act", "people"))]
PersonTold = Annotated[Person, STORABLE]


class NewPerson(BaseModel):
    model_config = ConfigDict(extra="forbid")

    person: PersonTold


class ChangedPerson(BaseModel):
    """The person as they are to be, whole; `stamp` is that of the person as you saw them."""

    model_config = ConfigDict(extra="forbid")

    person: PersonTold
    stamp: Annotated[Said, Field(max_length=64)]


@router.get("", summary="人员列表 / People", dependencies=[guarded("read", "act", "people")])
async def people(
    *,
    session: Session,
    search: Annotated[str, Query(max_length=100, description="姓名、工号、岗位 / name, id, position")] = "",
    department: Annotated[str | None, Query(max_length=64, description="含下级部门 / with those below")] = None,
    active: bool | None = None,
    after: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[PersonOut]:
    """In the order of the file; `after` is the id of the last one of the page before."""
    departments = await Roster(session).departments()
    among = below(departments, department) if department else None
    found = await Roster(session).page(search=search, departments=among, active=active, after=after, limit=limit)
    return listed(found, departments)


@router.get("/{person_id}", summary="一个人 / One person")
async def person(person_id: str, caller: Colleague, session: Session, parts: Tools) -> PersonShown:
    """`whole` is there with `people`, within the reach of `read`, and for the person."""
    found = await People(session).person(person_id)
    if found is None:
        raise Unknown(f"没有人员 {person_id}", f"There is no person {person_id}", code="no_such_person")
    return await shown(session, found, parts.now, whole=sees_all_of(caller, found))


@router.post("", status_code=201, summary="新增人员 / A new person")
async def create(order: NewPerson, caller: Personnel, parts: Tools) -> PersonShown:
    told = _named(order.person)
    async with revising(parts, caller) as revision:
        after = add_person(revision.organisation, told)
        await revision.save("person.created", f"person:{told.id}", after, becomes=told)
        return await shown(revision.session, told, parts.now, whole=True)


@router.put("/{person_id}", summary="修改人员 / Change a person")
async def change(person_id: str, order: ChangedPerson, caller: Personnel, parts: Tools) -> PersonShown:
    """Who leaves is not `active` any more: what is still to be done about it is in `notices`."""
    told = _named(order.person)
    if told.id != person_id:
        raise Malformed("工号不能修改；请新增一人", "The id stays; add a new person instead", code="id_stays")
    async with revising(parts, caller) as revision:
        was = revision.organisation.person(person_id)
        after = change_person(revision.organisation, told, order.stamp)
        await revision.save("person.changed", f"person:{person_id}", after, was=was, becomes=told)
        return await shown(revision.session, told, parts.now, whole=True)


@router.post("/{person_id}/handover", summary="离职交接 / Hand over somebody's open tasks")
async def handover(person_id: str, order: HandoverOrder, caller: Admin, parts: Tools) -> Handover:
    """With `preview`, which is the default, only shows what would be moved, and what cannot be and why."""
    async with parts.database.read() as session:
        by = await who(session, caller)
    return await hand_over(parts, person_id, order, by=by, actor=caller.actor, reach=caller.administers)


def _named(told: Person) -> Person:
    """Without space around the name, which nobody goes without."""
    if not told.name.strip():
        raise Malformed("缺少姓名", "The name is missing", code="name_missing")
    return told.model_copy(update={"name": told.name.strip(), "position": told.position.strip()})
