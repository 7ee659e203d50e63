"""What holds for whoever is asked, whoever is away, and whatever the rules say."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from postroad.model.absence import Absence
from postroad.model.people import SelfApproval, Who
from tests.directory.plant import PLANT, ask, away, people, without

NAMES = [person.id for person in PLANT.people]
name = st.sampled_from(NAMES)
absences = st.lists(
    st.tuples(name, name).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: away(*pair)),
    unique_by=lambda absence: absence.principal,
)
whom = st.lists(
    st.one_of(
        name.map(lambda one: {"person": one}),
        st.sampled_from(
            [{"members_of": "service"}, {"role": "fitter"}, {"skill": "welding"}, {"superior_of": "initiator"}]
        ),
    ),
    min_size=1,
    max_size=4,
)
rule = st.sampled_from([None, *get_args(SelfApproval)])
gone = st.sets(name, max_size=3)


@given(whom, absences, name, gone)
def test_absences_change_who_may_act_and_never_whose_task_it_is(
    who: list[dict[str, str]], out: list[Absence], initiator: str, left: set[str]
) -> None:
    plant = without(*left)
    nobody_away, some_away = (ask(*who, initiator=initiator, plant=plant, absences=one) for one in ((), out))

    assert people(nobody_away) == people(some_away)
    assert all(one.agent is None for one in nobody_away.candidates)


@given(whom, absences, name, gone, rule)
def test_an_agent_is_there_and_is_neither_the_initiator_nor_the_principal(
    who: list[dict[str, str]], out: list[Absence], initiator: str, left: set[str], own: SelfApproval | None
) -> None:
    found = ask(*who, initiator=initiator, plant=without(*left), absences=out, self_approval=own)
    agents = {(one.person, one.agent) for one in found.candidates if one.agent}

    assert not {agent for _, agent in agents} & {initiator, *left, *(absence.principal for absence in out)}
    assert all(principal != agent for principal, agent in agents)


@given(whom, absences, name, gone, rule)
def test_everybody_is_asked_once_is_there_and_is_not_the_initiator_where_a_rule_forbids_it(
    who: list[dict[str, str]], out: list[Absence], initiator: str, left: set[str], own: SelfApproval | None
) -> None:
    stand_ins = (Who(role="admin"), Who(person="boss"))
    found = ask(*who, initiator=initiator, plant=without(*left), absences=out, self_approval=own, fallback=stand_ins)

    assert len(people(found)) == len(set(people(found)))
    assert not left & set(people(found))
    assert own in {None, "self"} or initiator not in people(found)
    assert not (found.skipped and found.candidates)


@given(whom, absences, name, rule)
def test_the_same_question_has_the_same_answer(
    who: list[dict[str, str]], out: list[Absence], initiator: str, own: SelfApproval | None
) -> None:
    first, second = (ask(*who, initiator=initiator, absences=out, self_approval=own) for _ in range(2))

    assert first == second
