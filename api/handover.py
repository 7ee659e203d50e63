"""The open tasks of somebody who leaves, given to somebody else in one act."""

import asyncio
import hashlib
from dataclasses import dataclass

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from api.absences import AbsenceOut, shown
from api.parts import Parts
from api.receivers import active_people, agent_of, receivers
from postroad.model.acting import COMMAND_LINE, Actor
from postroad.model.decision import Verdict
from postroad.model.event import AdminAct
from postroad.model.label import Label
from postroad.model.people import Candidate
from postroad.model.process import Approval, Process
from postroad.model.refusals import Malformed, Refusal, Unknown
from postroad.model.rights import EVERYTHING, Reach
from postroad.model.storable import Said
from postroad.model.task import Task, TaskState
from postroad.store.absences import Absences
from postroad.store.audit import Audit
from postroad.store.instances import Instances
from postroad.store.open_tasks import OpenTask, OpenTasks
from postroad.store.people import People
from postroad.store.releases import Releases
from postroad.store.within import begun_within

AT_ONCE = 8


class HandoverOrder(BaseModel):
    """To whom the open tasks go and why; `process` gives those of one process only."""

    model_config = ConfigDict(extra="forbid")

    to: Said = Field(min_length=1, max_length=64)
    reason: Said = Field(min_length=1, max_length=2000)
    preview: bool = True
    process: Said | None = Field(default=None, max_length=64)


class HandedOver(BaseModel):
    """One open task: whether it can be moved, as far as that is known before; whether it was; and why not."""

    task: str
    instance: str
    number: str
    title: Label
    process: str
    since: AwareDatetime
    movable: bool
    moved: bool
    message: Label | None = None


class Handover(BaseModel):
    """What was, or would be, handed over. `absences` are those of and for the person that are not over."""

    person: str
    person_name: str
    to: str
    to_name: str
    preview: bool
    tasks: list[HandedOver]
    absences: list[AbsenceOut]


@dataclass(frozen=True)
class _Moving:
    """One task on its way to the receiver; `hindrance` says why it will not go."""

    one: OpenTask
    to: Candidate
    hindrance: Label | None

    def told(self, *, moved: bool, message: Label | None) -> HandedOver:
        task, view = self.one.task, self.one.instance
        return HandedOver(
            task=task.id,
            instance=view.id,
            number=view.number,
            title=task.title,
            process=view.process,
            since=task.opened_at,
            movable=self.hindrance is None,
            moved=moved,
            message=message,
        )


async def hand_over(  # the last two say who does it, and how far that one's right reaches
    parts: Parts,
    person: str,
    order: HandoverOrder,
    *,
    by: dict[str, str],
    actor: Actor = COMMAND_LINE,
    reach: Reach = EVERYTHING,
) -> Handover:
    """Move every open task of the person, each by itself; one that fails holds up no other.

    `by` is who does it, with the name, as an administrator's act says it.

    Doing it again is harmless: what was moved is not the person's any more.

    Raises:
        Unknown: nobody has the person's id, or the receiver does not work here.
        Malformed: the two are the same.
    """
    if order.to == person:
        raise Malformed("不能交接给本人", "It cannot be handed over to the same person")
    async with parts.database.read() as session:
        names = await People(session).names({person, order.to})
        leaver = (await People(session).some([person])).get(person)
        if leaver is None or not (reach.everything or leaver.department in reach.departments):
            raise Unknown(f"没有人员 {person}", f"There is no person {person}", code="no_such_person")
        moving = await _planned(session, parts, person, order, reach)
        absences = await shown(session, await Absences(session).listed(person, parts.now()))
    if not order.preview:
        await _noted(parts, person, order, moving, actor)
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(it: _Moving) -> HandedOver:
        if order.preview or it.hindrance is not None:
            return it.told(moved=False, message=it.hindrance)
        async with gate:
            return await _move(parts, it, order, by)

    tasks = await asyncio.gather(*(one(it) for it in moving))
    return Handover(
        person=person,
        person_name=names[person],
        to=order.to,
        to_name=names[order.to],
        preview=order.preview,
        tasks=list(tasks),
        absences=absences,
    )


async def _noted(parts: Parts, person: str, order: HandoverOrder, moving: list[_Moving], actor: Actor) -> None:
    told = {"to": order.to, "tasks": [it.one.task.id for it in moving if it.hindrance is None]}
    async with parts.database.begin() as session:
        await Audit(session).note(
            actor, "tasks.handed_over", f"person:{person}", parts.now(), after=told, reason=order.reason
        )


async def _planned(
    session: AsyncSession, parts: Parts, person: str, order: HandoverOrder, reach: Reach
) -> list[_Moving]:
    await active_people(session, {order.to})
    processes: dict[str, Process | None] = {}
    moving: list[_Moving] = []
    open_tasks = await OpenTasks(session).of(person)
    reached = await Instances(session).ids({one.instance.id for one in open_tasks}, begun_within(reach))
    for one in open_tasks:
        view = one.instance
        if order.process not in {None, view.process} or view.id not in reached:
            continue
        if view.release not in processes:
            release = await Releases(session).find(view.release)
            processes[view.release] = release.process if release else None
        hindrance = await _hindrance(session, one, processes[view.release], order.to)
        to = (await receivers(session, (order.to,), view, parts.now()))[order.to]
        moving.append(_Moving(one, to, hindrance))
    return moving


async def _hindrance(session: AsyncSession, one: OpenTask, process: Process | None, to: str) -> Label | None:
    """Why the instance would refuse it, as far as the database knows; the instance has the last word."""
    task = one.task
    if task.state is TaskState.WAITING and task.action is not None:
        return Label(zh="已同意，正等待加签人", en="It is approved and waits for those who were added")
    if to == one.instance.initiator and _forbids_initiator(task, process):
        return Label(zh="接收人是发起人，不能审批自己的申请", en="The receiver started it and does not decide on it")
    beside = [other.task for other in await OpenTasks(session).beside(task) if other.task.id != task.id]
    if any(to in other.people for other in beside):
        return Label(zh="接收人已是此任务的处理人", en="The receiver has a part in it already")
    return None


def _forbids_initiator(task: Task, process: Process | None) -> bool:
    nodes = {node.id: node for _, node in process.walk()} if process else {}
    # a step that is done once for each item of a list says which item it is behind its own name
    node = nodes.get(task.node) or nodes.get(task.node.rpartition("-")[0])
    return isinstance(node, Approval) and node.self_approval != "self"


async def _move(parts: Parts, it: _Moving, order: HandoverOrder, by: dict[str, str]) -> HandedOver:
    task, view = it.one.task, it.one.instance
    # the same order about the same picture of the instance is one act, however often it is sent
    meant = f"handover|{task.id}|{view.revision}|{it.to.person}"
    act = AdminAct(
        id=hashlib.sha256(meant.encode()).hexdigest(),
        act="reassign",
        **by,
        reason=order.reason,
        task=task.id,
        to=it.to.person,
        to_agent=agent_of(it.to),
        to_name=it.to.name,
    )
    try:
        answer = await parts.running.administer(view.id, act)
    except Refusal as refused:
        return it.told(moved=False, message=refused.label)
    return it.told(moved=Verdict.ACCEPTED in {answer.verdict, answer.first}, message=answer.message)
