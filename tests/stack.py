"""The whole product as real processes, each of which can be killed and started again."""

import asyncio
import atexit
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

import httpx
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from demo.environment import environment, settings_of
from demo.outside import Outside
from demo.places import HOST, Places
from demo.processes import Program, ProgramFailed, Supervisor
from demo.stages import bring_up, start_api, start_sandbox, start_temporal, start_worker
from postroad.store.database import Database
from postroad.store.tokens import Tokens

Part = Literal["temporal", "sandbox", "api", "worker"]
PEOPLE = ("li", "zhang", "chen", "zhou", "wang", "qian", "lin")
_STARTS: dict[Part, Callable[[Supervisor, Places], Awaitable[Program]]] = {
    "temporal": start_temporal,
    "sandbox": start_sandbox,
    "api": start_api,
    "worker": start_worker,
}
_PATIENCE = 60.0
_POLL = 0.1
_Found = TypeVar("_Found")
Json = dict[str, Any]


@dataclass
class Stack:
    """Temporal on a file, api, worker and sandbox, with everybody's way in."""

    places: Places
    settings: Mapping[str, str]
    supervisor: Supervisor
    sandbox: httpx.AsyncClient
    api: httpx.AsyncClient
    outside: Outside
    by_person: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    _temporal: Client | None = None

    async def kill(self, *parts: Part) -> None:
        """SIGKILL, all at once; returns when they are gone."""
        programs = [self._program(part) for part in parts]
        for program in programs:
            program.signal(signal.SIGKILL)
        for program in programs:
            await program.process.wait()
            self.supervisor.programs.remove(program)

    async def start(self, *parts: Part) -> None:
        """Starts what was killed, in the order given; returns when all of it serves. Restarts what fails at once."""
        for part in parts:
            try:
                await _STARTS[part](self.supervisor, self.places)
            except ProgramFailed:
                await self._sweep(part)
                await _STARTS[part](self.supervisor, self.places)

    async def restart(self, *parts: Part, after: float = 0.0) -> None:
        """Kills, leaves them away for `after` seconds, starts them again."""
        await self.kill(*parts)
        await asyncio.sleep(after)
        await self.start(*parts)

    def dead(self) -> list[Part]:
        """Parts that ended by themselves, which none should."""
        return [part for part in _STARTS if self._program(part).process.returncode is not None]

    async def temporal(self) -> Client:
        """A client that outlives restarts of the server: it connects anew by itself."""
        if self._temporal is None:
            self._temporal = await Client.connect(
                self.places.temporal_address, data_converter=pydantic_data_converter, lazy=True
            )
        return self._temporal

    async def fault(self, target: str, kind: str, **more: Any) -> None:
        """Something goes wrong outside from now on; see docs/sandbox.md."""
        order = {"target": target, "kind": kind, **more}
        (await self.sandbox.post("/_sim/faults", json=order)).raise_for_status()

    async def no_more_faults(self) -> None:
        (await self.sandbox.delete("/_sim/faults")).raise_for_status()

    def log_of(self, part: Part) -> str:
        return (self.places.log_folder / f"{part}.log").read_text(encoding="utf-8", errors="replace")

    def _program(self, part: Part) -> Program:
        return next(program for program in self.supervisor.programs if program.name == part)

    async def _sweep(self, part: Part) -> None:
        with suppress(StopIteration):
            await self.kill(part)


@asynccontextmanager
async def running_stack(folder: Path, **settings: str) -> AsyncIterator[Stack]:
    """Everything up, with a token for each person; all of it is stopped at the end, also after a failure.

    `settings` replace those of the demonstration. Logs stay in `folder`/logs.
    """
    places = Places(folder, *_free_ports(5))
    places.log_folder.mkdir(parents=True)
    told = {**settings_of(places), **settings}
    supervisor = Supervisor(places.log_folder, environment(told, os.environ))
    async with AsyncExitStack() as closing:
        # a run that is cut short by its time-out never comes back here
        atexit.register(_kill, supervisor)
        closing.callback(atexit.unregister, _kill)
        closing.push_async_callback(supervisor.stop)
        token = await bring_up(supervisor, places, lambda _: None)
        sandbox = await closing.enter_async_context(_client(places.sandbox_url))
        api = await closing.enter_async_context(_client(places.api_url, token))
        outside = Outside(sandbox, api, told["SANDBOX_ERP_TOKEN"], told["SANDBOX_PMS_TOKEN"])
        stack = Stack(places, told, supervisor, sandbox, api, outside)
        for person, secret in (await _tokens(told["POSTROAD_DATABASE_URL"], PEOPLE)).items():
            stack.by_person[person] = await closing.enter_async_context(_client(places.api_url, secret))
        yield stack


def _kill(supervisor: Supervisor) -> None:
    for program in supervisor.programs:
        program.signal(signal.SIGKILL)


async def until(what: str, look: Callable[[], Awaitable[_Found | None]], seconds: float = _PATIENCE) -> _Found:
    """What `look` finds, as soon as it finds something; a failure of the network meanwhile is no finding."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                with suppress(httpx.HTTPError):
                    if found := await look():
                        return found
                await asyncio.sleep(_POLL)
    except TimeoutError:
        raise AssertionError(f"waited {seconds:.0f} s in vain: {what}") from None


def _client(base_url: str, token: str = "") -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    # a kept connection of a server that was killed fails the next request; a new one each time never does
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.AsyncClient(base_url=base_url, headers=headers, trust_env=False, timeout=15, limits=limits)


async def _tokens(database_url: str, people: Iterable[str]) -> dict[str, str]:
    """A token for each person, as `python -m api token NAME --scope act --person ID` makes it."""
    database = Database(database_url)
    try:
        async with database.begin() as session:
            tokens = Tokens(session)
            return {who: await tokens.issue(f"phone of {who}", ["act"], who, datetime.now(UTC)) for who in people}
    finally:
        await database.close()


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((HOST, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
