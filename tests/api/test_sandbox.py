"""The button journey as a person lives it: a card on the sandbox's phone, a finger, an answer."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from postroad.chat.card import card_of, ref_of
from postroad.chat.dingtalk import DingTalk
from postroad.model.task import InstanceView, Task
from postroad.store.clicks import Clicks
from postroad.store.database import Database
from sandbox.app import create_app as create_sandbox
from sandbox.settings import SandboxSettings
from tests.api.erp import connectors
from tests.api.office import CORP, ORGANISATION, Office, dingtalk_app, new_office
from tests.serving import served
from tests.temporal import DevServer


@pytest.fixture
def sandbox_url() -> Iterator[str]:
    people = {account: person.name for person in ORGANISATION.people for account in person.accounts.values()}
    with served(create_sandbox(SandboxSettings(dingtalk_corp_id=CORP, people=people))) as url:
        yield url


@asynccontextmanager
async def listening(app: FastAPI, opened: socket.socket) -> AsyncIterator[None]:
    """Serves in this event loop, where the database and the Temporal client of the test live."""
    server = uvicorn.Server(uvicorn.Config(app, lifespan="on", log_level="warning", timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve(sockets=[opened]))
    try:
        async with asyncio.timeout(10):
            while not server.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
                await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await serving


@dataclass(frozen=True)
class Phone:
    """The phone of the person whose task it is."""

    office: Office
    view: InstanceView
    task: Task
    sandbox: httpx.AsyncClient

    async def press(self, action: str = "approve", opinion: str = "", token: str | None = None) -> dict[str, Any]:
        order = {"outTrackId": ref_of(self.task.id), "action": action, "opinion": opinion, "token": token}
        pressed = await self.sandbox.post(f"/phone/ding-{self.task.person}/press", json=order)
        outcome: dict[str, Any] = pressed.raise_for_status().json()
        return outcome

    async def goes_wrong(self, kind: str) -> None:
        (await self.sandbox.post("/_sim/faults", json={"target": "click", "kind": kind, "times": 1})).raise_for_status()

    async def violations(self) -> list[Any]:
        told: list[Any] = (await self.sandbox.get("/_sim/violations")).json()
        return told


@pytest.fixture
async def phone(database: Database, dev_server: DevServer, sandbox_url: str) -> AsyncIterator[Phone]:
    """A running API, and a card with buttons on the phone of 陈静."""
    with socket.create_server(("127.0.0.1", 0)) as opened:
        url = f"http://127.0.0.1:{opened.getsockname()[1]}"
        async with (
            httpx.AsyncClient(base_url=sandbox_url, trust_env=False) as sandbox,
            httpx.AsyncClient(trust_env=False) as outward,
            new_office(
                database,
                await dev_server.connect(),
                connectors=connectors(sandbox_url),
                chat=DingTalk(dingtalk_app(f"{sandbox_url}/dingtalk"), outward),
                public_url=url,
            ) as office,
            listening(office.app, opened),
            office.at_work(),
        ):
            await asyncio.gather(*office.parts.registrations)
            view = await office.instance()
            task = await office.task(view)
            await deliver(office, view, task)
            yield Phone(office, view, task, sandbox)


async def deliver(office: Office, view: InstanceView, task: Task) -> None:
    channel = office.parts.channels["dingtalk"]
    card = card_of(task, view, channel.look, {"li": "李四"})
    signed = card.signed(channel.tokens, office.parts.now() + timedelta(days=1))
    await channel.port.deliver(signed, f"ding-{task.person}", ref_of(task.id))


async def test_a_press_on_the_phone_is_decided_and_shown_within_the_platforms_time(phone: Phone) -> None:
    outcome = await phone.press()

    assert outcome["delivered"], outcome["detail"]
    assert outcome["card"]["params"]["status"] == "已同意"
    assert outcome["card"]["params"]["by"].startswith("陈静")
    assert len(await phone.office.asks(phone.view.id, "clicks")) == 1
    assert await phone.violations() == []


async def test_a_rejection_without_words_leaves_the_buttons_and_says_what_is_missing(phone: Phone) -> None:
    outcome = await phone.press("reject")

    params = outcome["card"]["params"]
    assert (params["note"], params["status"]) == ("请填写驳回意见", "")
    assert params["button1"]


async def test_a_press_that_is_delivered_twice_is_decided_once(phone: Phone) -> None:
    await phone.goes_wrong("duplicate")

    outcome = await phone.press()

    assert outcome["card"]["params"]["status"] == "已同意"
    assert len(await phone.office.asks(phone.view.id, "clicks")) == 1


async def test_when_the_answer_is_lost_a_second_press_shows_what_the_first_one_did(phone: Phone) -> None:
    await phone.goes_wrong("drop_reply")

    lost, again = await phone.press(), await phone.press()

    assert not lost["delivered"]
    assert again["card"]["params"]["status"] == "已同意"
    assert len(await phone.office.asks(phone.view.id, "clicks")) == 1


async def test_a_forged_press_changes_nothing(phone: Phone) -> None:
    await phone.goes_wrong("forged_signature")

    assert not (await phone.press())["delivered"]
    async with phone.office.database.read() as session:
        assert await Clicks(session).unanswered_count() == 0
    assert await phone.office.asks(phone.view.id, "clicks") == []
