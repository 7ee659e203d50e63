"""`login` and `setup-code`: how people come to log in, without having to be logged in for it."""

import asyncio
import sys
from typing import Annotated

import typer

from api.clock import utc_now
from api.commands.own import own_database
from api.passwords import Passwords, check_new, one_time_password
from api.setup import new_code
from postroad.model.acting import COMMAND_LINE
from postroad.model.refusals import Malformed, Unknown
from postroad.store.audit import Audit
from postroad.store.database import Database
from postroad.store.grants import Grants
from postroad.store.logins import Logins
from postroad.store.people import People
from postroad.store.sessions import Lasting, Sessions


def login(
    people: Annotated[
        list[str], typer.Argument(metavar="PERSON[=ROLE]…", help="人员编号，可带角色 / id of a person, with a role")
    ],
    role: Annotated[
        list[str] | None, typer.Option(help="都授予的角色，可重复 / a role for all of them, may be repeated")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="一个人的登录名，默认为人员编号 / login name, for one person; default: the id")
    ] = None,
    password_stdin: Annotated[
        bool,
        typer.Option(
            "--password-stdin", help="从标准输入读取密码，每人一行 / read passwords from standard input, a line each"
        ),
    ] = False,
) -> None:
    """创建或重置登录；生成的一次性密码只显示这一次 / Make or reset logins; generated passwords are shown this once."""
    if name is not None and len(people) > 1:
        raise Malformed("--name 只能用于一个人", "--name is for one person", code="one_name")
    given = [sys.stdin.readline().rstrip("\r\n") if password_stdin else None for _ in people]
    for person, generated in asyncio.run(_logins(people, name, role or [], given)):
        typer.echo(f"{person} {generated}" if len(people) > 1 else generated)


def setup_code() -> None:
    """打印首次设置用的一次性代码，24 小时内有效 / Print the code of the first run; it is good for 24 hours, once."""
    typer.echo(asyncio.run(_setup_code()))


async def _logins(
    people: list[str], name: str | None, roles: list[str], given: list[str | None]
) -> list[tuple[str, str]]:
    """Who was given a password that was made here, and that password."""
    generated = []
    async with own_database() as database:
        for told, password in zip(people, given, strict=True):
            person, _, role = told.partition("=")
            chosen = password if password is not None else one_time_password()
            await _login(
                database, person, name, [*roles, *([role] if role else [])], chosen, must_change=password is None
            )
            generated += [(person, chosen)] if password is None else []
    return generated


async def _login(
    database: Database, person: str, name: str | None, roles: list[str], password: str, *, must_change: bool
) -> None:
    hashed = await Passwords().hashed(password)  # before the database is held up for it
    async with database.begin() as session:
        now = utc_now()
        if await People(session).person(person) is None:
            raise Unknown(
                f"没有人员 {person}，请先载入组织文件", f"There is no person {person}; load the organisation first"
            )
        known = await Logins(session).of(person)
        named = name or (known.login if known else person)
        check_new(password, named)
        await Logins(session).put(person, named, hashed, now, must_change=must_change)
        await Sessions(session, Lasting()).close_all(person)
        for role in roles:
            if role not in await Grants(session).roles():
                raise Unknown(f"没有角色 {role}", f"There is no role {role}")
            await Grants(session).give(person, role, None, now, by="")
        act = "login.reset" if known else "login.created"
        await Audit(session).note(COMMAND_LINE, act, f"person:{person}", now, after={"login": named, "roles": roles})


async def _setup_code() -> str:
    async with own_database() as database, database.begin() as session:
        return await new_code(session, utc_now())
