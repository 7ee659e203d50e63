import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from postroad.store.database import Database
from postroad.store.migrate import migrate
from tests.api.erp import connectors
from tests.api.office import Office, new_office
from tests.temporal import DevServer, dev_server

__all__ = ["dev_server"]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table and nothing in them; copying it is faster than migrating anew."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
def database_url(empty_database: Path, tmp_path: Path) -> str:
    shutil.copy(empty_database, tmp_path / "postroad.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'postroad.db'}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def office(database: Database, dev_server: DevServer) -> AsyncIterator[Office]:
    """The API on a fresh database and a task queue of its own; nobody works on the queue until a test says so."""
    async with new_office(database, await dev_server.connect(), connectors=connectors()) as office:
        yield office
