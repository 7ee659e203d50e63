"""Administrators' acts on an instance: each with its outcome, also when the instance has ended meanwhile."""

import secrets

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Admin, Caller, Tools
from api.late import ended
from api.parts import Parts
from api.receivers import agent_of, receivers
from api.running import InstanceClosed
from api.tasks import Outcome
from postroad.model.decision import Answer, Verdict
from postroad.model.event import ActName, AdminAct
from postroad.model.refusals import Unknown
from postroad.model.storable import Filled, Said
from postroad.model.task import InstanceView
from postroad.store.audit import Audit
from postroad.store.instances import Instances
from postroad.store.people import People
from postroad.store.within import begun_within

router = APIRouter(prefix="/instances", tags=["instances 流程实例"])


class AdminOrder(BaseModel):
    """An administrator's act. Send the same `id` again to repeat one whose outcome did not reach you."""

    model_config = ConfigDict(extra="forbid")

    act: ActName
    reason: Said = Field(min_length=1, max_length=2000)
    task: Said | None = Field(default=None, max_length=300)
    to: Said | None = Field(default=None, max_length=100)
    node: Said | None = Field(default=None, max_length=80, description="跳转到哪个节点 / the node to jump to")
    confirmed: bool = Field(default=False, description="不能撤销或被跳过的可以保留 / what stays or is passed by may")
    effect: Said | None = Field(default=None, max_length=300, description="操作在台账中的键 / its key in the ledger")
    event: Said | None = Field(default=None, max_length=64)
    data: Filled = {}
    id: Said | None = Field(default=None, min_length=1, max_length=100)


@router.post("/{instance_id:path}/admin", summary="管理员操作 / An administrator's act")
async def administer(instance_id: str, order: AdminOrder, caller: Admin, parts: Tools) -> Outcome:
    async with parts.database.read() as session:
        view = await administered(session, caller, instance_id)
        drawn = await receivers(session, (order.to,) if order.to else (), view, parts.now())
        by = await who(session, caller)
    said = order.model_dump(exclude={"id"})
    to = drawn.get(order.to or "")
    receiver = {"to_name": to.name if to else "", "to_agent": agent_of(to)}
    act = AdminAct.model_validate({**said, **by, **receiver, "id": order.id or secrets.token_hex(16)})
    return await done(parts, view, act, caller)


async def administered(session: AsyncSession, caller: Caller, instance_id: str) -> InstanceView:
    """Raises Unknown also for an instance beyond the reach of the administrator."""
    found = await Instances(session).ids([instance_id], begun_within(caller.administers))
    view = await Instances(session).find(instance_id) if found else None
    if view is None:
        raise Unknown(f"没有流程 {instance_id}", f"There is no instance {instance_id}")
    return view


async def who(session: AsyncSession, caller: Caller) -> dict[str, str]:
    """Who acts as an administrator: the person of the token, else what the token is called."""
    person = await People(session).person(caller.person) if caller.person else None
    return {"by": caller.person or caller.name, "by_name": person.name if person else caller.name}


async def done(parts: Parts, view: InstanceView, act: AdminAct, caller: Caller) -> Outcome:
    """The outcome of an act; one that comes after the end is late.

    The audit log has it before it is sent: what may have been done is never missing there.
    """
    told = act.model_dump(mode="json", exclude_defaults=True, exclude={"id", "by", "by_name", "reason"})
    async with parts.database.begin() as session:
        about = f"instance:{view.id}"
        await Audit(session).note(
            caller.actor, f"instance.{act.act}", about, parts.now(), after=told, reason=act.reason
        )
    try:
        answer = await parts.running.administer(view.id, act)
    except InstanceClosed:
        async with parts.database.read() as session:
            message = ended(await Instances(session).find(view.id))
        answer = Answer(click=act.id, verdict=Verdict.LATE, message=message)
    return Outcome(status="answered", verdict=answer.verdict, first=answer.first, message=answer.message)
