"""The ERP's own screen: the calls its page makes, without a token and never struck by faults."""

from typing import Any

from fastapi import APIRouter

from sandbox.erp.documents import D, Register
from sandbox.erp.drafts import Change, Draft, proper_amount
from sandbox.erp.requisitions import Requisition
from sandbox.erp.service_requests import Report, ServiceOrder, ServiceRequest
from sandbox.orders import ActionOrder
from sandbox.state import CurrentSandbox

router = APIRouter(prefix="/erp/ui")


@router.get("/requisitions")
async def requisitions(sandbox: CurrentSandbox) -> dict[str, Any]:
    """Newest first, each with its journal."""
    return {"people": sandbox.people.names(), "requisitions": _told(sandbox.requisitions)}


@router.post("/requisitions", status_code=201)
async def create_and_submit(draft: Draft, sandbox: CurrentSandbox) -> Requisition:
    draft = draft.model_copy(update={"amount": proper_amount(draft.amount)})
    document = sandbox.requisitions.create(draft)
    return sandbox.requisitions.act(document.id, "submit", ActionOrder(by=draft.applicant))


@router.put("/requisitions/{number}")
async def change(number: str, change: Change, sandbox: CurrentSandbox) -> Requisition:
    if "amount" in change.model_fields_set:
        change = change.model_copy(update={"amount": proper_amount(change.amount)})
    return sandbox.requisitions.change(number, change)


@router.post("/requisitions/{number}/{action}")
async def act(number: str, action: str, order: ActionOrder, sandbox: CurrentSandbox) -> Requisition:
    return sandbox.requisitions.act(number, action, order)


@router.get("/service_requests")
async def service_requests(sandbox: CurrentSandbox) -> dict[str, Any]:
    """Newest first, each with its journal."""
    return {"people": sandbox.people.names(), "service_requests": _told(sandbox.service_requests)}


@router.post("/service_requests", status_code=201)
async def report(report: Report, sandbox: CurrentSandbox) -> ServiceRequest:
    return sandbox.service_requests.report(report)


@router.post("/service_requests/{number}/{action}")
async def serve(number: str, action: str, order: ServiceOrder, sandbox: CurrentSandbox) -> ServiceRequest:
    return sandbox.service_requests.act(number, action, order)


def _told(register: Register[D]) -> list[dict[str, Any]]:
    documents = reversed(register.all())
    return [{**document.model_dump(), "journal": register.history(document)} for document in documents]
