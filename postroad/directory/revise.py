"""One change to an organisation at a time. What comes out keeps the rules of a whole one, or is refused.

Whoever changes something says the stamp of what they saw, so that nobody undoes what somebody else did meanwhile.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

from postroad.model.base import Fact
from postroad.model.people import Department, Organisation, Person, RoleHolder
from postroad.model.refusals import Conflict, Unknown

_Entry = TypeVar("_Entry", Person, Department)


def stamp(entry: Fact) -> str:
    """Changes whenever the entry does; sixteen letters and figures."""
    return hashlib.sha256(entry.model_dump_json().encode()).hexdigest()[:16]


def holder_id(holder: RoleHolder) -> str:
    """A role holder has no id of its own: it is who holds what, and where."""
    return stamp(holder.model_copy(update={"title": None, "scope": dict(sorted(holder.scope.items()))}))


def add_person(organisation: Organisation, person: Person) -> Organisation:
    """Raises Conflict when the id is taken, ValueError when the organisation would not hold together."""
    _refuse_taken(organisation.people, person)
    return _with(organisation, people=(*organisation.people, person))


def change_person(organisation: Organisation, person: Person, seen: str) -> Organisation:
    """Raises Unknown, Conflict when somebody changed the person meanwhile, ValueError."""
    _as_seen(organisation.people, person.id, seen)
    return _with(organisation, people=_replaced(organisation.people, person))


def add_department(organisation: Organisation, department: Department) -> Organisation:
    """Raises Conflict when the id is taken, ValueError when the organisation would not hold together."""
    _refuse_taken(organisation.departments, department)
    return _with(organisation, departments=(*organisation.departments, department))


def change_department(organisation: Organisation, department: Department, seen: str) -> Organisation:
    """Raises Unknown, Conflict when somebody changed the department meanwhile, ValueError."""
    _as_seen(organisation.departments, department.id, seen)
    return _with(organisation, departments=_replaced(organisation.departments, department))


def close_department(organisation: Organisation, department: str, seen: str) -> Organisation:
    """Raises Unknown, and Conflict when somebody changed it meanwhile or there is still somebody or something in it."""
    _as_seen(organisation.departments, department, seen)
    people = sum(1 for one in organisation.people if one.department == department)
    below = sum(1 for one in organisation.departments if one.parent == department)
    if people or below:
        raise Conflict(
            f"部门还有 {people} 人、{below} 个下级部门，请先移走",
            f"There are still {people} people and {below} departments in it; move them first",
            code="department_not_empty",
        )
    return _with(organisation, departments=tuple(one for one in organisation.departments if one.id != department))


def add_holder(organisation: Organisation, holder: RoleHolder) -> Organisation:
    """Raises Conflict when the person holds the role in that scope already, ValueError when nobody knows the person."""
    if any(holder_id(one) == holder_id(holder) for one in organisation.roles):
        raise Conflict(
            f"{holder.person} 已在此范围担任 {holder.role}",
            f"{holder.person} holds {holder.role} in that scope already",
            code="already_held",
        )
    return _with(organisation, roles=(*organisation.roles, holder))


def change_holder(organisation: Organisation, which: str, holder: RoleHolder) -> Organisation:
    """Put another one in the place of this one. Raises Unknown, Conflict and ValueError."""
    place = organisation.roles.index(held(organisation, which))
    others = without_holder(organisation, which)
    added = add_holder(others, holder)
    return _with(added, roles=(*others.roles[:place], holder, *others.roles[place:]))


def without_holder(organisation: Organisation, which: str) -> Organisation:
    """Raises Unknown when nobody holds it, or not any more."""
    gone = held(organisation, which)
    return _with(organisation, roles=tuple(one for one in organisation.roles if one is not gone))


def held(organisation: Organisation, which: str) -> RoleHolder:
    """Raises Unknown when nobody holds it, or not any more."""
    found = next((one for one in organisation.roles if holder_id(one) == which), None)
    if found is None:
        raise Unknown(
            "没有这条角色，可能刚被修改；请刷新", "Nobody holds this role any more; look again", code="no_such_holder"
        )
    return found


def _as_seen(entries: Sequence[_Entry], wanted: str, seen: str) -> None:
    found = next((one for one in entries if one.id == wanted), None)
    if found is None:
        raise Unknown(f"组织中没有 {wanted}", f"The organisation has no {wanted}", code="not_in_organisation")
    if stamp(found) != seen:
        raise Conflict(
            f"{wanted} 刚被别人修改，请刷新后再改",
            f"Somebody changed {wanted} meanwhile; look again before you change it",
            code="changed_meanwhile",
        )


def _refuse_taken(entries: Sequence[_Entry], entry: _Entry) -> None:
    if any(one.id == entry.id for one in entries):
        raise Conflict(f"编号 {entry.id} 已被使用", f"The id {entry.id} is taken", code="id_taken")


def _replaced(entries: Sequence[_Entry], entry: _Entry) -> tuple[_Entry, ...]:
    return tuple(entry if one.id == entry.id else one for one in entries)


def _with(organisation: Organisation, **changed: Any) -> Organisation:
    kept = {name: getattr(organisation, name) for name in Organisation.model_fields}
    return Organisation(**{**kept, **changed})
