import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from postroad.model.base import Fact
from postroad.model.circle import circle
from postroad.model.label import Label
from postroad.model.strategy import LADDER, Rung, Strategy, Weights

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.\-]*$", max_length=64)]


def _employee_number(said: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}", said):
        raise ValueError(
            f"人员编号 {said!r} 只能用字母、数字、_ . - / use only letters, digits, _ . - in the person's id {said!r}"
        )
    return said


def _address(said: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", said):
        raise ValueError(f"{said!r} 不是邮箱 / {said!r} is no e-mail address")
    return said


PersonId = Annotated[str, AfterValidator(_employee_number)]
"""A key that may begin with a digit, as employee numbers do."""

Email = Annotated[str, AfterValidator(_address)]

Level = Annotated[int, Field(ge=1, le=5)]
"""How well somebody does something: 1 has learnt it, 5 teaches it."""


class Person(Fact):
    """A person of the company; `accounts` maps a chat platform to the person's id there.

    `skills` says how well, from 1 to 5, the person does what. `regions` are those the person works in; none is all.
    Nobody is chosen by a strategy who would have more open tasks, or hours of them, than the person's limits.
    """

    id: PersonId
    name: str
    department: str | None = None
    superior: str | None = None
    position: str = ""
    active: bool = True
    accounts: dict[str, str] = {}
    skills: dict[Key, Level] = {}
    regions: tuple[str, ...] = ()
    email: Email | None = None
    phone: Annotated[str, Field(max_length=64)] | None = None
    max_open_tasks: Annotated[int, Field(ge=0)] | None = None
    max_open_hours: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


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

    def department(self, department_id: str) -> Department | None:
        return next((department for department in self.departments if department.id == department_id), None)

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
                f"组织引用了不存在的人或部门：{listed} / the organisation names somebody it does not list: {listed}"
            )
        return self

    @model_validator(mode="after")
    def has_a_top(self) -> "Organisation":
        _refuse_circle(
            "部门的上级形成循环", "departments lie within each other", {d.id: d.parent for d in self.departments}
        )
        _refuse_circle("上级关系形成循环", "people are each other's superiors", {p.id: p.superior for p in self.people})
        return self


def _refuse_circle(zh: str, en: str, above: Mapping[str, str | None]) -> None:
    if found := " → ".join(circle(above)):
        raise ValueError(f"{zh}：{found} / {en}: {found}")


