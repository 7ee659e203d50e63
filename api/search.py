"""Finding instances, to see where they are and who has them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Caller, Participant, Session
from api.listed import ListedInstance
from api.visible import visible_instances
from postroad.model.label import Label
from postroad.model.task import InstanceStatus, InstanceView, TaskKind, TaskState
from postroad.store.grants import Grants
from postroad.store.instances import Instances
from postroad.store.search import Found, Search, Sought, cursor
from postroad.store.tasks import TaskRow

router = APIRouter(prefix="/instances", tags=["instances 流程实例"])


class Holder(BaseModel):
    """Somebody whom an instance waits for, since when, and where. `state` is `waiting` while it is not their turn."""

    task: str
    person: str
    name: str
    agent: str | None
    agent_name: str
    node: str
    node_title: Label
    kind: TaskKind
    state: TaskState
    since: AwareDatetime
    due_at: AwareDatetime | None


class FoundInstance(BaseModel):
    """An instance with those who have it now, and where it is.

    `nodes` are the titles of the steps it is at, also those where it waits for nobody; `dwell_since` is since when it
    is as it is.
    """

    instance: ListedInstance
    release: str
    holders: list[Holder]
    nodes: list[Label]
    dwell_since: AwareDatetime


class FoundInstances(BaseModel):
    """`next` is the `after` of the next page; null on the last one."""

    items: list[FoundInstance]
    next: str | None


@router.get("/search", summary="查找流程实例 / Find instances")
async def search(
    *,
    caller: Participant,
    session: Session,
    q: Annotated[
        str, Query(max_length=100, description="单据编号或发起人姓名的开头 / how a number or a name begins")
    ] = "",
    process: str | None = None,
    status: InstanceStatus | None = None,
    system: str | None = None,
    department: Annotated[str | None, Query(description="发起部门，含下级 / where it began, or below")] = None,
    person: Annotated[str | None, Query(description="发起人或经办人 / who started it or has or had a task")] = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    release: str | None = None,
    node: Annotated[str | None, Query(description="目前所在节点 / the step it is at")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[
        str | None, Query(max_length=500, description="上一页的 next / the next of the page before")
    ] = None,
) -> FoundInstances:
    """Within the caller's reach, the newest first."""
    below = (await Grants(session).reach_of_departments([department])).departments if department is not None else None
    sought = Sought(
        words=q,
        process=process,
        status=status,
        system=system,
        departments=below,
        person=person,
        since=since,
        until=until,
        release=release,
        node=node,
        reach=caller.reach,
        limit=limit + 1,
        after=after,
    )
    page = await Search(session).page(sought)
    items = await _items(session, caller, page[:limit])
    return FoundInstances(items=items, next=cursor(page[limit - 1]) if len(page) > limit else None)


async def _items(session: AsyncSession, caller: Caller, page: Sequence[Found]) -> list[FoundInstance]:
    ids = [one.id for one in page]
    views = await visible_instances(session, caller, await Instances(session).these(ids))
    seen = {view.id: view for view in views}
    held = defaultdict[str, list[TaskRow]](list)
    for row in await Search(session).holders(ids):
        held[row.instance].append(row)
    return [_item(seen[id_], held[id_]) for id_ in ids]


def _item(view: InstanceView, held: Sequence[TaskRow]) -> FoundInstance:
    titles = [Label.model_validate(row.title) for row in held]
    elsewhere = [halt.text for halt in view.halts if halt.node is not None and halt.kind in {"event", "call"}]
    return FoundInstance(
        instance=ListedInstance.of(view),
        release=view.release,
        holders=[_holder(row) for row in held],
        nodes=list(dict.fromkeys([*titles, *elsewhere])),
        dwell_since=_since(view, held),
    )


def _since(view: InstanceView, held: Sequence[TaskRow]) -> datetime:
    """The longest that anything of it waits; of one that is over, since its end."""
    if view.finished_at is not None:
        return view.finished_at
    waits = [row.opened_at for row in held] + [halt.since for halt in view.halts if halt.since is not None]
    return min(waits, default=view.started_at)


def _holder(row: TaskRow) -> Holder:
    return Holder(
        task=row.id,
        person=row.person,
        name=row.name or row.person,
        agent=row.agent,
        agent_name=row.agent_name,
        node=row.node,
        node_title=Label.model_validate(row.title),
        kind=TaskKind(row.kind),
        state=TaskState(row.state),
        since=row.opened_at,
        due_at=row.due_at,
    )
