"""Live updates, as a browser hears them: over a real connection."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import uvicorn

from postroad.model.task import Task
from postroad.store.grants import Grants
from postroad.store.process_versions import Drawn, ProcessVersions
from postroad.store.releases import Releases
from postroad.store.sessions import Lasting, Sessions
from postroad.store.tokens import Tokens
from tests.api.office import PURCHASE, Office

PATIENCE = 15


@dataclass(frozen=True)
class Street:
    """The API on a real port, in the loop that its database belongs to."""

    office: Office
    url: str

    @asynccontextmanager
    async def page(self, headers: dict[str, str]) -> AsyncIterator["Page"]:
        """An open page that has been told it hears."""
        async with (
            httpx.AsyncClient(base_url=self.url, timeout=PATIENCE) as client,
            client.stream("GET", "/api/v1/changes", headers=headers) as answer,
        ):
            assert answer.status_code == 200
            page = Page(answer.aiter_lines(), answer.headers)
            assert await page.next() == ("ready", {})
            yield page


@dataclass(frozen=True)
class Page:
    lines: AsyncIterator[str]
    headers: httpx.Headers

    async def next(self) -> tuple[str, Any]:
        """The next event."""
        topic, _, data = await self.event()
        return topic, data

    async def event(self) -> tuple[str, str, Any]:
        """The same with its id; StopAsyncIteration at the end."""
        async with asyncio.timeout(PATIENCE):
            said: dict[str, str] = {}
            while "data" not in said:
                name, _, value = (await anext(self.lines)).partition(": ")
                said[name] = value
        return said["event"], said.get("id", ""), json.loads(said["data"])

    async def ends(self) -> bool:
        """Waits for the end; False if something else comes first."""
        async with asyncio.timeout(PATIENCE):
            return [line async for line in self.lines if line and not line.startswith(":")] == []


@pytest.fixture
async def street(office: Office) -> AsyncIterator[Street]:
    config = uvicorn.Config(office.app, port=0, lifespan="off", log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    socket = config.bind_socket()
    office.parts.listening.start()
    serving = asyncio.create_task(server.serve([socket]))
    yield Street(office, f"http://127.0.0.1:{socket.getsockname()[1]}")
    await office.parts.listening.stop()
    server.should_exit = True
    await serving


async def a_task(street: Street, person: str = "chen", **more: Any) -> Task:
    return await street.office.task(await street.office.instance(), person, **more)


async def test_everybody_hears_what_concerns_them_and_nothing_of_others(street: Street) -> None:
    token = street.office.token
    async with (
        street.page(await token("act", person="chen")) as chen,
        street.page(await token("act", person="li")) as li,
        street.page(await token("act", person="wang")) as wang,
        street.page(await token("read")) as reader,
    ):
        task = await a_task(street)
        heard = [await chen.next(), await chen.next()]
        initiator, all_reading = await li.next(), await reader.next()
        other = await a_task(street, "wang", id="other")

        assert sorted(heard, key=str) == [("instances", {"ids": [task.instance]}), ("tasks", {"ids": [task.id]})]
        assert initiator == all_reading == ("instances", {"ids": [task.instance]})
        assert sorted([await wang.next(), await wang.next()], key=str)[1] == ("tasks", {"ids": [other.id]})
    assert chen.headers["content-type"].startswith("text/event-stream")


async def test_new_rules_and_releases_are_told(street: Street) -> None:
    async with street.page(await street.office.token("act", person="chen")) as page:
        async with street.office.database.begin() as session:
            await Releases(session).publish(PURCHASE, [], street.office.parts.now())

        assert await page.next() == ("processes", {"ids": ["purchase-approval"]})


async def test_a_page_that_was_cut_off_hears_what_it_missed(street: Street) -> None:
    chen = await street.office.token("act", person="chen")
    async with street.page(chen) as page:
        await a_task(street)
        _, mark, _ = await page.event()

    missed = await a_task(street, id="missed")

    async with street.page({**chen, "Last-Event-ID": mark}) as page:
        heard = dict([await page.next(), await page.next()])
    assert missed.id in heard["tasks"]["ids"]


async def test_a_page_that_was_away_for_long_is_told_to_fetch_everything(street: Street) -> None:
    chen = await street.office.token("act", person="chen")

    async with street.page({**chen, "Last-Event-ID": "1700000000000"}) as page:
        heard = dict([await page.next() for _ in range(3)])

    assert heard == {topic: {"ids": None} for topic in ("tasks", "instances", "processes")}


async def test_it_ends_when_the_token_is_revoked(street: Street) -> None:
    async with street.page(await street.office.token("act", person="chen")) as page:
        async with street.office.database.begin() as session:
            [row] = await Tokens(session).page()
            await Tokens(session).revoke(row.id, street.office.parts.now())
        street.office.ahead(seconds=10)

        assert await page.ends()


async def test_it_ends_when_the_person_logs_out(street: Street) -> None:
    office = street.office
    async with office.database.begin() as session:
        secret = await Sessions(session, Lasting()).open("chen", "password", "", office.parts.now())
        await Grants(session).give("chen", "member", None, office.parts.now(), by="")
    async with street.page({"Cookie": f"postroad_session={secret}"}) as page:
        async with office.database.begin() as session:
            await Sessions(session, Lasting()).close(secret)
        office.ahead(seconds=10)

        assert await page.ends()


async def test_whoever_closes_the_page_is_not_told_any_more(street: Street) -> None:
    listening = street.office.parts.listening
    async with street.page(await street.office.token("act", person="chen")):
        assert len(listening) == 1

    async with asyncio.timeout(PATIENCE):
        while len(listening):  # noqa: ASYNC110 - the server tells nobody that it noticed
            await asyncio.sleep(0.01)


async def test_a_process_that_is_drawn_is_told_to_whoever_may_draw(street: Street) -> None:
    async with street.page(await street.office.token("processes", person="chen")) as page:
        async with street.office.database.begin() as session:
            drawn = Drawn({"process": "leave"})
            await ProcessVersions(session).draft("leave", drawn, "wang", "", street.office.parts.now())

        assert await page.next() == ("processes", {"ids": ["leave"]})
