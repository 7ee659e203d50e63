"""`python -m workers run` and `python -m workers replay HISTORY.json…`."""

import asyncio
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Annotated

import structlog
import typer
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig

from postroad import log
from postroad.settings import Settings
from workers.build import crew
from workers.crew import Release, hire
from workers.replay import replay as replayed
from workflows.connection import temporal

app = typer.Typer(help="驿道的工作进程 / Postroad's workers.", no_args_is_help=True, add_completion=False)
logger = structlog.get_logger()


@app.command()
def run(
    queue: Annotated[list[str] | None, typer.Option(help="只服务这些队列 / serve these task queues only")] = None,
    deployment: Annotated[str, typer.Option(help="部署名 / worker deployment", envvar="POSTROAD_DEPLOYMENT")] = "",
    build: Annotated[str, typer.Option(help="版本 / build id in that deployment", envvar="POSTROAD_BUILD")] = "",
) -> None:
    """运行工作进程，直到被停止 / Run workers until stopped."""
    settings = Settings()
    log.configure(settings.log_format, settings.log_level)
    release = Release(deployment, build) if deployment and build else None
    asyncio.run(_run(settings, queue or [], release))


async def _run(settings: Settings, only: list[str], release: Release | None) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with AsyncExitStack() as stack:
        hands = await stack.enter_async_context(crew(settings))
        client = await temporal(runtime=_runtime(settings))
        workers = hire(client, hands, only, release=release)
        for worker in workers:
            await stack.enter_async_context(worker)
        logger.info("worker.started", queues=[worker.task_queue for worker in workers], release=release)
        await stopped.wait()
    logger.info("worker.stopped")


def _runtime(settings: Settings) -> Runtime | None:
    """Temporal's own metrics at `/metrics`, where a port is set for them."""
    if not settings.metrics_port:
        return None
    address = PrometheusConfig(bind_address=f"{settings.api_host}:{settings.metrics_port}")
    return Runtime(telemetry=TelemetryConfig(metrics=address))


@app.command()
def replay(histories: Annotated[list[Path], typer.Argument(help="temporal workflow show -o json")]) -> None:
    """用当前代码重放导出的历史 / Replay exported histories through the present code."""
    results = [asyncio.run(_replayed(path)) for path in histories]
    sys.exit(0 if all(results) else 1)


async def _replayed(path: Path) -> bool:
    try:
        result = await replayed(path)
    except (OSError, ValueError) as unreadable:
        typer.echo(f"✗ {path}: {unreadable}")
        return False
    mark = "✗" if result.problem else "✓"
    typer.echo(f"{mark} {path}: {result.workflow_id}, {result.events} events {result.problem}".rstrip())
    return not result.problem


if __name__ == "__main__":
    app()
