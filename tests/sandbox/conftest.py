from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from sandbox.app import create_app
from sandbox.settings import SandboxSettings
from tests.sandbox.dingtalk_client import DingTalk
from tests.sandbox.receivers import ClickReceiver, EventReceiver
from tests.serving import served


@pytest.fixture
def patience() -> float:
    """How many seconds a click waits for its answer: more than a busy machine needs; who tests lateness gives less."""
    return 20


@pytest.fixture
def sandbox_url(patience: float) -> Iterator[str]:
    """A sandbox of its own for each test."""
    with served(create_app(SandboxSettings(click_deadline_seconds=patience))) as url:
        yield url


@pytest.fixture
async def http(sandbox_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=sandbox_url, trust_env=False) as client:
        yield client


@pytest.fixture
async def erp(sandbox_url: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": "Bearer sandbox-erp-token"}
    async with httpx.AsyncClient(base_url=f"{sandbox_url}/erp/api", headers=headers, trust_env=False) as client:
        yield client


@pytest.fixture
async def pms(sandbox_url: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": "Bearer sandbox-pms-token"}
    async with httpx.AsyncClient(base_url=f"{sandbox_url}/pms/api", headers=headers, trust_env=False) as client:
        yield client


@pytest.fixture
def receiver() -> Iterator[ClickReceiver]:
    """The product's side of a click, on a port of its own."""
    receiver = ClickReceiver()
    with served(receiver.app) as url:
        receiver.url = f"{url}/clicks"
        yield receiver


@pytest.fixture
def listener() -> Iterator[EventReceiver]:
    """The product's side of ERP events, on a port of its own."""
    listener = EventReceiver()
    with served(listener.app) as url:
        listener.url = f"{url}/events"
        yield listener


@pytest.fixture
async def dingtalk(http: httpx.AsyncClient, receiver: ClickReceiver) -> DingTalk:
    """A robot with a fresh token and a registered callback."""
    robot = DingTalk(http)
    await robot.log_in()
    await robot.register(receiver.url, receiver.secret)
    return robot
