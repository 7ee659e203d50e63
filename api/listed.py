"""An instance as lists show it: what it is about, for whom, and how far it is, without what its reader may not see."""

from typing import Any

from pydantic import AwareDatetime, BaseModel

from postroad.model.label import Label
from postroad.model.task import InstanceStatus, InstanceView


class Shown(BaseModel):
    """One line of what the process shows of its documents."""

    label: Label
    value: Label


class ListedInstance(BaseModel):
    """`title` is the document's own, if it has one; `amount` is a decimal figure as text, with its `currency`."""

    id: str
    number: str
    title: str | None
    process: str
    process_title: Label
    initiator: str
    initiator_name: str
    system: str
    status: InstanceStatus
    outcome: str | None
    started_at: AwareDatetime
    finished_at: AwareDatetime | None
    waiting_for: str
    amount: str | None
    currency: str | None
    summary: list[Shown]

    @classmethod
    def of(cls, view: InstanceView) -> "ListedInstance":
        """Of a view that its reader may see as it is."""
        return cls(
            id=view.id,
            number=view.number,
            title=_text(view.fields.get("title")),
            process=view.process,
            process_title=view.title,
            initiator=view.initiator,
            initiator_name=view.initiator_name or view.initiator,
            system=view.document.system,
            status=view.status,
            outcome=view.outcome,
            started_at=view.started_at,
            finished_at=view.finished_at,
            waiting_for=view.waiting_for,
            amount=_text(view.fields.get("amount")),
            currency=_text(view.fields.get("currency")),
            summary=[Shown(label=label, value=value) for label, value in view.card],
        )


def _text(value: Any) -> str | None:
    """The value as people read it; None for nothing, and for what is no single value."""
    if value is None or isinstance(value, dict | list | bool) or not str(value).strip():
        return None
    return str(value)
