"""The purchase that the tests of the store tell about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from postroad.model.decision import Action, Answer, Click, Verdict, click_id
from postroad.model.document import DocumentRef
from postroad.model.effect import Intent
from postroad.model.label import Label
from postroad.model.task import InstanceStatus, InstanceView, Line, Task, TaskKind, TaskState

NOW = datetime(2026, 3, 2, 8, 30, 15, 123456, tzinfo=UTC)
REQUISITION = DocumentRef(system="erp", kind="purchase_requisition", id="PR-1")
INSTANCE = "purchase-approval:erp:PR-1:1"


def later(seconds: float = 1) -> datetime:
    return NOW + timedelta(seconds=seconds)


def an_instance(instance: str = INSTANCE, revision: int = 1, **facts: Any) -> InstanceView:
    return InstanceView.model_validate(
        {
            "id": instance,
            "process": "purchase-approval",
            "release": "purchase-approval@1",
            "title": Label(zh="采购审批", en="Purchase approval"),
            "document": REQUISITION,
            "number": "PR-1",
            "initiator": "li",
            "initiator_name": "李四",
            "status": InstanceStatus.RUNNING,
            "revision": revision,
            "form_hash": "0123456789abcdef",
            "started_at": NOW,
            "waiting_for": "陈静：采购审批",
            "fields": {"amount": "28000.00", "lines": [{"item": "钢板", "quantity": 3}]},
            "card": ((Label(zh="金额", en="Amount"), "28000.00"),),
            **facts,
        }
    )


def a_task(slot: int = 1, revision: int = 1, **facts: Any) -> Task:
    instance = facts.get("instance", INSTANCE)
    return Task.model_validate(
        {
            "id": f"{instance}/approve/1/{slot}",
            "instance": instance,
            "node": "approve",
            "epoch": 1,
            "kind": TaskKind.APPROVAL,
            "title": Label(zh="采购审批", en="Purchase approval"),
            "person": "chen",
            "name": "陈静",
            "state": TaskState.OPEN,
            "revision": revision,
            "form_hash": "0123456789abcdef",
            "opened_at": NOW,
            "actions": (Action.APPROVE, Action.REJECT),
            "reason": "角色 buyer",
            **facts,
        }
    )


def a_line(number: int, zh: str = "陈静同意", **facts: Any) -> Line:
    return Line.model_validate(
        {
            "number": number,
            "at": later(number),
            "kind": "decided",
            "text": Label(zh=zh, en="Chen agreed"),
            "node": "approve",
            "person": "chen",
            "data": {"amount": "28000.00", "rate": 0.1, "rows": ["r2"]},
            **facts,
        }
    )


def a_click(action: Action = Action.APPROVE, opinion: str = "", task: str = f"{INSTANCE}/approve/1/1") -> Click:
    return Click(
        id=click_id(task, "chen", action, "0123456789abcdef", opinion),
        task=task,
        actor="chen",
        action=action,
        opinion=opinion,
        form_hash="0123456789abcdef",
        channel="dingtalk",
        at=NOW,
    )


def an_answer(click: Click, verdict: Verdict = Verdict.ACCEPTED) -> Answer:
    return Answer(click=click.id, verdict=verdict, message=Label(zh="已同意", en="Approved"), task=click.task)


def an_intent(action: str = "approve", **args: Any) -> Intent:
    return Intent(
        key=f"{INSTANCE}/write_back/1",
        instance=INSTANCE,
        connector="erp",
        entity="purchase_requisition",
        action=action,
        document=REQUISITION,
        args=args,
    )
