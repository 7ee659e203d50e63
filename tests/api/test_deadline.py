"""The platform waits two seconds: an answer comes in time, whatever hangs, and promises nothing that is not so."""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import perf_counter

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from api.running import Running
from postroad.store.clicks import Clicks
from postroad.store.database import Database
from tests.api.erp import connectors
from tests.api.office import Office, new_office, nowhere, shown
from tests.temporal import DevServer

PLATFORM_WAITS = 2.0


@contextmanager
def locked(database_url: str) -> Iterator[None]:
    """Another process writes to the database and does not finish."""
    other = sqlite3.connect(Path(database_url.removeprefix("sqlite+aiosqlite:///")), isolation_level=None)
    other.execute("begin immediate")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@asynccontextmanager
async def silent_temporal() -> AsyncIterator[Running]:
    """A Temporal that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()[:2]
        client = await Client.connect(f"{host}:{port}", lazy=True, data_converter=pydantic_data_converter)
        yield Running(client)


async def kept(office: Office) -> int:
    async with office.database.read() as session:
        return await Clicks(session).unanswered_count()


async def test_with_a_blocked_database_the_card_asks_to_press_again(office: Office, database_url: str) -> None:
    task = await office.task(await office.instance())

    async with office.at_work():
        with locked(database_url):
            began = perf_counter()
            card = shown(await office.press(task))
            took = perf_counter() - began

    assert card["note"].startswith("系统繁忙，尚未确认收到")
    assert took < PLATFORM_WAITS


async def test_with_a_silent_temporal_the_press_is_kept_and_shown_as_pending(
    database: Database, dev_server: DevServer
) -> None:
    async with (
        silent_temporal() as silent,
        new_office(database, await dev_server.connect(), connectors=connectors(), running=silent) as office,
    ):
        task = await office.task(await office.instance())
        began = perf_counter()
        card = shown(await office.press(task))

        assert card["status"] == "已收到，处理中"
        assert perf_counter() - began < PLATFORM_WAITS
        assert await kept(office) == 1


async def test_with_temporal_away_the_press_is_kept_and_shown_as_pending_at_once(
    database: Database, dev_server: DevServer
) -> None:
    async with new_office(
        database, await dev_server.connect(), connectors=connectors(), running=await nowhere()
    ) as office:
        task = await office.task(await office.instance())
        card = shown(await office.press(task))

        assert card["status"] == "已收到，处理中"
        assert await kept(office) == 1


async def test_what_was_not_in_time_is_finished_all_the_same(office: Office, database_url: str) -> None:
    view = await office.instance()
    task = await office.task(view)

    async with office.at_work():
        with locked(database_url):
            await office.press(task)
        async with asyncio.timeout(10):
            while not await office.asks(view.id, "clicks"):  # noqa: ASYNC110 - another task is finishing it
                await asyncio.sleep(0.05)


@pytest.mark.parametrize("path", ["/api/v1/tasks", "/api/v1/people"])
async def test_reading_goes_on_while_somebody_else_writes(office: Office, database_url: str, path: str) -> None:
    reader = await office.token("read")
    await office.http.get(path, headers=reader)

    with locked(database_url):
        assert (await office.http.get(path, headers=reader)).status_code == 200
