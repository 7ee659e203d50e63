"""What a process can be drawn with: kinds of nodes, documents, systems, people, rules, other processes."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from api.depends import Tools, guarded
from api.surroundings import Surroundings, surroundings
from postroad.connectors.offer import FieldOffer, Offer
from postroad.model.calendar import WorkingCalendar
from postroad.model.label import Label
from postroad.model.process import KINDS, Process
from postroad.model.table import Column, Given, Output, Table
from postroad.process.words.kinds import ABOUT, TITLES
from postroad.store.releases import Release

router = APIRouter(prefix="/processes", tags=["processes 流程定义"])

MOST_PEOPLE = 500
"""People that are listed here; all of them are at `/people`."""


class Kind(BaseModel):
    """A kind of node. `settings` is the JSON Schema of one, without the steps inside it, which `holds` names."""

    kind: str
    title: Label
    about: Label
    holds: list[str]
    settings: dict[str, Any]


class DocumentKind(BaseModel):
    """A kind of document that a process can be about; `events` are those that a process starts on already."""

    system: str
    kind: str
    title: Label
    fields: list[FieldOffer]
    states: list[str]
    events: list[str]
    initiators: list[str]


class OfferedRole(BaseModel):
    """A role with the number of its active holders; `within` are the fields that tell them apart."""

    role: str
    title: Label
    people: int
    within: list[str]


class OfferedDepartment(BaseModel):
    id: str
    name: str
    parent: str | None
    head: str | None


class OfferedPerson(BaseModel):
    id: str
    name: str
    department: str | None
    position: str


class OfferedTable(BaseModel):
    """A rule table in force: what it asks and what it answers."""

    table: str
    title: Label
    inputs: list[Column]
    given: list[Given]
    outputs: list[Output]


class OfferedProcess(BaseModel):
    key: str
    title: Label
    document: str


class Vocabulary(BaseModel):
    """All of it at once; `process` is the JSON Schema of a whole definition."""

    kinds: list[Kind]
    process: dict[str, Any]
    documents: list[DocumentKind]
    systems: list[Offer]
    roles: list[OfferedRole]
    departments: list[OfferedDepartment]
    people: list[OfferedPerson]
    more_people: bool
    skills: list[str]
    positions: list[str]
    regions: list[str]
    tables: list[OfferedTable]
    processes: list[OfferedProcess]
    calendar: WorkingCalendar


@router.get(
    "/vocabulary",
    summary="画流程可用的一切 / What a process can be drawn with",
    dependencies=[guarded("processes", "processes_approve")],
)
async def vocabulary(parts: Tools) -> Vocabulary:
    """As it is now: what is not offered here is refused when a drawing is checked."""
    around = await surroundings(parts)
    people = [one for one in around.organisation.people if one.active]
    return Vocabulary(
        kinds=_kinds(),
        process=_definition_schema(),
        documents=list(_documents(around)),
        systems=list(around.offers.values()),
        roles=list(_roles(around)),
        departments=[
            OfferedDepartment(id=one.id, name=one.name, parent=one.parent, head=one.head)
            for one in around.organisation.departments
        ],
        people=[
            OfferedPerson(id=one.id, name=one.name, department=one.department, position=one.position)
            for one in people[:MOST_PEOPLE]
        ],
        more_people=len(people) > MOST_PEOPLE,
        skills=_in_order(skill for one in people for skill in one.skills),
        positions=_in_order(one.position for one in people if one.position),
        regions=_in_order(region for one in people for region in one.regions),
        tables=[_table(one) for one in around.tables.values()],
        processes=[_process(one) for one in around.releases.values()],
        calendar=around.calendar,
    )


@cache
def _definition_schema() -> dict[str, Any]:
    return Process.model_json_schema()


@cache
def _kinds() -> list[Kind]:
    return [
        Kind(kind=kind, title=TITLES[kind], about=ABOUT[kind], holds=list(_holds(kind)), settings=_settings(kind))
        for kind in KINDS
    ]


_HELD = {"branch": ("branches", "otherwise"), "parallel": ("branches",), "each": ("steps",), "wait": ("timeout",)}


def _holds(kind: str) -> tuple[str, ...]:
    return _HELD.get(kind, ())


def _settings(kind: str) -> dict[str, Any]:
    """The schema without what holds steps, and without the definitions that only those need."""
    schema = KINDS[kind].model_json_schema()
    said = _definition(schema, KINDS[kind].__name__)
    kept = {name: one for name, one in said["properties"].items() if name not in _holds(kind)}
    required = [name for name in said.get("required", []) if name not in _holds(kind)]
    needed = _needed(kept, schema.get("$defs", {}))
    return {**said, "properties": kept, "required": required, **({"$defs": needed} if needed else {})}


def _definition(schema: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The schema of the model itself, which stands among the definitions where it can hold itself."""
    found = schema.get("$defs", {}).get(name, schema)
    return {key: value for key, value in found.items() if key != "$defs"}


def _needed(value: Any, definitions: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    waiting = [value]
    while waiting:
        for name in _references(waiting.pop()):
            if name not in found:
                found[name] = definitions[name]
                waiting.append(definitions[name])
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        said = value.get("$ref")
        if isinstance(said, str):
            yield said.rpartition("/")[2]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _references(one)


def _documents(around: Surroundings) -> Iterator[DocumentKind]:
    for system, offer in around.offers.items():
        for entity in offer.entities:
            about = [one.process.document for one in around.releases.values()]
            bound = [one for one in about if (one.system, one.kind) == (system, entity.entity)]
            known = {one.field for one in entity.fields}
            shown = {one.field: one for each in bound for one in each.card if one.field not in known}
            more = [FieldOffer(field=key, title=one.title, values=one.values) for key, one in shown.items()]
            yield DocumentKind(
                system=system,
                kind=entity.entity,
                title=entity.title,
                fields=[*entity.fields, *more],
                states=list(entity.states),
                events=_in_order(one.starts_on for one in bound),
                initiators=_in_order(
                    [*(one.initiator for one in bound), *(one.field for one in entity.fields if one.type == "person")]
                ),
            )


def _roles(around: Surroundings) -> Iterator[OfferedRole]:
    active = {one.id for one in around.organisation.people if one.active}
    holders = around.organisation.roles
    for role in _in_order(one.role for one in holders):
        theirs = [one for one in holders if one.role == role]
        yield OfferedRole(
            role=role,
            title=next((one.title for one in theirs if one.title), Label(zh=role, en=role)),
            people=len({one.person for one in theirs} & active),
            within=_in_order(key for one in theirs for key in one.scope),
        )


def _table(table: Table) -> OfferedTable:
    return OfferedTable(
        table=table.table,
        title=table.title,
        inputs=list(table.inputs),
        given=list(table.given),
        outputs=list(table.outputs),
    )


def _process(release: Release) -> OfferedProcess:
    process = release.process
    document = f"{process.document.system}:{process.document.kind}"
    return OfferedProcess(key=release.process_key, title=process.title, document=document)


def _in_order(said: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(said))
