"""From tables of people, as personnel departments keep them, to an organisation."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from postroad.directory import entries
from postroad.directory.columns import DEPARTMENTS, PEOPLE, ROLES, SHEETS
from postroad.directory.sheet import Column, Entry, Problem, read
from postroad.directory.tree import Tree
from postroad.model.base import Fact
from postroad.model.circle import circle
from postroad.model.label import Label
from postroad.model.people import Department, Organisation, Person, RoleHolder
from postroad.model.sheet import Sheet, normal

ACCOUNTS = ("dingtalk", "wecom", "feishu")

_Read = TypeVar("_Read")


class Imported(Fact):
    """The organisation, or what has to be corrected first. `ignored` are headings and sheets that were not read."""

    organisation: Organisation | None
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()


def organisation_of(sheets: Sequence[Sheet]) -> Imported:
    """The organisation that the sheets describe; never raises, and names every problem at once."""
    work = _Import()
    sheets = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)] or sheets
    found = {kind: _sheet(sheets, kind) for kind in SHEETS}
    people = work.entries(found["people"], PEOPLE)
    departments = work.entries(found["departments"], DEPARTMENTS)
    roles = work.entries(found["roles"], ROLES)
    work.ignored += [sheet.name for sheet in sheets if sheet not in found.values()]
    if found["people"] is None:
        work.complain("", "没有名为“人员”的工作表", "there is no sheet called people")
    elif not people and not work.problems:
        work.complain(found["people"].name, "没有人员", "there are no people")
    known = work.known(people)
    tree = work.departments(departments, people, known)
    staff = [person for entry in people if (person := work.person(entry, known, tree))]
    holders = work.holders(roles, people, known)
    work.refuse_circle(people, staff)
    work.refuse_shared_accounts(people)
    if work.problems:
        order = [sheet.name for sheet in sheets]
        problems = sorted(work.problems, key=lambda one: (order.index(one.sheet) if one.sheet else -1, one.row))
        return Imported(organisation=None, problems=tuple(problems), ignored=tuple(work.ignored))
    organisation = Organisation(departments=tree.listed(), people=tuple(staff), roles=tuple(holders))
    return Imported(organisation=organisation, ignored=tuple(work.ignored))


def _sheet(sheets: Sequence[Sheet], kind: str) -> Sheet | None:
    named = next((sheet for sheet in sheets if normal(sheet.name).casefold() in SHEETS[kind]), None)
    alone = sheets[0] if kind == "people" and len(sheets) == 1 else None
    return alone or (named if len(sheets) > 1 else None)


@dataclass(frozen=True)
class _Known:
    """Who there is, by id and by name."""

    ids: frozenset[str]
    named: dict[str, list[str]]

    def one(self, said: str) -> str:
        """The id of the person who is meant by id or by name. Raises ValueError."""
        if normal(said) in self.ids:
            return normal(said)
        found = self.named.get(said, [])
        if len(found) > 1:
            raise ValueError(f"有多人叫 {said}，请写工号 / several people are called {said}; write the id")
        if not found:
            raise ValueError(f"名单中没有 {said} / {said} is not in the list")
        return found[0]


@dataclass
class _Import:
    """Reads entry after entry; what is wrong is noted and left out, so that everything is found at once."""

    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def complain(self, sheet: str, zh: str, en: str) -> None:
        self.problems.append(Problem(sheet=sheet, row=0, column="", text=Label(zh=zh, en=en)))

    def entries(self, sheet: Sheet | None, columns: Sequence[Column]) -> tuple[Entry, ...]:
        if sheet is None:
            return ()
        reading = read(sheet, columns)
        self.problems += reading.problems
        self.ignored += reading.ignored
        return reading.entries

    def read(self, entry: Entry, key: str, reader: Callable[[str], _Read]) -> _Read | None:
        """What the reader makes of a cell; None when the cell is empty or wrong, which is noted."""
        if not entry.get(key):
            return None
        try:
            return reader(entry.get(key))
        except ValueError as error:
            self.problems.append(entry.problem(key, *_halves(str(error))))
            return None

    def known(self, people: Sequence[Entry]) -> _Known:
        named: dict[str, list[str]] = defaultdict(list)
        rows: dict[str, int] = {}
        for entry in people:
            person = normal(entry.get("id"))
            if not person:
                self.problems.append(entry.problem("id", "缺少工号", "the id is missing"))
            elif person in rows:
                zh, en = f"工号 {person} 已在第 {rows[person]} 行", f"the id {person} is in row {rows[person]} already"
                self.problems.append(entry.problem("id", zh, en))
            else:
                rows[person] = entry.row
                named[entry.get("name")].append(person)
        return _Known(frozenset(rows), named)

    def departments(self, listed: Sequence[Entry], people: Sequence[Entry], known: _Known) -> Tree:
        tree = Tree()
        for entry in listed:
            way = self._department(tree, entry, "path", "id")
            head = self.read(entry, "head", known.one)
            if way and head:
                self._lead(tree, entry, "head", way, head)
        for entry in people:
            way = self._department(tree, entry, "department", "department_id")
            if self.read(entry, "heads", entries.yes):
                if way:
                    self._lead(tree, entry, "heads", way, normal(entry.get("id")))
                else:
                    self.problems.append(entry.problem("heads", "负责人没有部门", "a head needs a department"))
        return tree

    def _department(self, tree: Tree, entry: Entry, path: str, given: str) -> tuple[str, ...] | None:
        way = entries.path(entry.get(path))
        if not way:
            if entry.get(given):
                self.problems.append(entry.problem(given, "有编号而没有部门", "there is an id and no department"))
            return None
        tree.add(way)
        self.read(entry, given, lambda said: tree.add(way, _department_id(said)))
        return way

    def _lead(self, tree: Tree, entry: Entry, key: str, way: tuple[str, ...], person: str) -> None:
        self.read(entry, key, lambda _: tree.lead(way, person))

    def person(self, entry: Entry, known: _Known, tree: Tree) -> Person | None:
        way = entries.path(entry.get("department"))
        active = self.read(entry, "active", entries.yes)
        said = {
            "id": normal(entry.get("id")),
            "name": entry.get("name"),
            "department": tree.id(way) if way else None,
            "superior": self.read(entry, "superior", known.one),
            "position": entry.get("position"),
            "active": active is not False,
            "accounts": {platform: entry.get(platform) for platform in ACCOUNTS if entry.get(platform)},
            "skills": self.read(entry, "skills", entries.skills) or {},
            "regions": tuple(entries.items(entry.get("regions"))),
            "max_open_tasks": normal(entry.get("max_open_tasks")) or None,
            "max_open_hours": normal(entry.get("max_open_hours")) or None,
            "email": normal(entry.get("email")) or None,
            "phone": normal(entry.get("phone")) or None,
        }
        if not said["name"]:
            self.problems.append(entry.problem("name", "缺少姓名", "the name is missing"))
        return self._made(Person, said, entry) if said["id"] else None

    def holders(self, listed: Sequence[Entry], people: Sequence[Entry], known: _Known) -> list[RoleHolder]:
        titles, found = self._titles(listed), []
        for entry in listed:
            person = self.read(entry, "person", known.one)
            scope = self.read(entry, "scope", entries.scope) or {}
            role = normal(entry.get("role"))
            title = _title(entry) or titles.get(role)
            said = {"role": role, "person": person, "scope": scope, "title": title}
            found += [self._made(RoleHolder, said, entry)] if person else []
        for entry in people:
            for role, scope in self.read(entry, "roles", entries.roles) or []:
                said = {"role": role, "person": normal(entry.get("id")), "scope": scope, "title": titles.get(role)}
                found.append(self._made(RoleHolder, said, entry, of={"role": "roles"}))
        return _each_once(holder for holder in found if holder)

    def _titles(self, listed: Sequence[Entry]) -> dict[str, Label]:
        said = {normal(entry.get("role")): _title(entry) for entry in listed if not entry.get("person")}
        return {role: title for role, title in said.items() if title}

    def refuse_circle(self, people: Sequence[Entry], staff: Sequence[Person]) -> None:
        first = {person.id: person.superior for person in reversed(staff)}
        members = circle({person.id: first[person.id] for person in staff})
        entry = next((entry for entry in people if members and normal(entry.get("id")) == members[0]), None)
        if entry:
            way = " → ".join(members)
            zh, en = f"上级关系形成循环：{way}", f"people are each other's superiors: {way}"
            self.problems.append(entry.problem("superior", zh, en))

    def refuse_shared_accounts(self, people: Sequence[Entry]) -> None:
        rows: dict[tuple[str, str], int] = {}
        for entry in people:
            for platform in ACCOUNTS:
                first = rows.setdefault((platform, entry.get(platform)), entry.row)
                if entry.get(platform) and first != entry.row:
                    zh, en = f"账号与第 {first} 行相同", f"row {first} has the same account"
                    self.problems.append(entry.problem(platform, zh, en))

    def _made(
        self, kind: Callable[..., _Read], said: dict[str, Any], entry: Entry, of: dict[str, str] | None = None
    ) -> _Read | None:
        try:
            return kind(**said)
        except ValidationError as error:
            for one in error.errors():
                key = str(one["loc"][0])
                zh, en = _halves(_SAID.get(one["type"]) or str(one["msg"]).removeprefix("Value error, "))
                self.problems.append(entry.problem((of or {}).get(key, key), zh, en))
            return None


_NO_KEY = "编号只能用字母、数字、_ . -，以字母开头 / start the id with a letter and use only letters, digits, _ . -"
_NO_LIMIT = "应为 0 或更大的数 / write a number, 0 or more"
_SAID = {
    "string_pattern_mismatch": _NO_KEY,
    "string_too_long": "太长 / this is too long",
    "int_parsing": _NO_LIMIT,
    "float_parsing": _NO_LIMIT,
    "greater_than_equal": _NO_LIMIT,
}


def _department_id(said: str) -> str:
    try:
        return Department(id=normal(said), name="").id
    except ValidationError:
        raise ValueError(_NO_KEY) from None


def _halves(message: str) -> tuple[str, str]:
    zh, slash, en = message.partition(" / ")
    return (zh, en) if slash else (message, message)


def _title(entry: Entry) -> Label | None:
    zh, en = entry.get("zh"), entry.get("en")
    return Label(zh=zh or en, en=en or zh) if zh or en else None


def _each_once(holders: Iterable[RoleHolder]) -> list[RoleHolder]:
    first: dict[tuple[str, str, tuple[tuple[str, str], ...]], RoleHolder] = {}
    for holder in holders:
        first.setdefault((holder.role, holder.person, tuple(sorted(holder.scope.items()))), holder)
    return list(first.values())
