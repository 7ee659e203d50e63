"""Which one of several is chosen, and why not the others."""

from datetime import timedelta
from typing import Any

import pytest

from postroad.directory import choose, shortlist
from postroad.directory.chosen import resolution
from postroad.model.assignment import Choice, Load, Shortlist
from postroad.model.people import Organisation, Who
from tests.directory.plant import NOON, PLANT, away, without

OWNER = Who(person="boss")


def listed(spec: dict[str, Any], *, plant: Organisation = PLANT, initiator: str = "head", **facts: Any) -> Shortlist:
    """Who could be chosen at noon for an hour of repair."""
    told = {"variables": {"customer": "K1"}, "at": NOON, "process": "repair", "owner": OWNER, "fallback": (OWNER,)}
    return shortlist(Who.model_validate(spec), initiator=initiator, organisation=plant, **{**told, **facts})


def pick(spec: dict[str, Any], loads: dict[str, Load] | None = None, before: str | None = None, **facts: Any) -> Choice:
    return choose(listed(spec, **facts), loads or {}, before)


def busy(tasks: int, minutes: int | None = None, *, days_ago: int | None = None) -> Load:
    last = None if days_ago is None else NOON - timedelta(days=days_ago)
    return Load(tasks=tasks, minutes=60 * tasks if minutes is None else minutes, last_at=last)


def limited(person: str, **limits: float) -> Organisation:
    people = tuple(p.model_copy(update=limits if p.id == person else {}) for p in PLANT.people)
    return PLANT.model_copy(update={"people": people})


def who(choice: Choice) -> list[str]:
    return [one.person for one in choice.people]


WELDERS = {"skill": "welding"}


@pytest.mark.parametrize(
    ("strategy", "loads", "before", "chosen", "said"),
    [
        ({"strategy": "highest_skill"}, {"cai": busy(9)}, None, "cai", "技能 welding：5 级最高"),
        ({"strategy": "least_loaded"}, {"an": busy(2), "bo": busy(5, 30), "cai": busy(1), "dai": busy(1)}, None, "bo",
         "未办 5 项共 0.5 小时，最少"),
        ({"strategy": "round_robin"}, {"an": busy(0, days_ago=1), "bo": busy(9, days_ago=3), "cai": busy(0, days_ago=2),
         "dai": busy(0, days_ago=1)}, None, "bo", "最久没有新任务"),
        ({"strategy": "sticky", "same": "{customer}"}, {"dai": busy(9)}, "dai", "dai", "上次也由其办理（K1）"),
        ({"strategy": "sticky", "same": "{customer}"}, {}, "boss", "an", "上次没有人或已不能办理"),
        ({"strategy": "weighted", "weights": {"skill": 3, "load": 2}}, {"cai": busy(4), "bo": busy(1)}, None, "bo",
         "综合得分 78，最高"),
    ],
)  # fmt: skip
def test_each_strategy_chooses_one_and_says_why(
    strategy: dict[str, Any], loads: dict[str, Load], before: str | None, chosen: str, said: str
) -> None:
    choice = pick({**WELDERS, **strategy}, loads, before)

    assert who(choice) == [chosen]
    assert said in choice.why.zh


def test_equals_are_told_apart_by_who_waited_longest_then_by_id() -> None:
    spec = {"position": "焊工", "strategy": "least_loaded"}

    assert who(pick(spec)) == ["bo"]
    later = {"bo": busy(0, days_ago=1), "cai": busy(0, days_ago=2)}
    assert who(pick(spec, later)) == ["cai"]
    assert "2 人相同" in pick(spec, later).why.zh


@pytest.mark.parametrize(
    ("facts", "code", "zh", "en"),
    [
        ({"plant": without("cai")}, "inactive", "已停用", "inactive"),
        ({"absences": [away("cai", "an")]}, "leave", "不在，至 2026-03-02", "away until 2026-03-02"),
        ({"initiator": "cai", "self_approval": "superior"}, "duties", "是发起人", "is the initiator"),
        (
            {"plant": limited("cai", max_open_tasks=2)},
            "capacity",
            "已满额：未办 2 项，最多 2 项",
            "2 of at most 2 tasks",
        ),
        ({"plant": limited("cai", max_open_hours=2.5)}, "capacity", "最多 2.5 小时", "2 of at most 2.5 hours"),
    ],
)
def test_who_cannot_do_it_is_passed_over_with_the_reason(facts: dict[str, Any], code: str, zh: str, en: str) -> None:
    choice = pick({**WELDERS, "strategy": "highest_skill"}, {"cai": busy(2)}, **facts)

    assert who(choice) == ["bo"]
    last = choice.ranking[-1]
    assert (last.person, last.excluded and last.excluded.code) == ("cai", code)
    assert last.excluded is not None
    assert zh in last.excluded.text.zh
    assert en in last.excluded.text.en


