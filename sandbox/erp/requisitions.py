from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from sandbox.clock import Clock
from sandbox.erp.drafts import Change, Draft, Line
from sandbox.refusals import Refusal


class Note(BaseModel):
    key: str | None
    by: str
    text: str
    at: datetime


class Requisition(BaseModel):
    """A purchase requisition. `amount` is a decimal string in `currency`; times are UTC."""

    id: str
    number: str
    version: int = 1
    round: int = 0
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
    notes: list[Note] = []
    updated_at: datetime


class JournalEntry(BaseModel):
    """One committed change; the journal is what tests count effects with."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    seq: int
    document: str
    action: str
    from_state: str | None = Field(alias="from")
    to_state: str = Field(alias="to")
    by: str
    key: str | None
    note: str
    at: datetime


class ActionOrder(BaseModel):
    """Who acts with which words; `key` is the caller's own mark and is only kept, never compared."""

    model_config = ConfigDict(extra="forbid")

    key: str | None = None
    by: str = ""
    note: str = ""


class Transition(NamedTuple):
    legal_from: frozenset[str]
    to: str
    mode: str


TRANSITIONS = {
    "submit": Transition(frozenset({"draft", "returned"}), "submitted", "submitted"),
    "withdraw": Transition(frozenset({"submitted", "returned"}), "draft", "withdrawn"),
    "return": Transition(frozenset({"submitted"}), "returned", "returned"),
    "approve": Transition(frozenset({"submitted"}), "approved", "approved"),
    "reject": Transition(frozenset({"submitted", "returned"}), "rejected", "rejected"),
    "reopen": Transition(frozenset({"approved", "rejected"}), "submitted", "reopened"),
}
_DECISIONS = {"approve", "reject", "return"}
_IN_THE_WAY = {"approve": "reject", "reject": "approve", "return": "approve", "withdraw": "approve"}
EDITABLE = {"draft", "returned"}

OnChange = Callable[[Requisition, str], None]


class Requisitions:
    """The ERP's purchase requisitions and their state machine. States alone guard against repeats."""

    def __init__(self, clock: Clock, on_change: OnChange) -> None:
        self._clock = clock
        self._on_change = on_change
        self._documents: dict[str, Requisition] = {}
        self.journal: list[JournalEntry] = []

    def all(self) -> list[Requisition]:
        return list(self._documents.values())

    def get(self, number: str) -> Requisition:
        document = self._documents.get(number)
        if document is None:
            raise Refusal(
                404, "not_found", f"采购申请 {number} 不存在", f"Requisition {number} does not exist", id=number
            )
        return document

    def create(self, draft: Draft) -> Requisition:
        number = f"PR-{self._clock.now().year}-{len(self._documents) + 1:04d}"
        document = Requisition(id=number, number=number, updated_at=self._clock.now(), **draft.model_dump())
        self._documents[number] = document
        self._commit(document, "create", "created", None, ActionOrder(by=draft.applicant))
        return document

    def change(self, number: str, change: Change) -> Requisition:
        """Draft and returned documents are open to all; a submitted one only to its applicant."""
        document = self.get(number)
        is_own = document.state == "submitted" and change.by == document.applicant
        if document.state not in EDITABLE and not is_own:
            raise illegal_state(document, "update")
        for name in change.model_fields_set - {"by"}:
            setattr(document, name, getattr(change, name))
        document.version += 1
        self._commit(document, "update", "updated", document.state, ActionOrder(by=change.by or document.applicant))
        return document

    def act(self, number: str, action: str, order: ActionOrder) -> Requisition:
        document = self.get(number)
        transition = TRANSITIONS.get(action)
        if transition is None:
            raise Refusal(404, "unknown_action", f"没有操作 {action}", f"There is no action {action}", id=number)
        if document.state not in transition.legal_from:
            raise illegal_state(document, action)
        before = document.state
        document.state = transition.to
        document.version += 1
        document.round += action == "submit"
        document.note = order.note
        document.notes.append(Note(key=order.key, by=order.by, text=order.note, at=self._clock.now()))
        _sign(document, action, order.by)
        self._commit(document, action, transition.mode, before, order)
        return document

    def interfere(self, number: str, action: str) -> None:
        """Somebody in the ERP is faster, so that `action` comes too late; nothing happens where nothing is legal."""
        document = self.get(number)
        faster = _IN_THE_WAY.get(action, action)
        if faster in TRANSITIONS and document.state in TRANSITIONS[faster].legal_from:
            self.act(number, faster, ActionOrder(by="erp-user", note="在 ERP 中直接处理"))

    def _commit(self, document: Requisition, action: str, mode: str, before: str | None, order: ActionOrder) -> None:
        document.updated_at = self._clock.now()
        entry: dict[str, Any] = {
            "seq": len(self.journal) + 1,
            "document": document.id,
            "action": action,
            "from_state": before,
            "to_state": document.state,
            "at": document.updated_at,
        }
        self.journal.append(JournalEntry(**entry, by=order.by, key=order.key, note=order.note))
        self._on_change(document, mode)


def _sign(document: Requisition, action: str, by: str) -> None:
    if action in _DECISIONS:
        document.decided_by = by
    elif action in {"submit", "reopen"}:
        document.decided_by = ""
    document.approved_by = by if action == "approve" else ""


def illegal_state(document: Requisition, action: str) -> Refusal:
    return Refusal(
        409,
        "illegal_state",
        f"采购申请 {document.id} 当前状态为 {document.state}，不能执行 {action}；请刷新后再试",
        f"Requisition {document.id} is {document.state}, so {action} is not possible; reload and try again",
        state=document.state,
    )
