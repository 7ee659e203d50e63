"""What a caller may see: what was begun where they may read, and what they take part in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Caller
from postroad.model.label import Label
from postroad.model.people import Person
from postroad.model.refusals import Forbidden, Unknown
from postroad.model.task import InstanceView, Line, Task
from postroad.process import sight
from postroad.process.sight import Sight
from postroad.store.instances import Instances
from postroad.store.tasks import Tasks
from postroad.store.within import begun_within


def sees_all_of(caller: Caller, person: Person) -> bool:
    """Whether more of somebody may be shown than the directory has: oneself, and as far as one reads or sees to it."""
    reach = caller.reach | caller.rights.reach("people")
    return reach.everything or person.department in reach.departments or caller.person == person.id


def person_asked_for(caller: Caller, person: str | None) -> str | None:
    """Whose tasks to list; None for everybody's.

    Raises Forbidden for somebody else's, where the caller may read nothing of others.
    """
    if not caller.reads_of_others and person not in {None, caller.as_person}:
        raise Forbidden("只能查看自己的内容", "You may see only what is yours", code="not_yours")
    return person or caller.person


@dataclass(frozen=True)
class Insight:
    """An instance as a caller may see it, and its story as the caller may read it."""

    view: InstanceView
    tasks: list[Task]
    _whole: InstanceView
    _sight: Sight

    @property
    def is_full(self) -> bool:
        return self._sight.is_full

    @property
    def explains(self) -> bool:
        return self._sight.explains

    def label(self, said: Label) -> Label:
        return self._sight.label(said, self._whole)

    def lines(self, lines: Sequence[Line]) -> list[Line]:
        return self._sight.lines(lines, self._whole)


async def visible_task(session: AsyncSession, caller: Caller, task_id: str) -> Task:
    """Raises Unknown also for a task that the caller may not see: its existence is not told."""
    found = await visible_tasks(session, caller, [task_id])
    if not found:
        raise Unknown(f"没有任务 {task_id}，或您无权查看", f"There is no task {task_id} that you may see")
    return found[0]


async def visible_tasks(session: AsyncSession, caller: Caller, ids: Collection[str]) -> list[Task]:
    """Those of these tasks that the caller may see: their own, and all of the instances that they may read."""
    tasks = await Tasks(session).these(ids)
    readable = await _readable(session, caller, {task.instance for task in tasks})
    seen = [task for task in tasks if task.instance in readable or caller.as_person in task.people]
    return await as_seen(session, caller, seen)


async def as_seen(session: AsyncSession, caller: Caller, tasks: Sequence[Task]) -> list[Task]:
    """Tasks that the caller may see, without what they quote of fields that the caller may not."""
    hiding = {task.instance for task in tasks if "hidden" in task.fields.values()}
    limited = hiding - await _readable(session, caller, hiding)
    views = {view.id: view for view in await Instances(session).these(limited)}
    theirs = await Tasks(session).of_person(caller.as_person, limited) if limited else []
    return [
        sight.of_person(caller.as_person, view, theirs).tasks([task], view)[0] if view else task
        for task, view in ((task, views.get(task.instance)) for task in tasks)
    ]


async def visible_instance(session: AsyncSession, caller: Caller, instance_id: str) -> Insight:
    """Raises Unknown also for an instance that the caller may not read and takes no part in."""
    view = await Instances(session).find(instance_id)
    tasks = await Tasks(session).of_instance(instance_id)
    readable = bool(await _readable(session, caller, [instance_id]))
    if view is None or not (readable or _takes_part(caller.as_person, view, tasks)):
        raise Unknown(f"没有流程 {instance_id}，或您无权查看", f"There is no instance {instance_id} that you may see")
    seen = sight.EVERYTHING if readable else sight.of_person(caller.as_person, view, tasks)
    return Insight(seen.instance(view), seen.tasks(tasks, view), view, seen)


async def visible_instances(session: AsyncSession, caller: Caller, views: Sequence[InstanceView]) -> list[InstanceView]:
    """Instances within the caller's reach, each as the caller may see it."""
    readable = await _readable(session, caller, [view.id for view in views])
    others = [view.id for view in views if view.id not in readable]
    theirs = await Tasks(session).of_person(caller.as_person, others) if others else []
    return [
        view if view.id in readable else sight.of_person(caller.as_person, view, theirs).instance(view)
        for view in views
    ]


async def _readable(session: AsyncSession, caller: Caller, ids: Collection[str]) -> frozenset[str]:
    """Those of these instances that the caller may read whole, whether or not they take part."""
    if caller.reach.everything:
        return frozenset(ids)
    if not caller.reach.departments or not ids:
        return frozenset()
    return await Instances(session).ids(ids, begun_within(caller.reach))


def _takes_part(person: str, view: InstanceView, tasks: Sequence[Task]) -> bool:
    return view.initiator == person or any(person in task.people for task in tasks)
