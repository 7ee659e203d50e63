"""The demo's supervisor, on real children."""

import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from demo.processes import Program, ProgramFailed, Supervisor

WAIT_TO_BE_STOPPED = "import signal; print('ready', flush=True); signal.pause()"
REFUSE_TO_STOP = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
while True:
    signal.pause()
"""


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@pytest.fixture
async def supervisor(tmp_path: Path) -> AsyncIterator[Supervisor]:
    supervisor = Supervisor(tmp_path, os.environ, patience=0.5)
    yield supervisor
    await supervisor.stop()


async def _started(supervisor: Supervisor, code: str) -> Program:
    program = await supervisor.start("child", _python(code))
    await supervisor.until(program, lambda: _says_ready(program))
    return program


async def _says_ready(program: Program) -> bool:
    return "ready" in program.log.read_text(encoding="utf-8")


async def test_a_child_that_dies_is_told_with_the_end_of_its_log(supervisor: Supervisor) -> None:
    await supervisor.start("child", _python("raise SystemExit('the port is taken')"))

    dead = await supervisor.first_death()

    assert "the port is taken" in str(dead.failure())


async def test_waiting_for_a_child_ends_when_it_dies(supervisor: Supervisor) -> None:
    program = await supervisor.start("child", _python("raise SystemExit('no database')"))

    with pytest.raises(ProgramFailed, match="no database"):
        await supervisor.until(program, lambda: _says_ready(program))


async def test_a_child_that_never_gets_ready_is_told_after_its_time(supervisor: Supervisor) -> None:
    program = await supervisor.start("child", _python("import signal; signal.pause()"))

    with pytest.raises(ProgramFailed, match="not ready"):
        await supervisor.until(program, lambda: _says_ready(program), seconds=0.3)


async def test_stopping_asks_first(supervisor: Supervisor) -> None:
    program = await _started(supervisor, WAIT_TO_BE_STOPPED)

    await supervisor.stop()

    assert program.process.returncode == -signal.SIGTERM


async def test_a_child_that_does_not_go_is_killed(supervisor: Supervisor) -> None:
    program = await _started(supervisor, REFUSE_TO_STOP)

    await supervisor.stop()

    assert program.process.returncode == -signal.SIGKILL


async def test_a_command_that_fails_says_why(supervisor: Supervisor) -> None:
    with pytest.raises(ProgramFailed, match="no such process"):
        await supervisor.run(_python("raise SystemExit('no such process')"))
