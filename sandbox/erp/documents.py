"""What every kind of document of the ERP has: a state machine, marks of who did what, and a journal."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from sandbox.clock import Clock
from sandbox.orders import ActionOrder
from sandbox.refusals import Refusal


class Note(BaseModel):
    key: str | None
    by: str
    text: str
    at: datetime


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


class Transition(NamedTuple):
    legal_from: frozenset[str]
    to: str
    mode: str


class Document(BaseModel):
    """Times are UTC; `round` counts how often it was handed in, `version` every change."""

    model: ClassVar[str]

    id: str
    number: str
    version: int = 1
    round: int = 0
    state: str
    notes: list[Note] = []
    updated_at: datetime


D = TypeVar("D", bound=Document)
OnChange = Callable[[Document, str], None]


class Register(ABC, Generic[D]):
    """The documents of one kind. States alone guard against repeats."""

    transitions: ClassVar[Mapping[str, Transition]]
    called: ClassVar[tuple[str, str]]
    handed_in: ClassVar[str]

    def __init__(self, clock: Clock, on_change: OnChange) -> None:
        self._clock = clock
        self._on_change = on_change
        self._documents: dict[str, D] = {}
        self.journal: list[JournalEntry] = []

    def all(self) -> list[D]:
        return list(self._documents.values())

    def get(self, number: str) -> D:
        document = self._documents.get(number)
        if document is None:
            zh, en = self.called
            raise Refusal(404, "not_found", f"{zh} {number} 不存在", f"{en} {number} does not exist", id=number)
        return document

    def history(self, document: D) -> list[dict[str, Any]]:
        return [entry.model_dump() for entry in self.journal if entry.document == document.id]

    def act(self, number: str, action: str, order: ActionOrder) -> D:
        document = self.get(number)
        transition = self.transitions.get(action)
        if transition is None:
            raise Refusal(404, "unknown_action", f"没有操作 {action}", f"There is no action {action}", id=number)
        if document.state not in transition.legal_from:
            raise self.illegal_state(document, action)
        before = document.state
        document.state = transition.to
        document.version += 1
        document.round += action == self.handed_in
        document.notes.append(Note(key=order.key, by=order.by, text=order.note, at=self._clock.now()))
        self._write(document, action, order)
        self._commit(document, action, transition.mode, before, order)
        return document

    def illegal_state(self, document: D, action: str) -> Refusal:
        zh, en = self.called
        return Refusal(
            409,
            "illegal_state",
            f"{zh} {document.id} 当前状态为 {document.state}，不能执行 {action}；请刷新后再试",
            f"{en} {document.id} is {document.state}, so {action} is not possible; reload and try again",
            state=document.state,
        )

    @abstractmethod
    def _write(self, document: D, action: str, order: ActionOrder) -> None:
        """What the action writes on the document besides its state."""

    def _next_number(self, prefix: str) -> str:
        return f"{prefix}-{self._clock.now().year}-{len(self._documents) + 1:04d}"

    def _add(self, document: D, by: str) -> None:
        self._documents[document.id] = document
        self._commit(document, "create", "created", None, ActionOrder(by=by))

    def _commit(self, document: D, action: str, mode: str, before: str | None, order: ActionOrder) -> None:
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
