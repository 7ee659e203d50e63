"""A step whose people are said with a strategy asks exactly one of them."""

from typing import Any

import pytest

from postroad.cli.folder import read_folder
from postroad.cli.trial import world_of
from postroad.model.assignment import Load
from postroad.model.calendar import WorkingCalendar
from postroad.model.case import Case
from postroad.model.people import Organisation
from postroad.model.task import Task
from postroad.process.play import Stage, shortcomings
from postroad.process.sound import problems
from tests.real.vectors import FOLDER

OFFICE = Organisation.model_validate(
    {
        "people": [
            {"id": "li", "name": "李四", "superior": "zhang"},
            {"id": "an", "name": "小安", "superior": "zhang", "skills": {"repair": 2}, "max_open_tasks": 3},
            {"id": "bo", "name": "小柏", "superior": "zhang", "skills": {"repair": 4}, "max_open_tasks": 3},
            {"id": "cai", "name": "小蔡", "superior": "zhang", "skills": {"repair": 5}, "max_open_tasks": 3},
            {"id": "zhang", "name": "张伟"},
            {"id": "qian", "name": "钱芳"},
            {"id": "admin", "name": "管理员"},
        ],
        "roles": [
            *({"role": "fitter", "person": person} for person in ("an", "bo", "cai")),
            {"role": "process_owner", "person": "qian"},
            {"role": "process_admin", "person": "admin"},
        ],
    }
)
BEST = {"role": "fitter", "skill": "repair", "strategy": "highest_skill"}
IDLE = {"role": "fitter", "strategy": "least_loaded"}
FULL = {person: {"tasks": 3, "minutes": 180} for person in ("an", "bo", "cai")}


def played(*steps: dict[str, Any], script: tuple[dict[str, Any], ...] = (), **facts: Any) -> Stage:
    """The stage after the script; the case must be as it expects, if it does."""
    said = {"name": "分派", "start": {"initiator": "li", "document": {"amount": "100", "customer": "K1"}}, "expect": {}}
    case = Case.model_validate({**said, "steps": steps, "script": script, **facts})
    stage = world_of(read_folder(FOLDER), OFFICE, WorkingCalendar()).stage(case)
    for step in case.script:
        stage.play(step)
    assert shortcomings(stage) == []
    return stage


def waiting(stage: Stage) -> list[Task]:
    return [task for task in stage.tasks.values() if task.closed_at is None]


def people(stage: Stage) -> list[str]:
    return [task.person for task in waiting(stage)]


def test_exactly_one_is_asked_and_the_story_says_why() -> None:
    stage = played({"approval": "check", "who": BEST, "mode": "any"})

    (task,) = waiting(stage)
    assert (task.id, task.person) == ("vectors:case/check/1/1", "cai")
    assert task.reason is not None
    assert "技能 repair：5 级最高" in task.reason.zh


def test_what_people_have_to_do_decides_and_grows_with_what_they_are_given() -> None:
    both = {"parallel": "both", "branches": [[{"work": name, "estimate": 2.5, "who": IDLE}] for name in ("one", "two")]}
    stage = played(
        both, loads={"an": {"tasks": 1, "minutes": 60}, "bo": {"tasks": 1, "minutes": 90}, "cai": FULL["cai"]}
    )

    assert [(task.person, task.minutes) for task in waiting(stage)] == [("an", 150), ("bo", 150)]


def test_whoever_approved_a_step_before_is_not_chosen_for_this_one() -> None:
    later = {"approval": "release", "who": {**BEST, "apart_from": ["check"]}}
    stage = played({"approval": "check", "who": BEST}, later, script=({"as": "cai", "do": "approve"},))

    assert people(stage) == ["bo"]


def test_the_initiator_is_not_chosen_for_the_own_request() -> None:
    start = {"initiator": "cai", "document": {"amount": "100"}}

    assert people(played({"approval": "check", "who": BEST}, start=start)) == ["bo"]
    assert people(played({"approval": "check", "who": BEST, "self_approval": "self"}, start=start)) == ["cai"]
    assert people(played({"work": "check", "who": BEST}, start=start)) == ["cai"]


