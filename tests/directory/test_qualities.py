"""Naming people by what they can do, where they work and what their vote counts."""

from typing import Any

import pytest

from tests.directory.plant import PLANT, ask, people, without


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ({"skill": "welding"}, ["cai", "bo", "dai", "an"]),
        ({"skill": "welding", "level": 4}, ["cai", "bo"]),
        ({"skill": "{needed}", "level": 3}, ["bo"]),
        ({"skill": "welding", "region": "上海"}, ["bo", "dai", "an"]),
        ({"skill": "welding", "region": "{region}", "position": "焊工"}, ["cai"]),
        ({"position": "焊工"}, ["bo", "cai"]),
        ({"role": "fitter", "skill": "welding", "level": 3}, ["cai"]),
        ({"role": "fitter", "region": "上海"}, ["an"]),
        ({"members_of": "service"}, ["head", "an", "bo", "cai"]),
        ({"members_of": "plant", "skill": "paint"}, ["bo"]),
        ({"members_of": "east", "region": "{region}"}, ["an"]),
        ({"members_of": "nowhere"}, []),
        ({"skill": "{missing}"}, []),
    ],
)
def test_skills_regions_and_positions_find_the_right_people(who: dict[str, Any], found: list[str]) -> None:
    assert people(ask(who, variables={"needed": "paint", "region": "广东"})) == found


def test_the_reason_tells_the_duty_and_what_else_was_wanted() -> None:
    [fitter] = ask({"role": "fitter", "skill": "welding", "level": 3, "region": "广东"}).candidates

    assert fitter.reason.zh == "装配工，技能 welding（5 级），地区 广东"
    assert fitter.reason.en == "Fitter, skill welding (level 5), region 广东"


def test_the_skilled_who_left_are_passed_over() -> None:
    assert people(ask({"skill": "welding", "level": 4}, plant=without("cai"))) == ["bo"]


def test_a_department_that_is_none_is_told() -> None:
    assert "nowhere 不是部门" in "\n".join(ask({"members_of": "nowhere"}).trace)


def test_a_vote_counts_one_unless_a_weight_is_said() -> None:
    found = ask({"person": "boss", "weight": 3}, {"position": "焊工"})

    assert [(one.person, one.weight) for one in found.candidates] == [("boss", 3), ("bo", 1), ("cai", 1)]


def test_an_employee_number_may_come_as_a_figure() -> None:
    numbered = PLANT.people[0].model_copy(update={"id": "1001"})
    plant = PLANT.model_copy(update={"people": (*PLANT.people, numbered)})

    assert people(ask({"from": "by"}, {"person": "{by}"}, plant=plant, variables={"by": 1001})) == ["1001"]


def test_of_two_weights_for_one_person_the_first_counts() -> None:
    [head] = ask({"person": "head", "weight": 2}, {"person": "head", "weight": 5}).candidates

    assert head.weight == 2


def test_of_the_weight_of_a_rule_and_of_the_step_that_asks_it_the_rules_counts() -> None:
    variables = {"heavy": {"person": "head", "weight": 4}, "plain": "boss"}

    found = ask({"from": "heavy", "weight": 2}, {"from": "plain", "weight": 2}, variables=variables)

    assert [one.weight for one in found.candidates] == [4, 2]
