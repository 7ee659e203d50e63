from typing import Any

import pytest
from pydantic import ValidationError

from postroad.model.people import Organisation, Person, Who


def _company(superiors: dict[str, str | None], parents: dict[str, str | None]) -> Organisation:
    return Organisation.model_validate(
        {
            "people": [{"id": one, "name": one, "superior": above} for one, above in superiors.items()],
            "departments": [{"id": one, "name": one, "parent": above} for one, above in parents.items()],
        }
    )


def test_a_company_with_a_top_is_fine() -> None:
    company = _company({"a": "b", "b": "c", "c": None, "d": "b"}, {"x": "y", "y": None})

    assert len(company.people) == 4


@pytest.mark.parametrize(
    ("superiors", "parents", "said"),
    [
        ({"z": "a", "a": "b", "b": "c", "c": "a"}, {}, "上级关系形成循环：a → b → c → a / "),
        ({"a": "a"}, {}, "each other's superiors: a → a"),
        ({}, {"x": "y", "y": "x"}, "部门的上级形成循环：x → y → x / departments lie within each other: x → y → x"),
    ],
)
def test_a_circle_is_refused_and_named(superiors: dict[str, Any], parents: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        _company(superiors, parents)


@pytest.mark.parametrize(
    "facts",
    [
        {"id": "工号1"},
        {"id": "-1"},
        {"id": "a" * 65},
        {"skills": {"welding": 6}},
        {"skills": {"welding": 0}},
        {"skills": {"焊 接": 1}},
        {"email": "nobody"},
        {"email": "a b@c"},
        {"phone": "1" * 65},
    ],
)
def test_what_a_person_cannot_be_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Person.model_validate({"id": "li", "name": "李四", **facts})


def test_an_employee_number_is_an_id() -> None:
    assert Person(id="10023", name="李四").id == "10023"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"weight": 2},
        {"role": "buyer", "members_of": "purchasing"},
        {"person": "li", "skill": "welding"},
        {"superior_of": "li", "position": "焊工"},
        {"region": "上海"},
        {"person": "li", "region": "上海"},
        {"role": "buyer", "level": 3},
        {"members_of": "service", "where": {"category": "steel"}},
        {"skill": "welding", "level": 6},
        {"role": "buyer", "weight": 0},
    ],
)
def test_a_specification_says_it_in_one_way(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Who.model_validate(said)
