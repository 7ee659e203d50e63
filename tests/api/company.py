"""A company of three departments, each with secrets of its own, and people of every role in each."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from postroad.model.absence import Absence
from postroad.model.effect import EffectResult, EffectStatus, Intent
from postroad.model.label import Label
from postroad.model.people import Organisation
from postroad.model.rights import SCOPES, AccessRole
from postroad.model.task import Halt, InstanceStatus, InstanceView, Line, TaskState
from postroad.store.absences import Absences
from postroad.store.decisions import Decisions
from postroad.store.grants import Grants
from postroad.store.instances import Instances
from postroad.store.ledger import Ledger
from postroad.store.story import Story
from postroad.store.tasks import Tasks
from postroad.store.tokens import Tokens
from tests.api.entering import with_login
from tests.api.office import PURCHASE, Office, approval, instance_view

DEPARTMENTS = ("east", "west", "north")
LEADER = AccessRole(key="leader", title="全权", rights=SCOPES, extent="department")
READER = AccessRole(key="reader", title="查阅", rights=("read",), extent="department")
WITHIN = ("member", "manager", "leader", "reader")
"""The roles that one person has in each department."""

ACROSS = ("process_owner", "release_approver", "auditor", "administrator")
"""The roles that one person has for the whole company."""


def secret(department: str) -> str:
    """What is in everything of a department that is not for the others."""
    return f"机密{department}Q7"


def _people() -> list[dict[str, Any]]:
    within = [
        {"id": f"{department}-{role}", "name": f"{department} {role}", "department": department,
         "phone": secret(department)}
        for department in DEPARTMENTS
        for role in (*WITHIN, "handler", "agent")
    ]  # fmt: skip
    return [*within, *({"id": role, "name": role} for role in ACROSS)]


COMPANY = Organisation.model_validate(
    {"departments": [{"id": one, "name": one} for one in DEPARTMENTS], "people": _people()}
)


@dataclass(frozen=True)
class Things:
    """The ids of what one department has."""

    instance: str
    task: str
    absence: str
    token: str
    grant: str
    person: str


async def settle(office: Office) -> dict[str, Things]:
    """Everybody can log in, and every department has an instance with all that belongs to one."""
    async with office.database.begin() as session:
        for role in (LEADER, READER):
            await Grants(session).put_role(role)
    for role in ACROSS:
        await with_login(office, role, role)
    for department in DEPARTMENTS:
        for role in WITHIN:
            await with_login(office, f"{department}-{role}", role)
    await office.publish(PURCHASE)
    return {department: await _things(office, department) for department in DEPARTMENTS}


async def _things(office: Office, department: str) -> Things:
    said, now, handler = secret(department), office.parts.now(), f"{department}-handler"
    view = _view(department)
    tasks = [
        approval(view, handler, id=f"{view.id}/approve/1/1", reason=Label.of(said), title=Label.of(said)),
        approval(
            view, handler, id=f"{view.id}/approve/1/2", state=TaskState.DONE, action="approve",
            opinion=said, closed_at=now,
        ),
    ]  # fmt: skip
    called = _view(department).model_copy(update={"id": f"{view.id}-called", "called_by": view.id})
    absence = Absence.model_validate(
        {"id": f"absence-{department}", "principal": handler, "agent": f"{department}-agent", "from": now,
         "to": now + timedelta(days=3), "note": said}
    )  # fmt: skip
    async with office.database.begin() as session:
        for one in (view, called):
            await Instances(session).put(one)
        await Tasks(session).put(*tasks)
        await Story(session).append(view.id, [Line(number=1, at=now, kind="note", text=Label.of(said))])
        intent = Intent(key=f"k-{department}", instance=view.id, connector="erp", entity="order", action="approve")
        await Ledger(session).plan(intent, now)
        await Ledger(session).finish(intent.key, EffectResult(status=EffectStatus.REJECTED, message=said), now)
        await Decisions(session).keep([_decision(view, said)])
        await Absences(session).put(absence)
        token = await Tokens(session).issue(said, ["read"], handler, now)
        grant = await Grants(session).give(handler, "member", None, now, by=said)
        token_id = (await Tokens(session).by_secret(token)).id
    return Things(view.id, tasks[0].id, absence.id, token_id, grant.id, handler)


def _view(department: str) -> InstanceView:
    said = secret(department)
    number = f"{said}-1"
    view = instance_view(f"purchase-approval:erp:{department}:1", number, f"{department}-member")
    return view.model_copy(
        update={
            "title": Label.of(said),
            "fields": {"title": said, "amount": "100"},
            "card": ((Label.of("事由"), Label.of(said)),),
            "card_fields": ("title",),
            "waiting_for": said,
            "status": InstanceStatus.TROUBLED,
            "halts": (Halt(kind="trouble", text=Label.of(said)),),
        }
    )


def _decision(view: InstanceView, said: str) -> dict[str, Any]:
    return {
        "id": f"{view.id}#1", "table_key": "route", "sha256": "0" * 64, "instance": view.id, "node": "route",
        "at": view.started_at, "on_day": None, "status": "OK", "row_ids": ["r1"], "inputs": {"title": said},
        "outcome": {"who": said}, "used_default": False, "message": None, "ms": 1.0, "version": 1,
        "caller": None, "request": None, "request_sha256": None,
    }  # fmt: skip
