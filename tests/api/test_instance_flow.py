from typing import Any

from postroad.model.document import DocumentRef
from postroad.model.effect import EffectResult, EffectStatus, Intent
from postroad.model.label import Label
from postroad.model.process import Process
from postroad.model.table import Table
from postroad.model.task import InstanceView, Line
from postroad.rules.canonical import sha256_of
from postroad.store.ledger import Ledger
from postroad.store.rule_tables import RuleTables
from postroad.store.story import Story
from tests.api.office import PURCHASE, Office
from tests.api.rulebook import table

STEPS: list[dict[str, Any]] = [
    {"decide": "route", "title": "采购分派", "table": "purchase-route"},
    {"approval": "approve", "title": "采购审批", "who": {"from": "route.approver"}},
    {"effect": "book", "title": "登记", "connector": "erp", "entity": "purchase_requisition", "action": "approve"},
]
PROCESS = Process.model_validate({**PURCHASE.model_dump(mode="json"), "steps": STEPS})
ROUTE = Table.model_validate(table())


async def running(office: Office) -> InstanceView:
    """An instance whose rule was asked and whose approval is open."""
    await office.publish(PROCESS)
    view = await office.instance()
    await office.task(view, "chen", name="陈静", reason=Label(zh="采购员", en="Buyer"))
    facts = {"table": "purchase-route", "sha256": sha256_of(ROUTE), "rows": ["r1"], "inputs": {"amount": "100"}}
    text = Label(zh="按规则表 purchase-route 命中 r1", en="Table purchase-route matched r1")
    async with office.database.begin() as session:
        await RuleTables(session).keep([ROUTE])
        line = Line(number=1, at=office.parts.now(), kind="decided", text=text, node="route", data=facts)
        await Story(session).append(view.id, [line])
    return view


async def flow(office: Office, view: InstanceView, headers: dict[str, str]) -> Any:
    answer = await office.http.get(f"/api/v1/instances/{view.id}/flow", headers=headers)
    return answer.json() if answer.status_code == 200 else answer.status_code


async def test_the_picture_says_how_far_it_is_and_by_which_row(office: Office) -> None:
    view = await running(office)

    told = await flow(office, view, await office.token("read"))

    route, approve, book = told["course"]["nodes"]
    assert [one["state"] for one in (route, approve, book)] == ["done", "current", "not_yet"]
    assert [(one["row"], one["text"]["zh"]) for one in route["rule"]["rows"]] == [("r1", "金额小于 5,000 元")]
    assert [(one["name"], one["why"]["zh"]) for one in approve["who"]] == [("陈静", "采购员")]
    assert [one["text"]["zh"] for one in told["sentences"]][2] == "在“采购 ERP”执行“批准”"
    assert (told["process"]["steps"][0]["decide"], told["course"]["current"]) == ("route", ["approve"])


async def test_an_effect_that_is_under_way_is_seen_before_its_story_is_told(office: Office) -> None:
    view = await running(office)
    document = DocumentRef(system="erp", kind="purchase_requisition", id="PR-1")
    key = f"{view.id}:book:1"
    said = {"connector": "erp", "entity": "purchase_requisition", "action": "approve", "document": document}
    intent = Intent(key=key, instance=view.id, **said)

    async def book() -> tuple[str, str]:
        told = await flow(office, view, await office.token("read"))
        node = told["course"]["nodes"][2]
        return node["state"], node["effect"]

    async with office.database.begin() as session:
        await Ledger(session).plan(intent, office.parts.now())
    assert await book() == ("current", "planned")
    async with office.database.begin() as session:
        await Ledger(session).finish(key, EffectResult(status=EffectStatus.CONFIRMED), office.parts.now())
    assert await book() == ("done", "confirmed")


async def test_it_is_for_those_who_may_see_the_instance_and_hides_what_they_may_not(office: Office) -> None:
    view = await running(office)
    chen = await office.token("act", person="chen")
    wang = await office.token("act", person="wang")

    assert await flow(office, view, wang) == 404
    assert (await flow(office, view, chen))["course"]["nodes"][0]["rule"]["rows"][0]["row"] == "r1"
    await office.task(view, "wang", fields={"*": "hidden"})
    told = await flow(office, view, wang)
    assert (told["course"]["nodes"][0]["state"], told["course"]["nodes"][0]["rule"]) == ("done", None)
