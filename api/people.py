from fastapi import APIRouter
from pydantic import BaseModel

from api.depends import Session, guarded
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
