"""Whom rules and steps can name in an organisation: what an editor offers, and how a typed name is understood."""

from collections.abc import Iterator

from postroad.directory.words import role_title, who_in_words
from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.people import Organisation, Who


class RoleChoice(Fact):
    """A role, its title, and by which keys its holders share it out."""

    role: str
    title: Label
    keys: tuple[str, ...]


class NamedChoice(Fact):
    id: str
    name: str


class WhoChoices(Fact):
    """What there is to choose from."""

    roles: tuple[RoleChoice, ...]
    departments: tuple[NamedChoice, ...]
    people: tuple[NamedChoice, ...]
    positions: tuple[str, ...]
    skills: tuple[str, ...]


def who_choices(organisation: Organisation) -> WhoChoices:
    """Roles that somebody holds, and active people; each list in the order of the organisation."""
    active = [person for person in organisation.people if person.active]
    return WhoChoices(
        roles=tuple(_role(role, organisation) for role in dict.fromkeys(one.role for one in organisation.roles)),
        departments=tuple(NamedChoice(id=one.id, name=one.name) for one in organisation.departments),
        people=tuple(NamedChoice(id=one.id, name=one.name) for one in active),
        positions=tuple(dict.fromkeys(one.position for one in active if one.position)),
        skills=tuple(dict.fromkeys(skill for one in active for skill in one.skills)),
    )


def who_called(name: str, organisation: Organisation) -> Who | None:
    """Whom a name in words means, in either language: a role, a department's head, somebody; None if nobody is."""
    wanted = name.strip().casefold()
    for spec in _candidates(organisation):
        said = who_in_words(spec, organisation)
        if wanted in {said.zh.casefold(), said.en.casefold(), (spec.role or spec.person or "").casefold()} - {""}:
            return spec
    return None


def _candidates(organisation: Organisation) -> Iterator[Who]:
    yield Who(process_owner=True)
    yield Who(initiator=True)
    for asker in ("applicant", "initiator"):
        yield Who(department_head_of=asker)
        yield Who(superior_of=asker)
    choices = who_choices(organisation)
    for one in choices.roles:
        yield Who(role=one.role)
        for key in one.keys:
            yield Who(role=one.role, where={key: f"{{{key}}}"})
    for department in choices.departments:
        yield Who(department_head_of=department.id)
        yield Who(members_of=department.id)
    yield from (Who(person=one.id) for one in choices.people)


def _role(role: str, organisation: Organisation) -> RoleChoice:
    keys = dict.fromkeys(key for one in organisation.roles if one.role == role for key in one.scope)
    return RoleChoice(role=role, title=role_title(role, organisation), keys=tuple(keys))
