from typing import Any

import pytest

from postroad.model.people import Organisation, Resolution, Who
from tests.directory.plant import PLANT, ask, away, people, without

ADMIN = (Who(role="admin"),)


def _ask(rule: Any, *who: dict[str, Any], **facts: Any) -> Resolution:
    return ask(
        *(who or ({"person": "{asker}"},)),
        variables={"asker": facts.get("initiator", "an")},
        **facts | {"self_approval": rule},
    )


@pytest.mark.parametrize(
    ("rule", "asked"),
    [(None, ["an"]), ("self", ["an"]), ("skip", []), ("superior", ["head"]), ("department_head", ["head"])],
)
def test_each_rule_says_who_decides_on_ones_own_request(rule: str | None, asked: list[str]) -> None:
    assert people(_ask(rule)) == asked


@pytest.mark.parametrize("rule", ["self", "skip", "superior", "department_head"])
def test_somebody_elses_request_is_nobodys_own(rule: str) -> None:
    assert people(_ask(rule, {"person": "cai"}, {"person": "dai"})) == ["cai", "dai"]


def test_skipping_leaves_the_others() -> None:
    found = _ask("skip", {"person": "an"}, {"person": "bo"})

    assert (people(found), found.skipped) == (["bo"], False)


def test_skipping_the_only_one_asks_nobody_and_no_stand_in() -> None:
    found = _ask("skip", fallback=ADMIN)

    assert (people(found), found.skipped, found.fallback) == ([], True, False)


def test_skipping_does_not_hide_that_nobody_was_found_at_all() -> None:
    found = _ask("skip", {"role": "nobody"}, fallback=ADMIN)

    assert (people(found), found.skipped, found.fallback) == (["dai"], False, True)


def test_whoever_takes_the_place_is_told_why_and_has_the_same_weight() -> None:
    [head] = _ask("superior", {"person": "an", "weight": 2}).candidates

    assert (head.person, head.weight, head.reason.zh) == ("head", 2, "小安的上级，代替本人审批")


def test_the_first_place_counts_when_the_superior_was_asked_anyway() -> None:
    assert people(_ask("superior", {"person": "an"}, {"person": "bo"}, {"person": "head"})) == ["head", "bo"]


def test_a_superior_who_left_is_replaced_by_the_next_one_up() -> None:
    assert people(_ask("superior", plant=without("head"))) == ["boss"]


@pytest.mark.parametrize(
    ("initiator", "plant", "asked"),
    [
        ("cai", PLANT, "head"),  # the head of his department
        ("head", PLANT, "boss"),  # is the head
        ("cai", without("head"), "boss"),  # the head left
        ("an", PLANT, "head"),  # the department has no head
    ],
)
def test_without_a_head_of_department_it_is_the_superior(initiator: str, plant: Organisation, asked: str) -> None:
    assert people(_ask("department_head", initiator=initiator, plant=plant)) == [asked]


@pytest.mark.parametrize("rule", ["superior", "department_head"])
def test_with_nobody_above_the_stand_ins_decide(rule: str) -> None:
    found = _ask(rule, initiator="boss", fallback=ADMIN)

    assert (people(found), found.fallback) == (["dai"], True)


def test_with_nobody_above_one_stand_in_takes_the_place_among_others() -> None:
    found = _ask("superior", {"person": "boss"}, {"person": "bo"}, initiator="boss", fallback=ADMIN)

    assert (people(found), found.fallback) == (["dai", "bo"], False)


def test_with_nobody_above_and_no_stand_in_the_place_is_empty() -> None:
    assert people(_ask("superior", {"person": "boss"}, {"person": "bo"}, initiator="boss")) == ["bo"]


def test_the_initiator_stands_in_for_nobody_on_their_own_request() -> None:
    stand_ins = (*ADMIN, Who(person="boss"))

    assert people(_ask("superior", {"role": "nobody"}, initiator="dai", fallback=stand_ins)) == ["boss"]


def test_a_superior_who_is_away_has_an_agent_who_is_not_the_initiator() -> None:
    [to_bo] = _ask("superior", absences=[away("head", "bo")]).candidates
    [to_the_initiator] = _ask("superior", absences=[away("head", "an")]).candidates

    assert (to_bo.person, to_bo.agent) == ("head", "bo")
    assert (to_the_initiator.person, to_the_initiator.agent) == ("head", None)


def test_the_rule_is_told_in_words() -> None:
    assert "发起人不审批自己的申请，改由上级 主管" in "\n".join(_ask("superior").trace)
    assert "the superior 主管 does" in "\n".join(_ask("superior").trace)
