"""Rule tables as files: an upload becomes a draft, and any version can be downloaded, for Excel or another system."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.depends import Caller, Guard, Session, Tools, guarded
from api.rules_shown import Version, content, found, same_key, whole
from postroad.exchange.formats import MEDIA_TYPES, OTHERS, Format, read_table, write_table
from postroad.model.people import Key
from postroad.model.storable import Said
from postroad.model.table import Table
from postroad.store.rule_versions import RuleVersions

router = APIRouter(prefix="/rules", tags=["rules 规则表"])

Owner = Annotated[Caller, Depends(Guard("rules"))]
READERS = guarded("read", "rules", "rules_approve")
Written = Annotated[Format, Query(alias="format", description="文件格式 / how the file is written")]


class Upload(BaseModel):
    """How the file is written, and which of its tables is meant where there are several, by id or name."""

    model_config = ConfigDict(extra="forbid")

    format: Format
    table: str | None = Field(default=None, max_length=200)
    notes: Said = Field(default="", max_length=2000)


class Reading(BaseModel):
    """How the file is written, and which of its tables is meant."""

    model_config = ConfigDict(extra="forbid")

    format: Format
    table: str | None = Field(default=None, max_length=200)


_FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": {}}}}


@router.post(
    "/{key}/import", status_code=201, summary="从文件起草新版本 / A new draft from a file", openapi_extra=_FILE
)
async def take(key: Key, said: Annotated[Upload, Query()], request: Request, caller: Owner, parts: Tools) -> Version:
    """The body is the file. What is wrong in it is told place by place (`problems`), and nothing is drafted then.

    Documents of other systems (DMN, JDM) call their tables as they like; the draft gets this address' name.
    """
    author = caller.as_person
    name, body = f"{key}.{said.format.value}", await request.body()
    read = await asyncio.to_thread(read_table, name, body, said.format, said.table)  # up to seconds
    if said.format in OTHERS:
        read = read.model_copy(update={"table": key})
    same_key(key, read)
    async with parts.database.begin() as session:
        row = await RuleVersions(session).draft(read, author, said.notes, parts.now())
        return await whole(session, row, parts.now())


@router.post("/read-file", summary="读出文件里的规则表 / Read the table in a file", openapi_extra=_FILE)
async def read_file(said: Annotated[Reading, Query()], request: Request, _: Owner) -> Table:
    """The body is the file; nothing is drafted. What is wrong in it is told place by place (`problems`)."""
    body = await request.body()
    return await asyncio.to_thread(read_table, f"upload.{said.format.value}", body, said.format, said.table)


@router.get(
    "/{key}/versions/{number}/export",
    summary="下载为文件 / Download as a file",
    dependencies=[READERS],
    response_class=Response,
    responses={200: {"content": {media: {} for media in sorted(set(MEDIA_TYPES.values()))}}},
)
async def give(key: str, number: int, session: Session, written_in: Written) -> Response:
    """What the format cannot say is refused by name (`problems`), never left out."""
    row = await found(session, key, number)
    file = await asyncio.to_thread(write_table, await content(session, row), written_in)  # up to seconds
    told = f'attachment; filename="{row.key}-{number}.{written_in.value}"'
    return Response(file, media_type=MEDIA_TYPES[written_in], headers={"Content-Disposition": told})
