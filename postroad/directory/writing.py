"""An organisation as the tables that importing reads."""

from collections.abc import Iterator, Mapping

from postroad.directory.columns import DEPARTMENTS, PEOPLE, ROLES
from postroad.directory.importing import ACCOUNTS, organisation_of
from postroad.directory.sheet import Column
from postroad.model.people import Department, Organisation, Person
from postroad.model.refusals import Conflict
from postroad.model.sheet import Sheet


def sheets_of(organisation: Organisation) -> list[Sheet]:
    """The sheets 人员, 部门 and 角色, from which the same organisation is read again.

    Raises:
        Conflict: something in it cannot be said in a table; it names what.
    """
    ways = {one.id: _way(one, {each.id: each for each in organisation.departments}) for one in organisation.departments}
    sheets = [
        _sheet("人员", PEOPLE, (_person(one, ways) for one in organisation.people)),
        _sheet("部门", DEPARTMENTS, ({"path": ways[one.id], "id": one.id, "head": one.head or ""} for one in
                                   organisation.departments)),
        _sheet("角色", ROLES, ({
            "role": one.role, "person": one.person, "scope": _pairs(one.scope, "="),
            "zh": one.title.zh if one.title else "", "en": one.title.en if one.title else "",
        } for one in organisation.roles)),
    ]  # fmt: skip
    if unsaid := _unsaid(organisation, sheets):
        raise Conflict(
            f"{unsaid} 含有表格写不下的内容（分隔符、其他聊天账号等）；请改用 YAML 导出",
            f"{unsaid}: something here cannot be said in a table, such as a separator or another chat account; "
            "export YAML instead",
            code="not_in_a_table",
        )
    return sheets


def _unsaid(organisation: Organisation, sheets: list[Sheet]) -> str | None:
    imported = organisation_of(sheets)
    if imported.organisation is None:
        return imported.problems[0].line()
    read = imported.organisation
    for ours, theirs in (
        (organisation.people, read.people),
        (organisation.roles, read.roles),
        (_by_id(organisation.departments), _by_id(read.departments)),
    ):
        if unlike := next((one for one, other in zip(ours, theirs, strict=False) if one != other), None):
            return getattr(unlike, "name", None) or getattr(unlike, "role", "")
        if len(ours) != len(theirs):
            return ", ".join(sheet.name for sheet in sheets)
    return None


def _by_id(departments: tuple[Department, ...]) -> list[Department]:
    return sorted(departments, key=lambda one: one.id)  # a table names those above first


def _way(department: Department, known: Mapping[str, Department]) -> str:
    names, here = [department.name], known.get(department.parent or "")
    while here is not None and len(names) <= len(known):
        names.insert(0, here.name)
        here = known.get(here.parent or "")
    return "/".join(names)


def _person(person: Person, ways: Mapping[str, str]) -> dict[str, str]:
    return {
        "id": person.id,
        "name": person.name,
        "department": ways[person.department] if person.department else "",
        "superior": person.superior or "",
        "position": person.position,
        "skills": _pairs(person.skills, ":"),
        "regions": "、".join(person.regions),
        "max_open_tasks": _figure(person.max_open_tasks),
        "max_open_hours": _figure(person.max_open_hours),
        "phone": person.phone or "",
        "email": person.email or "",
        "active": "是" if person.active else "否",
        **{platform: person.accounts.get(platform, "") for platform in ACCOUNTS},
    }


def _figure(limit: float | None) -> str:
    return "" if limit is None else f"{limit:g}"


def _pairs(told: Mapping[str, object], between: str) -> str:
    return "; ".join(f"{key}{between}{value}" for key, value in told.items())


def _sheet(name: str, columns: tuple[Column, ...], entries: Iterator[dict[str, str]]) -> Sheet:
    rows = [tuple(entry.get(column.key, "") for column in columns) for entry in entries]
    return Sheet(name, [tuple(column.zh for column in columns), *rows])
