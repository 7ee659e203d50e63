"""The views that people keep of lists: a name, and what was filtered for."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field

from postroad.store.schema import Json, Stored
from postroad.store.upsert import insert


class SavedViewsRow(Stored, table=True):
    """All views of one person, in their order."""

    __tablename__ = "saved_views"

    person: str = Field(primary_key=True)
    views: list[dict[str, Any]] = Field(sa_type=Json)


class SavedViews:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, person: str) -> list[dict[str, Any]]:
        row = await self._session.get(SavedViewsRow, person)
        return row.views if row else []

    async def keep(self, person: str, views: Sequence[dict[str, Any]]) -> None:
        """In place of those that were there."""
        statement = insert(self._session, SavedViewsRow).values(person=person, views=list(views))
        kept = statement.on_conflict_do_update(index_elements=["person"], set_={"views": statement.excluded.views})
        await self._session.execute(kept)
