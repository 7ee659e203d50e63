"""`tasks` and `stuck`: what waits, as lines."""

import json
import shlex
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from api.commands import remote
from api.commands.remote import HERE, AsJson, Url
from postroad.model.stuck import Repair, Stuck, Why
from postroad.model.task import Task, TaskState


def tasks(  # noqa: PLR0917 - what can be asked for
    person: Annotated[str | None, typer.Option(help="谁的任务，默认本人 / whose; one's own by default")] = None,
    state: Annotated[TaskState, typer.Option(help="任务状态 / which state")] = TaskState.OPEN,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    after: Annotated[str | None, typer.Option(help="上一页最后一个 / the last one of the page before")] = None,
    url: Url = HERE,
    as_json: AsJson = False,
) -> None:
    """列出任务 / List tasks."""
    found = remote.get(url, "/tasks", {"person": person, "state": state.value, "limit": limit, "after": after})
    for line in [json.dumps(found, ensure_ascii=False)] if as_json else [_task(Task.model_validate(t)) for t in found]:
        typer.echo(line)


def stuck(
    days: Annotated[int, typer.Option(min=0, help="等待人或事件多少天算太久 / days that are too long")] = 3,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    after: Annotated[str | None, typer.Option(help="上一页给出的 / what the page before said")] = None,
    url: Url = HERE,
    as_json: AsJson = False,
) -> None:
    """列出不再前进的流程、原因和可用的操作 / List what does not move by itself, why, and what can be done."""
    page = remote.get(url, "/instances/stuck", {"days": days, "limit": limit, "after": after})
    for line in [json.dumps(page, ensure_ascii=False)] if as_json else _page(page):
        typer.echo(line)


def _task(task: Task) -> str:
    actions = ", ".join(task.actions) or "-"
    return f"{task.id}  {task.title}  {task.name or task.person}  {task.state}  [{actions}]"


def _page(page: dict[str, Any]) -> Iterator[str]:
    found = [Stuck.model_validate(one) for one in page["stuck"]]
    for one in found:
        yield f"{one.instance.number}  {one.instance.title}  {one.instance.id}"
        for why in one.causes:
            yield from _why(one.instance.id, why)
    if not found:
        yield "没有 / none"
    if page["next"]:
        yield f"还有 / more: --after {shlex.quote(page['next'])}"


def _why(instance: str, why: Why) -> Iterator[str]:
    yield f"  {why.since:%Y-%m-%d %H:%M}Z  {why.text.zh} / {why.text.en}"
    for repair in why.repairs:
        yield f"    python -m api admin {repair.act} {shlex.quote(instance)}{_said(repair)} --reason …"


def _said(repair: Repair) -> str:
    given = {"task": repair.task, "effect": repair.effect, "event": repair.event}
    known = [f" --{name} {shlex.quote(value)}" for name, value in given.items() if value]
    return "".join([*known, *(f" --{name} …" for name in repair.needs)])
