from datetime import timedelta
from typing import Any

import pytest

from postroad.model.people import Candidate, Who
from tests.directory.plant import NOON, ask, away, people, without

HEAD = {"person": "head"}


def _head(*absences: Any, **facts: Any) -> Candidate:
    [candidate] = ask(HEAD, absences=absences, **facts).candidates
    return candidate


def test_an_agent_may_act_for_somebody_who_is_away_to_whom_the_task_still_belongs() -> None:
    asked = _head(away("head", "bo"))

    assert (asked.person, asked.name, asked.agent, asked.agent_name) == ("head", "主管", "bo", "小柏")
    assert asked.reason.zh == "指定人员"


def test_somebody_who_is_there_has_no_agent() -> None:
    assert _head(away("boss", "bo")).agent is None


@pytest.mark.parametrize(
    ("facts", "agent"),
    [
        ({"from": NOON}, "bo"),
        ({"from": NOON + timedelta(microseconds=1)}, None),
        ({"to": NOON}, None),
        ({"processes": ["repair", "order"]}, "bo"),
        ({"processes": ["order"]}, None),
        ({"amount_cap": "5000"}, "bo"),
        ({"amount_cap": "4999.99"}, None),
        ({"amount_cap": "1", "amount_field": "quote.hours"}, "bo"),
        ({"amount_cap": "100", "amount_field": "quote.total"}, "bo"),
        ({"amount_cap": "9999", "amount_field": "nothing"}, None),
        ({"amount_cap": "9999", "amount_field": "note"}, None),
        ({"amount_cap": "9999", "amount_field": "urgent"}, None),
    ],
)
def test_an_absence_covers_its_time_its_processes_and_its_amount(facts: dict[str, Any], agent: str | None) -> None:
    quote = {"hours": 1, "total": {"amount": "99.50", "currency": "CNY"}}
    variables = {"amount": "5000.00", "quote": quote, "note": "n/a", "urgent": True}

    assert _head(away("head", "bo", **facts), variables=variables).agent == agent


def test_a_document_above_the_cap_stays_and_the_trace_says_why() -> None:
    found = ask(HEAD, absences=[away("head", "bo", amount_cap="100")])

    assert found.candidates[0].agent is None
    assert any("amount 须不超过 100" in line for line in found.trace)


def test_of_two_absences_the_one_that_covers_the_document_counts() -> None:
    assert _head(away("head", "bo", processes=["order"]), away("head", "cai", processes=["repair"])).agent == "cai"


def test_without_a_moment_nobody_is_away() -> None:
    assert _head(away("head", "bo"), at=None).agent is None


def test_an_agent_who_is_away_passes_on_three_times_at_most() -> None:
    row = [away("head", "bo"), away("bo", "cai"), away("cai", "dai")]

    assert _head(*row).agent == "dai"
    assert _head(*row, away("dai", "boss")).agent is None


def _row(*agents: str) -> list[Any]:
    return [away(principal, agent) for principal, agent in zip(("head", *agents), agents, strict=False)]


@pytest.mark.parametrize(
    ("absences", "said"),
    [
        (_row("bo", "cai", "dai", "boss"), "代理超过 3 层"),
        (_row("bo", "cai", "head"), "代理又回到 主管"),
        (_row("bo", "cai", "bo"), "代理又回到 小柏"),
        (_row("an"), "代理人 小安 是发起人"),
        (_row("an", "bo"), "代理人 小安 是发起人"),
        (_row("gone"), "组织中没有代理人 gone"),
    ],
)
def test_where_nobody_can_be_the_agent_the_task_stays_and_the_trace_says_so(absences: list[Any], said: str) -> None:
    found = ask(HEAD, absences=absences)

    assert (people(found), found.candidates[0].agent) == (["head"], None)
    assert any(said in line and "任务留给本人" in line for line in found.trace)
    assert f"（{said}，由本人处理）" in found.candidates[0].reason.zh


def test_an_agent_who_left_is_none() -> None:
    found = ask(HEAD, absences=[away("head", "bo")], plant=without("bo"))

    assert found.candidates[0].agent is None
    assert any("代理人 小柏 已停用" in line for line in found.trace)


def test_an_agent_who_is_asked_anyway_does_not_decide_twice() -> None:
    found = ask(HEAD, {"person": "bo"}, absences=[away("head", "bo")])

    assert [(one.person, one.agent) for one in found.candidates] == [("head", None), ("bo", None)]
    assert "小柏 在此已有任务" in found.candidates[0].reason.zh


def test_an_agent_of_two_who_are_asked_together_acts_for_the_first() -> None:
    found = ask(HEAD, {"person": "cai"}, absences=[away("head", "bo"), away("cai", "bo")])

    assert [(one.person, one.agent) for one in found.candidates] == [("head", "bo"), ("cai", None)]


def test_stand_ins_have_agents_too() -> None:
    found = ask({"role": "nobody"}, fallback=(Who(role="admin"),), absences=[away("dai", "bo")])

    assert (people(found), found.candidates[0].agent, found.fallback) == (["dai"], "bo", True)
