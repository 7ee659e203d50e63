"""`loads`: whether what is counted is what people have to do."""

import asyncio
from typing import Annotated

import typer

from api.clock import utc_now
from api.commands.own import own_database
from postroad.store.load_check import Difference, LoadCheck


def loads(
    repair: Annotated[bool, typer.Option("--repair", help="改正 / put right what is wrong")] = False,
) -> None:
    """核对每个人的未办工作量；有差异且未改正时退出码为 1 / Compare loads with open tasks; exit 1 if one stays wrong."""
    wrong = asyncio.run(_repaired() if repair else _wrong())
    for one in wrong:
        typer.echo(
            f"{one.person}：{one.tasks} / {one.minutes} min → {one.real_tasks} / {one.real_minutes} min"
            f"{'（已改正 / put right）' if repair else ''}"
        )
    typer.echo(f"{len(wrong)} 处差异 / differences")
    raise typer.Exit(1 if wrong and not repair else 0)


async def _wrong() -> list[Difference]:
    async with own_database() as database, database.read() as session:
        return await LoadCheck(session).differences()


async def _repaired() -> list[Difference]:
    async with own_database() as database, database.begin() as session:
        return await LoadCheck(session).put_right(utc_now())
