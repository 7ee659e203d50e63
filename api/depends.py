"""Who is asking, and what endpoints are given to work with."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.ext.asyncio import AsyncSession

from api.parts import Parts
from postroad.model.refusals import Forbidden, Unauthenticated
from postroad.store.tokens import USE_NOTED_EVERY, Tokens

Scope = Literal[
    "read", "act", "admin", "metrics", "rules", "rules_approve", "rules_evaluate",
    "processes", "processes_approve", "people", "audit",
]  # fmt: skip

_bearer = HTTPBearer(auto_error=False, description="pr_…; python -m api token NAME --scope …")


def parts_of(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


Tools = Annotated[Parts, Depends(parts_of)]


async def _session(parts: Tools) -> AsyncIterator[AsyncSession]:
    async with parts.database.read() as session:
        yield session


Session = Annotated[AsyncSession, Depends(_session)]
"""A read transaction."""


@dataclass(frozen=True)
class Caller:
    """The holder of a token. A person's token acts as that person and sees what concerns them."""

    token: str
    name: str
    scopes: frozenset[str]
    person: str | None

    @property
    def sees_all(self) -> bool:
        return "read" in self.scopes

    @property
    def as_person(self) -> str:
        """Raises Forbidden when the token stands for nobody."""
        if self.person is None:
            raise Forbidden(
                "此令牌不代表任何人，不能办理；请使用绑定人员的令牌",
                "This token stands for no person and cannot act; use one that is bound to a person",
                code="no_person",
            )
        return self.person


Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


class Guard:
    """Lets a caller pass whose token has one of `scopes`."""

    def __init__(self, *scopes: Scope) -> None:
        self.scopes = frozenset(scopes)

    async def __call__(
        self,
        request: Request,
        parts: Tools,
        given: Bearer,
    ) -> Caller:
        secret = given.credentials if given else None
        return await admitted(request, parts, secret, self.scopes)


async def admitted(request: Request, parts: Parts, secret: str | None, scopes: frozenset[Scope]) -> Caller:
    """The holder of the token with this secret. Raises Unauthenticated, or Forbidden without any of `scopes`."""
    caller = await _identify(parts, secret)
    request.state.caller = caller.name
    if not caller.scopes & scopes:
        wanted = " / ".join(sorted(scopes))
        raise Forbidden(
            f"令牌没有所需权限 {wanted}", f"The token lacks the scope it needs here: {wanted}", code="scope_missing"
        )
    return caller


async def _identify(parts: Parts, secret: str | None) -> Caller:
    if secret is None:
        raise Unauthenticated(
            "请在 Authorization 头中提供 Bearer 令牌", "Send a Bearer token in the Authorization header"
        )
    now = parts.now()
    async with parts.database.read() as session:
        row = await Tokens(session).check(secret, now)
    if row is None:
        raise Unauthenticated("令牌无效或已吊销", "The token is unknown or was revoked", code="bad_token")
    if row.last_used_at is None or now - row.last_used_at >= USE_NOTED_EVERY:
        async with parts.database.begin() as session:
            await Tokens(session).used(row, now)
    return Caller(token=row.id, name=row.name, scopes=frozenset(row.scopes), person=row.person)


Participant = Annotated[Caller, Depends(Guard("read", "act"))]
Doer = Annotated[Caller, Depends(Guard("act"))]
DoerOrAdmin = Annotated[Caller, Depends(Guard("act", "admin"))]
Admin = Annotated[Caller, Depends(Guard("admin"))]


def guarded(*scopes: Scope) -> Any:
    """The same guard for an endpoint that need not know who is asking."""
    return Depends(Guard(*scopes))
