import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import false, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import insert, table_of

USE_NOTED_EVERY = timedelta(minutes=1)
"""`last_used_at` is no finer than this, so that reading through the API does not write at every request."""


class TokenRow(Stored, table=True):
    """An API token. Only the hash of its secret is kept; `person` is for whom it speaks, None for a system.

    An `own` token was made by its person, and never lets anybody do more than the person may at that moment. Any other
    was issued by the operator, whose word its scopes are.
    """

    __tablename__ = "tokens"

    id: str = Field(primary_key=True)
    name: str
    sha256: str = Field(unique=True)
    scopes: list[str] = Field(sa_type=Json)
    person: str | None = None
    created_at: datetime = Field(sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcTime)
    own: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    expires_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Tokens:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def issue(
        self,
        name: str,
        scopes: Sequence[str],
        person: str | None,
        at: datetime,
        *,
        own: bool = False,
        expires_at: datetime | None = None,
    ) -> str:
        """A new token's secret, `pr_…`. It is shown this once and kept nowhere."""
        secret = f"pr_{secrets.token_urlsafe(32)}"
        await self._session.execute(
            insert(self._session, TokenRow).values(
                id=secrets.token_hex(8),
                name=name,
                sha256=_sha256(secret),
                scopes=list(scopes),
                person=person,
                created_at=at,
                own=own,
                expires_at=expires_at,
            )
        )
        return secret

    async def check(self, secret: str, at: datetime) -> TokenRow | None:
        """The token with this secret, None for one unknown, revoked or expired. Only reads; see `used`."""
        wanted = select(TokenRow).where(col(TokenRow.sha256) == _sha256(secret))
        row = (await self._session.scalars(wanted)).one_or_none()
        over = row is not None and any(end is not None and end <= at for end in (row.revoked_at, row.expires_at))
        return None if over else row

    async def working(self, ids: Collection[str], at: datetime) -> set[str]:
        """Those of these tokens that were not revoked."""
        row = table_of(TokenRow).c
        good = row.revoked_at.is_(None) | (row.revoked_at > at)
        return set(await self._session.scalars(select(row.id).where(row.id.in_(ids), good)))

    async def used(self, token: TokenRow, at: datetime) -> bool:
        """Note that the token was used; False, and nothing written, when that was noted less than a minute ago."""
        if token.last_used_at is not None and at - token.last_used_at < USE_NOTED_EVERY:
            return False
        table = table_of(TokenRow)
        await self._session.execute(update(table).where(table.c.id == token.id).values(last_used_at=at))
        return True

    async def find(self, id: str) -> TokenRow | None:  # noqa: A002 - it is the token's id
        return await self._session.get(TokenRow, id)

    async def by_secret(self, secret: str) -> TokenRow:
        """The token that was just issued."""
        return (await self._session.scalars(select(TokenRow).where(col(TokenRow.sha256) == _sha256(secret)))).one()

    async def revoke(self, id: str, at: datetime) -> bool:  # noqa: A002 - it is the token's id
        """Make a token worthless from now on; False when there is none with this id that still works."""
        table = table_of(TokenRow)
        live = update(table).where(table.c.id == id, table.c.revoked_at.is_(None))
        changed = await self._session.scalars(live.values(revoked_at=at).returning(table.c.id))
        return changed.first() is not None

    async def page(self, person: str | None = None) -> list[TokenRow]:
        """Every token that was ever issued, newest first; or those of one person."""
        wanted = select(TokenRow).order_by(col(TokenRow.created_at).desc(), col(TokenRow.id))
        if person is not None:
            wanted = wanted.where(col(TokenRow.person) == person)
        return list(await self._session.scalars(wanted))


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
