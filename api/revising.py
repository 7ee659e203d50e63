"""One change to the organisation: made on what is there now, written whole or not at all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from api.absences import readable
from api.depends import Caller, Guard
from api.parts import Parts
from postroad.model.people import Organisation
from postroad.store.people import People

Personnel = Annotated[Caller, Depends(Guard("people"))]
"""Whoever may maintain the organisation."""


class Revision:
    """What the organisation is now, and the way to write what it becomes."""

    def __init__(self, session: AsyncSession, organisation: Organisation) -> None:
        self.session, self.organisation = session, organisation

    async def save(self, after: Organisation) -> None:
        """Raises SharedAccount."""
        await People(self.session).load(after)


@asynccontextmanager
async def revising(parts: Parts) -> AsyncIterator[Revision]:
    """Nobody else changes the organisation meanwhile; what would not hold together is refused in words."""
    async with parts.database.begin() as session:
        with readable():
            yield Revision(session, await People(session).locked())
    parts.standing_in.wake()
