"""R25: the same answer to several tasks of one step, with a result for each."""

import asyncio
from collections.abc import Iterable
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.depends import Caller, Doer, Tools
from api.journey import Origin
from api.parts import Parts
from api.tasks import Decision, Outcome, check_opinion, click_of
from api.visible import visible_tasks
from postroad.model.decision import Action
from postroad.model.label import Label
from postroad.model.process import Approval, Node
from postroad.model.refusals import Malformed
from postroad.model.storable import Said
from postroad.model.task import InstanceView, Task
from postroad.process import rights
from postroad.process.tree import plain
from postroad.store.instances import Instances
from postroad.store.releases import Releases

router = APIRouter(prefix="/batch", tags=["tasks 任务"])

AT_ONCE = 8
_API = Origin("api")
_NOT_THERE = Label(zh="没有此任务，或您无权查看", en="There is no such task that you may see")


class Item(BaseModel):
    """One task, and the form that the person saw."""

    model_config = ConfigDict(extra="forbid")

    id: Said = Field(min_length=1, max_length=300)
    form_hash: Said | None = Field(default=None, max_length=64)


class Batch(BaseModel):
    model_config = ConfigDict(extra="forbid")

    action: Literal[Action.APPROVE, Action.REJECT, Action.COMPLETE]
    opinion: Said = Field(default="", max_length=2000)
    tasks: list[Item] = Field(min_length=1, max_length=100)


class ItemOutcome(BaseModel):
    """What became of one task: its outcome, or why it was left alone and has to be seen to by itself."""

    id: str
    outcome: Outcome | None = None
    skipped: Label | None = None


@router.post("/decide", summary="批量办理同一节点的任务 / Decide several tasks of one step")
async def decide(batch: Batch, caller: Doer, parts: Tools) -> list[ItemOutcome]:
    """Each task is decided by itself, as if it had been pressed alone; one that fails holds up no other."""
    person = caller.as_person
    if len({item.id for item in batch.tasks}) < len(batch.tasks):
        raise Malformed("同一任务只能出现一次", "A task is named once only")
    tasks = await _visible(caller, batch, parts)
    views = await _instances_of(parts, tasks.values())
    node = await _one_node(parts, views, tasks.values())
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(item: Item) -> ItemOutcome:
        task = tasks.get(item.id)
        if task is None:
            return ItemOutcome(id=item.id, skipped=_NOT_THERE)
        decision = Decision(action=batch.action, opinion=batch.opinion, form_hash=item.form_hash)
        why = _left_alone(task, node, person, decision) or _asks_for(task, views.get(task.instance), decision)
        if why is not None:
            return ItemOutcome(id=item.id, skipped=why)
        async with gate:
            click = click_of(task, person, decision, {}, parts)
            return ItemOutcome(id=item.id, outcome=Outcome.of(await parts.journey.press(click, task.instance, _API)))

    return list(await asyncio.gather(*(one(item) for item in batch.tasks)))


async def _visible(caller: Caller, batch: Batch, parts: Parts) -> dict[str, Task]:
    """Those of the tasks that the caller may see, by id."""
    async with parts.database.read() as session:
        return {task.id: task for task in await visible_tasks(session, caller, [item.id for item in batch.tasks])}


async def _instances_of(parts: Parts, tasks: Iterable[Task]) -> dict[str, InstanceView]:
    async with parts.database.read() as session:
        return {view.id: view for view in await Instances(session).these({task.instance for task in tasks})}


async def _one_node(parts: Parts, views: dict[str, InstanceView], tasks: Iterable[Task]) -> Node | None:
    """The step that all these tasks are of; None where there is no task. Raises Malformed for tasks of several."""
    steps = {(views[task.instance].release if task.instance in views else "", plain(task.node)) for task in tasks}
    if len(steps) > 1:
        raise Malformed(
            "只能批量办理同一流程版本、同一节点的任务", "Only tasks of one step of one release are decided together"
        )
    release_id, node_id = next(iter(steps), ("", ""))
    async with parts.database.read() as session:
        release = await Releases(session).find(release_id)
    nodes = {node.id: node for _, node in release.process.walk()} if release else {}
    return nodes.get(node_id)


def _left_alone(task: Task, node: Node | None, person: str, decision: Decision) -> Label | None:
    """Why this one is not decided together with others."""
    try:
        check_opinion(task, decision)
    except Malformed as refused:
        return refused.label
    if person not in task.people:
        return Label(zh="不是您的任务", en="This task is not yours")
    if node is None:
        return Label(zh="找不到任务所属的节点，请单独办理", en="Its step is not known; decide it by itself")
    if isinstance(node, Approval) and node.key_control:
        return Label(zh="关键控制节点需要逐个审批", en="A key control is decided one by one")
    return None


def _asks_for(task: Task, view: InstanceView | None, decision: Decision) -> Label | None:
    """C15: what still has to be filled in has to be seen to by itself."""
    if decision.action is Action.REJECT or not rights.missing(task.fields, view.fields if view else {}, {}):
        return None
    return Label(zh="需要填写内容，请单独办理", en="It asks for fields; do it by itself")
