from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from postroad.model.base import Fact
from postroad.model.label import Label

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.\-]*$", max_length=64)]


class Person(Fact):
    """A person of the company; `accounts` maps a chat platform to the person's id there."""

    id: Key
    name: str
    department: str | None = None
    superior: str | None = None
    position: str = ""
    active: bool = True
    accounts: dict[str, str] = {}


class Department(Fact):
    id: Key
    name: str
    head: str | None = None
    parent: str | None = None


class RoleHolder(Fact):
    """`person` holds `role`, within `scope` only: a buyer for {"category": "steel"}. An empty scope is everywhere.

    `title` is what the duty is called when people are told why they are asked.
    """

    role: Key
    person: str
    scope: dict[str, str] = {}
    title: Label | None = None


class Organisation(Fact):
    """Departments, people and who holds which role, as one file says it."""

    departments: tuple[Department, ...] = ()
    people: tuple[Person, ...] = ()
    roles: tuple[RoleHolder, ...] = ()

    def person(self, person_id: str) -> Person | None:
        return next((person for person in self.people if person.id == person_id), None)

    @model_validator(mode="after")
    def names_only_whom_it_knows(self) -> "Organisation":
        people, departments = {p.id for p in self.people}, {d.id for d in self.departments}
        unknown = [
            *(f"department {d.id} head {d.head}" for d in self.departments if d.head and d.head not in people),
            *(
                f"department {d.id} parent {d.parent}"
                for d in self.departments
                if d.parent and d.parent not in departments
            ),
            *(
                f"person {p.id} department {p.department}"
                for p in self.people
                if p.department and p.department not in departments
            ),
            *(f"person {p.id} superior {p.superior}" for p in self.people if p.superior and p.superior not in people),
            *(f"role {r.role} person {r.person}" for r in self.roles if r.person not in people),
        ]
        if unknown:
            listed = "; ".join(unknown)
            raise ValueError(
                f"组织文件引用了不存在的人或部门 / the organisation names somebody it does not list: {listed}"
            )
        return self


class Who(Fact):
    """Whom a step or a rule means, by duty and never by name where it can be helped. Exactly one way of saying it.

    `{role: buyer, where: {category: "{category}"}}`, `{department_head_of: applicant}`, `{superior_of: applicant}`,
    `{person: li}`, `{initiator: true}`, `{process_owner: true}`, `{from: route.approver}`.
    """

    person: str | None = None
    role: str | None = None
    where: dict[str, str] = {}
    department_head_of: str | None = None
    superior_of: str | None = None
    initiator: bool = False
    process_owner: bool = False
    from_: str | None = Field(default=None, alias="from")

    @model_validator(mode="after")
    def says_it_in_one_way(self) -> "Who":
        ways = (
            self.person,
            self.role,
            self.department_head_of,
            self.superior_of,
            self.initiator,
            self.process_owner,
            self.from_,
        )
        if sum(1 for way in ways if way) != 1:
            raise ValueError(
                "请只用一种方式指定处理人 / say in exactly one way who it is: "
                "person, role, department_head_of, superior_of, initiator, process_owner or from"
            )
        if self.where and not self.role:
            raise ValueError("where 只能与 role 一起使用 / where narrows a role and needs one")
        return self

    def __str__(self) -> str:
        said = self.model_dump(exclude_defaults=True)
        return ", ".join(f"{key}={value}" for key, value in said.items())


class Candidate(Fact):
    """A person found for a step, with the reason in words; `weight` counts where votes are cast."""

    person: str
    name: str
    reason: Label
    weight: int = Field(default=1, ge=1)


class Resolution(Fact):
    """Who was found for one step, in order, without repeats; `fallback` says that nobody was and who stands in.

    `initiator_name` is the initiator's name, if the directory knows the person; `trace`, how the people were found.
    """

    candidates: tuple[Candidate, ...] = ()
    initiator_name: str = ""
    fallback: bool = False
    trace: tuple[str, ...] = ()


Variables = dict[str, Any]
