"""Brings up what both sides share, and their workers: one Temporal server, one sandbox, one worker process each."""

import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from bench import worker
from demo.environment import environment, settings_of
from demo.places import HOST, PROCESSES, PURCHASE, Places
from demo.processes import Program, ProgramFailed, Supervisor, answers
from workflows import search

SIDES = ("product", "bare")
_BIN = Path(sys.executable).parent


@dataclass
class Scene:
    """Everything that runs while we measure."""

    settings: Mapping[str, str]
    supervisor: Supervisor
    server: Program
    standins: Program
    sandbox: httpx.AsyncClient
    folder: Path
    workers: dict[str, Program] = field(default_factory=dict)

    async def hire(self) -> None:
        """A new worker process for each side."""
        for side in SIDES:
            program = await self.supervisor.start(f"worker-{side}", [sys.executable, "-m", "bench.worker", side])
            await self.supervisor.until(program, _said(program, worker.READY))
            self.workers[side] = program

    async def dismiss(self) -> None:
        for side in SIDES:
            program = self.workers.pop(side)
            program.signal(signal.SIGTERM)
            await program.process.wait()
            self.supervisor.programs.remove(program)

    async def settled_bytes(self, side: str) -> int:
        """The resident memory of a side's worker after its garbage is collected."""
        program = self.workers[side]
        times = _times(program, worker.SETTLED) + 1
        os.kill(program.process.pid, signal.SIGUSR1)
        await self.supervisor.until(program, _said(program, worker.SETTLED, times))
        return int(psutil.Process(program.process.pid).memory_info().rss)

    @property
    def bare_database(self) -> str:
        return self.settings["BENCH_BARE_DATABASE"]


@asynccontextmanager
async def scene(folder: Path) -> AsyncIterator[Scene]:
    """A running scene with its files in `folder`; everything is stopped at the end. Raises ProgramFailed."""
    places = Places(folder, *_free_ports(5))
    settings = {**settings_of(places), "BENCH_BARE_DATABASE": str(folder / "bare.db"), "POSTROAD_METRICS_PORT": "0"}
    # nobody listens for the ERP's events here: instances are started by whoever measures
    del settings["SANDBOX_ERP_EVENTS_URL"]
    supervisor = Supervisor(folder, environment(settings, os.environ))
    try:
        server = await _temporal(supervisor, places)
        standins = await supervisor.start("standins", [sys.executable, "-m", "bench.standins"])
        await supervisor.until(standins, lambda: answers(f"{places.sandbox_url}/healthz"))
        for command in (["migrate"], ["publish", str(PURCHASE)], ["people", str(PROCESSES / "organisation.yaml")]):
            await supervisor.run([sys.executable, "-m", "api", *command])
        async with httpx.AsyncClient(base_url=places.sandbox_url, trust_env=False, timeout=30) as sandbox:
            await _register(sandbox, settings)
            yield Scene(settings, supervisor, server, standins, sandbox, folder)
    finally:
        await supervisor.stop()


async def _temporal(supervisor: Supervisor, places: Places) -> Program:
    attributes = [word for key in search.ALL for word in ("--search-attribute", f"{key.name}=Keyword")]
    command = [
        str(_BIN / "temporal"),
        *("server", "start-dev", "--headless", "--ip", HOST, "--log-level", "error", "--port", str(places.temporal)),
        *("--db-filename", str(places.folder / "temporal.db")),
        *("--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=1"),
        *attributes,
    ]
    program = await supervisor.start("temporal", command)

    async def is_serving() -> bool:
        described = [str(_BIN / "temporal"), "operator", "namespace", "describe", "default"]
        try:
            await supervisor.run([*described, "--address", places.temporal_address])
        except ProgramFailed:
            return False
        return True

    await supervisor.until(program, is_serving)
    return program


async def _register(sandbox: httpx.AsyncClient, settings: Mapping[str, str]) -> None:
    """Cards need a registered callback, though nobody presses them on a phone here."""
    said = {"appKey": settings["POSTROAD_DINGTALK_APP_KEY"], "appSecret": settings["POSTROAD_DINGTALK_APP_SECRET"]}
    token = (await sandbox.post("/dingtalk/v1.0/oauth2/accessToken", json=said)).raise_for_status().json()
    order = {"callbackUrl": f"http://{HOST}/", "callbackRouteKey": settings["POSTROAD_DINGTALK_ROUTE_KEY"]}
    headers = {"x-acs-dingtalk-access-token": token["accessToken"]}
    reply = await sandbox.post("/dingtalk/v1.0/card/callbacks/register", json=order, headers=headers)
    reply.raise_for_status()


def _times(program: Program, word: str) -> int:
    return program.log.read_text(encoding="utf-8").splitlines().count(word)


def _said(program: Program, word: str, times: int = 1) -> Callable[[], Awaitable[bool]]:
    async def said() -> bool:
        return _times(program, word) >= times

    return said


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((HOST, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
