from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from sandbox.app import create_app
from sandbox.settings import SandboxSettings
from tests.chat.platforms import DingTalkPlatform, Listener, MemoryPlatform, Platform
from tests.serving import served


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def addresses(listener: Listener) -> Iterator[tuple[str, str]]:
    """Where the sandbox is, and where presses are to be posted."""
    with served(create_app(SandboxSettings())) as sandbox, served(listener.app) as ours:
        yield sandbox, f"{ours}/presses"


@pytest.fixture
async def dingtalk(addresses: tuple[str, str], listener: Listener) -> AsyncIterator[DingTalkPlatform]:
    async with httpx.AsyncClient() as http:
        platform = DingTalkPlatform(addresses[0], listener, http)
        await platform.chat.prepare(addresses[1])
        yield platform
        assert await platform.violations() == []


@pytest.fixture(params=["memory", "dingtalk"])
def platform(request: pytest.FixtureRequest) -> Platform:
    return MemoryPlatform() if request.param == "memory" else request.getfixturevalue("dingtalk")
