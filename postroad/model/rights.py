"""Who may do what, and with whose: scopes, the roles that grant them, and how far each reaches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.people import Key

Scope = Literal[
    "read", "act", "admin", "metrics", "rules", "rules_approve", "rules_evaluate",
    "processes", "processes_approve", "people", "audit",
]  # fmt: skip
SCOPES: tuple[Scope, ...] = get_args(Scope)

Extent = Literal["own", "department", "department_and_below", "all", "departments"]


@dataclass(frozen=True)
class Reach:
    """Which instances somebody may deal with: all, or those begun in these departments and those of the person."""

    everything: bool = False
    person: str | None = None
    departments: frozenset[str] = frozenset()

    def covers(self, other: "Reach") -> bool:
        """Whether all that the other one reaches, but for the person's own, is within this one."""
        return self.everything or (not other.everything and other.departments <= self.departments)

    def __or__(self, other: "Reach") -> "Reach":
        person = self.person or other.person
        return Reach(self.everything or other.everything, person, self.departments | other.departments)


EVERYTHING = Reach(everything=True)


class AccessRole(Fact):
    """A role that is granted to people: what its holders may do, and with whose instances.

    `departments` are those of the extent `departments`; those below them are meant as well.
    """

    key: Key
    title: Label
    rights: tuple[Scope, ...]
    extent: Extent = "own"
    departments: Annotated[tuple[Key, ...], Field(max_length=500)] = ()

    @model_validator(mode="after")
    def names_departments_where_it_means_some(self) -> Self:
        if bool(self.departments) != (self.extent == "departments"):
            raise ValueError(
                "departments 与 extent: departments 需要同时给出 / departments go with the extent departments"
            )
        return self

    def reach(self, person: "Placed", own: Iterable[str] | None) -> Reach:
        """How far it reaches for this person; `own` departments of the grant stand for those of the role."""
        if own is not None:
            return Reach(person=person.id, departments=person.and_below(own))
        if self.extent == "all":
            return Reach(everything=True, person=person.id)
        home = [person.department] if person.department else []
        found = {
            "department": frozenset(home),
            "department_and_below": person.and_below(home),
            "departments": person.and_below(self.departments),
        }
        return Reach(person=person.id, departments=found.get(self.extent, frozenset()))


@dataclass(frozen=True)
class Placed:
    """A person, and where in the company: `parents` says of every department within which one it lies."""

    id: str
    department: str | None
    parents: Mapping[str, str | None]

    def and_below(self, tops: Iterable[str]) -> frozenset[str]:
        """These departments with all that lie within them; what is no department is left out."""
        found = set(tops) & self.parents.keys()
        while more := {one for one, parent in self.parents.items() if parent in found} - found:
            found |= more
        return frozenset(found)


def _role(key: str, zh: str, en: str, rights: tuple[Scope, ...], extent: Extent) -> AccessRole:
    return AccessRole(key=key, title=Label(zh=zh, en=en), rights=rights, extent=extent)


ADMINISTRATOR = "administrator"
MEMBER = "member"

SHIPPED: Mapping[str, AccessRole] = {
    role.key: role
    for role in (
        _role(MEMBER, "成员", "Member", ("act",), "own"),
        _role("manager", "部门主管", "Manager", ("act", "read"), "department_and_below"),
        _role("process_owner", "流程负责人", "Process owner", ("act", "read", "processes", "rules"), "all"),
        _role(
            "release_approver", "发布审批人", "Release approver", ("read", "processes_approve", "rules_approve"), "all"
        ),
        _role(ADMINISTRATOR, "系统管理员", "Administrator", SCOPES, "all"),
        _role("auditor", "审计员", "Auditor", ("read", "audit"), "all"),
    )
}
"""The roles every company begins with; all but the administrator's can be changed."""


@dataclass(frozen=True)
class Holding:
    """What one grant lets its holder do, and how far."""

    scopes: frozenset[Scope]
    reach: Reach


@dataclass(frozen=True)
class Rights:
    """All that somebody may do. How far a scope reaches is said by the grants that hold it, and by no other."""

    holdings: tuple[Holding, ...] = ()
    person: str | None = None

    @property
    def scopes(self) -> frozenset[Scope]:
        return frozenset(scope for holding in self.holdings for scope in holding.scopes)

    def reach(self, scope: Scope) -> Reach:
        """How far the scope reaches; without it, a person's own."""
        found = Reach(person=self.person)
        for holding in self.holdings:
            if scope in holding.scopes:
                found |= holding.reach
        return found

    def limited_to(self, scopes: Iterable[str]) -> "Rights":
        """These rights as a token may use them that was made for some scopes."""
        kept = frozenset(scopes)
        return Rights(tuple(Holding(one.scopes & kept, one.reach) for one in self.holdings), self.person)

    def cover(self, other: "Rights") -> bool:
        """Whether whoever holds these may grant, or take away, the other ones: no scope more, and none further."""
        return all(scope in self.scopes and self.reach(scope).covers(other.reach(scope)) for scope in other.scopes)


def as_issued(scopes: Iterable[Scope], person: str | None) -> Rights:
    """The rights of a token that the operator issued: as far as its scopes go, everything."""
    return Rights((Holding(frozenset(scopes), Reach(everything=True, person=person)),), person)
