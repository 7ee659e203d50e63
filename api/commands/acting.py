"""`act`: what a person does to a task or an instance. `admin`: what an administrator does to an instance."""

import json
from typing import Annotated, Any

import typer

from api.commands import remote
from api.commands.remote import HERE, AsJson, Json, Url
from postroad.model.decision import Action
from postroad.model.event import ActName
from postroad.model.refusals import Malformed

_ON_AN_INSTANCE = frozenset({Action.WITHDRAW, Action.URGE, Action.REVOKE})
Confirmed = Annotated[
    bool,
    typer.Option("--confirmed", help="不能撤销或被跳过的可以保留 / what stays or is passed by may"),
]


def act(  # noqa: PLR0917 - what a person can say
    action: Annotated[Action, typer.Argument(help="操作 / what to do")],
    target_id: Annotated[
        str, typer.Argument(metavar="TASK", help="任务编号，撤回、催办、撤销审批是流程编号 / id of the task")
    ],
    opinion: Annotated[str, typer.Option(help="意见 / in which words")] = "",
    to: Annotated[str | None, typer.Option(help="给谁、移除谁 / to whom, or whom")] = None,
    add: Annotated[list[str] | None, typer.Option(help="加签的人，可重复 / whom to add, may be repeated")] = None,
    place: Annotated[str, typer.Option(help="加签位置 before、after、parallel / where they are added")] = "parallel",
    mode: Annotated[str, typer.Option(help="加签的人之间 all、any、sequence / how they decide")] = "all",
    advisory: Annotated[bool, typer.Option("--advisory", help="只征求意见 / their answer is an opinion")] = False,
    target: Annotated[str | None, typer.Option(help="退回到的节点或 initiator / the node to go back to")] = None,
    confirmed: Confirmed = False,
    field: Annotated[list[str] | None, typer.Option(help="填写的内容 名=值，可重复 / NAME=VALUE to fill in")] = None,
    form_hash: Annotated[str | None, typer.Option(help="所看到的表单 / the form that was seen")] = None,
    url: Url = HERE,
    as_json: AsJson = False,
) -> None:
    """办理任务，或撤回、催办流程、申请撤销审批 / Act on a task or an instance as the token's person."""
    if action in _ON_AN_INSTANCE:
        more = {"confirmed": True} if confirmed else {}
        _print(remote.post(url, f"/instances/{target_id}/{action.value}", {"reason": opinion, **more}), as_json)
        return
    signers = {"place": place, "people": add, "mode": mode, "advisory": advisory} if add else None
    said: Json = {
        "action": action.value,
        "opinion": opinion,
        "to": to,
        "signers": signers,
        "target": target,
        "confirmed": confirmed,
        "fields": dict(_pair(one) for one in field or ()),
        "form_hash": form_hash,
    }
    _print(remote.post(url, f"/tasks/{target_id}/decide", said), as_json)


def admin(  # noqa: PLR0917 - what an administrator can say
    act: Annotated[ActName, typer.Argument(help="操作 / what to do")],
    instance: Annotated[str, typer.Argument(help="流程编号 / id of the instance")],
    reason: Annotated[str, typer.Option(help="原因，记入流程的经过 / why; the story keeps it")],
    task: Annotated[str | None, typer.Option(help="任务编号 / id of the task")] = None,
    to: Annotated[str | None, typer.Option(help="改派给谁 / to whom")] = None,
    node: Annotated[str | None, typer.Option(help="跳转到的节点 / the node to jump to")] = None,
    effect: Annotated[str | None, typer.Option(help="操作在台账中的键 / the effect's key in the ledger")] = None,
    event: Annotated[str | None, typer.Option(help="送达的事件 / the event to deliver")] = None,
    data: Annotated[list[str] | None, typer.Option(help="事件的内容 名=值 / NAME=VALUE of the event")] = None,
    confirmed: Confirmed = False,
    id: Annotated[str | None, typer.Option(help="重发时用同一编号 / the same id to send it again")] = None,  # noqa: A002 - the API's word
    url: Url = HERE,
    as_json: AsJson = False,
) -> None:
    """管理员操作，令牌需要 admin 权限 / An administrator's act; the token needs the scope admin."""
    said: Json = {
        "act": act,
        "reason": reason,
        "task": task,
        "to": to,
        "node": node,
        "effect": effect,
        "event": event,
        "data": dict(_pair(one) for one in data or ()),
        "confirmed": confirmed,
        "id": id,
    }
    _print(remote.post(url, f"/instances/{instance}/admin", said), as_json)


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found or not name:
        raise Malformed(f"请写作 名=值，不是 {text}", f"write NAME=VALUE, not {text}")
    return name, value


def _print(outcome: Any, as_json: bool) -> None:
    """Say the outcome. Raises Exit with 1 unless it was accepted."""
    verdict = outcome["verdict"] or outcome["status"]
    words = outcome["message"]
    accepted = verdict == "accepted"
    shown = json.dumps(outcome, ensure_ascii=False) if as_json else f"{verdict}: {words['zh']} / {words['en']}"
    typer.echo(shown if as_json else f"{'✓' if accepted else '✗'} {shown}", err=not accepted and not as_json)
    if not accepted:
        raise typer.Exit(1)