def test_who_did_a_step_before_does_not_do_this_one() -> None:
    spec = {**WELDERS, "strategy": "highest_skill", "apart_from": ["initiator", "check"]}
    choice = pick(spec, initiator="bo", done_by={"check": ["cai"], "other": ["dai"]})

    assert who(choice) == ["dai"]
    said = {one.person: one.excluded.text.zh for one in choice.ranking if one.excluded}
    assert said == {"bo": "是发起人", "cai": "办理过 check"}


POOL = {"role": "fitter", "strategy": "round_robin"}


def test_when_all_are_away_an_agent_does_it_for_one_of_them() -> None:
    choice = pick(POOL, absences=[away("an", "bo"), away("cai", "dai")])

    assert choice.step == "deputy"
    assert [(one.person, one.agent) for one in choice.people] == [("an", "bo")]


def test_an_agent_who_did_the_step_before_does_not_come_instead() -> None:
    spec = {**POOL, "apart_from": ["check"]}
    out = [away("an", "bo"), away("cai", "dai")]

    assert [one.agent for one in pick(spec, absences=out, done_by={"check": ["bo"]}).people] == ["dai"]


def test_when_none_of_them_can_the_superior_does() -> None:
    assert (pick(POOL, plant=without("an", "cai"), initiator="li").step) == "superior"
    assert who(pick(POOL, plant=without("an", "cai", "head"), initiator="li")) == ["boss"]


def test_when_all_have_too_much_whoever_has_time_first_takes_it() -> None:
    plant = limited("an", max_open_tasks=1)
    plant = plant.model_copy(
        update={
            "people": tuple(p.model_copy(update={"max_open_tasks": 1}) if p.id == "cai" else p for p in plant.people)
        }
    )
    full = {"an": busy(1), "cai": busy(1)}

    assert pick(POOL, full, plant=plant).step == "superior"
    queued = pick({**POOL, "otherwise": ["queue"]}, full, plant=plant)
    assert (queued.step, who(queued)) == ("queue", ["an", "cai"])


def test_there_is_always_the_owner() -> None:
    choice = pick({"role": "nobody", "strategy": "round_robin"})
    found = resolution(listed({"role": "nobody", "strategy": "round_robin"}), choice, "主管")

    assert (choice.step, who(choice)) == ("owner", ["boss"])
    assert (found.fallback, found.chosen and found.chosen.queue) == (True, False)


def test_an_owner_who_is_away_is_acted_for() -> None:
    choice = pick({"role": "nobody", "strategy": "round_robin"}, absences=[away("boss", "an")])

    assert [(one.person, one.agent) for one in choice.people] == [("boss", "an")]


def test_where_only_the_initiator_is_meant_and_passed_over_nobody_is_chosen() -> None:
    facts: dict[str, Any] = {"initiator": "dai", "self_approval": "skip"}
    short = listed({"role": "admin", "strategy": "round_robin"}, **facts)

    assert resolution(short, choose(short, {}), "").skipped
    assert not choose(short, {}).people


def test_whoever_is_chosen_reads_why() -> None:
    short = listed({**POOL, "skill": "welding", "strategy": "highest_skill"})
    (candidate,) = resolution(short, choose(short, {}), "主管").candidates

    assert candidate.reason.zh == "装配工，技能 welding（5 级）；技能 welding：5 级最高"


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ({"person": "an", "strategy": "round_robin"}, "role、members_of"),
        ({"role": "fitter", "strategy": "highest_skill"}, "需要 skill"),
        ({"role": "fitter", "strategy": "weighted"}, "weights"),
        ({"role": "fitter", "strategy": "weighted", "weights": {}}, "至少一项大于 0"),
        ({"role": "fitter", "strategy": "weighted", "weights": {"skill": 1}}, "需要 skill"),
        ({"role": "fitter", "strategy": "sticky"}, "same"),
        ({"role": "fitter", "strategy": "round_robin", "same": "{customer}"}, "same"),
        ({"role": "fitter", "apart_from": ["check"]}, "需要 strategy"),
        ({"role": "fitter", "closest": True}, "where"),
        ({"role": "fitter", "up": 2}, "superior_of"),
    ],
)
def test_what_does_not_go_together_is_refused(spec: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Who.model_validate(spec)
