"""`python -m api handover FROM TO`: the same as over HTTP, for whoever administers this machine."""

import asyncio
from getpass import getuser
from typing import Annotated

import typer

from api.build import built
from api.handover import HandedOver, Handover, HandoverOrder, hand_over
from postroad.settings import Settings

_PERSON = "人员编号 / id of the person"


def handover(
    leaver: Annotated[str, typer.Argument(metavar="FROM", help=_PERSON)],
    to: Annotated[str, typer.Argument(metavar="TO", help=_PERSON)],
    reason: Annotated[str, typer.Option(help="原因，记入流程的经过 / why; the story keeps it")],
    process: Annotated[str | None, typer.Option(help="只交接这个流程 / of this process only")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="只显示，不交接 / only show what would be moved")] = False,
) -> None:
    """把一个人的未办任务交给另一个人 / Hand over somebody's open tasks."""
    order = HandoverOrder(to=to, reason=reason, preview=preview, process=process)
    done = asyncio.run(_hand_over(leaver, order))
    for line in _lines(done):
        typer.echo(line)
    if not preview and not all(one.moved for one in done.tasks):
        raise typer.Exit(1)


async def _hand_over(leaver: str, order: HandoverOrder) -> Handover:
    async with built(Settings()) as parts:
        return await hand_over(parts, leaver, order, by={"by": getuser(), "by_name": getuser()})


def _lines(done: Handover) -> list[str]:
    absences = [
        f"代理 / absence {one.absence.id}: {one.agent_name} 代 {one.principal_name}, {one.absence.to.isoformat()}"
        for one in done.absences
    ]
    counted = sum(one.movable if done.preview else one.moved for one in done.tasks)
    total = f"{'可交接 / can be moved' if done.preview else '已交接 / moved'}: {counted}/{len(done.tasks)}"
    return [*(_line(one, preview=done.preview) for one in done.tasks), *absences, total]


def _line(one: HandedOver, *, preview: bool) -> str:
    mark = "✓" if (one.movable if preview else one.moved) else "✗"
    why = f"  {one.message.zh} / {one.message.en}" if one.message and mark == "✗" else ""
    return f"{mark} {one.number}  {one.title.zh} / {one.title.en}  {one.task}{why}"
