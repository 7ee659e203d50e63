"""Logging in with a name and a password, and out; who is logged in, and what they may do."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from api.cookie import give_cookie, secret_in, take_cookie
from api.depends import Caller, Tools, identified
from api.parts import Parts
from api.passwords import LONGEST, check_new
from postroad.model.refusals import Forbidden, TooMany, Unauthenticated
from postroad.model.rights import SCOPES, Rights, Scope
from postroad.model.storable import Said
from postroad.store.attempts import Attempts
from postroad.store.audit import Audit
from postroad.store.grants import Grants
from postroad.store.logins import LoginRow, Logins, as_typed
from postroad.store.people import People
from postroad.store.sessions import csrf_of

router = APIRouter(prefix="/session", tags=["session 登录"])

TRIES_OF_A_NAME, TRIES_FROM_AN_ADDRESS = 10, 50
"""Within fifteen minutes."""
PASSWORD = "password"  # noqa: S105 - the kind of proof


class Credentials(BaseModel):
    model_config = ConfigDict(extra="forbid")

    login: Said = Field(min_length=1, max_length=100)
    password: Said = Field(min_length=1, max_length=LONGEST)


class NewPassword(BaseModel):
    model_config = ConfigDict(extra="forbid")

    old: Said = Field(min_length=1, max_length=LONGEST)
    new: Said = Field(min_length=1, max_length=LONGEST)


class WhoOut(BaseModel):
    id: str
    name: str
    department: str | None
    position: str


class ReachOut(BaseModel):
    """Whose instances may be read beside one's own: everybody's, or those begun in these departments."""

    everything: bool
    departments: list[str]


class SessionOut(BaseModel):
    """Who is logged in. `csrf` goes into the header X-CSRF-Token of every request that changes something."""

    person: WhoOut
    login: str | None
    rights: list[Scope]
    roles: list[str]
    reach: ReachOut
    csrf: str
    must_change_password: bool


@router.post("", summary="登录 / Log in")
async def log_in(told: Credentials, request: Request, response: Response, parts: Tools) -> SessionOut:
    """429 with Retry-After after too many tries at a name, or from an address."""
    login = await proven(parts, told.login, told.password, _address(request))
    return await enter(parts, login.person, PASSWORD, request, response)


@router.get("", summary="当前登录 / Who is logged in")
async def logged_in(request: Request, parts: Tools) -> SessionOut:
    caller, secret = await _here(request, parts)
    async with parts.database.read() as session:
        return await _shown(session, caller.as_person, secret)


@router.delete("", summary="退出登录 / Log out", status_code=204)
async def log_out(request: Request, response: Response, parts: Tools) -> None:
    _, secret = await _here(request, parts)
    async with parts.database.begin() as session:
        await parts.sessions(session).close(secret)
    take_cookie(response, parts)


@router.put("/password", summary="修改密码 / Change the password")
async def change_password(told: NewPassword, request: Request, response: Response, parts: Tools) -> SessionOut:
    """Ends every session of the person, and begins a new one here."""
    caller, _ = await _here(request, parts)
    person = caller.as_person
    async with parts.database.read() as session:
        login = await Logins(session).of(person)
    if login is None:
        raise Forbidden("您不使用密码登录", "You do not log in with a password", code="no_password")
    await proven(parts, login.login, told.old, _address(request))
    check_new(told.new, login.login)
    hashed = await parts.passwords.hashed(told.new)
    async with parts.database.begin() as session:
        await Logins(session).change(person, password=hashed, must_change_password=False, changed_at=parts.now())
        await parts.sessions(session).close_all(person)
        await Audit(session).note(caller.actor, "login.password_changed", f"person:{person}", parts.now())
    return await enter(parts, person, PASSWORD, request, response)


async def proven(parts: Parts, name: str, password: str, address: str) -> LoginRow:
    """The login with this name and password; what is wrong about them is not told.

    Raises:
        TooMany: it was tried too often.
        Unauthenticated: they do not fit.
    """
    by_name, by_address = f"login:{as_typed(name)}", f"address:{address}"
    async with parts.database.begin() as session:
        limits = {by_name: TRIES_OF_A_NAME, by_address: TRIES_FROM_AN_ADDRESS}
        wait = await Attempts(session).count(limits, parts.now())
        login = await Logins(session).named(name)
    if wait is not None:
        raise TooMany(wait)
    fits = await parts.passwords.fits(password, login.password if login else None)
    async with parts.database.begin() as session:
        person = await People(session).person(login.person) if login else None
        if not fits or login is None or login.disabled_at is not None or person is None or not person.active:
            raise Unauthenticated("登录名或密码不正确", "The login or the password is wrong", code="bad_login")
        await Attempts(session).succeeded(by_name, by_address, parts.now())
        await Logins(session).change(login.person, last_login_at=parts.now())
    return login


async def enter(parts: Parts, person: str, proof: str, request: Request, response: Response) -> SessionOut:
    """Open a session for somebody who was proven, by whatever proof, to be this person; a session of before ends."""
    async with parts.database.begin() as session:
        sessions = parts.sessions(session)
        if (before := secret_in(request)) is not None:
            await sessions.close(before)
        secret = await sessions.open(person, proof, _address(request), parts.now())
        shown = await _shown(session, person, secret)
    give_cookie(response, parts, secret)
    return shown


async def _here(request: Request, parts: Parts) -> tuple[Caller, str]:
    """Who is logged in in this browser, and the secret of the session; tokens do not count."""
    secret = secret_in(request)
    caller: Caller | None = await identified(request, parts, None) if secret else None
    if caller is None or secret is None:
        raise Unauthenticated("尚未登录", "Nobody is logged in", code="no_session")
    return caller, secret


async def _shown(session: AsyncSession, person_id: str, secret: str) -> SessionOut:
    person, login = await People(session).person(person_id), await Logins(session).of(person_id)
    rights: Rights = await Grants(session).rights(person_id)
    reach = rights.reach("read")
    return SessionOut(
        person=WhoOut.model_validate(person, from_attributes=True),
        login=login.login if login else None,
        rights=[scope for scope in SCOPES if scope in rights.scopes],
        roles=[row.role for row in await Grants(session).of([person_id])],
        reach=ReachOut(everything=reach.everything, departments=sorted(reach.departments)),
        csrf=csrf_of(secret),
        must_change_password=login is not None and login.must_change_password,
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
