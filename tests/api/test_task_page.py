"""The one-task page that a card links to: it opens this task for this person, and nothing else."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy import select

from postroad.model.decision import Action
from postroad.model.label import Label
from postroad.model.task import InstanceView, Line, Task, TaskKind, TaskState
from postroad.store.clicks import ClickRow
from postroad.store.instances import Instances
from postroad.store.people import People
from postroad.store.story import Story
from tests.api.office import ORGANISATION, Office, button_tokens


def address(office: Office, task: Task, person: str = "chen", **ago: float) -> str:
    until = office.parts.now() + timedelta(days=1) - timedelta(**ago)
    return f"/m/t/{button_tokens().pages.issue(task.id, person, until)}"


async def opened(office: Office, task: Task, person: str = "chen") -> str:
    answer = await office.http.get(address(office, task, person))
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


async def posted(office: Office, task: Task, action: str = "approve", person: str = "chen", **more: Any) -> str:
    answer = await send(office, task, {"action": action, "form_hash": task.form_hash, "seen": "1", **more}, person)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


async def send(office: Office, task: Task, form: dict[str, str], person: str = "chen") -> httpx.Response:
    return await office.http.post(address(office, task, person), content=urlencode(form))


@pytest.fixture
async def view(office: Office) -> InstanceView:
    """A purchase whose cost Chen may not see."""
    await office.publish()
    view = (await office.instance()).model_copy(
        update={
            "revision": 2,
            "fields": {"title": "钢板 <3 吨>", "amount": "28000.00", "currency": "CNY", "cost": "61.37"},
            "card": ((Label.of("成本"), Label.of("61.37")), (Label.of("供应商"), Label.of("宝钢"))),
            "card_fields": ("cost", "supplier"),
        }
    )
    line = Line(number=1, at=office.parts.now(), kind="started", text=Label.of("李四提交了 PR-1"))
    async with office.database.begin() as session:
        await Instances(session).put(view)
        await Story(session).append(view.id, [line])
    return view


async def test_the_page_shows_the_document_the_reason_and_what_happened(office: Office, view: InstanceView) -> None:
    task = await office.task(view, fields={"cost": "hidden"}, reason=Label.of("命中 r2：金额 5 万以内"))

    page = await opened(office, task)

    for part in (
        "钢板 <3 吨>",
        "28,000.00 CNY",
        "宝钢",
        "李四",
        "命中 r2：金额 5 万以内",
        "李四提交了 PR-1",
        "同意",
        "驳回",
    ):
        assert part in page
    assert "61.37" not in page
    assert f"/instances/{view.id}" in page


async def test_nothing_of_the_page_runs_is_kept_or_told_on(office: Office, view: InstanceView) -> None:
    answer = await office.http.get(address(office, await office.task(view)))

    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy
    assert (answer.headers["referrer-policy"], answer.headers["cache-control"]) == ("no-referrer", "no-store")
    assert "<script" not in answer.text
    assert "&lt;3 吨&gt;" in answer.text
    assert len(answer.content) < 10_000


async def test_a_press_has_one_outcome_however_often_it_is_made(office: Office, view: InstanceView) -> None:
    task = await office.task(view)

    async with office.at_work():
        first, second = [await posted(office, task, opinion="可以") for _ in range(2)]

    assert "已同意" in first
    assert "已同意" in second
    assert "<form" not in first + second
    async with office.database.read() as session:
        [click] = await session.scalars(select(ClickRow))
    assert (click.told["channel"], click.told["opinion"], click.person) == ("page", "可以", "chen")


async def test_a_rejection_without_words_is_asked_for_them(office: Office, view: InstanceView) -> None:
    task = await office.task(view, opinion_needed=True)

    page = await posted(office, task, "reject")

    assert "请填写驳回意见" in page
    assert "<form" in page


async def test_what_a_work_step_asks_for_is_filled_in_there(office: Office, view: InstanceView) -> None:
    task = await office.task(
        view, kind=TaskKind.WORK, actions=(Action.COMPLETE,), fields={"result": "required", "note": "write"}
    )

    page = await opened(office, task)
    async with office.at_work():
        await posted(office, task, "complete", **{"field.result": "已换屏", "field.note": ""})

    assert "result（必填）" in page
    assert "办结" in page
    async with office.database.read() as session:
        [click] = await session.scalars(select(ClickRow))
    assert click.told["fields"] == {"result": "已换屏", "note": ""}


async def test_a_task_that_was_done_meanwhile_says_so(office: Office, view: InstanceView) -> None:
    done = {"state": TaskState.DONE, "action": "approve", "decided_by": "chen", "actions": ()}
    task = await office.task(view, **done, closed_at=office.parts.now())

    page = await opened(office, task)

    assert "已同意 · 陈静" in page
    assert "<form" not in page


@pytest.mark.parametrize("wrong", ["forged", "button", "cut", "nonsense", ""])
async def test_what_we_did_not_sign_opens_nothing(office: Office, view: InstanceView, wrong: str) -> None:
    task = await office.task(view)
    good = address(office, task)
    told = {
        "forged": good[:-4] + ("AAAA" if good[-4:] != "AAAA" else "BBBB"),
        "button": f"/m/t/{office.button(task)}",
        "cut": good.rpartition(".")[0],
        "nonsense": "/m/t/x.y",
        "": re.sub(r"p1\.", "v1.", good),
    }[wrong]

    answer = await office.http.get(told)
    press = await office.http.post(told, content="action=approve")

    assert (answer.status_code, press.status_code) == (404, 404)
    assert "PR-1" not in answer.text


async def test_a_page_that_has_expired_says_where_to_go_on(office: Office, view: InstanceView) -> None:
    answer = await office.http.get(address(office, await office.task(view), days=2))

    assert answer.status_code == 403
    assert "链接已过期" in answer.text


async def test_the_page_of_somebody_who_may_not_act_shows_nothing(office: Office, view: InstanceView) -> None:
    task = await office.task(view)

    answer = await office.http.get(address(office, task, "wang"))
    press = await send(office, task, {"action": "approve"}, "wang")

    assert (answer.status_code, press.status_code) == (403, 404)
    assert "PR-1" not in answer.text
    assert "同意" not in answer.text + press.text


async def test_somebody_who_has_left_opens_nothing(office: Office, view: InstanceView) -> None:
    task = await office.task(view)
    left = [one.model_copy(update={"active": one.id != "chen"}) for one in ORGANISATION.people]
    async with office.database.begin() as session:
        await People(session).load(ORGANISATION.model_copy(update={"people": tuple(left)}))

    assert (await office.http.get(address(office, task))).status_code == 403


@pytest.mark.parametrize("action", ["transfer", "withdraw", "nonsense"])
async def test_only_what_the_page_offers_is_done_there(office: Office, view: InstanceView, action: str) -> None:
    answer = await send(office, await office.task(view), {"action": action, "to": "wang"})

    assert answer.status_code == 422


async def test_a_page_takes_only_so_many_presses_and_so_long_ones(office: Office, view: InstanceView) -> None:
    task = await office.task(view)

    answers = [(await send(office, task, {"action": "reject"})).status_code for _ in range(61)]
    long = await send(office, task, {"action": "approve", "opinion": "长" * 40_000})

    assert (set(answers[:60]), answers[60], long.status_code) == ({200}, 429, 413)