class Who(Fact):
    """Whom a step or a rule means, by duty and never by name where it can be helped. Exactly one way of saying it.

    `{role: buyer, where: {category: "{category}"}}`, `{department_head_of: applicant}`, `{superior_of: applicant}`,
    `{members_of: service}`, `{skill: welding, level: 3, region: "{region}"}`, `{position: 质检员}`,
    `{person: li}`, `{initiator: true}`, `{process_owner: true}`, `{from: route.approver}`, `{did: accept}`.

    `skill`, `level`, `position` and `region` say which of the holders of a `role` or the `members_of` a department are
    meant; a skill or a position alone looks through the whole company. `closest` keeps the holders of a role whose
    scope says most of `where`, so that one without a scope stands for the rest. `up` is how many levels above: the
    superior of the superior. `weight` is what the vote of each counts.

    `did` is a step: whoever did it, the last time it was done. Whom that is the engine says, as `person`, and `did` is
    what the step is called then.

    A `strategy` chooses exactly one of them: neither who did one of the steps in `apart_from` (or is the `initiator`),
    nor who is away or has too much. `same` is what `sticky` goes by (`{customer}`); `otherwise`, who comes when nobody
    can, before the owner of the process.
    """

    person: str | None = None
    role: str | None = None
    where: dict[str, str] = {}
    department_head_of: str | None = None
    superior_of: str | None = None
    members_of: str | None = None
    skill: str | None = None
    level: Level | None = None
    position: str | None = None
    region: str | None = None
    initiator: bool = False
    process_owner: bool = False
    from_: str | None = Field(default=None, alias="from")
    did: str | None = None
    closest: bool = False
    up: Annotated[int, Field(ge=1, le=10)] = 1
    weight: Annotated[int, Field(ge=1)] = 1
    strategy: Strategy | None = None
    weights: Weights | None = None
    same: str | None = None
    apart_from: tuple[str, ...] = ()
    otherwise: tuple[Rung, ...] = LADDER

    @property
    def group(self) -> str | None:
        """The role or department whose people `skill`, `position` and `region` choose from; None is the company."""
        return self.role or self.members_of

    @model_validator(mode="after")
    def says_it_in_one_way(self) -> "Who":
        ways = (
            self.person,
            self.role,
            self.department_head_of,
            self.superior_of,
            self.members_of,
            not self.group and (self.skill or self.position),
            self.initiator,
            self.process_owner,
            self.from_,
            not self.person and self.did,
        )
        if sum(1 for way in ways if way) != 1:
            raise ValueError(
                "请只用一种方式指定处理人 / say in exactly one way who it is: "
                "person, role, department_head_of, superior_of, members_of, skill or position, "
                "initiator, process_owner, from or did"
            )
        return self

    @model_validator(mode="after")
    def narrows_what_can_be_narrowed(self) -> "Who":
        if self.where and not self.role:
            raise ValueError("where 只能与 role 一起使用 / where narrows a role and needs one")
        if self.closest and not self.where:
            raise ValueError("closest 只能与 where 一起使用 / closest goes by where and needs it")
        if self.up > 1 and not (self.superior_of or self.department_head_of):
            raise ValueError(
                "up 只能与 superior_of 或 department_head_of 一起使用 / "
                "up counts from a superior_of or a department_head_of"
            )
        if self.level and not self.skill:
            raise ValueError("level 只能与 skill 一起使用 / level says how well and needs a skill")
        if self.region and not (self.group or self.skill or self.position):
            raise ValueError(
                "region 只能与 role、members_of、skill 或 position 一起使用 / "
                "region narrows and needs a role, members_of, a skill or a position"
            )
        return self

    @model_validator(mode="after")
    def says_what_its_strategy_needs(self) -> "Who":
        if self.strategy is None:
            if self.weights or self.same or self.apart_from or self.otherwise != LADDER:
                raise ValueError(
                    "weights、same、apart_from、otherwise 需要 strategy / "
                    "weights, same, apart_from and otherwise need a strategy"
                )
            return self
        if not (self.group or self.skill or self.position or self.from_):
            raise ValueError(
                "strategy 从 role、members_of、skill、position 或 from 的人中选一位 / "
                "a strategy chooses among those of a role, members_of, a skill, a position or from"
            )
        wanted = {"weights": self.strategy == "weighted", "same": self.strategy == "sticky"}
        for name, needed in wanted.items():
            if bool(getattr(self, name)) != needed:
                raise ValueError(
                    f"strategy: {self.strategy} 与 {name} 不符 / {name} and {self.strategy} do not go together"
                )
        by_skill = self.strategy == "highest_skill" or (self.weights is not None and self.weights.skill > 0)
        if by_skill and not self.skill:
            raise ValueError("按技能选择需要 skill / choosing by a skill needs to know which skill")
        return self

    def __str__(self) -> str:
        said = self.model_dump(exclude_defaults=True)
        return ", ".join(f"{key}={value}" for key, value in said.items())


SelfApproval = Literal["self", "skip", "superior", "department_head"]
"""Who decides on a request in the place of the one who made it; `self` is the initiator."""


class StandIn(Fact):
    """Who may act for somebody who is away, with the name."""

    person: str
    name: str


class Candidate(Fact):
    """A person found for a step, with the reason in words; `weight` counts where votes are cast.

    The task is this person's. During an absence `agent` may act for the person, and both are shown: "B 代 A".
    """

    person: str
    name: str
    reason: Label
    weight: int = Field(default=1, ge=1)
    agent: str | None = None
    agent_name: str = ""


class Chosen(Fact):
    """That a strategy chose, and why; with `queue`, that nobody has time, and whoever has first takes it."""

    why: Label
    queue: bool = False


class Resolution(Fact):
    """Who was found for one step, in order, without repeats; `fallback` says that nobody was and who stands in.

    `skipped` says that only the initiator was meant, whom the rule for their own requests skips: nobody is asked.
    `chosen` is there where one was chosen of several.
    `initiator_name` is the initiator's name, if the directory knows the person; `trace`, how the people were found.
    """

    candidates: tuple[Candidate, ...] = ()
    initiator_name: str = ""
    fallback: bool = False
    skipped: bool = False
    chosen: Chosen | None = None
    trace: tuple[str, ...] = ()


Variables = dict[str, Any]
