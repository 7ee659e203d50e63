from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from postroad.settings import Settings
from postroad.store.database import Database


@asynccontextmanager
async def own_database() -> AsyncIterator[Database]:
    """The database of the settings, for one command."""
    database = Database(Settings().database_url)
    try:
        yield database
    finally:
        await database.close()
