from fastapi import APIRouter

from api.depends import Session, guarded
from postroad.directory.choices import WhoChoices, who_choices
from postroad.store.people import People

router = APIRouter(tags=["people 人员"])


@router.get(
    "/who-choices",
    summary="可指定的角色、部门和人 / Whom rules and steps can name",
    dependencies=[guarded("read", "rules", "rules_approve", "processes", "processes_approve")],
)
async def choices(session: Session) -> WhoChoices:
    """Names and titles only: what an editor of rules or processes offers."""
    return who_choices(await People(session).organisation())
