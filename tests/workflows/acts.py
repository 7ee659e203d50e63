from datetime import UTC, datetime
from typing import Any

from temporalio.client import WorkflowHandle

from postroad.model.decision import Action, Answer, Click, click_id
from postroad.model.move import Destination, MoveOrder
from postroad.model.task import Task


def press(
    task: Task, action: Action, opinion: str = "", *, actor: str = "", to: str | None = None, **fields: object
) -> Click:
    said: dict[str, Any] = {"opinion": opinion, "to": to, "fields": fields}
    actor = actor or task.person
    identity = click_id(task.id, actor, action, **said)
    return Click(id=identity, task=task.id, actor=actor, action=action, at=datetime.now(UTC), **said)


async def decide(handle: WorkflowHandle[Any, Any], click: Click) -> Answer:
    answer: Answer = await handle.execute_update("decide", click, id=click.id, result_type=Answer)
    return answer


async def move(handle: WorkflowHandle[Any, Any], to: Destination, *, order: str = "move-1") -> Answer:
    told = MoveOrder(id=order, by="admin", reason="流程改版", to=to)
    answer: Answer = await handle.execute_update("move", told, result_type=Answer)
    return answer
