"""`people`: the organisation, from a file."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from api.clock import utc_now
from api.commands.own import own_database
from api.organisation import changes, read_organisation
from postroad.directory.differences import differences
from postroad.model.acting import COMMAND_LINE
from postroad.model.people import Organisation
from postroad.model.refusals import Malformed
from postroad.settings import Settings
from postroad.store.audit import Audit
from postroad.store.people import People


def people(
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False)] = None,
    check: Annotated[bool, typer.Option("--check", help="只显示会改变什么 / only show what would change")] = False,
) -> None:
    """载入组织文件（.yaml .csv .xlsx），替换原有内容；默认 POSTROAD_ORGANISATION_FILE / Load people, replacing them."""
    file = file or Settings().organisation_file
    if file is None:
        raise Malformed(
            "请给出组织文件，或设置 POSTROAD_ORGANISATION_FILE",
            "Name the organisation file, or set POSTROAD_ORGANISATION_FILE",
        )
    organisation, ignored = read_organisation(file)
    if ignored:
        typer.echo(f"未读取 / not read: {', '.join(ignored)}")
    if check:
        for line in changes(asyncio.run(_loaded()), organisation):
            typer.echo(line)
        return
    asyncio.run(_load(organisation))
    typer.echo(f"{len(organisation.people)} 人 / people")


async def _load(organisation: Organisation) -> None:
    async with own_database() as database, database.begin() as session:
        before = await People(session).locked()
        await People(session).load(organisation)
        changed = Counter(change.kind for change in differences(before, organisation))
        told = {"people": len(organisation.people), "changes": dict(changed)}
        await Audit(session).note(COMMAND_LINE, "organisation.loaded", "organisation", utc_now(), after=told)


async def _loaded() -> Organisation:
    async with own_database() as database, database.read() as session:
        return await People(session).organisation()
