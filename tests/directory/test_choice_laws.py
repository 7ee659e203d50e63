"""What holds for every choice, whoever is there and however much they have to do."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from postroad.directory import choose, shortlist
from postroad.model.assignment import Load, Shortlist, Trace
from postroad.model.people import Who
from postroad.model.strategy import LADDER
from tests.directory.plant import NOON, PLANT, away, without

NAMES = [person.id for person in PLANT.people]
name = st.sampled_from(NAMES)
group = st.sampled_from([{"role": "fitter"}, {"members_of": "plant"}, {"position": "焊工"}, {}])
strategy = st.sampled_from(
    [
        {"strategy": "highest_skill"},
        {"strategy": "least_loaded"},
        {"strategy": "round_robin"},
        {"strategy": "sticky", "same": "{customer}"},
        {"strategy": "weighted", "weights": {"skill": 2, "load": 1, "recency": 1}},
    ]
)
ladder = st.lists(st.sampled_from(LADDER), unique=True)
hours_ago = st.none() | st.integers(0, 5).map(lambda hours: NOON - timedelta(hours=hours))
load = st.builds(Load, tasks=st.integers(0, 4), minutes=st.integers(0, 4).map(lambda n: n * 30), last_at=hours_ago)
loads = st.dictionaries(name, load)


@st.composite
def shortlists(draw: st.DrawFn) -> Shortlist:
    plant = without(*draw(st.sets(name, max_size=3)))
    full = draw(st.sets(name))
    people = tuple(p.model_copy(update={"max_open_tasks": 2} if p.id in full else {}) for p in plant.people)
    said: dict[str, Any] = {**draw(group), **draw(strategy), "skill": "welding", "otherwise": draw(ladder)}
    apart = draw(st.sampled_from([(), ("initiator",), ("check",)]))
    pairs = draw(st.lists(st.tuples(name, name).filter(lambda pair: pair[0] != pair[1]), unique_by=lambda one: one[0]))
    return shortlist(
        Who.model_validate({**said, "apart_from": apart}),
        owner=Who(person="boss"),
        initiator=draw(name),
        variables={"customer": "K1"},
        organisation=plant.model_copy(update={"people": people}),
        fallback=(Who(person="boss"),),
        absences=[away(*pair) for pair in pairs],
        at=NOON,
        process="repair",
        done_by={"check": draw(st.lists(name, max_size=2))},
    )


@given(shortlists(), loads, st.none() | name)
def test_the_same_choice_is_made_again_from_its_trace(
    short: Shortlist, given: dict[str, Load], before: str | None
) -> None:
    told = Trace(shortlist=short, loads=given, before=before, choice=choose(short, given, before)).model_dump_json()
    again = Trace.model_validate_json(told)

    assert choose(again.shortlist, again.loads, again.before) == again.choice


@given(shortlists(), loads, st.none() | name)
def test_nobody_is_chosen_who_is_excluded_and_everybody_excluded_is_told_why(
    short: Shortlist, given: dict[str, Load], before: str | None
) -> None:
    choice = choose(short, given, before)
    barred = {one.person for one in choice.ranking if one.excluded and one.agent is None}
    meant = {one.person for one in short.contenders}

    assert choice.step != "meant" or not barred & {one.person for one in choice.people}
    assert meant <= {one.person for one in choice.ranking}
    assert choice.step == "meant" or meant <= barred


@given(shortlists(), loads, st.none() | name)
def test_exactly_one_is_chosen_but_for_the_queue_and_the_owners(
    short: Shortlist, given: dict[str, Load], before: str | None
) -> None:
    choice = choose(short, given, before)

    assert len(choice.people) == 1 or choice.step in {"queue", "owner"}
    assert choice.people or not short.owners


@given(shortlists(), loads, st.none() | name, st.randoms())
def test_the_order_in_which_people_are_listed_does_not_matter(
    short: Shortlist, given: dict[str, Load], before: str | None, random: Any
) -> None:
    mixed = {
        name: random.sample(list(getattr(short, name)), len(getattr(short, name)))
        for name in ("contenders", "deputies", "superiors")
    }
    shuffled = short.model_copy(update={name: tuple(people) for name, people in mixed.items()})

    assert choose(shuffled, given, before).people == choose(short, given, before).people


@given(shortlists(), loads)
def test_who_is_chosen_for_having_little_to_do_has_no_more_than_any_other_who_could(
    short: Shortlist, given: dict[str, Load]
) -> None:
    choice = choose(short, given)
    able = [one.load.minutes for one in choice.ranking if one.excluded is None]

    if choice.step == "meant" and short.spec.strategy == "least_loaded":
        assert choice.ranking[0].load.minutes == min(able)
