from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from postroad.connectors import load_connectors
from sandbox.app import create_app
from sandbox.settings import SandboxSettings
from tests.connectors.systems import CONNECTORS_FILE, MemorySystem, SandboxSystem, System
from tests.serving import served


@pytest.fixture
def sandbox_url() -> Iterator[str]:
    with served(create_app(SandboxSettings())) as url:
        yield url


@pytest.fixture
async def sandbox(sandbox_url: str) -> AsyncIterator[SandboxSystem]:
    connectors = load_connectors(CONNECTORS_FILE, {"SANDBOX_URL": sandbox_url})
    async with httpx.AsyncClient() as http:
        yield SandboxSystem(sandbox_url, connectors["erp"], connectors["pms"], http)
    await connectors.aclose()


@pytest.fixture(params=["memory", "sandbox"])
def system(request: pytest.FixtureRequest) -> System:
    return MemorySystem() if request.param == "memory" else request.getfixturevalue("sandbox")
