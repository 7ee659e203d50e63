from fastapi import APIRouter
from pydantic import BaseModel

from api.administering import who
from api.depends import Admin, Session, Tools, guarded
from api.handover import Handover, HandoverOrder, hand_over
from postroad.store.people import People

router = APIRouter(prefix="/people", tags=["people 人员"])


class PersonOut(BaseModel):
    """Somebody a task can go to."""

    id: str
    name: str
    department: str | None
    position: str
    active: bool


@router.get("", summary="人员列表 / People", dependencies=[guarded("read", "act")])
async def people(session: Session) -> list[PersonOut]:
    organisation = await People(session).organisation()
    return [PersonOut(**person.model_dump(include=set(PersonOut.model_fields))) for person in organisation.people]


@router.post("/{person_id}/handover", summary="离职交接 / Hand over somebody's open tasks")
async def handover(person_id: str, order: HandoverOrder, caller: Admin, parts: Tools) -> Handover:
    """With `preview`, which is the default, only shows what would be moved, and what cannot be and why."""
    async with parts.database.read() as session:
        by = await who(session, caller)
    return await hand_over(parts, person_id, order, by=by)
