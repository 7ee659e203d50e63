from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postroad.store.database import Database
from postroad.store.schema import METADATA
from tests.connectors.conftest import sandbox, sandbox_url

__all__ = ["sandbox", "sandbox_url"]


def utc_now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/postroad.db")
    async with database.begin() as session:
        await (await session.connection()).run_sync(METADATA.create_all)
    yield database
    await database.close()
