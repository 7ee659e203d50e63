"""`python -m bench.worker product|bare`: one worker process of one side. SIGUSR1 collects its garbage."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
from temporalio.client import Client
from temporalio.worker import PollerBehaviorAutoscaling, Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from bench import bare
from postroad import log
from postroad.settings import Settings
from workers.build import crew
from workers.crew import hire
from workflows.connection import temporal

READY, SETTLED = "ready", "settled"
CACHED = 5000


@asynccontextmanager
async def _product() -> AsyncIterator[list[Worker]]:
    """As `python -m workers run` does it."""
    settings = Settings()
    log.configure(settings.log_format, settings.log_level)
    async with crew(settings) as hands:
        yield hire(await temporal(), hands, cached=CACHED)


@asynccontextmanager
async def _bare() -> AsyncIterator[list[Worker]]:
    """One worker with the tuning the product's workers have, so that only what they do differs."""
    database = await bare.open_database(os.environ["BENCH_BARE_DATABASE"])
    try:
        async with httpx.AsyncClient(trust_env=False) as http:
            steps = bare.Steps(database, http, bare.Outside.of(os.environ))
            yield [_bare_worker(await Client.connect(os.environ["TEMPORAL_ADDRESS"]), steps)]
    finally:
        await database.close()


def _bare_worker(client: Client, steps: bare.Steps) -> Worker:
    restrictions = SandboxRestrictions.default.with_passthrough_modules("bench")
    return Worker(
        client,
        task_queue=bare.QUEUE,
        workflows=[bare.BareApproval],
        activities=[
            steps.read,
            steps.choose,
            steps.open_task,
            steps.send_card,
            steps.write_back,
            steps.close_task,
            steps.update_card,
        ],
        workflow_runner=SandboxedWorkflowRunner(restrictions=restrictions),
        max_cached_workflows=CACHED,
        workflow_task_poller_behavior=PollerBehaviorAutoscaling(initial=4, maximum=20),
        activity_task_poller_behavior=PollerBehaviorAutoscaling(initial=2, maximum=20),
    )


async def _serve(side: str) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    loop.add_signal_handler(signal.SIGUSR1, _settle)
    async with AsyncExitStack() as stack:
        workers = await stack.enter_async_context({"product": _product, "bare": _bare}[side]())
        for worker in workers:
            await stack.enter_async_context(worker)
        print(READY, flush=True)
        await stopped.wait()


def _settle() -> None:
    gc.collect()
    print(SETTLED, flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
