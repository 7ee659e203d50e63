"""A person as pages show them: what everybody may know, and the rest for whoever may see it."""

from collections.abc import Sequence

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from api.absences import AbsenceOut
from api.absences import shown as shown_absences
from api.clock import Clock
from api.role_holders import HolderOut
from api.role_holders import shown as shown_holders
from postroad.directory.revise import stamp
from postroad.model.label import Label
from postroad.model.people import Department, Organisation, Person
from postroad.store.absences import Absences
from postroad.store.open_tasks import OpenTasks
from postroad.store.people import People
from postroad.store.roster import path


class PersonOut(BaseModel):
    """Somebody a task can go to."""

    id: str
    name: str
    department: str | None
    department_name: str | None = None
    position: str
    active: bool


class Named(BaseModel):
    id: str
    name: str


class Whole(BaseModel):
    """Everything about somebody. `stamp` is for a change; `notices` say what there is to do about a leaver."""

    person: Person
    stamp: str
    superior_name: str | None
    reports: list[Named]
    roles: list[HolderOut]
    open_tasks: int
    absences: list[AbsenceOut]
    notices: list[Label]


class PersonShown(PersonOut):
    """`path` leads from the top to the department, `heads` are the departments the person leads.

    `whole` is there for whoever sees all, and for the person.
    """

    path: list[Named]
    heads: list[Named]
    whole: Whole | None


def listed(people: Sequence[Person], departments: Sequence[Department]) -> list[PersonOut]:
    """People as everybody may know them."""
    names = {one.id: one.name for one in departments}
    fields = set(PersonOut.model_fields) - {"department_name"}
    return [
        PersonOut(**one.model_dump(include=fields), department_name=names.get(one.department or "")) for one in people
    ]


async def shown(session: AsyncSession, person: Person, now: Clock, *, whole: bool) -> PersonShown:
    organisation = await People(session).organisation()
    (known,) = listed([person], organisation.departments)
    heads = [_named(one) for one in organisation.departments if one.head == person.id]
    return PersonShown(
        **known.model_dump(),
        path=[_named(one) for one in path(organisation.departments, person.department)],
        heads=heads,
        whole=await _whole(session, person, organisation, now) if whole else None,
    )


async def _whole(session: AsyncSession, person: Person, organisation: Organisation, now: Clock) -> Whole:
    superior = organisation.person(person.superior) if person.superior else None
    roles = [one for one in shown_holders(organisation) if one.person == person.id]
    reports = [_named(one) for one in organisation.people if one.superior == person.id and one.active]
    open_tasks = len(await OpenTasks(session).of(person.id))
    return Whole(
        person=person,
        stamp=stamp(person),
        superior_name=superior.name if superior else None,
        reports=reports,
        roles=roles,
        open_tasks=open_tasks,
        absences=await shown_absences(session, await Absences(session).listed(person.id, now())),
        notices=[] if person.active else _left_behind(person, organisation, open_tasks, len(roles), len(reports)),
    )


def _left_behind(person: Person, organisation: Organisation, tasks: int, roles: int, reports: int) -> list[Label]:
    notices = []
    if tasks:
        zh, en = f"还有 {tasks} 项未办任务，请交接给别人", f"There are {tasks} open tasks; hand them over to somebody"
        notices.append(Label(zh=zh, en=en))
    if roles:
        zh, en = f"还担任 {roles} 个角色，请授予别人", f"{roles} roles are still held; give them to somebody else"
        notices.append(Label(zh=zh, en=en))
    if heads := [one.name for one in organisation.departments if one.head == person.id]:
        names = "、".join(heads)
        zh, en = f"还是 {names} 的负责人，请另定", f"{names}: still the head there; name another one"
        notices.append(Label(zh=zh, en=en))
    if reports:
        zh, en = f"还是 {reports} 人的上级，请另定", f"Still the superior of {reports} people; give them another one"
        notices.append(Label(zh=zh, en=en))
    return notices


def _named(one: Person | Department) -> Named:
    return Named(id=one.id, name=one.name)
