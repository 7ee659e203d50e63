from typing import Annotated

from fastapi import APIRouter, Depends, Header

from sandbox.bearer import check_bearer
from sandbox.orders import ActionOrder
from sandbox.pms.tasks import PmsEntry, ProjectTask, TaskOrder
from sandbox.state import CurrentSandbox


def authorised(sandbox: CurrentSandbox, authorization: Annotated[str, Header()] = "") -> None:
    check_bearer(authorization, sandbox.settings.pms_token)


router = APIRouter(prefix="/pms/api", dependencies=[Depends(authorised)])
screen = APIRouter(prefix="/pms/ui")


@router.post("/tasks", status_code=201)
async def create_task(order: TaskOrder, sandbox: CurrentSandbox) -> ProjectTask:
    return sandbox.tasks.create(order)


@router.get("/tasks")
async def list_tasks(sandbox: CurrentSandbox, ext_id: str | None = None) -> list[ProjectTask]:
    return sandbox.tasks.find(ext_id)


@router.post("/tasks/{task_id}/cancel")
async def cancel_task(task_id: str, order: ActionOrder, sandbox: CurrentSandbox) -> ProjectTask:
    return sandbox.tasks.cancel(task_id, order)


@router.get("/journal")
async def journal(sandbox: CurrentSandbox) -> list[PmsEntry]:
    return sandbox.tasks.journal


@screen.get("/tasks")
async def tasks_on_screen(sandbox: CurrentSandbox) -> list[ProjectTask]:
    """Newest first, for the page; needs no token."""
    return sandbox.tasks.find()[::-1]
