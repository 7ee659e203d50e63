import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest

from postroad.store import Database, migrate
from tests.postgres import PostgresServer, postgres_server

__all__ = ["postgres_server"]

_NUMBERS = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps the tests that need PostgreSQL in one process, so that one server is started."""
    for item in items:
        if "[postgresql" in item.name:
            item.add_marker(pytest.mark.xdist_group("postgres"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    migrate(postgres_server.create("migrated"))
    return "migrated"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind without tables."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'postroad.db'}"
    else:
        yield from _on_postgres(request.getfixturevalue("postgres_server"), "template0")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind, as the migrations make it."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "postroad.db")
        yield f"sqlite+aiosqlite:///{tmp_path / 'postroad.db'}"
    else:
        template = request.getfixturevalue("postgres_template")
        yield from _on_postgres(request.getfixturevalue("postgres_server"), template)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    yield database
    await database.close()


def _on_postgres(server: PostgresServer, template: str) -> Iterator[str]:
    name = f"test_{next(_NUMBERS)}"
    yield server.create(name, template)
    server.drop(name)
