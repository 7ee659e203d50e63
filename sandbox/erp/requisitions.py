from typing import ClassVar

from sandbox.erp.documents import Document, Register, Transition
from sandbox.erp.drafts import Change, Draft, Line
from sandbox.orders import ActionOrder


class Requisition(Document):
    """A purchase requisition. `amount` is a decimal string in `currency`."""

    model: ClassVar[str] = "purchase_requisition"

    state: str = "draft"
    title: str
    applicant: str
    department: str
    amount: str
    currency: str
    material: str
    category: str
    project: str
    reason: str
    lines: list[Line]
    approved_by: str = ""
    decided_by: str = ""
    note: str = ""


_DECISIONS = {"approve", "reject", "return"}
_IN_THE_WAY = {"approve": "reject", "reject": "approve", "return": "approve", "withdraw": "approve"}
EDITABLE = {"draft", "returned"}


class Requisitions(Register[Requisition]):
    """The ERP's purchase requisitions."""

    transitions: ClassVar = {
        "submit": Transition(frozenset({"draft", "returned"}), "submitted", "submitted"),
        "withdraw": Transition(frozenset({"submitted", "returned"}), "draft", "withdrawn"),
        "return": Transition(frozenset({"submitted"}), "returned", "returned"),
        "approve": Transition(frozenset({"submitted"}), "approved", "approved"),
        "reject": Transition(frozenset({"submitted", "returned"}), "rejected", "rejected"),
        "reopen": Transition(frozenset({"approved", "rejected"}), "submitted", "reopened"),
    }
    called = ("采购申请", "Requisition")
    handed_in = "submit"

    def create(self, draft: Draft) -> Requisition:
        number = self._next_number("PR")
        document = Requisition(id=number, number=number, updated_at=self._clock.now(), **draft.model_dump())
        self._add(document, draft.applicant)
        return document

    def change(self, number: str, change: Change) -> Requisition:
        """Draft and returned documents are open to all; a submitted one only to its applicant."""
        document = self.get(number)
        is_own = document.state == "submitted" and change.by == document.applicant
        if document.state not in EDITABLE and not is_own:
            raise self.illegal_state(document, "update")
        for name in change.model_fields_set - {"by"}:
            setattr(document, name, getattr(change, name))
        document.version += 1
        self._commit(document, "update", "updated", document.state, ActionOrder(by=change.by or document.applicant))
        return document

    def interfere(self, number: str, action: str) -> None:
        """Somebody in the ERP is faster, so that `action` comes too late; nothing happens where nothing is legal."""
        document = self.get(number)
        faster = _IN_THE_WAY.get(action, action)
        if faster in self.transitions and document.state in self.transitions[faster].legal_from:
            self.act(number, faster, ActionOrder(by="erp-user", note="在 ERP 中直接处理"))

    def _write(self, document: Requisition, action: str, order: ActionOrder) -> None:
        document.note = order.note
        if action in _DECISIONS:
            document.decided_by = order.by
        elif action in {"submit", "reopen"}:
            document.decided_by = ""
        document.approved_by = order.by if action == "approve" else ""
