"""From a specification to the people it means, active or not, with the reason for each and a trace of the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from postroad.model.people import Department, Organisation, Person, RoleHolder, Who
from postroad.model.template import MissingVariable, lookup, render


@dataclass(frozen=True)
class Found:
    """`reason` is bilingual, as refusals print it; `weight` is what this person's vote counts."""

    person: Person
    reason: str
    weight: int = 1


@dataclass
class Search:
    """What leads nowhere finds nobody and never raises; `trace` says why, one bilingual line for each step."""

    owner: Who
    initiator: str
    variables: Mapping[str, Any]
    organisation: Organisation
    trace: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = {person.id: person for person in self.organisation.people}
        self._departments = {department.id: department for department in self.organisation.departments}

    def say(self, zh: str, en: str) -> None:
        self.trace.append(f"{zh} / {en}")

    def name(self, person: str) -> str:
        """The person's name; empty if the organisation does not know the person."""
        return self.people[person].name if person in self.people else ""

    def superiors(self, person: Person) -> Iterator[Person]:
        """The superior, the superior's superior, and so on to the top."""
        seen, above = {person.id}, self.people.get(person.superior or "")
        while above is not None and above.id not in seen:
            seen.add(above.id)
            yield above
            above = self.people.get(above.superior or "")

    def department_head(self, person: Person) -> Person | None:
        """The head of the person's own department, who may be the person."""
        department = self._departments.get(person.department or "")
        return self.people.get(department.head or "") if department else None

    def meant(self, spec: Who, trail: tuple[Who, ...] = ()) -> list[Found]:
        """Everybody whom the specification means, in order; of weights said on the way, the nearest counts."""
        if spec in trail:
            self.say(f"{spec} 循环引用", f"{spec} leads in a circle")
            return []
        try:
            found = list(self._expand(spec, (*trail, spec)))
        except MissingVariable as missing:
            self.say(f"{spec}：没有变量 {missing.path}", f"{spec}: there is no variable {missing.path}")
            return []
        names = ", ".join(one.person.id for one in found)
        self.say(f"{spec} → {names or '无人'}", f"{spec} → {names or 'nobody'}")
        if spec.weight == 1:
            return found
        return [one if one.weight > 1 else replace(one, weight=spec.weight) for one in found]

    def _expand(self, spec: Who, trail: tuple[Who, ...]) -> Iterator[Found]:
        if spec.person:
            yield from self._person(render(spec.person, self.variables), _why(spec))
        elif spec.department_head_of:
            yield from self._head_of(spec.department_head_of, spec.up)
        elif spec.superior_of:
            yield from self._superior_of(spec.superior_of, spec.up)
        elif spec.initiator:
            yield from self._person(self.initiator, "发起人 / the initiator")
        elif spec.process_owner:
            yield from self._because(self.owner, trail, "流程负责人 / the process owner")
        elif spec.from_:
            yield from self._from_variables(spec.from_, trail)
        elif spec.did:
            self.say(f"还没有人办理“{spec.did}”", f"nobody did “{spec.did}” yet")
        else:
            yield from self._chosen(spec)

    def _person(self, person_id: str, reason: str) -> Iterator[Found]:
        person = self.people.get(person_id)
        if person is None:
            self.say(f"组织中没有 {person_id}", f"nobody in the organisation is called {person_id}")
        else:
            yield Found(person, reason)

    def _chosen(self, spec: Who) -> list[Found]:
        """Those of a role, a department or the company who are as the specification wants them, the most skilled first.

        Who names no regions works in all of them.
        """
        skill, position, region = (
            said and render(said, self.variables) for said in (spec.skill, spec.position, spec.region)
        )
        wanted = _Wanted(skill, spec.level or 1, position, region)
        met = [one for one in self._group(spec) if wanted.is_met_by(one.person)]
        found = [Found(one.person, wanted.reason(one), one.weight) for one in met]
        return sorted(found, key=lambda one: -one.person.skills[skill]) if skill else found

    def _group(self, spec: Who) -> Iterator[Found]:
        if spec.role:
            yield from self._holders(spec)
        elif spec.members_of:
            yield from self._members_of(spec.members_of)
        else:
            yield from (Found(person, "") for person in self.organisation.people)

    def _holders(self, spec: Who) -> Iterator[Found]:
        role = render(str(spec.role), self.variables)
        wanted = {key: render(value, self.variables) for key, value in spec.where.items()}
        holders = [one for one in self.organisation.roles if one.role == role and _covers(one.scope, wanted)]
        if spec.closest:
            most = max((_said_of(one.scope, wanted) for one in holders), default=0)
            holders = [one for one in holders if _said_of(one.scope, wanted) == most]
        for holder in holders:
            yield from self._person(holder.person, _duty(holder, wanted))

    def _members_of(self, name: str) -> Iterator[Found]:
        """Everybody in a department and those below it; it is named as for `_head_of`."""
        _, department = self._place(name)
        if department is None:
            self.say(f"{name} 不是部门", f"{name} is no department")
            return
        below = {one.id for one in self._departments.values() if department in self._upwards(one)}
        for person in self.organisation.people:
            if person.department in below:
                yield Found(person, f"{department.name}成员 / member of {department.name}")

    def _head_of(self, name: str, up: int) -> Iterator[Found]:
        """The head of a department named by id, or of the department of a person or of the person a variable holds.

        Of a head, the head of the department above: nobody is his own. `up` counts those heads that there are.
        """
        person, department = self._place(name)
        for one in self._upwards(department):
            if one.head and not (person and one.head == person.id):
                up -= 1
                if not up:
                    yield from self._person(one.head, f"{one.name}负责人 / head of {one.name}")
                    return
        self.say(f"{name} 没有部门负责人", f"{name} has no head of department")

    def _place(self, name: str) -> tuple[Person | None, Department | None]:
        """The person whom the name stands for, if it does, and the department it leads to."""
        said = self._said(name)
        person = self.people.get(said)
        return person, self._departments.get((person.department or "") if person else said)

    def _upwards(self, department: Department | None) -> Iterator[Department]:
        seen: set[str] = set()
        while department is not None and department.id not in seen:
            seen.add(department.id)
            yield department
            department = self._departments.get(department.parent or "")

    def _superior_of(self, name: str, up: int) -> Iterator[Found]:
        person = self.people.get(self._said(name))
        line = list(self.superiors(person)) if person is not None else []
        if person is None or len(line) < up:
            self.say(f"{name} 没有上级", f"{name} has no superior")
            return
        zh, en = ("上级", "superior") if up == 1 else (f"第 {up} 级上级", f"superior, {up} levels up,")
        yield from self._person(line[up - 1].id, f"{person.name}的{zh} / {en} of {person.name}")

    def _said(self, name: str) -> str:
        """The id that a name in a specification stands for: a variable's value, the initiator, or the name itself."""
        try:
            return str(lookup(name, self.variables))
        except MissingVariable:
            return self.initiator if name == "initiator" else name

    def _from_variables(self, path: str, trail: tuple[Who, ...]) -> Iterator[Found]:
        for said in _listed(lookup(path, self.variables)):
            spec = self._read(path, said)
            if spec is not None:
                yield from self._because(spec, trail, None)

    def _because(self, spec: Who, trail: tuple[Who, ...], reason: str | None) -> Iterator[Found]:
        for one in self.meant(spec, trail):
            yield replace(one, reason=reason or one.reason)

    def _read(self, path: str, said: Any) -> Who | None:
        named = isinstance(said, str | int) and not isinstance(said, bool)  # an employee number may come as a figure
        try:
            return Who.model_validate({"person": str(said)} if named else said)
        except ValidationError:
            self.say(f"变量 {path} 的值 {said!r} 不能指定人员", f"the value {said!r} of {path} does not say who it is")
            return None


