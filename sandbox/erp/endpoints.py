from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request

from sandbox.bearer import check_bearer
from sandbox.erp.documents import JournalEntry
from sandbox.erp.drafts import Change, Draft, proper_amount
from sandbox.erp.outbox import OutboxEvent
from sandbox.erp.requisitions import Requisition
from sandbox.erp.service_requests import Report, ServiceOrder, ServiceRequest
from sandbox.orders import ActionOrder
from sandbox.state import CurrentSandbox


def authorised(sandbox: CurrentSandbox, authorization: Annotated[str, Header()] = "") -> None:
    check_bearer(authorization, sandbox.settings.erp_token)


router = APIRouter(prefix="/erp/api", dependencies=[Depends(authorised)])


@router.get("/purchase_requisitions")
async def list_requisitions(sandbox: CurrentSandbox) -> list[Requisition]:
    return sandbox.requisitions.all()


@router.get("/purchase_requisitions/{number}")
async def read_requisition(number: str, sandbox: CurrentSandbox) -> Requisition:
    return sandbox.requisitions.get(number)


@router.post("/purchase_requisitions", status_code=201)
async def create_requisition(draft: Draft, sandbox: CurrentSandbox, *, force: bool = False) -> Requisition:
    """A draft. `force` lets a malformed amount through, so that callers can be shown bad documents."""
    amount = draft.amount if force else proper_amount(draft.amount)
    return sandbox.requisitions.create(draft.model_copy(update={"amount": amount}))


@router.put("/purchase_requisitions/{number}")
async def change_requisition(
    number: str, change: Change, sandbox: CurrentSandbox, *, force: bool = False
) -> Requisition:
    if "amount" in change.model_fields_set and not force:
        change = change.model_copy(update={"amount": proper_amount(change.amount)})
    return sandbox.requisitions.change(number, change)


@router.post("/purchase_requisitions/{number}/{action}")
async def act_on_requisition(
    number: str, action: str, order: ActionOrder, sandbox: CurrentSandbox, request: Request
) -> Requisition:
    if sandbox.faults.strike("erp", {"conflict"}, request.url.path):
        sandbox.requisitions.interfere(number, action)
    return sandbox.requisitions.act(number, action, order)


@router.get("/service_requests")
async def list_service_requests(sandbox: CurrentSandbox) -> list[ServiceRequest]:
    return sandbox.service_requests.all()


@router.get("/service_requests/{number}")
async def read_service_request(number: str, sandbox: CurrentSandbox) -> ServiceRequest:
    return sandbox.service_requests.get(number)


@router.post("/service_requests", status_code=201)
async def report_service_request(report: Report, sandbox: CurrentSandbox) -> ServiceRequest:
    return sandbox.service_requests.report(report)


@router.post("/service_requests/{number}/{action}")
async def act_on_service_request(
    number: str, action: str, order: ServiceOrder, sandbox: CurrentSandbox
) -> ServiceRequest:
    return sandbox.service_requests.act(number, action, order)


@router.get("/journal")
async def journal(sandbox: CurrentSandbox) -> list[JournalEntry]:
    """What was done to requisitions."""
    return sandbox.requisitions.journal


@router.get("/outbox")
async def outbox(sandbox: CurrentSandbox) -> list[OutboxEvent]:
    return sandbox.outbox.events
