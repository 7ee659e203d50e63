"""`publish` a process, and `move` what runs to another release of it."""

import asyncio
from collections import Counter
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from api.build import built
from api.clock import utc_now
from api.commands.own import own_database
from api.moving import LATEST, Move, move_instances
from api.moving_table import renames, table, total
from api.publishing import folders_in, read_cases, read_folder
from postroad.model.acting import COMMAND_LINE
from postroad.settings import Settings
from postroad.store.audit import Audit
from postroad.store.rule_versions import RuleVersions
from postroad.store.shipped import publish_with_tables


def publish(folders: Annotated[list[Path] | None, typer.Argument(exists=True, file_okay=False)] = None) -> None:
    """检查并发布流程，默认 POSTROAD_PROCESSES_DIR 下全部 / Check and publish folders, by default all."""
    for folder in folders or folders_in(Settings().processes_dir):
        for line in asyncio.run(_publish(folder)):
            typer.echo(f"{line} ← {folder}")


def move(  # noqa: PLR0917 - typer's options
    key: Annotated[str, typer.Argument(help="流程 / the process")],
    to: Annotated[str, typer.Option(help="迁移到哪个版本 / to which release")] = LATEST,
    from_: Annotated[str | None, typer.Option("--from", help="只看这个版本上的 / only those on this release")] = None,
    map_: Annotated[list[str] | None, typer.Option("--map", help="改名的节点：旧=新 / a renamed node: old=new")] = None,
    instance: Annotated[list[str] | None, typer.Option(help="只看这些实例 / only these instances")] = None,
    go: Annotated[bool, typer.Option("--go", help="真的迁移，不只是查看 / move them, do not only look")] = False,
    reason: Annotated[str, typer.Option(help="迁移的原因，--go 时必填 / why; needed with --go")] = "",
    by: Annotated[str, typer.Option(help="由谁迁移，写进流程经过 / who moves them, for the story")] = "",
) -> None:
    """运行中的流程能否迁移到新版本，--go 时迁移 / Which running instances can go on in another release."""
    order = Move(
        to=to, from_=from_, mapping=renames(map_ or []), instances=instance or [], dry_run=not go, reason=reason
    )
    asyncio.run(_move(key, order, by or getuser()))


async def _publish(folder: Path) -> list[str]:
    now = utc_now()
    async with own_database() as database, database.begin() as session:
        process, tables = read_folder(folder, await RuleVersions(session).contents_in_force(now))
        cases = read_cases(folder)
        release, brought = await publish_with_tables(session, process, tables, getuser(), now, cases=cases)
        told = {"release": release.id, "tables": release.tables, "rules": [row.id for row in brought]}
        about = f"process:{release.process_key}"
        await Audit(session).note(COMMAND_LINE, "process.published", about, now, after=told)
    return [release.id, *(row.id for row in brought)]


async def _move(key: str, order: Move, by: str) -> None:
    """Page after page; one order id, so that a page which is sent again moves nothing twice."""
    counts: Counter[str] = Counter()
    async with built(Settings()) as parts:
        while True:
            page = await move_instances(parts, key, order, by=by)
            counts.update(page.counts)
            for line in table(page):
                typer.echo(line)
            if page.next is None:
                break
            order = order.model_copy(update={"after": page.next})
    typer.echo(total(page.to, counts))