def _why(spec: Who) -> str:
    return f"办理了“{spec.did}” / who did “{spec.did}”" if spec.did else "指定人员 / asked for by name"


@dataclass(frozen=True)
class _Wanted:
    skill: str | None
    level: int
    position: str | None
    region: str | None

    def is_met_by(self, person: Person) -> bool:
        return (
            (self.skill is None or person.skills.get(self.skill, 0) >= self.level)
            and (self.position is None or person.position == self.position)
            and (self.region is None or not person.regions or self.region in person.regions)
        )

    def reason(self, found: Found) -> str:
        """Why somebody who meets this is meant: the reason as it was, and what else was wanted."""
        said = [found.reason] if found.reason else []
        if self.skill is not None:
            level = found.person.skills[self.skill]
            said.append(f"技能 {self.skill}（{level} 级） / skill {self.skill} (level {level})")
        if self.position is not None:
            said.append(f"岗位 {self.position} / position {self.position}")
        if self.region is not None:
            said.append(f"地区 {self.region} / region {self.region}")
        halves = [one.partition(" / ") for one in said]
        return f"{'，'.join(zh for zh, _, _ in halves)} / {', '.join(en or zh for zh, _, en in halves)}"


def _duty(holder: RoleHolder, wanted: Mapping[str, str]) -> str:
    if holder.title:
        return f"{holder.title.zh} / {holder.title.en}"
    within = ", ".join(f"{key}={value}" for key, value in wanted.items())
    role = holder.role
    return f"角色 {role}（{within}） / role {role} ({within})" if within else f"角色 {role} / role {role}"


def _covers(scope: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """A holder answers for what is wanted unless the scope says something else; an empty scope is everywhere."""
    return all(key not in scope or scope[key] == value for key, value in wanted.items())


def _said_of(scope: Mapping[str, str], wanted: Mapping[str, str]) -> int:
    """How much of what is wanted the scope says."""
    return sum(1 for key in wanted if key in scope)


def _listed(said: Any) -> list[Any]:
    if said is None:
        return []
    return list(said) if isinstance(said, list | tuple) else [said]
