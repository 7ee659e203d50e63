"""Tasks, instances and cards for tests: a purchase of 28,000.00 CNY that Chen Jing is asked about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from postroad.chat.card import Card, Look, card_of
from postroad.chat.token import ButtonTokens
from postroad.model.decision import Action
from postroad.model.document import DocumentRef
from postroad.model.label import Label
from postroad.model.task import InstanceStatus, InstanceView, Task, TaskKind, TaskState

NOW = datetime(2026, 11, 22, 6, 3, tzinfo=UTC)
INSTANCE = "purchase-approval:erp:PR-2026-0001:1"
NAMES = {"li": "李四", "chen": "陈静", "wang": "王强"}
LOOK = Look(link_base="https://postroad.example")
TOKENS = ButtonTokens({"k1": b"a secret of this test"}, "k1")
ENGLISH = LOOK.model_copy(update={"lang": "en"})


def instance(**changes: Any) -> InstanceView:
    said = {
        "id": INSTANCE,
        "process": "purchase-approval",
        "release": "purchase-approval@1",
        "title": Label(zh="采购审批", en="Purchase approval"),
        "document": DocumentRef(system="erp", kind="purchase_requisition", id="PR-2026-0001"),
        "number": "PR-2026-0001",
        "initiator": "li",
        "status": InstanceStatus.RUNNING,
        "revision": 1,
        "form_hash": "f" * 16,
        "started_at": NOW - timedelta(minutes=1),
        "fields": {"title": "钢板 20 吨", "amount": "28000.00", "currency": "CNY"},
        "card": ((Label(zh="部门", en="Department"), "生产部"),),
    }
    return InstanceView.model_validate({**said, **changes})


def task(**changes: Any) -> Task:
    said = {
        "id": f"{INSTANCE}/approve/1/1",
        "instance": INSTANCE,
        "node": "approve",
        "epoch": 1,
        "kind": TaskKind.APPROVAL,
        "title": Label(zh="采购审批", en="Purchase approval"),
        "person": "chen",
        "state": TaskState.OPEN,
        "revision": 1,
        "form_hash": "f" * 16,
        "opened_at": NOW,
        "actions": (Action.APPROVE, Action.REJECT, Action.TRANSFER),
        "opinion_needed": True,
        "reason": "采购专员（category=steel）",
    }
    return Task.model_validate({**said, **changes})


def approved(**changes: Any) -> Task:
    said = {"state": TaskState.DONE, "action": Action.APPROVE, "decided_by": "chen", "closed_at": NOW, "actions": ()}
    return task(**{**said, "revision": 2, **changes})


def card(of: Task | None = None, **changes: Any) -> Card:
    made = card_of(of or task(), instance(), LOOK, NAMES).model_copy(update=changes)
    return made.signed(TOKENS, NOW + timedelta(days=30))
