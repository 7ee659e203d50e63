"""The ERP's own screen: the calls its page makes, without a token and never struck by faults."""

from typing import Any

from fastapi import APIRouter

from sandbox.erp.drafts import Change, Draft, proper_amount
from sandbox.erp.requisitions import ActionOrder, Requisition
from sandbox.state import CurrentSandbox

router = APIRouter(prefix="/erp/ui")


@router.get("/requisitions")
async def requisitions(sandbox: CurrentSandbox) -> dict[str, Any]:
    """Newest first, each with its journal."""
    documents = reversed(sandbox.requisitions.all())
    return {
        "people": sandbox.people.names(),
        "requisitions": [{**document.model_dump(), "journal": _journal(sandbox, document)} for document in documents],
    }


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


def _journal(sandbox: CurrentSandbox, document: Requisition) -> list[dict[str, Any]]:
    return [entry.model_dump() for entry in sandbox.requisitions.journal if entry.document == document.id]
