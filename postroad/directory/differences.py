"""What would change if another organisation were loaded."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Literal

from postroad.model.base import Fact
from postroad.model.people import Department, Organisation


class Change(Fact):
    """Somebody is `new`, `gone`, or `changed`: then `was` and `becomes` have what differs, by field, as text."""

    kind: Literal["new", "changed", "gone"]
    person: str
    name: str
    was: dict[str, str] = {}
    becomes: dict[str, str] = {}

    def line(self) -> str:
        """The change as one line of text."""
        what = "; ".join(f"{key} {self.was[key] or '—'} → {self.becomes[key] or '—'}" for key in self.was)
        return f"{_MARK[self.kind]} {self.person} {self.name}{f': {what}' if what else ''}"


class DepartmentChange(Fact):
    """A department is `new`, `gone`, or `changed`: then `was` and `becomes` have what differs, by field, as text."""

    kind: Literal["new", "changed", "gone"]
    department: str
    name: str
    was: dict[str, str] = {}
    becomes: dict[str, str] = {}


_MARK = {"new": "+", "changed": "~", "gone": "-"}


def differences(loaded: Organisation, coming: Organisation) -> list[Change]:
    """Who is new, changed and gone, with their roles and the departments they head; in the order of the lists."""
    before, after = _faces(loaded), _faces(coming)
    return [
        *(Change(kind="new", person=one, name=after[one]["name"]) for one in after if one not in before),
        *(_changed(one, before[one], after[one]) for one in after if one in before and before[one] != after[one]),
        *(Change(kind="gone", person=one, name=before[one]["name"]) for one in before if one not in after),
    ]


def department_differences(loaded: Organisation, coming: Organisation) -> list[DepartmentChange]:
    """Which departments are new, changed and gone, in the order of the lists."""
    before, after = ({one.id: one for one in side.departments} for side in (loaded, coming))
    faces = {one.id: (_shown(before[one.id]), _shown(one)) for one in coming.departments if one.id in before}
    return [
        *(
            DepartmentChange(kind="new", department=one.id, name=one.name)
            for one in after.values()
            if one.id not in before
        ),
        *(
            DepartmentChange(
                kind="changed",
                department=one,
                name=after[one].name,
                was={key: was[key] for key in was if was[key] != becomes[key]},
                becomes={key: becomes[key] for key in was if was[key] != becomes[key]},
            )
            for one, (was, becomes) in faces.items()
            if was != becomes
        ),
        *(
            DepartmentChange(kind="gone", department=one.id, name=one.name)
            for one in before.values()
            if one.id not in after
        ),
    ]


def _shown(department: Department) -> dict[str, str]:
    return {key: _text(value) for key, value in department.model_dump(exclude={"id"}).items()}


def _changed(person: str, before: Mapping[str, str], after: Mapping[str, str]) -> Change:
    fields = [key for key in after if before[key] != after[key]]
    return Change(
        kind="changed",
        person=person,
        name=after["name"],
        was={key: before[key] for key in fields},
        becomes={key: after[key] for key in fields},
    )


def _faces(organisation: Organisation) -> dict[str, dict[str, str]]:
    roles, heads = defaultdict(list), defaultdict(list)
    for holder in organisation.roles:
        roles[holder.person].append(holder.role + (f"({_text(holder.scope)})" if holder.scope else ""))
    for department in organisation.departments:
        heads[department.head or ""].append(department.id)
    return {
        person.id: {
            **{key: _text(value) for key, value in person.model_dump(exclude={"id"}).items()},
            "roles": ", ".join(sorted(roles[person.id])),
            "heads": ", ".join(sorted(heads[person.id])),
        }
        for person in organisation.people
    }


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={value[key]}" for key in sorted(value))
    if isinstance(value, tuple | list):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)