def test_whoever_did_it_last_time_does_it_again() -> None:
    sticky = {"role": "fitter", "strategy": "sticky", "same": "{customer}"}

    assert people(played({"work": "repair", "who": sticky}, before={"K1": "bo"})) == ["bo"]


def test_when_nobody_has_time_whoever_has_first_claims_it() -> None:
    queue = {**IDLE, "otherwise": ["queue"]}
    claims = ({"as": "bo", "do": "claim"}, {"as": "bo", "do": "complete"})
    stage = played({"work": "repair", "who": queue}, loads=FULL)
    assert [task.load_minutes for task in waiting(stage)] == [None, None, None]

    done = played({"work": "repair", "who": queue}, loads=FULL, script=claims, expect={"outcome": "approved"})
    assert done.state.outcome == "approved"


def test_when_none_can_the_owner_of_the_process_is_asked_before_the_administrator() -> None:
    assert people(played({"work": "repair", "who": {**IDLE, "otherwise": []}}, loads=FULL)) == ["qian"]


def test_an_author_may_say_who_comes_instead() -> None:
    step = {"approval": "check", "who": {**IDLE, "otherwise": []}, "empty": {"person": "zhang"}}

    assert people(played(step, loads=FULL)) == ["zhang"]


def test_an_agent_does_it_while_all_are_away() -> None:
    days = {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}
    out = [{"principal": one, "agent": "zhang", **days} for one in ("an", "bo", "cai")]

    (task,) = waiting(played({"work": "repair", "who": BEST}, absences=out))
    assert (task.person, task.agent, task.doer) == ("an", "zhang", "zhang")


def test_a_variable_may_name_those_among_whom_one_is_chosen() -> None:
    team = {"from": "team", "strategy": "least_loaded"}
    start = {"initiator": "li", "document": {"team": ["an", "bo"]}}

    assert people(played({"work": "repair", "who": team}, start=start, loads={"an": {"minutes": 5}})) == ["bo"]


def test_a_task_that_is_handed_over_keeps_its_estimate() -> None:
    script = ({"as": "cai", "do": "transfer", "to": "an"},)

    (task,) = waiting(played({"approval": "check", "estimate": 0.5, "who": BEST}, script=script))
    assert (task.person, task.load_minutes) == ("an", 30)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"approval": "a", "who": [BEST, {"person": "li"}]}, "单独使用"),
        ({"work": "a", "who": BEST, "estimate": 0}, "greater than 0"),
    ],
)
def test_a_strategy_stands_alone_and_work_takes_time(step: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        played(step)


@pytest.mark.parametrize(
    "step",
    [
        {"cc": "a", "who": BEST},
        {"effect": "a", "connector": "erp", "entity": "e", "action": "create", "assignee": BEST},
        {"work": "a", "who": {"person": "li"}, "deadline": {"after": "8h", "ladder": [{"do": "transfer", "to": BEST}]}},
    ],
    ids=["copy", "effect", "deadline"],
)
def test_only_an_approval_or_a_work_step_asks_one_of_several(step: dict[str, Any]) -> None:
    folder = read_folder(FOLDER)
    case = Case.model_validate(
        {"name": "x", "steps": [step], "start": {"initiator": "li", "document": {}}, "expect": {}}
    )

    assert [one.code for one in problems(case.on(folder.process), folder.tables)] == ["strategy_without_task"]


def test_a_rule_that_names_two_specifications_with_a_strategy_is_a_trouble_and_not_a_guess() -> None:
    start = {"initiator": "li", "document": {"team": [{**IDLE}, {"person": "an"}]}}
    stage = played({"work": "repair", "who": {"from": "team"}}, start=start)

    assert [task.kind for task in waiting(stage)] == ["exception"]


def test_what_people_have_to_do_is_what_they_had_and_what_is_open() -> None:
    stage = played({"work": "repair", "who": IDLE}, loads={"an": {"tasks": 1, "minutes": 30}})

    assert stage._scene({}).loads == {
        "an": Load(tasks=1, minutes=30),
        "bo": Load(tasks=1, minutes=60, last_at=stage.now),
    }
