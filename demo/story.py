"""The purchase story: three requisitions, five people, one rejection, and everything checked at the end."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from demo.outside import Json, Outside, StoryFailed


async def submit(outside: Outside) -> tuple[str, str, str]:
    """Three requisitions of Li's: office supplies for Zhang, steel for Chen, a lathe for Wang; their numbers."""
    office, steel = ("office", "office"), ("production", "steel")
    drafts = (("办公用品", "3800.00", office), ("Q235 钢板", "28000.00", steel), ("数控车床", "120000.00", steel))
    numbers = [
        await outside.submit(
            title=title, applicant="li", department="production", amount=amount, material=material, category=category
        )
        for title, amount, (material, category) in drafts
    ]
    return numbers[0], numbers[1], numbers[2]


async def play(outside: Outside) -> None:
    """Raises StoryFailed at the first thing that is not as it should be."""
    office, steel, lathe = await submit(outside)
    print(f"李四提交了三张采购申请 / Li submitted three requisitions: {office}, {steel}, {lathe}\n")
    await asyncio.gather(_small(outside, office), _material(outside, steel), _large(outside, lathe))
    for number in (office, steel, lathe):
        await _tell(outside, number)
    _must(await outside.violations() == [], "没有违反聊天平台规则的调用 / no call broke the chat platform's rules")


async def _small(outside: Outside, number: str) -> None:
    await _press(outside, "zhang", number, "approve")
    await _ends(outside, number, approver="zhang", journal=["create", "submit", "approve"])


async def _material(outside: Outside, number: str) -> None:
    await _press(outside, "chen", number, "approve", "规格已核对")
    await _ends(outside, number, approver="chen", journal=["create", "submit", "approve"])


async def _large(outside: Outside, number: str) -> None:
    await _press(outside, "wang", number, "reject", "请补充三家比价")
    await outside.until(f"{number} 退回 / returned", lambda: _is_in(outside, number, "returned"))
    await _press(outside, "li", number, "resubmit", "已补充比价")
    await _press(outside, "wang", number, "approve", "同意")
    await _ends(outside, number, approver="wang", journal=["create", "submit", "return", "submit", "approve"])
    await outside.until(f"{number} 抄送赵敏 / copied to Zhao", lambda: outside.cards("zhao", number))
    tasks = await outside.project_tasks(number)
    _must(
        [task["assignee"] for task in tasks] == ["sun"],
        f"{number}：项目系统里孙磊恰有一个任务 / Sun has one task",
        tasks,
    )


async def _press(outside: Outside, person: str, number: str, action: str, opinion: str = "") -> None:
    status = await outside.press(person, number, action, opinion)
    print(f"  {number}  {person:<6} {action:<9} {opinion:<10} → {status}")


async def _is_in(outside: Outside, number: str, state: str) -> Json | None:
    document = await outside.requisition(number)
    return document if document["state"] == state else None


async def _ends(outside: Outside, number: str, approver: str, journal: Sequence[str]) -> None:
    await outside.until(f"{number} 流程结束 / finished", lambda: _finished(outside, number))
    document = await outside.requisition(number)
    _must(document["state"] == "approved", f"{number}：ERP 状态为已批准 / the ERP says approved", document["state"])
    _must(document["decided_by"] == approver, f"{number}：批准人 {approver} / approved by", document["decided_by"])
    done = await outside.journal(number)
    _must(done == list(journal), f"{number}：ERP 里每件事恰做一次 / each thing was done once", done)


async def _finished(outside: Outside, number: str) -> Json | None:
    instance = await outside.instance(number)
    return instance if instance and instance["status"] == "finished" else None


async def _tell(outside: Outside, number: str) -> None:
    instance = await outside.until(f"{number} 的流程 / instance", lambda: outside.instance(number))
    story = await outside.timeline(instance["id"])
    print(f"\n{number}  {instance['title']['zh']} / {instance['title']['en']} → {instance['outcome']}")
    for line in story["lines"]:
        who = story["names"].get(line["person"], "系统")
        said = f"：{opinion}" if (opinion := line["data"].get("opinion")) else ""
        print(f"  {datetime.fromisoformat(line['at']).astimezone():%H:%M:%S}  {who}  {line['text']['zh']}{said}")
    document = await outside.requisition(number)
    print(
        f"  ERP: {document['state']}, {document['amount']} {document['currency']}, decided by {document['decided_by']}"
    )
    _must(story["verified"], f"{number}：流程记录未被改动 / the record is unaltered", story["problems"])


def _must(holds: bool, what: str, found: object = None) -> None:
    if not holds:
        raise StoryFailed(f"不成立：{what}；实际 / found: {found}")
