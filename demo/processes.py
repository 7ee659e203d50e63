"""Starts programs, waits until they serve, notices when one dies, and stops them all."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

_POLL_SECONDS = 0.2
_TAIL_LINES = 25


class ProgramFailed(Exception):  # noqa: N818 - it says what happened, to which program, and why
    """A program did not start, died, or answered with an error; the message holds the end of its log."""


@dataclass
class Program:
    """A running child with its log file."""

    name: str
    log: Path
    process: Process

    def failure(self) -> ProgramFailed:
        return ProgramFailed(
            f"{self.name} 已退出（代码 {self.process.returncode}） / {self.name} ended with {self.process.returncode}; "
            f"{self.log}:\n{_tail(self.log)}"
        )

    def signal(self, what: signal.Signals) -> None:
        """To the child and its own children; one that is gone already needs none."""
        if self.process.returncode is None:
            os.killpg(self.process.pid, what)


@dataclass
class Supervisor:
    """Children of one demo, each in a session of its own: Ctrl-C reaches only us, and we stop them in order."""

    log_folder: Path
    environ: Mapping[str, str]
    patience: float = 15.0
    programs: list[Program] = field(default_factory=list)

    async def start(self, name: str, command: Sequence[str]) -> Program:
        log = self.log_folder / f"{name}.log"
        with log.open("ab") as sink:
            process = await asyncio.create_subprocess_exec(
                *command, env=dict(self.environ), stdin=DEVNULL, stdout=sink, stderr=STDOUT, start_new_session=True
            )
        program = Program(name, log, process)
        self.programs.append(program)
        return program

    async def run(self, command: Sequence[str], told: str = "") -> str:
        """Runs a command to its end, with `told` on its standard input; its output. Raises ProgramFailed."""
        process = await asyncio.create_subprocess_exec(
            *command, env=dict(self.environ), stdin=PIPE, stdout=PIPE, stderr=STDOUT
        )
        output = (await process.communicate(told.encode()))[0].decode(errors="replace")
        if process.returncode:
            raise ProgramFailed(f"{' '.join(command)} → {process.returncode}\n{output}")
        return output

    async def until(self, program: Program, ready: Callable[[], Awaitable[bool]], seconds: float = 60.0) -> None:
        """Waits until `ready`; raises ProgramFailed when the program dies first or takes too long."""
        try:
            async with asyncio.timeout(seconds):
                while not await ready():
                    if program.process.returncode is not None:
                        raise program.failure()
                    await asyncio.sleep(_POLL_SECONDS)
        except TimeoutError as late:
            raise ProgramFailed(
                f"{program.name} 在 {seconds:.0f} 秒内未就绪 / not ready within {seconds:.0f} s; "
                f"{program.log}:\n{_tail(program.log)}"
            ) from late

    async def first_death(self) -> Program:
        """Returns when one of the programs has ended, which none should."""
        waits = {asyncio.create_task(program.process.wait()): program for program in self.programs}
        try:
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return waits[done.pop()]

    async def stop(self) -> None:
        """Last started, first stopped; one that has not gone after `patience` seconds is killed."""
        for program in reversed(self.programs):
            program.signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(program.process.wait(), self.patience)
            except TimeoutError:
                program.signal(signal.SIGKILL)
                await program.process.wait()
        self.programs.clear()


async def answers(url: str) -> bool:
    """Whether `url` answers 200 now."""
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=2.0) as http:
            return (await http.get(url)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _tail(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"  {line}" for line in lines[-_TAIL_LINES:])
