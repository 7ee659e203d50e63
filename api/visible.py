"""What a caller may see: everything with `read`, else what concerns the person of the token."""

from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Caller
from postroad.model.refusals import Forbidden, Unknown
from postroad.model.task import InstanceView, Task
from postroad.store.instances import Instances
from postroad.store.tasks import Tasks


def person_asked_for(caller: Caller, person: str | None) -> str | None:
    """Whose tasks or instances to list; None for everybody's. Raises Forbidden for somebody else's."""
    if caller.sees_all:
        return person or caller.person
    if person not in {None, caller.as_person}:
        raise Forbidden("只能查看自己的内容", "You may see only what is yours", code="not_yours")
    return caller.person


async def visible_task(session: AsyncSession, caller: Caller, task_id: str) -> Task:
    """Raises Unknown also for a task that the caller may not see: its existence is not told."""
    task = await Tasks(session).find(task_id)
    if task is None or not (caller.sees_all or task.person == caller.as_person):
        raise Unknown(f"没有任务 {task_id}，或您无权查看", f"There is no task {task_id} that you may see")
    return task


async def visible_instance(session: AsyncSession, caller: Caller, instance_id: str) -> InstanceView:
    """Raises Unknown also for an instance that the caller takes no part in."""
    view = await Instances(session).find(instance_id)
    if view is None or not (caller.sees_all or await _takes_part(session, caller.as_person, view)):
        raise Unknown(f"没有流程 {instance_id}，或您无权查看", f"There is no instance {instance_id} that you may see")
    return view


async def _takes_part(session: AsyncSession, person: str, view: InstanceView) -> bool:
    if view.initiator == person:
        return True
    return any(task.person == person for task in await Tasks(session).of_instance(view.id))
