"""`python -m api` serves; its commands prepare what it serves, and use it."""

import asyncio
from socket import socket

import structlog
import typer
import uvicorn

from api.app import create_app
from api.build import built
from api.commands import absences, acting, handover, loads, logins, looking, organisation, processes, rules, tokens
from api.parts import Parts
from postroad import log
from postroad.model.refusals import Refusal
from postroad.settings import Settings
from postroad.store.migrate import migrate as migrate_database

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="驿道 HTTP 接口；不带命令即启动服务 / Postroad's HTTP interface; serves when no command is given",
)


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


for command in (
    processes.publish,
    processes.move,
    organisation.people,
    loads.loads,
    tokens.token,
    tokens.tokens,
    tokens.revoke,
    logins.login,
    logins.setup_code,
    acting.act,
    acting.admin,
    looking.tasks,
    looking.stuck,
):
    app.command()(command)
app.add_typer(absences.app, name="absences")
app.add_typer(rules.app, name="rules")
app.command()(handover.handover)


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
        await _Server(config, parts).serve()


class _Server(uvicorn.Server):
    """Says where it listens, once it does; with port 0 nobody could know before. Its end waits for no open page."""

    def __init__(self, config: uvicorn.Config, parts: Parts) -> None:
        super().__init__(config)
        self._parts = parts

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        self._parts.listening.end_all()
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            structlog.get_logger("api").info("api.serving", url=f"http://{host}:{port}")


def main() -> None:
    try:
        app()
    except Refusal as refused:
        typer.echo(f"✗ {refused}", err=True)
        raise SystemExit(1) from refused


if __name__ == "__main__":
    main()
