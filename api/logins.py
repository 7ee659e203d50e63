"""Who can log in with a password, seen to by those who maintain people."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from api.access_roles import no_role
from api.depends import Session, Tools
from api.granting import Steward, check_covers, person_within
from api.grants import Overseer
from api.passwords import one_time_password
from postroad.model.people import Key
from postroad.model.refusals import Conflict, Unknown
from postroad.model.rights import MEMBER
from postroad.model.storable import Said
from postroad.store.audit import Audit
from postroad.store.grants import Grants
from postroad.store.logins import LoginRow, Logins, as_typed
from postroad.store.people import People

router = APIRouter(prefix="/logins", tags=["rights 权限"])


class LoginOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    person: str
    name: str = ""
    login: str
    must_change_password: bool
    created_at: AwareDatetime
    changed_at: AwareDatetime
    disabled_at: AwareDatetime | None
    last_login_at: AwareDatetime | None
    roles: list[str] = []


class LoginOrder(BaseModel):
    """A login for somebody, or a new one-time password for one who has one. `roles` are for those who hold none yet."""

    model_config = ConfigDict(extra="forbid")

    person: Said = Field(min_length=1, max_length=64)
    login: Said | None = Field(default=None, min_length=2, max_length=100, description="默认为工号 / default: the id")
    roles: list[Key] = Field(default=[MEMBER], max_length=20)
    reason: Said = Field(default="", max_length=2000)


class NewLogin(BaseModel):
    """The one-time password is shown this once; its person has to choose another at the first login."""

    login: LoginOut
    password: str


@router.get("", summary="登录账号列表 / Logins")
async def logins(
    *,
    caller: Overseer,
    session: Session,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
    after: Annotated[str | None, Query(description="上一页最后一个登录名 / the last login of the page before")] = None,
) -> list[LoginOut]:
    """By login name, of people within the caller's reach."""
    reach = caller.rights.reach("people") | caller.rights.reach("audit")
    return await _told(session, await Logins(session).page(reach=reach, limit=limit, after=after))


@router.post("", summary="创建或重置登录 / Make a login, or reset one", status_code=201)
async def make(order: LoginOrder, caller: Steward, parts: Tools) -> NewLogin:
    """Ends the person's sessions, lets in again who was disabled, and never opens more than the caller holds."""
    password = one_time_password()
    hashed = await parts.passwords.hashed(password)
    now = parts.now()
    async with parts.database.begin() as session:
        person = await person_within(session, caller, order.person)
        if not person.active:
            raise Conflict(f"{person.name} 已离职", f"{person.name} has left", code="has_left")
        known, held = await Logins(session).of(person.id), await Grants(session).of([person.id])
        check_covers(caller, await Grants(session).held(person.id))
        named = order.login or (known.login if known else person.id)
        await Logins(session).put(person.id, named, hashed, now, must_change=True)
        await parts.sessions(session).close_all(person.id)
        given = [] if held else order.roles
        for role in given:
            await _give(session, caller, person.id, role, parts)
        act = "login.reset" if known else "login.created"
        after = {"login": as_typed(named), "roles": given}
        await Audit(session).note(caller.actor, act, f"person:{person.id}", now, after=after, reason=order.reason)
        row = await Logins(session).of(person.id)
        [told] = await _told(session, [row] if row else [])
    return NewLogin(login=told, password=password)


@router.delete("/{person_id}", summary="停用登录 / Disable a login", status_code=204)
async def disable(person_id: str, caller: Steward, parts: Tools, reason: Said = "") -> None:
    """Ends the person's sessions at once, and lets no token speak for them; the login can be made anew."""
    now = parts.now()
    async with parts.database.begin() as session:
        await person_within(session, caller, person_id)
        known = await Logins(session).of(person_id)
        if known is None or known.disabled_at is not None:
            raise Unknown(f"{person_id} 没有可用的登录", f"{person_id} has no login in use", code="no_login")
        held = Grants(session)
        check_covers(caller, await held.held(person_id))
        async with held.an_administrator_stays():
            await Logins(session).change(person_id, disabled_at=now)
        await parts.sessions(session).close_all(person_id)
        before = {"login": known.login}
        await Audit(session).note(
            caller.actor, "login.disabled", f"person:{person_id}", now, before=before, reason=reason
        )


async def _give(session: AsyncSession, caller: Steward, person: str, key: str, parts: Tools) -> None:
    role = (await Grants(session).roles()).get(key)
    if role is None:
        raise no_role(key)
    check_covers(caller, await Grants(session).would_have(person, role, None))
    await Grants(session).give(person, key, None, parts.now(), by=caller.person or caller.name)


async def _told(session: AsyncSession, rows: list[LoginRow]) -> list[LoginOut]:
    people = {row.person for row in rows}
    names, held = await People(session).names(people), await Grants(session).of(people)
    return [
        LoginOut.model_validate(row).model_copy(
            update={
                "name": names.get(row.person, ""),
                "roles": [one.role for one in held if one.person == row.person],
            }
        )
        for row in rows
    ]
