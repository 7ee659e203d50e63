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
from postroad.model.refusals import Unknown
from postroad.store.audit import Audit
from postroad.store.grants import Grants
from postroad.store.logins import Logins
from postroad.store.people import People
from postroad.store.sessions import Lasting, Sessions


def login(
    person: Annotated[str, typer.Argument(help="人员编号 / id of the person")],
    role: Annotated[
        list[str] | None, typer.Option(help="授予的角色，可重复 / a role to grant, may be repeated")
    ] = None,
    name: Annotated[str | None, typer.Option(help="登录名，默认为人员编号 / login name; default: the id")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="从标准输入读取密码 / read the password from standard input")
    ] = False,
) -> None:
    """创建或重置登录；生成的一次性密码只显示这一次 / Make or reset a login; a generated password is shown this once."""
    given = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    generated = asyncio.run(_login(person, name, role or [], given))
    if generated is not None:
        typer.echo(generated)


def setup_code() -> None:
    """打印首次设置用的一次性代码，24 小时内有效 / Print the code of the first run; it is good for 24 hours, once."""
    typer.echo(asyncio.run(_setup_code()))


async def _login(person: str, name: str | None, roles: list[str], given: str | None) -> str | None:
    password = given if given is not None else one_time_password()
    hashed = await Passwords().hashed(password)  # before the database is held up for it
    async with own_database() as database, database.begin() as session:
        now = utc_now()
        if await People(session).person(person) is None:
            raise Unknown(
                f"没有人员 {person}，请先载入组织文件", f"There is no person {person}; load the organisation first"
            )
        known = await Logins(session).of(person)
        named = name or (known.login if known else person)
        check_new(password, named)
        await Logins(session).put(person, named, hashed, now, must_change=given is None)
        await Sessions(session, Lasting()).close_all(person)
        for role in roles:
            if role not in await Grants(session).roles():
                raise Unknown(f"没有角色 {role}", f"There is no role {role}")
            await Grants(session).give(person, role, None, now, by="")
        act = "login.reset" if known else "login.created"
        await Audit(session).note(COMMAND_LINE, act, f"login:{person}", now, after={"login": named, "roles": roles})
    return None if given is not None else password


async def _setup_code() -> str:
    async with own_database() as database, database.begin() as session:
        return await new_code(session, utc_now())
