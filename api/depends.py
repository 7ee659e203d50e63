"""Who is asking, and what endpoints are given to work with."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.ext.asyncio import AsyncSession

from api.cookie import check_csrf, secret_in
from api.parts import Parts
from postroad.model.acting import Actor
from postroad.model.refusals import Forbidden, Unauthenticated
from postroad.model.rights import SCOPES, Reach, Rights, Scope, as_issued
from postroad.store.grants import Grants
from postroad.store.logins import Logins
from postroad.store.people import People
from postroad.store.sessions import SEEN_NOTED_EVERY, SessionRow
from postroad.store.tokens import USE_NOTED_EVERY, TokenRow, Tokens

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
    """Who asks, by a token or by the session of a browser; a person's acts as that person and sees what concerns them.

    `token` is the id of the token; that of a session is the same for one person, in whatever browser.
    """

    token: str
    name: str
    rights: Rights
    address: str = ""
    by_session: bool = False
    must_change_password: bool = False

    @property
    def person(self) -> str | None:
        return self.rights.person

    @property
    def scopes(self) -> frozenset[Scope]:
        return self.rights.scopes

    @property
    def reach(self) -> Reach:
        """Whose instances may be read, beside the caller's own."""
        return self.rights.reach("read")

    @property
    def reads_of_others(self) -> bool:
        return self.reach.everything or bool(self.reach.departments)

    @property
    def administers(self) -> Reach:
        """Whose instances an administrator may act on."""
        return self.rights.reach("admin")

    @property
    def actor(self) -> Actor:
        """Who the audit log says it was."""
        return Actor(name=self.name, person=self.person, via=self.token, address=self.address)

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
    """Lets a caller pass who has one of `scopes`, by a token or by the session of a browser."""

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


class CompanyGuard(Guard):
    """The same for what concerns the whole company: a right to it that reaches some departments is not enough."""

    async def __call__(self, request: Request, parts: Tools, given: Bearer) -> Caller:
        caller = await super().__call__(request, parts, given)
        if not any(caller.rights.reach(scope).everything for scope in self.scopes & caller.scopes):
            raise Forbidden(
                "这涉及全公司，而您的权限只到部分部门",
                "This concerns the whole company, and your right reaches some departments only",
                code="reach_too_narrow",
            )
        return caller


async def admitted(request: Request, parts: Parts, secret: str | None, scopes: frozenset[Scope]) -> Caller:
    """Whoever has the token with this secret, or else the session of the request.

    Raises:
        Unauthenticated: it is neither of these.
        Forbidden: none of `scopes` is among the rights, or the password has to be changed first.
    """
    caller = await identified(request, parts, secret)
    if caller.must_change_password:
        raise Forbidden(
            "请先修改一次性密码，然后继续",
            "Change the one-time password first, then go on",
            code="password_change_needed",
        )
    if not caller.scopes & scopes:
        wanted = " / ".join(sorted(scopes))
        raise Forbidden(
            f"没有所需权限 {wanted}，请联系管理员授予",
            f"The scope needed here is not among your rights: {wanted}; ask an administrator for it",
            code="scope_missing",
        )
    return caller


async def identified(request: Request, parts: Parts, secret: str | None) -> Caller:
    """Who asks, whatever they may do. Raises Unauthenticated; or Forbidden for another site that uses our cookie."""
    address = request.client.host if request.client else ""
    cookie = secret_in(request)
    if secret is not None:
        caller = await _by_token(parts, secret, address)
    elif cookie is not None:
        check_csrf(request, cookie)
        caller = await _by_session(parts, cookie, address)
    else:
        raise Unauthenticated(
            "请登录，或在 Authorization 头中提供 Bearer 令牌",
            "Log in, or send a Bearer token in the Authorization header",
        )
    request.state.caller = caller.name
    return caller


async def _by_token(parts: Parts, secret: str, address: str) -> Caller:
    now = parts.now()
    async with parts.database.read() as session:
        row = await Tokens(session).check(secret, now)
        rights = await _rights(session, row) if row else None
    if row is None or rights is None:
        raise Unauthenticated("令牌无效或已吊销", "The token is unknown or was revoked", code="bad_token")
    if row.last_used_at is None or now - row.last_used_at >= USE_NOTED_EVERY:
        async with parts.database.begin() as session:
            await Tokens(session).used(row, now)
    return Caller(token=row.id, name=row.name, rights=rights, address=address)


async def _rights(session: AsyncSession, row: TokenRow) -> Rights:
    if row.own and row.person is not None:
        return (await Grants(session).rights(row.person)).limited_to(row.scopes)
    if row.person is not None and await Grants(session).bars(row.person):
        return Rights(person=row.person)
    return as_issued((scope for scope in SCOPES if scope in row.scopes), row.person)


async def _by_session(parts: Parts, secret: str, address: str) -> Caller:
    now = parts.now()
    async with parts.database.read() as session:
        row = await parts.sessions(session).check(secret, now)
        person = await People(session).person(row.person) if row else None
        login = await Logins(session).of(row.person) if row else None
        rights = await Grants(session).held(row.person) if row else Rights()
    if row is None or person is None or not person.active or (login is not None and login.disabled_at is not None):
        raise Unauthenticated("登录已过期，请重新登录", "You are no longer logged in; log in again", code="no_session")
    await _note_seen(parts, row, now)
    return Caller(
        token=f"session:{row.person}",
        name=person.name,
        rights=rights,
        address=address,
        by_session=True,
        must_change_password=login is not None and login.must_change_password,
    )


async def _note_seen(parts: Parts, row: SessionRow, now: datetime) -> None:
    if now - row.seen_at >= SEEN_NOTED_EVERY:
        async with parts.database.begin() as session:
            await parts.sessions(session).seen(row, now)


Participant = Annotated[Caller, Depends(Guard("read", "act"))]
Doer = Annotated[Caller, Depends(Guard("act"))]
DoerOrAdmin = Annotated[Caller, Depends(Guard("act", "admin"))]
Admin = Annotated[Caller, Depends(Guard("admin"))]


def for_all(*scopes: Scope) -> Any:
    """A guard for what concerns the whole company."""
    return Depends(CompanyGuard(*scopes))


def guarded(*scopes: Scope) -> Any:
    """The same guard for an endpoint that need not know who is asking."""
    return Depends(Guard(*scopes))
