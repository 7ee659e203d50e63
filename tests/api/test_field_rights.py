"""R27: what a person may not see is in no answer of any endpoint, whatever quotes it."""

import re
from typing import Any

import pytest

from postroad.model.document import DocumentRef
from postroad.model.effect import EffectResult, EffectStatus, Intent
from postroad.model.label import Label
from postroad.model.task import Halt, InstanceView, Line, Task, TaskKind
from postroad.store.instances import Instances
from postroad.store.ledger import Ledger
from postroad.store.story import Story
from tests.api.office import Office

COST, BEFORE = "61.37", "59.11"
SECRETS = (COST, BEFORE, "f" * 16)
HIDES = {"cost": "hidden", "note": "write"}


def _line(office: Office, number: int, kind: str, text: str, **data: Any) -> Line:
    return Line(number=number, at=office.parts.now(), kind=kind, text=Label.of(text), node="approve", data=data)


def _story(office: Office) -> list[Line]:
    asked = [{"person": "chen", "name": "陈静", "reason": {"zh": f"成本 {COST}", "en": f"cost {COST}"}}]
    return [
        _line(office, 1, "started", "提交 PR-1", fields={"amount": "100", "cost": BEFORE}),
        _line(office, 2, "changed", "单据内容已变更", fields={"amount": "100", "cost": COST}),
        _line(office, 3, "decided", "命中 r61.37", inputs={"price": COST}, outcome={"limit": COST}, near=[COST]),
        _line(office, 4, "asked", "交由 陈静 处理", people=asked, trace=[f"cost={COST}"]),
        _line(office, 5, "trouble", f"无法判断条件：{BEFORE} 不是日期", whatever=COST),
        _line(office, 6, "filled", "王强 填写 cost", changed=["cost"], fields={"cost": COST}),
    ]


@pytest.fixture
async def view(office: Office) -> InstanceView:
    """An instance whose cost Chen may not see, and which everything quotes."""
    await office.publish()
    started = await office.instance()
    view = started.model_copy(
        update={
            "revision": 2,
            "fields": {"amount": "100", "cost": COST, "lines": [{"price": COST}]},
            "card": ((Label.of("金额"), Label.of("100")), (Label.of("成本"), Label.of(COST))),
            "card_fields": ("amount", "cost"),
            "waiting_for": f"无人处理的异常：{COST} 不是日期",
            "halts": (
                Halt(kind="trouble", text=Label.of(f"{BEFORE} 不是日期"), node="approve"),
                Halt(kind="event", text=Label.of(f"到货（{COST}）"), node="delivery-1", event="delivered"),
            ),
        }
    )
    await office.task(view, "chen", fields={**HIDES, "lines": "hidden"}, reason=Label.of(f"成本 {COST}"), form_hash="c")
    await office.task(view, "wang", id=f"{view.id}/approve!/1/1", kind=TaskKind.EXCEPTION, cause=Label.of(f"{BEFORE}?"))
    intent = Intent(
        key="k1", instance=view.id, connector="erp", entity="purchase_requisition", action="approve",
        document=DocumentRef(system="erp", kind="purchase_requisition", id="PR-1"),
    )  # fmt: skip
    async with office.database.begin() as session:
        await Instances(session).put(view)
        await Story(session).append(view.id, _story(office))
        await Ledger(session).plan(intent, office.parts.now())
        await Ledger(session).finish("k1", EffectResult(status=EffectStatus.REJECTED, message=COST), office.parts.now())
    return view


def _calls(office: Office, view: InstanceView) -> dict[str, tuple[str, dict[str, Any] | None]]:
    """One call of every endpoint that answers a person: its address, and what is posted."""
    task = f"{view.id}/approve/1/chen"
    names = {"task_id": task, "instance_id": view.id, "key": "purchase-approval", "number": 1}
    posted: dict[str, dict[str, Any] | None] = {
        "/api/v1/tasks/{task_id}/decide": {"action": "approve"},
        "/api/v1/batch/decide": {"action": "approve", "tasks": [{"id": task}]},
        "/api/v1/instances/{instance_id}/withdraw": {},
        "/api/v1/instances/{instance_id}/urge": {},
    }
    gets = {path: None for path, methods in office.app.openapi()["paths"].items() if "get" in methods}
    others = {name for path in gets for name in re.findall(r"{(\w+)}", path)} - names.keys()
    names |= dict.fromkeys(others, "any")
    return {path: (path.format(**names), body) for path, body in {**gets, **posted}.items()}


async def test_no_endpoint_tells_a_person_what_is_hidden_from_them(office: Office, view: InstanceView) -> None:
    chen = await office.token("act", person="chen")
    told: dict[str, str] = {}

    async with office.at_work():
        for path, (address, body) in _calls(office, view).items():
            method = "GET" if body is None else "POST"
            told[path] = (await office.http.request(method, address, json=body, headers=chen)).text

    assert {path: secret for path, text in told.items() for secret in SECRETS if secret in text} == {}
    assert "陈静" in told["/api/v1/instances/{instance_id}/timeline"]


async def test_what_is_not_hidden_is_there(office: Office, view: InstanceView) -> None:
    chen = await office.token("act", person="chen")

    seen = (await office.http.get(f"/api/v1/instances/{view.id}", headers=chen)).json()
    story = (await office.http.get(f"/api/v1/instances/{view.id}/timeline", headers=chen)).json()

    assert (seen["instance"]["fields"], seen["instance"]["card_fields"]) == ({"amount": "100"}, ["amount"])
    assert [value["zh"] for _, value in seen["instance"]["card"]] == ["100"]
    assert story["lines"][0]["data"] == {"fields": {"amount": "100"}}
    assert (story["lines"][5]["data"]["changed"], story["verified"]) == (["cost"], True)


@pytest.mark.parametrize(("scope", "person"), [("act", "li"), ("act", "wang"), ("read", None)])
async def test_the_initiator_who_sees_to_a_trouble_and_who_may_read_all_see_everything(
    office: Office, view: InstanceView, scope: str, person: str | None
) -> None:
    reader = await office.token(scope, person=person)

    seen = (await office.http.get(f"/api/v1/instances/{view.id}", headers=reader)).json()

    assert seen["instance"]["fields"]["cost"] == COST
    assert seen["effects"][0]["message"] == COST


async def test_the_phone_shows_what_the_task_lets_its_person_see(office: Office, view: InstanceView) -> None:
    task = Task.model_validate((await office.http.get(
        f"/api/v1/tasks/{view.id}/approve/1/chen", headers=await office.token("act", person="chen")
    )).json())  # fmt: skip

    async with office.at_work():
        pressed = await office.press(task)

    assert pressed.status_code == 200
    assert [secret for secret in SECRETS if secret in pressed.text] == []


async def test_somebody_elses_instance_is_not_there_at_all(office: Office, view: InstanceView) -> None:
    stranger = await office.token("act", person="zhao")

    assert (await office.http.get(f"/api/v1/instances/{view.id}", headers=stranger)).status_code == 404
