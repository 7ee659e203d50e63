"""A plant whose people have skills and regions, and who are away at times."""

from datetime import UTC, datetime, timedelta
from typing import Any

from postroad.directory import resolve
from postroad.model.absence import Absence
from postroad.model.people import Organisation, Resolution, Who

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

PLANT = Organisation.model_validate(
    {
        "departments": [
            {"id": "plant", "name": "工厂", "head": "boss"},
            {"id": "service", "name": "售后部", "head": "head", "parent": "plant"},
            {"id": "east", "name": "华东组", "parent": "service"},
        ],
        "people": [
            {"id": "boss", "name": "厂长", "department": "plant", "phone": "13800000000"},
            {"id": "head", "name": "主管", "department": "service", "superior": "boss", "email": "head@plant.example"},
            {"id": "an", "name": "小安", "department": "east", "superior": "head", "skills": {"welding": 2}},
            {
                "id": "bo",
                "name": "小柏",
                "department": "east",
                "superior": "head",
                "position": "焊工",
                "skills": {"welding": 4, "paint": 3},
                "regions": ["上海", "江苏"],
            },
            {
                "id": "cai",
                "name": "小蔡",
                "department": "service",
                "superior": "head",
                "position": "焊工",
                "skills": {"welding": 5},
                "regions": ["广东"],
            },
            {"id": "dai", "name": "小戴", "department": "plant", "superior": "boss", "skills": {"welding": 3}},
        ],
        "roles": [
            {"role": "fitter", "person": "an"},
            {"role": "fitter", "person": "cai", "title": {"zh": "装配工", "en": "Fitter"}},
            {"role": "admin", "person": "dai"},
        ],
    }
)


def without(*gone: str, plant: Organisation = PLANT) -> Organisation:
    """The plant after these people left."""
    people = tuple(p.model_copy(update={"active": p.active and p.id not in gone}) for p in plant.people)
    return plant.model_copy(update={"people": people})


def away(principal: str, agent: str, **facts: Any) -> Absence:
    """Somebody is away for the day around noon."""
    day = {"from": NOON - timedelta(hours=4), "to": NOON + timedelta(hours=8)}
    return Absence.model_validate(
        {"id": f"{principal}-{agent}", "principal": principal, "agent": agent, **day, **facts}
    )


def ask(*who: dict[str, Any], initiator: str = "an", plant: Organisation = PLANT, **facts: Any) -> Resolution:
    """Who is asked at noon about a repair; facts are those of `resolve`."""
    said = {"at": NOON, "process": "repair", "variables": {"amount": "5000.00"}, "owner": Who(role="owner"), **facts}
    return resolve([Who.model_validate(one) for one in who], initiator=initiator, organisation=plant, **said)


def people(resolution: Resolution) -> list[str]:
    return [candidate.person for candidate in resolution.candidates]
