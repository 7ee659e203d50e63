"""Who may say that somebody is away, for whom, and what becomes of it."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.api.office import Office


def _said(office: Office, *, hours: float = 0, days: float = 5, **more: Any) -> dict[str, Any]:
    now = office.parts.now()
    return {
        "agent": "wang",
        "from": (now + timedelta(hours=hours)).isoformat(),
        "to": (now + timedelta(days=days)).isoformat(),
        **more,
    }


async def _say(office: Office, headers: dict[str, str], **more: Any) -> httpx.Response:
    return await office.http.post("/api/v1/absences", json=_said(office, **more), headers=headers)


async def _listed(office: Office, headers: dict[str, str], query: str = "") -> list[tuple[str, str]]:
    told = await office.http.get(f"/api/v1/absences{query}", headers=headers)
    return [(one["absence"]["principal"], one["absence"]["agent"]) for one in told.raise_for_status().json()]


async def test_a_person_says_the_own_absence(office: Office) -> None:
    chen = await office.token("act", person="chen")

    said = await _say(office, chen, open_tasks=True, note="年假")

    assert said.status_code == 201
    told = said.json()
    assert (told["principal_name"], told["agent_name"]) == ("陈静", "王强")
    assert (told["absence"]["principal"], told["absence"]["open_tasks"]) == ("chen", True)
    assert await _listed(office, chen) == [("chen", "wang")]


async def test_nobody_says_anothers_absence_but_an_administrator(office: Office) -> None:
    wang, admin = await office.token("act", person="wang"), await office.token("admin")

    refused = await _say(office, wang, principal="chen", agent="li")
    said = await _say(office, admin, principal="chen", agent="li")

    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours")
    assert said.status_code == 201


async def test_a_token_that_may_only_read_says_nothing(office: Office) -> None:
    assert (await _say(office, await office.token("read", person="chen"))).status_code == 403


async def test_an_administrator_who_is_nobody_names_the_principal(office: Office) -> None:
    assert (await _say(office, await office.token("admin"))).json()["code"] == "no_person"


async def test_one_sees_the_absences_in_which_one_has_a_part(office: Office) -> None:
    chen, wang, li = [await office.token("act", person=one) for one in ("chen", "wang", "li")]
    await _say(office, chen)

    assert await _listed(office, wang) == [("chen", "wang")]
    assert await _listed(office, li) == []
    assert (await office.http.get("/api/v1/absences?person=chen", headers=li)).json()["code"] == "not_yours"
    assert await _listed(office, await office.token("read"), "?person=wang") == [("chen", "wang")]


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"agent": "chen"}, 422, "chen 不能代理本人"),
        ({"agent": "nobody"}, 404, "没有在职人员 nobody"),
        ({"agent": "gone"}, 404, "没有在职人员 gone"),
        ({"hours": -48, "days": -1}, 422, "结束时间已过"),
        ({"hours": 24, "days": 0.5}, 422, "结束时间必须晚于开始时间"),
        ({"processes": ["nothing"]}, 422, "没有流程 nothing"),
    ],
)
async def test_an_absence_that_cannot_be_is_refused_with_the_reason(
    office: Office, wrong: dict[str, Any], status: int, said: str
) -> None:
    answer = await _say(office, await office.token("act", person="chen"), **wrong)

    assert (answer.status_code, said in answer.json()["message"]["zh"]) == (status, True)


async def test_two_agents_for_one_time_are_refused_with_the_other_one(office: Office) -> None:
    chen = await office.token("act", person="chen")
    await _say(office, chen)

    answer = await _say(office, chen, agent="li")

    assert (answer.status_code, answer.json()["code"]) == (409, "overlapping_absence")
    assert "已由 wang 代理" in answer.json()["message"]["zh"]


async def test_the_principal_or_an_administrator_ends_it_and_the_agent_does_not(office: Office) -> None:
    chen, wang, li, admin = [
        await office.token(*scopes, person=person)
        for scopes, person in ((["act"], "chen"), (["act"], "wang"), (["act"], "li"), (["admin"], None))
    ]
    first = (await _say(office, chen)).json()["absence"]["id"]

    answers = [await office.http.delete(f"/api/v1/absences/{first}", headers=who) for who in (li, wang, chen, chen)]
    second = (await _say(office, chen)).json()["absence"]["id"]

    assert [answer.status_code for answer in answers] == [404, 403, 204, 404]
    assert (await office.http.delete(f"/api/v1/absences/{second}", headers=admin)).status_code == 204
    assert await _listed(office, chen) == []


async def test_what_is_over_is_listed_only_when_asked_for(office: Office) -> None:
    chen = await office.token("act", person="chen")
    await _say(office, chen, days=1)
    office.ahead(days=2)

    assert await _listed(office, chen) == []
    assert await _listed(office, chen, "?past=true") == [("chen", "wang")]
