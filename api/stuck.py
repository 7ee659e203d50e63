"""The instances that do not move by themselves, why, and what can be done."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.depends import Admin, Session, Tools
from postroad.model.stuck import Stuck
from postroad.reports.stuck import Patience, stuck
from postroad.store.standing import Standings
from postroad.store.within import begun_within

router = APIRouter(prefix="/instances", tags=["instances 流程实例"])

LONGEST = 365


class StuckPage(BaseModel):
    """`next` is what to give as `after` for the next page, None at the end; a page may hold fewer than asked for."""

    stuck: list[Stuck]
    next: str | None


@router.get("/stuck", summary="不再前进的流程 / Instances that do not move by themselves")
async def stuck_instances(
    *,
    caller: Admin,
    parts: Tools,
    session: Session,
    days: Annotated[
        int, Query(ge=0, le=LONGEST, description="等待人或事件多少天算太久 / days to wait for a person or an event")
    ] = 3,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str | None, Query(description="上一页的 next / the `next` of the page before")] = None,
    instance: Annotated[str | None, Query(description="只看这一个 / this one alone")] = None,
) -> StuckPage:
    now, patience = parts.now(), Patience(waiting=timedelta(days=days))
    found = await Standings(session).page(
        now,
        now - patience.waiting,
        now - patience.effect,
        now - patience.press,
        within=begun_within(caller.administers),
        limit=limit,
        after=after,
        instance=instance,
    )
    told = [one for standing in found if (one := stuck(standing, now, patience)) is not None]
    return StuckPage(stuck=told, next=found[-1].instance.id if len(found) == limit else None)
