"""One change to the organisation: made on what is there now, written whole or not at all, and noted."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from api.absences import readable
from api.depends import Caller, CompanyGuard
from api.parts import Parts
from postroad.model.base import Fact
from postroad.model.people import Organisation
from postroad.store.audit import Audit
from postroad.store.grants import Grants
from postroad.store.people import People

Personnel = Annotated[Caller, Depends(CompanyGuard("people"))]
"""Whoever may maintain the organisation."""


class Revision:
    """What the organisation is now, and the way to write what it becomes."""

    def __init__(self, session: AsyncSession, organisation: Organisation, caller: Caller, parts: Parts) -> None:
        self.session, self.organisation = session, organisation
        self._caller, self._parts = caller, parts

    async def save(
        self,
        act: str,
        object: str,  # noqa: A002 - what was changed, as the audit log calls it
        after: Organisation,
        *,
        was: Fact | None = None,
        becomes: Fact | Mapping[str, Any] | None = None,
    ) -> None:
        """Write it, with what was and what becomes of the one thing that changes.

        Raises:
            SharedAccount: two people have the same account.
            Conflict: nobody would be left who administers.
        """
        async with Grants(self.session).an_administrator_stays():
            await People(self.session).load(after)
        before, now = _differing(_plain(was), _plain(becomes))
        await Audit(self.session).note(
            self._caller.actor, act, object, self._parts.now(), before=before or None, after=now or None
        )


@asynccontextmanager
async def revising(parts: Parts, caller: Caller) -> AsyncIterator[Revision]:
    """Nobody else changes the organisation meanwhile; what would not hold together is refused in words."""
    async with parts.database.begin() as session:
        with readable():
            yield Revision(session, await People(session).locked(), caller, parts)
    parts.standing_in.wake()


def _plain(told: Fact | Mapping[str, Any] | None) -> dict[str, Any]:
    return told.model_dump(mode="json", exclude_defaults=True) if isinstance(told, Fact) else dict(told or {})


def _differing(was: dict[str, Any], becomes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    if not was or not becomes:
        return was, becomes
    keys = [key for key in {**was, **becomes} if was.get(key) != becomes.get(key)]
    return {key: was.get(key) for key in keys}, {key: becomes.get(key) for key in keys}
