"""The first run: the first administrator comes in with a code that only the operator of the machine can print."""

import hashlib
import secrets
from datetime import datetime, timedelta

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from api.depends import Session, Tools
from api.passwords import LONGEST, check_new
from api.sessions import PASSWORD, TRIES_FROM_AN_ADDRESS, SessionOut, enter
from postroad.model.acting import Actor
from postroad.model.people import Organisation, Person, PersonId
from postroad.model.refusals import Conflict, Forbidden, TooMany
from postroad.model.rights import ADMINISTRATOR
from postroad.model.storable import Said
from postroad.store.attempts import Attempts
from postroad.store.audit import Audit
from postroad.store.grants import Grants
from postroad.store.logins import Logins, SetupCodeRow
from postroad.store.people import People
from postroad.store.upsert import insert, table_of

router = APIRouter(prefix="/setup", tags=["session 登录"])

CODE_LASTS = timedelta(hours=24)


class SetupOut(BaseModel):
    """`needed` while nobody can log in yet."""

    needed: bool


class FirstPerson(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: PersonId
    name: Said = Field(min_length=1, max_length=100)


class FirstRun(BaseModel):
    """The first administrator: somebody of the organisation, by id, or somebody who is added to it."""

    model_config = ConfigDict(extra="forbid")

    code: Said = Field(min_length=1, max_length=100, description="python -m api setup-code")
    person: FirstPerson
    login: Said = Field(min_length=2, max_length=100)
    password: Said = Field(min_length=1, max_length=LONGEST)


@router.get("", summary="是否需要首次设置 / Whether the first run is still to come")
async def setup(session: Session) -> SetupOut:
    return SetupOut(needed=not await Logins(session).any())


@router.post("", summary="首次设置 / The first run")
async def first_run(told: FirstRun, request: Request, response: Response, parts: Tools) -> SessionOut:
    """Works once, while nobody can log in, with the code that the operator printed; then that person is logged in."""
    address = request.client.host if request.client else ""
    now = parts.now()
    async with parts.database.begin() as session:
        wait = await Attempts(session).count({f"setup:{address}": TRIES_FROM_AN_ADDRESS}, now)
    if wait is not None:
        raise TooMany(wait)
    check_new(told.password, told.login)
    hashed = await parts.passwords.hashed(told.password)
    async with parts.database.begin() as session:
        await _use(session, told.code, now)
        person = await _first_person(session, told.person)
        actor = Actor(name=person.name, person=person.id, via="setup", address=address)
        await Logins(session).put(person.id, told.login, hashed, now, must_change=False)
        await Grants(session).give(person.id, ADMINISTRATOR, None, now, by=person.id)
        after = {"login": told.login, "roles": [ADMINISTRATOR]}
        await Audit(session).note(actor, "setup.done", f"person:{person.id}", now, after=after)
    return await enter(parts, person.id, PASSWORD, request, response)


async def new_code(session: AsyncSession, at: datetime) -> str:
    """A new setup code; one printed before no longer works. Raises Conflict once somebody can log in."""
    if await Logins(session).any():
        raise _done()
    code = secrets.token_urlsafe(16)
    said = {"sha256": _sha256(code), "made_at": at}
    statement = insert(session, SetupCodeRow).values(id=1, **said)
    await session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=said))
    return code


async def _use(session: AsyncSession, code: str, at: datetime) -> None:
    table = table_of(SetupCodeRow)
    live = (table.c.sha256 == _sha256(code), col(SetupCodeRow.made_at) > at - CODE_LASTS)
    used = await session.execute(delete(table).where(*live).returning(table.c.id))
    if await Logins(session).any():
        raise _done()
    if used.first() is None:
        raise Forbidden(
            "设置码不正确或已过期，请运行 python -m api setup-code 重新获取",
            "The setup code is wrong or too old; print a new one with python -m api setup-code",
            code="bad_setup_code",
        )


async def _first_person(session: AsyncSession, told: FirstPerson) -> Person:
    known = await People(session).person(told.id)
    if known is not None and known.active:
        return known
    if known is not None:
        raise Conflict(
            f"{known.name} 已离职，请另选一人", f"{known.name} has left; name somebody else", code="has_left"
        )
    organisation = await People(session).locked()
    person = Person(id=told.id, name=told.name)
    said = organisation.model_dump(mode="json")
    added = Organisation.model_validate({**said, "people": [*said["people"], person.model_dump(mode="json")]})
    await People(session).load(added)
    return person


def _done() -> Conflict:
    return Conflict("已经有人可以登录，请直接登录", "The first run is over; log in instead", code="setup_done")


def _sha256(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
