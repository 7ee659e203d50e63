"""From a specification of people to people, with the reason for each and a trace of how they were found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from postroad.model.label import Label
from postroad.model.people import Candidate, Department, Organisation, Person, Resolution, RoleHolder, Who
from postroad.model.template import MissingVariable, lookup, render


def resolve(
    who: Sequence[Who],
    *,
    owner: Who,
    initiator: str,
    variables: Mapping[str, Any],
    organisation: Organisation,
    fallback: Sequence[Who] = (),
) -> Resolution:
    """The active people whom `who` means, in order, each once.

    If there are none: the people of the first specification in `fallback` that leads to somebody.
    A specification that leads nowhere finds nobody and never raises; `trace` says why, one line for each step. The
    initiator's name comes along, for those who tell the story.
    """
    search = _Search(owner, initiator, variables, organisation)
    found = search.people(who)
    name = search.name(initiator)
    if found or not fallback:
        return Resolution(candidates=tuple(found), initiator_name=name, trace=tuple(search.trace))
    search.say("没有找到处理人，改由备选人处理", "nobody was found, so the stand-ins are asked")
    stand_ins = next((people for spec in fallback if (people := search.people([spec]))), [])
    trace = tuple(search.trace)
    return Resolution(candidates=tuple(stand_ins), fallback=bool(stand_ins), initiator_name=name, trace=trace)


@dataclass(frozen=True)
class _Found:
    person: Person
    reason: str


@dataclass
class _Search:
    owner: Who
    initiator: str
    variables: Mapping[str, Any]
    organisation: Organisation
    trace: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._people = {person.id: person for person in self.organisation.people}
        self._departments = {department.id: department for department in self.organisation.departments}

    def say(self, zh: str, en: str) -> None:
        self.trace.append(f"{zh} / {en}")

    def name(self, person: str) -> str:
        """The person's name; empty if the organisation does not know the person."""
        return self._people[person].name if person in self._people else ""

    def people(self, who: Sequence[Who]) -> list[Candidate]:
        found: dict[str, Candidate] = {}
        for spec in who:
            for one in self._meant(spec):
                if self._may_be_asked(one.person) and one.person.id not in found:
                    found[one.person.id] = Candidate(
                        person=one.person.id, name=one.person.name, reason=Label.of(one.reason)
                    )
        return list(found.values())

    def _may_be_asked(self, person: Person) -> bool:
        if not person.active:
            self.say(
                f"{person.name}（{person.id}）已停用，略过", f"{person.name} ({person.id}) is inactive and passed over"
            )
        return person.active

    def _meant(self, spec: Who, trail: tuple[Who, ...] = ()) -> list[_Found]:
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
        return found

    def _expand(self, spec: Who, trail: tuple[Who, ...]) -> Iterator[_Found]:
        if spec.person:
            yield from self._named(render(spec.person, self.variables))
        elif spec.role:
            yield from self._holders(spec)
        elif spec.department_head_of:
            yield from self._head_of(spec.department_head_of)
        elif spec.superior_of:
            yield from self._superior_of(spec.superior_of)
        elif spec.initiator:
            yield from self._person(self.initiator, "发起人 / the initiator")
        elif spec.process_owner:
            yield from self._because(self.owner, trail, "流程负责人 / the process owner")
        elif spec.from_:
            yield from self._from_variables(spec.from_, trail)

    def _person(self, person_id: str, reason: str) -> Iterator[_Found]:
        person = self._people.get(person_id)
        if person is None:
            self.say(f"组织中没有 {person_id}", f"nobody in the organisation is called {person_id}")
        else:
            yield _Found(person, reason)

    def _named(self, person_id: str) -> Iterator[_Found]:
        yield from self._person(person_id, "指定人员 / named")

    def _holders(self, spec: Who) -> Iterator[_Found]:
        role = render(str(spec.role), self.variables)
        wanted = {key: render(value, self.variables) for key, value in spec.where.items()}
        for holder in self.organisation.roles:
            if holder.role == role and _covers(holder.scope, wanted):
                yield from self._person(holder.person, _duty(holder, wanted))

    def _head_of(self, name: str) -> Iterator[_Found]:
        """The head of a department named by id, or of the department of a person or of the person a variable holds.

        Of a head, the head of the department above: nobody is his own.
        """
        said = self._said(name)
        person = self._people.get(said)
        department = self._departments.get((person.department or "") if person else said)
        for one in self._upwards(department):
            if one.head and not (person and one.head == person.id):
                yield from self._person(one.head, f"{one.name}负责人 / head of {one.name}")
                return
        self.say(f"{name} 没有部门负责人", f"{name} has no head of department")

    def _upwards(self, department: Department | None) -> Iterator[Department]:
        seen: set[str] = set()
        while department is not None and department.id not in seen:
            seen.add(department.id)
            yield department
            department = self._departments.get(department.parent or "")

    def _superior_of(self, name: str) -> Iterator[_Found]:
        person = self._people.get(self._said(name))
        if person is None or person.superior is None:
            self.say(f"{name} 没有上级", f"{name} has no superior")
            return
        yield from self._person(person.superior, f"{person.name}的上级 / superior of {person.name}")

    def _said(self, name: str) -> str:
        """The id that a name in a specification stands for: a variable's value, the initiator, or the name itself."""
        try:
            return str(lookup(name, self.variables))
        except MissingVariable:
            return self.initiator if name == "initiator" else name

    def _from_variables(self, path: str, trail: tuple[Who, ...]) -> Iterator[_Found]:
        for said in _listed(lookup(path, self.variables)):
            spec = self._read(path, said)
            if spec is not None:
                yield from self._because(spec, trail, None)

    def _because(self, spec: Who, trail: tuple[Who, ...], reason: str | None) -> Iterator[_Found]:
        for one in self._meant(spec, trail):
            yield _Found(one.person, reason or one.reason)

    def _read(self, path: str, said: Any) -> Who | None:
        try:
            return Who.model_validate({"person": said} if isinstance(said, str) else said)
        except ValidationError:
            self.say(f"变量 {path} 的值 {said!r} 不能指定人员", f"the value {said!r} of {path} does not say who it is")
            return None


def _duty(holder: RoleHolder, wanted: Mapping[str, str]) -> str:
    if holder.title:
        return f"{holder.title.zh} / {holder.title.en}"
    within = ", ".join(f"{key}={value}" for key, value in wanted.items())
    role = holder.role
    return f"角色 {role}（{within}） / role {role} ({within})" if within else f"角色 {role} / role {role}"


def _covers(scope: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """A holder answers for what is wanted unless the scope says something else; an empty scope is everywhere."""
    return all(key not in scope or scope[key] == value for key, value in wanted.items())


def _listed(said: Any) -> list[Any]:
    if said is None:
        return []
    return list(said) if isinstance(said, list | tuple) else [said]
