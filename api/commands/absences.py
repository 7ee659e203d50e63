"""`python -m api absences …`: the same as over HTTP, for whoever administers this machine."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer

from api.absences import AbsenceOrder, AbsenceOut, absence_of, end, noted, readable, register, shown
from api.clock import utc_now
from api.commands.own import own_database
from postroad.model.acting import COMMAND_LINE
from postroad.store.absences import Absences

app = typer.Typer(help="代理：谁不在、由谁代理 / Who is away, and who acts meanwhile")

PersonArgument = Annotated[str, typer.Argument(help="人员编号 / id of the person")]


@app.command("list")
def listed(
    person: Annotated[str | None, typer.Option(help="本人或代理人 / principal or agent")] = None,
    past: Annotated[bool, typer.Option("--past", help="包括已结束的 / also those that are over")] = False,
) -> None:
    """列出代理 / List absences."""
    for one in asyncio.run(_list(person, None if past else utc_now())):
        typer.echo(_line(one))


@app.command()
def add(  # noqa: PLR0917 - the options of a command
    principal: PersonArgument,
    agent: PersonArgument,
    begins: Annotated[str, typer.Option("--from", help="开始，写明时区 / with its zone: 2026-12-01T09:00+08:00")],
    ends: Annotated[str, typer.Option("--to", help="结束（不含）/ until before")],
    process: Annotated[
        list[str] | None, typer.Option(help="限定流程，可重复 / for this process, may be repeated")
    ] = None,
    cap: Annotated[str | None, typer.Option(help="金额上限 / up to this amount")] = None,
    field: Annotated[str, typer.Option(help="金额字段 / the field that holds it")] = "amount",
    open_tasks: Annotated[bool, typer.Option("--open-tasks", help="已打开的任务也代理 / what is open, too")] = False,
    note: Annotated[str, typer.Option(help="备注 / a note")] = "",
) -> None:
    """登记代理 / Say that somebody is away."""
    with readable():
        order = AbsenceOrder.model_validate(
            {
                "agent": agent, "from": begins, "to": ends, "processes": process or [], "amount_cap": cap,
                "amount_field": field, "open_tasks": open_tasks, "note": note,
            }
        )  # fmt: skip
    typer.echo(_line(asyncio.run(_add(order, principal))))


@app.command()
def revoke(absence: Annotated[str, typer.Argument(help="编号，见 list / id, see list")]) -> None:
    """取消代理 / End an absence, or before it begins."""
    asyncio.run(_revoke(absence))
    typer.echo(f"已取消 / ended: {absence}")


async def _list(person: str | None, at: datetime | None) -> list[AbsenceOut]:
    async with own_database() as database, database.read() as session:
        return await shown(session, await Absences(session).listed(person, at))


async def _add(order: AbsenceOrder, principal: str) -> AbsenceOut:
    absence = absence_of(order, principal)
    async with own_database() as database, database.begin() as session:
        await register(session, absence, utc_now())
        await noted(session, COMMAND_LINE, "absence.said", absence, utc_now())
        (told,) = await shown(session, (absence,))
    return told


async def _revoke(absence: str) -> None:
    async with own_database() as database, database.begin() as session:
        found = await Absences(session).find(absence)
        await end(session, absence, utc_now())
        if found is not None:
            await noted(session, COMMAND_LINE, "absence.ended", found, utc_now())


def _line(one: AbsenceOut) -> str:
    said = one.absence
    limits = [*said.processes, *([f"≤ {said.amount_cap}"] if said.amount_cap is not None else [])]
    days = f"{said.from_.isoformat()} – {said.to.isoformat()}"
    who = f"{one.agent_name}（{said.agent}） 代 {one.principal_name}（{said.principal}）"
    return "  ".join([said.id, who, days, *limits, *(["已打开的任务 / open tasks"] if said.open_tasks else [])])
