import pytest

from postroad.directory.vacancy import vacancy
from postroad.model.people import Organisation, Who

COMPANY = Organisation.model_validate(
    {
        "departments": [{"id": "buying", "name": "采购部", "head": "wang"}, {"id": "attic", "name": "阁楼"}],
        "people": [
            {"id": "wang", "name": "王强", "department": "buying", "skills": {"welding": 3}},
            {"id": "gone", "name": "离职", "active": False},
        ],
        "roles": [
            {"role": "buyer", "person": "wang", "scope": {"category": "steel"}},
            {"role": "director", "person": "gone"},
        ],
    }
)
FOUND = (
    {"role": "buyer"},
    {"role": "buyer", "where": {"category": "{category}"}},
    {"role": "buyer", "where": {"category": "steel"}},
    {"department_head_of": "buying"},
    {"department_head_of": "applicant"},
    {"members_of": "buying"},
    {"superior_of": "applicant"},
    {"skill": "welding", "level": 3, "region": "{region}"},
    {"skill": "{skill}", "level": 5},
    {"person": "wang"},
    {"person": "{applicant}"},
    {"process_owner": True},
    {"initiator": True},
)
VACANT = (
    {"role": "nobody"},
    {"role": "director"},
    {"role": "buyer", "where": {"category": "paper"}},
    {"department_head_of": "attic"},
    {"members_of": "attic"},
    {"skill": "welding", "level": 4},
    {"person": "gone"},
    {"person": "stranger"},
)


@pytest.mark.parametrize("said", FOUND, ids=str)
def test_a_duty_that_somebody_has_or_may_have_is_no_vacancy(said: dict[str, object]) -> None:
    assert vacancy(Who.model_validate(said), COMPANY) is None


@pytest.mark.parametrize("said", VACANT, ids=str)
def test_a_duty_that_nobody_active_has_is_a_vacancy(said: dict[str, object]) -> None:
    found = vacancy(Who.model_validate(said), COMPANY)

    assert found is not None
    assert "没有在职的人" in found.zh
