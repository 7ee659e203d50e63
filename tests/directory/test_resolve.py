from pathlib import Path
from typing import Any

import pytest
import yaml

from postroad.directory import resolve
from postroad.model.people import Department, Organisation, Person, Resolution, Who

PROCESSES = Path(__file__).parents[2] / "processes"
COMPANY = Organisation.model_validate(yaml.safe_load((PROCESSES / "organisation.yaml").read_text(encoding="utf-8")))
REQUEST = {"applicant": "li", "category": "steel", "amount": "28000.00"}
OWNER = Who(role="process_owner")


def _resolve(
    *who: Who | dict[str, Any], company: Organisation = COMPANY, fallback: tuple[Who, ...] = (), **variables: Any
) -> Resolution:
    return resolve(
        [Who.model_validate(one) for one in who],
        fallback=fallback,
        owner=OWNER,
        initiator="li",
        variables={**REQUEST, **variables},
        organisation=company,
    )


def _names(resolution: Resolution) -> list[str]:
    return [candidate.person for candidate in resolution.candidates]


def _without(*absent: str) -> Organisation:
    people = tuple(p.model_copy(update={"active": p.id not in absent}) for p in COMPANY.people)
    return COMPANY.model_copy(update={"people": people})


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ({"person": "wang"}, ["wang"]),
        ({"person": "{applicant}"}, ["li"]),
        ({"role": "purchasing_director"}, ["wang"]),
        ({"role": "buyer"}, ["chen", "zhou"]),
        ({"role": "buyer", "where": {"category": "{category}"}}, ["chen"]),
        ({"role": "buyer", "where": {"category": "office"}}, ["zhou"]),
        ({"role": "buyer", "where": {"category": "chemicals"}}, []),
        ({"role": "purchasing_director", "where": {"category": "steel"}}, ["wang"]),
        ({"department_head_of": "applicant"}, ["zhang"]),
        ({"department_head_of": "finance"}, ["zhao"]),
        ({"superior_of": "applicant"}, ["zhang"]),
        ({"superior_of": "wang"}, ["wu"]),
        ({"superior_of": "initiator"}, ["zhang"]),
        ({"initiator": True}, ["li"]),
        ({"process_owner": True}, ["qian"]),
        ({"from": "route.approver"}, ["wang"]),
        ({"from": "reviewers"}, ["sun", "chen"]),
        ({"members_of": "purchasing"}, ["chen", "zhou", "wang"]),
        ({"members_of": "applicant"}, ["li", "zhang", "tang", "guo", "luo", "xie"]),
        ({"members_of": "initiator", "position": "生产部经理"}, ["zhang"]),
        ({"position": "财务总监"}, ["zhao"]),
        ({"position": "没有的岗位"}, []),
        ({"did": "accept"}, []),
    ],
)
def test_each_way_of_saying_who_finds_the_right_people(who: dict[str, Any], found: list[str]) -> None:
    variables = {
        "route": {"approver": {"role": "purchasing_director"}},
        "reviewers": ["sun", {"role": "buyer", "where": {"category": "{category}"}}],
    }

    assert _names(_resolve(who, **variables)) == found


def test_a_variable_may_hold_a_department() -> None:
    assert _names(_resolve({"department_head_of": "cost_centre"}, cost_centre="projects")) == ["sun"]


def test_everybody_is_asked_once_in_the_order_of_the_specification() -> None:
    found = _resolve({"role": "finance_director"}, {"person": "wang"}, {"person": "zhao"}, {"role": "buyer"})

    assert _names(found) == ["zhao", "wang", "chen", "zhou"]


def test_the_reason_tells_why_it_is_this_person() -> None:
    [buyer] = _resolve({"role": "buyer", "where": {"category": "{category}"}}).candidates
    [head] = _resolve({"department_head_of": "applicant"}).candidates
    [doer] = _resolve({"person": "chen", "did": "接单"}).candidates

    assert str(buyer.reason) == "采购专员（钢材）"
    assert str(doer.reason) == "办理了“接单”"
    assert (head.name, str(head.reason)) == ("张伟", "生产部负责人")


def test_whoever_left_is_passed_over_and_the_trace_says_so() -> None:
    found = _resolve({"role": "buyer"}, company=_without("chen"))

    assert _names(found) == ["zhou"]
    assert any("陈静（chen）已停用" in line for line in found.trace)


def test_when_nobody_is_left_the_first_stand_ins_there_are_step_in() -> None:
    stand_ins = (Who(role="process_admin"), Who(process_owner=True))

    found = _resolve({"role": "finance_director"}, company=_without("zhao"), fallback=stand_ins)

    assert (_names(found), found.fallback) == (["admin"], True)


def test_when_even_the_stand_ins_are_gone_nobody_is_found() -> None:
    found = _resolve({"role": "finance_director"}, company=_without("zhao", "qian"), fallback=(OWNER,))

    assert (_names(found), found.fallback) == ([], False)


def test_stand_ins_are_left_alone_while_somebody_is_there() -> None:
    assert not _resolve({"person": "wang"}, fallback=(OWNER,)).fallback


def test_nobody_is_the_head_of_department_over_himself() -> None:
    found = _resolve({"department_head_of": "applicant"}, applicant="zhang")

    assert _names(found) == ["wu"]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ({"person": "nobody"}, "组织中没有 nobody"),
        ({"role": "buyer", "where": {"category": "{colour}"}}, "没有变量 colour"),
        ({"superior_of": "wu"}, "wu 没有上级"),
        ({"department_head_of": "nowhere"}, "nowhere 没有部门负责人"),
        ({"from": "route.missing"}, "没有变量 route.missing"),
        ({"from": "amount"}, "组织中没有 28000.00"),
        ({"from": "broken"}, "不能指定人员"),
        ({"from": "loop"}, "循环引用"),
    ],
)
def test_a_specification_that_leads_nowhere_finds_nobody_and_says_why(who: dict[str, Any], said: str) -> None:
    found = _resolve(who, route={}, broken={"colour": "red"}, loop=[{"from": "loop"}, {"from": "loop"}])

    assert _names(found) == []
    assert said in "\n".join(found.trace)


def test_an_owner_who_leads_back_to_the_owner_is_a_circle() -> None:
    found = resolve(
        [Who(process_owner=True)],
        owner=Who(process_owner=True),
        initiator="li",
        variables={},
        organisation=COMPANY,
    )

    assert found.candidates == ()


def test_a_circle_of_departments_that_was_loaded_before_circles_were_refused_ends_the_search() -> None:
    company = Organisation.model_construct(
        departments=(Department(id="a", name="A", parent="b"), Department(id="b", name="B", parent="a")),
        people=(Person(id="li", name="李四", department="a"),),
        roles=(),
    )

    assert _names(_resolve({"department_head_of": "applicant"}, company=company)) == []


def test_a_person_of_a_thousand_is_found() -> None:
    many = tuple(Person(id=f"p{number}", name=str(number), superior="wu") for number in range(1000))
    company = COMPANY.model_copy(update={"people": (*COMPANY.people, *many)})

    assert _names(_resolve({"superior_of": "p999"}, company=company)) == ["wu"]
