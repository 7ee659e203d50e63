"""What people keep of the lists they look at often."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.depends import Participant, Session, Tools
from postroad.model.refusals import Malformed
from postroad.model.storable import Said
from postroad.store.saved_views import SavedViews

router = APIRouter(prefix="/views", tags=["views 视图"])


class View(BaseModel):
    """A list under a name of one's own: of which area (`open`, `done`, `instances` …), and what it is filtered for."""

    model_config = ConfigDict(extra="forbid")

    name: Said = Field(min_length=1, max_length=40)
    area: Said = Field(min_length=1, max_length=40)
    query: Said = Field(default="", max_length=1000, description="地址中的筛选条件 / the filters, as in an address")


class Views(BaseModel):
    """In the order in which they are shown."""

    model_config = ConfigDict(extra="forbid")

    views: Annotated[list[View], Field(max_length=50)]


@router.get("", summary="我的视图 / My views")
async def views(caller: Participant, session: Session) -> Views:
    return Views.model_validate({"views": await SavedViews(session).of(caller.as_person)})


@router.put("", summary="保存我的视图 / Keep my views")
async def keep(told: Views, caller: Participant, parts: Tools) -> Views:
    """In place of those that were there."""
    twice = [name for (_, name), count in Counter((one.area, one.name) for one in told.views).items() if count > 1]
    if twice:
        raise Malformed(f"视图重名：{'、'.join(twice)}", f"Several views have one name: {', '.join(twice)}")
    async with parts.database.begin() as session:
        await SavedViews(session).keep(caller.as_person, [one.model_dump() for one in told.views])
    return told
