from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from temporalio.client import Client

from postroad.store.database import Database
from postroad.store.migrate import migrate
from tests.temporal import DevServer, running_dev_server


@pytest.fixture(scope="module")
def own_server() -> Iterator[DevServer]:
    """A Temporal of one's own: nobody else's instances are on its queues."""
    with running_dev_server() as server:
        yield server


@pytest.fixture
async def temporal(own_server: DevServer) -> Client:
    return await own_server.connect()


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'postroad.db'}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    migrate(database_url)
    database = Database(database_url)
    yield database
    await database.close()
