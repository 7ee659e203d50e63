"""`token`, `tokens` and `revoke`: who may call the API."""

import asyncio
from enum import StrEnum
from typing import Annotated

import typer

from api.clock import utc_now
from api.commands.own import own_database
from postroad.model.acting import COMMAND_LINE
from postroad.model.refusals import Unknown
from postroad.store.audit import Audit
from postroad.store.people import People
from postroad.store.tokens import TokenRow, Tokens


class ScopeName(StrEnum):
    read = "read"
    act = "act"
    admin = "admin"
    metrics = "metrics"
    rules = "rules"
    rules_approve = "rules_approve"
    rules_evaluate = "rules_evaluate"
    processes = "processes"
    processes_approve = "processes_approve"
    people = "people"
    audit = "audit"


def token(
    name: Annotated[str, typer.Argument(help="给谁用 / who will use it")],
    scope: Annotated[list[ScopeName], typer.Option(help="权限，可重复 / scope, may be repeated")],
    person: Annotated[str | None, typer.Option(help="代表的人员编号 / id of the person it stands for")] = None,
) -> None:
    """签发令牌；只显示这一次 / Issue a token; it is shown this once."""
    typer.echo(asyncio.run(_issue(name, [one.value for one in scope], person)))


def revoke(token_id: Annotated[str, typer.Argument(help="令牌编号，见 tokens / id of the token, see tokens")]) -> None:
    """吊销令牌 / Revoke a token."""
    asyncio.run(_revoke(token_id))
    typer.echo(f"已吊销 / revoked: {token_id}")


def tokens() -> None:
    """列出令牌（不含密文）/ List the tokens, without their secrets."""
    for line in asyncio.run(_list()):
        typer.echo(line)


async def _issue(name: str, scopes: list[str], person: str | None) -> str:
    async with own_database() as database, database.begin() as session:
        if person is not None and await People(session).person(person) is None:
            raise Unknown(
                f"没有人员 {person}，请先载入组织文件", f"There is no person {person}; load the organisation first"
            )
        secret = await Tokens(session).issue(name, scopes, person, utc_now())
        issued = await Tokens(session).by_secret(secret)
        after = {"name": name, "scopes": scopes, "person": person}
        await Audit(session).note(COMMAND_LINE, "token.issued", f"token:{issued.id}", utc_now(), after=after)
        return secret


async def _revoke(token_id: str) -> None:
    async with own_database() as database, database.begin() as session:
        if not await Tokens(session).revoke(token_id, utc_now()):
            raise Unknown(f"没有有效的令牌 {token_id}", f"There is no live token {token_id}")
        await Audit(session).note(COMMAND_LINE, "token.revoked", f"token:{token_id}", utc_now())


async def _list() -> list[str]:
    async with own_database() as database, database.read() as session:
        rows = await Tokens(session).page()
    return [_line(row) for row in rows]


def _line(row: TokenRow) -> str:
    state = "已吊销 / revoked" if row.revoked_at else "有效 / live"
    return f"{row.id}  {row.name}  {','.join(row.scopes)}  {row.person or '-'}  {state}"
