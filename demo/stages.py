"""Brings the whole product up, part by part."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from demo.places import HOST, PROCESSES, Places
from demo.processes import Program, ProgramFailed, Supervisor, answers

_BIN = Path(sys.executable).parent
_SCOPES = ("read", "act", "admin", "metrics")
PASSWORD = "postroad-demo"  # noqa: S105 - of everybody in the demo, which serves this machine alone
ROLES = {
    "li": "member",
    "zhang": "manager",
    "chen": "member",
    "wang": "release_approver",
    "zhao": "auditor",
    "qian": "process_owner",
    "lin": "member",
    "admin": "administrator",
}
"""Who may log in, and as what beside being a member, who does tasks."""
_FOUND_BY = ("PostroadDocument", "PostroadProcess", "PostroadStatus")
Say = Callable[[str], None]


async def bring_up(supervisor: Supervisor, places: Places, say: Say) -> str:
    """Starts everything in the order it is needed; an API token that may do everything. Raises ProgramFailed."""
    say("Temporal 服务器 / Temporal server")
    await start_temporal(supervisor, places)
    say("数据库、流程与人员 / database, processes, people")
    token = await _prepare(supervisor)
    say("ERP、钉钉与项目系统的替身 / stand-ins for ERP, DingTalk and project system")
    await start_sandbox(supervisor, places)
    say("接口 / API")
    await start_api(supervisor, places)
    say("工作进程 / worker")
    await start_worker(supervisor, places)
    return token


async def start_sandbox(supervisor: Supervisor, places: Places) -> Program:
    program = await supervisor.start("sandbox", _python("sandbox"))
    await supervisor.until(program, lambda: answers(f"{places.sandbox_url}/healthz"))
    return program


async def start_api(supervisor: Supervisor, places: Places) -> Program:
    program = await supervisor.start("api", _python("api"))
    await supervisor.until(program, lambda: answers(f"{places.api_url}/readyz"))
    return program


async def start_worker(supervisor: Supervisor, places: Places) -> Program:
    program = await supervisor.start("worker", _python("workers", "run"))
    await supervisor.until(program, lambda: answers(f"http://{HOST}:{places.worker_metrics}/metrics"))
    return program


async def start_temporal(supervisor: Supervisor, places: Places) -> Program:
    command = [
        str(_BIN / "temporal"),
        *("server", "start-dev", "--ip", HOST, "--log-level", "warn"),
        *("--port", str(places.temporal), "--ui-port", str(places.temporal_ui)),
        *("--db-filename", str(places.folder / "temporal.db")),
        *("--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=1"),
        *(word for name in _FOUND_BY for word in ("--search-attribute", f"{name}=Keyword")),
    ]
    program = await supervisor.start("temporal", command)
    await supervisor.until(program, lambda: _is_serving(supervisor, places))
    return program


async def _is_serving(supervisor: Supervisor, places: Places) -> bool:
    command = [str(_BIN / "temporal"), "operator", "namespace", "describe", "default"]
    try:
        await supervisor.run([*command, "--address", places.temporal_address])
    except ProgramFailed:
        return False
    return True


async def _prepare(supervisor: Supervisor) -> str:
    await supervisor.run(_python("api", "migrate"))
    await supervisor.run(_python("api", "publish"))
    await supervisor.run(_python("api", "people", str(PROCESSES / "organisation.yaml")))
    logins = [person if role == "member" else f"{person}={role}" for person, role in ROLES.items()]
    command = _python("api", "login", *logins, "--role", "member", "--password-stdin")
    await supervisor.run(command, told=f"{PASSWORD}\n" * len(logins))
    scopes = [word for scope in _SCOPES for word in ("--scope", scope)]
    told = await supervisor.run(_python("api", "token", "demo", *scopes))
    token = re.search(r"\bpr_[\w-]+", told)
    if token is None:
        raise ProgramFailed(f"python -m api token 没有给出令牌 / printed no token:\n{told}")
    return token[0]


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]
