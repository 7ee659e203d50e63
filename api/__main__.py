"""`python -m api` serves; its commands prepare what it serves."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from socket import socket
from typing import Annotated

import structlog
import typer
import uvicorn

from api.app import create_app
from api.build import built
from api.clock import utc_now
from api.commands import acting, looking
from api.moving import LATEST, Move, move_instances
from api.moving_table import renames, table, total
from api.organisation import changes, read_organisation
from api.publishing import folders_in, read_folder
from postroad import log
from postroad.model.people import Organisation
from postroad.model.process import Process
from postroad.model.refusals import Malformed, Refusal, Unknown
from postroad.model.table import Table
from postroad.settings import Settings
from postroad.store.database import Database
from postroad.store.migrate import migrate as migrate_database
from postroad.store.people import People
from postroad.store.releases import Releases
from postroad.store.tokens import TokenRow, Tokens


class ScopeName(StrEnum):
    read = "read"
    act = "act"
    admin = "admin"
    metrics = "metrics"


app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="驿道 HTTP 接口；不带命令即启动服务 / Postroad's HTTP interface; serves when no command is given",
)


for command in (acting.act, acting.admin, looking.tasks, looking.stuck):
    app.command()(command)


@app.callback(invoke_without_command=True)
def serve(context: typer.Context) -> None:
    """不带命令：启动服务 / Without a command: serve."""
    if context.invoked_subcommand is None:
        settings = Settings()
        log.configure(settings.log_format, settings.log_level)
        asyncio.run(_serve(settings))


@app.command()
def migrate() -> None:
    """把数据库升级到最新结构 / Bring the database's schema up to date."""
    migrate_database(Settings().database_url)
    typer.echo("数据库已是最新 / the database is up to date")


@app.command()
def publish(folders: Annotated[list[Path] | None, typer.Argument(exists=True, file_okay=False)] = None) -> None:
    """检查并发布流程，默认 POSTROAD_PROCESSES_DIR 下全部 / Check and publish folders, by default all."""
    for folder in folders or folders_in(Settings().processes_dir):
        process, tables = read_folder(folder)
        typer.echo(f"{asyncio.run(_publish(process, tables))} ← {folder}")


@app.command()
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


@app.command()
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


@app.command()
def token(
    name: Annotated[str, typer.Argument(help="给谁用 / who will use it")],
    scope: Annotated[list[ScopeName], typer.Option(help="权限，可重复 / scope, may be repeated")],
    person: Annotated[str | None, typer.Option(help="代表的人员编号 / id of the person it stands for")] = None,
) -> None:
    """签发令牌；只显示这一次 / Issue a token; it is shown this once."""
    typer.echo(asyncio.run(_issue(name, [one.value for one in scope], person)))


@app.command()
def revoke(token_id: Annotated[str, typer.Argument(help="令牌编号，见 tokens / id of the token, see tokens")]) -> None:
    """吊销令牌 / Revoke a token."""
    asyncio.run(_revoke(token_id))
    typer.echo(f"已吊销 / revoked: {token_id}")


@app.command()
def tokens() -> None:
    """列出令牌（不含密文）/ List the tokens, without their secrets."""
    for line in asyncio.run(_list()):
        typer.echo(line)


async def _serve(settings: Settings) -> None:
    async with built(settings) as parts:
        config = uvicorn.Config(
            create_app(parts),
            host=settings.api_host,
            port=settings.api_port,
            access_log=False,  # the application writes one line per request itself
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        await _Server(config).serve()


class _Server(uvicorn.Server):
    """Says where it listens, once it does; with port 0 nobody could know before."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            structlog.get_logger("api").info("api.serving", url=f"http://{host}:{port}")


@asynccontextmanager
async def _database() -> AsyncIterator[Database]:
    database = Database(Settings().database_url)
    try:
        yield database
    finally:
        await database.close()


async def _publish(process: Process, tables: list[Table]) -> str:
    async with _database() as database, database.begin() as session:
        return (await Releases(session).publish(process, tables, utc_now())).id


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


async def _load(organisation: Organisation) -> None:
    async with _database() as database, database.begin() as session:
        await People(session).load(organisation)


async def _loaded() -> Organisation:
    async with _database() as database, database.read() as session:
        return await People(session).organisation()


async def _issue(name: str, scopes: list[str], person: str | None) -> str:
    async with _database() as database, database.begin() as session:
        if person is not None and await People(session).person(person) is None:
            raise Unknown(
                f"没有人员 {person}，请先载入组织文件", f"There is no person {person}; load the organisation first"
            )
        return await Tokens(session).issue(name, scopes, person, utc_now())


async def _revoke(token_id: str) -> None:
    async with _database() as database, database.begin() as session:
        if not await Tokens(session).revoke(token_id, utc_now()):
            raise Unknown(f"没有有效的令牌 {token_id}", f"There is no live token {token_id}")


async def _list() -> list[str]:
    async with _database() as database, database.read() as session:
        rows = await Tokens(session).page()
    return [_line(row) for row in rows]


def _line(row: TokenRow) -> str:
    state = "已吊销 / revoked" if row.revoked_at else "有效 / live"
    return f"{row.id}  {row.name}  {','.join(row.scopes)}  {row.person or '-'}  {state}"


def main() -> None:
    try:
        app()
    except Refusal as refused:
        typer.echo(f"✗ {refused}", err=True)
        raise SystemExit(1) from refused


if __name__ == "__main__":
    main()
