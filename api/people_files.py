"""The whole organisation as a file: looked at first, then loaded as it was looked at; and written out again."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import yaml
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Session, Tools
from api.organisation import Written, imported
from api.revising import Personnel, revising
from api.role_holders import Reader
from postroad.directory.differences import Change, DepartmentChange, department_differences, differences
from postroad.directory.importing import Imported
from postroad.directory.sheet import Problem
from postroad.directory.writing import sheets_of
from postroad.exchange.formats import MEDIA_TYPES, Format
from postroad.exchange.workbook import plain_workbook
from postroad.model.people import Organisation
from postroad.model.refusals import Conflict, Forbidden, Malformed
from postroad.store.open_tasks import OpenTasks
from postroad.store.people import People

router = APIRouter(prefix="/people", tags=["people 人员"])


class Upload(BaseModel):
    """`check`, the default, writes nothing; to load, send the `stamp` that the check answered."""

    model_config = ConfigDict(extra="forbid")

    format: Written
    check: bool = True
    stamp: str | None = Field(default=None, max_length=64)


class Leaver(BaseModel):
    """Somebody who would be gone or not active any more, and has open tasks."""

    person: str
    name: str
    open_tasks: int


class Import(BaseModel):
    """What a file says and would change, or what has to be corrected in it first, place by place.

    `stamp` is the organisation that it was compared with. `ignored` are headings and sheets that were not read.
    """

    loaded: bool
    stamp: str
    people: int = 0
    departments: int = 0
    roles: int = 0
    changes: list[Change] = []
    department_changes: list[DepartmentChange] = []
    leavers: list[Leaver] = []
    problems: list[Problem] = []
    ignored: list[str] = []


_FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": {}}}}


@router.post("/import", summary="导入人员 / Import people", openapi_extra=_FILE)
async def take(said: Annotated[Upload, Query()], request: Request, caller: Personnel, parts: Tools) -> Import:
    """The body is the file: Excel, CSV or YAML, see docs/people.md. It replaces everybody, or nobody."""
    read = await asyncio.to_thread(imported, await request.body(), said.format)  # up to seconds
    if said.check:
        async with parts.database.read() as session:
            return await _compared(session, await People(session).organisation(), read)
    if read.organisation is None:
        raise _not_loaded(read)
    async with revising(parts, caller) as revision:
        await _refuse_other(revision.session, said.stamp)
        found = await _compared(revision.session, revision.organisation, read)
        summary = Counter(f"{change.kind} people" for change in found.changes)
        counted = {"people": found.people, "departments": found.departments, "roles": found.roles, **summary}
        await revision.save("organisation.imported", "organisation", read.organisation, becomes=counted)
        return found.model_copy(update={"loaded": True, "stamp": (await People(revision.session).stamp())[0]})


@router.get(
    "/export",
    summary="导出人员 / Export people",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPES[Format.XLSX]: {}, "application/yaml": {}}}},
)
async def give(
    caller: Reader, session: Session, written: Annotated[Written, Query(alias="format")] = Written.XLSX
) -> Response:
    """A file that can be imported again, with people, departments and roles: for whoever may see everybody."""
    if not (caller.reach.everything or caller.rights.reach("people").everything):
        raise Forbidden(
            "您只能查看部分部门，不能导出全部人员",
            "You may see some departments only, and this is everybody",
            code="not_all",
        )
    if written is Written.CSV:
        raise Malformed("请选择 xlsx 或 yaml", "Choose xlsx or yaml", code="no_such_format")
    organisation = await People(session).organisation()
    file, media = await asyncio.to_thread(_file, organisation, written)
    told = f'attachment; filename="organisation.{written}"'
    return Response(file, media_type=media, headers={"Content-Disposition": told})


def _file(organisation: Organisation, written: Written) -> tuple[bytes, str]:
    if written is Written.XLSX:
        return plain_workbook(sheets_of(organisation)), MEDIA_TYPES[Format.XLSX]
    told = organisation.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False).encode(), "application/yaml"


async def _compared(session: AsyncSession, loaded: Organisation, read: Imported) -> Import:
    stamp, _ = await People(session).stamp()
    coming = read.organisation
    if coming is None:
        return Import(loaded=False, stamp=stamp, problems=list(read.problems), ignored=list(read.ignored))
    changes = differences(loaded, coming)
    return Import(
        loaded=False,
        stamp=stamp,
        people=len(coming.people),
        departments=len(coming.departments),
        roles=len(coming.roles),
        changes=changes,
        department_changes=department_differences(loaded, coming),
        leavers=await _leavers(session, loaded, coming, changes),
        ignored=list(read.ignored),
    )


async def _leavers(
    session: AsyncSession, loaded: Organisation, coming: Organisation, changes: Sequence[Change]
) -> list[Leaver]:
    staying = {one.id for one in coming.people if one.active}
    changed = {one.person for one in changes}
    gone = [one for one in loaded.people if one.active and one.id in changed and one.id not in staying]
    counted = [
        Leaver(person=one.id, name=one.name, open_tasks=len(await OpenTasks(session).of(one.id))) for one in gone
    ]
    return [one for one in counted if one.open_tasks]


async def _refuse_other(session: AsyncSession, seen: str | None) -> None:
    if seen is None:
        raise Malformed(
            "请先检查，再用返回的 stamp 导入", "Check first, then import with its stamp", code="check_first"
        )
    if seen != (await People(session).stamp())[0]:
        raise Conflict(
            "检查之后人员有变动，请重新检查再导入",
            "The organisation changed since the check; check again before you import",
            code="changed_meanwhile",
        )


def _not_loaded(read: Imported) -> Malformed:
    number, first = len(read.problems), read.problems[0].line().partition(" / ")
    return Malformed(
        f"有 {number} 处需要改正，没有导入：{first[0]}",
        f"There are {number} things to correct, nothing was imported: {first[2]}",
        code="people_refused",
    )
