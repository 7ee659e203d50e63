"""`python -m demo`: everything on this machine until Ctrl-C; `--once` plays the purchase story and stops."""

import argparse
import asyncio
import fcntl
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx

from demo.environment import environment, keep, settings_of
from demo.outside import Outside, StoryFailed
from demo.places import Places, choose_places
from demo.processes import ProgramFailed, Supervisor
from demo.stages import PASSWORD, bring_up
from demo.story import play, submit

_Result = TypeVar("_Result")


class FolderBusy(Exception):  # noqa: N818 - it names the thing
    """Another demo runs in the folder."""


def main() -> int:
    options = _options()
    try:
        with _fresh(options.folder):
            return asyncio.run(_demo(choose_places(options.folder), once=options.once))
    except (FolderBusy, ProgramFailed, StoryFailed, httpx.HTTPError, OSError) as failed:
        print(f"\n✗ {failed or repr(failed)}", file=sys.stderr)
        return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="play the purchase story, print its timeline, stop")
    parser.add_argument("--folder", type=Path, default=Path(".demo"), help="databases and logs; emptied at the start")
    return parser.parse_args()


@contextmanager
def _fresh(folder: Path) -> Iterator[None]:
    """The folder without what an earlier demo left: the stand-ins remember nothing, so nobody else should."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise FolderBusy(
                f"{folder} 正被另一个演示使用，请先停止它或用 --folder 换一个 / another demo runs in {folder}"
            ) from busy
        for left in folder.glob("*.db*"):
            left.unlink()
        shutil.rmtree(folder / "logs", ignore_errors=True)
        (folder / "logs").mkdir()
        yield


async def _demo(places: Places, *, once: bool) -> int:
    settings = settings_of(places)
    keep(settings, places.folder / "env")
    supervisor = Supervisor(places.log_folder, environment(settings, os.environ))
    told_to_stop = _on_stop()
    try:
        token = await _unless(told_to_stop, bring_up(supervisor, places, lambda what: print(f"→ {what}", flush=True)))
        if token is None:
            return 130
        async with _outside(places, settings, token) as outside:
            if once:
                print(_where_to_look(places, token), flush=True)
                return await _once(supervisor, told_to_stop, outside)
            await _unless(told_to_stop, submit(outside))
        print(_where_to_look(places, token), flush=True)
        return await _until_stopped(supervisor, told_to_stop)
    finally:
        print("\n正在停止 / stopping …", flush=True)
        await supervisor.stop()


@asynccontextmanager
async def _outside(places: Places, settings: Mapping[str, str], token: str) -> AsyncIterator[Outside]:
    async with (
        httpx.AsyncClient(base_url=places.sandbox_url, trust_env=False, timeout=10) as sandbox,
        httpx.AsyncClient(
            base_url=places.api_url, trust_env=False, timeout=10, headers={"Authorization": f"Bearer {token}"}
        ) as api,
    ):
        yield Outside(sandbox, api, settings["SANDBOX_ERP_TOKEN"], settings["SANDBOX_PMS_TOKEN"])


async def _once(supervisor: Supervisor, told_to_stop: asyncio.Event, outside: Outside) -> int:
    story = asyncio.create_task(_unless(told_to_stop, _played(outside)))
    death = asyncio.create_task(supervisor.first_death())
    await asyncio.wait({story, death}, return_when=asyncio.FIRST_COMPLETED)
    if death.done() and not story.done():
        story.cancel()
        raise death.result().failure()
    death.cancel()
    return 0 if await story else 130


async def _played(outside: Outside) -> bool:
    await play(outside)
    print("\n✓ 全部符合预期 / everything is as it should be")
    return True


async def _until_stopped(supervisor: Supervisor, told_to_stop: asyncio.Event) -> int:
    death = await _unless(told_to_stop, supervisor.first_death())
    if death is not None:
        raise death.failure()
    return 0


def _on_stop() -> asyncio.Event:
    told = asyncio.Event()
    for what in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(what, told.set)
    return told


async def _unless(told_to_stop: asyncio.Event, work: Coroutine[Any, Any, _Result]) -> _Result | None:
    """The result of `work`, or None when we are told to stop before it has one."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(told_to_stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


def _where_to_look(places: Places, token: str) -> str:
    rows = [
        ("驿道 / Postroad", places.api_url, f"登录 chen、wang、qian、admin …，密码 {PASSWORD} / log in"),
        ("ERP", f"{places.sandbox_url}/erp", "提交采购申请 / submit a requisition"),
        ("手机 / phones", f"{places.sandbox_url}/phones", "按卡片上的按钮 / press the buttons on the cards"),
        ("售后 / after-sales", f"{places.sandbox_url}/service", "登记客户的服务请求 / report what a customer needs"),
        ("项目系统 / projects", f"{places.sandbox_url}/pms", "高额采购的跟进任务 / follow-up tasks"),
        ("Temporal", places.temporal_ui_url, "每个流程的完整历史 / the full history of every process"),
        ("API", f"{places.api_url}/api/v1/docs", "接口文档 / interface"),
        ("令牌 / token", token, "Authorization: Bearer …"),
        ("设置与日志 / settings, logs", f"{places.folder}/env, {places.folder}/logs", "Ctrl-C 停止 / stops"),
    ]
    return "\n" + "\n".join(f"  {what:<22} {where:<44} {why}" for what, where, why in rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
