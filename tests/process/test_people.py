import pytest

from postroad.model.decision import Verdict
from postroad.model.people import Organisation
from postroad.model.task import TaskKind, TaskState
from tests.process.staging import NOBODY, OFFICE, Instance, actions_of, approval, definition, task_elsewhere

ONLY_OWNER = Organisation(people=OFFICE.people, roles=OFFICE.roles[:1])


def test_work_is_reported_done_with_the_fields_it_asks_for() -> None:
    play = Instance(
        definition({"work": "receive", "who": {"person": "a"}, "fields": ["quantity"]}, approval("boss", "b"))
    )
    missing = play.click("a", "complete", quantity=" ")
    done = play.click("a", "complete", quantity=3, secret="x")

    assert (missing.verdict, missing.message.zh) == (Verdict.FORBIDDEN, "请填写 quantity")
    assert (done.verdict, play.asked) == (Verdict.ACCEPTED, ["boss:b"])
    assert play.state.variables["quantity"] == 3
    assert "secret" not in play.state.variables


def test_work_cannot_be_approved_or_rejected_but_handed_over() -> None:
    play = Instance(definition({"work": "receive", "who": {"person": "a"}}))

    assert actions_of(play, play.task_of("a")) == ["complete", "transfer"]


def test_a_copy_informs_and_never_blocks() -> None:
    play = Instance(definition({"cc": "told", "who": [{"person": "a"}, {"person": "b"}]}, approval("boss", "c")))
    copies = [task for task in play.tasks.values() if task.kind is TaskKind.CC]

    assert [(task.person, task.state, task.actions) for task in copies] == [("a", "done", ()), ("b", "done", ())]
    assert play.asked == ["boss:c"]


@pytest.mark.parametrize("who", [{"role": "nobody_has"}, {"from": "not.there"}, {"person": "stranger"}])
def test_a_copy_to_nobody_stops_nothing(who: dict[str, str]) -> None:
    assert Instance(definition({"cc": "told", "who": who}, approval("boss", "c"))).asked == ["boss:c"]


def test_a_copy_whose_condition_cannot_be_decided_stops_nothing() -> None:
    play = Instance(
        definition({"cc": "told", "who": {"person": "a"}, "when": {"colour": "red"}}, approval("boss", "c"))
    )

    assert play.asked == ["boss:c"]
    assert len(play.said("not_told")) == 1


def test_where_nobody_is_found_an_administrator_stands_in() -> None:
    play = Instance(definition(approval("boss", "stranger"), approval("last", "a")))
    assert play.asked == ["boss:admin"]

    play.click("admin", "approve")
    assert play.asked == ["last:a"]


def test_without_an_administrator_it_is_the_owner() -> None:
    assert Instance(definition(approval("boss", "stranger")), office=ONLY_OWNER).asked == ["boss:owner"]


def test_with_nobody_at_all_the_trouble_is_held_until_somebody_is_there() -> None:
    play = Instance(definition(approval("boss", "a")), office=NOBODY)
    assert (play.asked, play.state.status) == ([], "troubled")

    play.office = OFFICE
    assert play.admin("nudge").verdict is Verdict.ACCEPTED
    assert play.asked == ["boss!:owner"]

    play.click("owner", "retry")
    assert play.asked == ["boss:a"]


def test_a_missing_approver_can_be_looked_for_again_but_never_skipped() -> None:
    play = Instance(definition(approval("boss", "a")), office=NOBODY)
    play.office = OFFICE
    play.admin("nudge")

    assert actions_of(play, play.task_of("owner")) == ["retry"]


def test_a_nudge_with_nothing_to_nudge_says_so() -> None:
    assert Instance(definition(approval("boss", "a"))).admin("nudge").verdict is Verdict.FORBIDDEN


def test_of_two_owners_the_first_to_act_settles_a_trouble() -> None:
    play = Instance(
        definition(approval("boss", "a", when={"colour": "red"}), owner={"role": "keeper"}), office=keepers()
    )
    task = play.task_of("c")
    play.click("b", "retry")

    assert play.tasks[task].state is TaskState.CANCELLED
    assert play.asked == ["boss!:b", "boss!:c"]


def keepers() -> Organisation:
    roles = ({"role": "keeper", "person": "b"}, {"role": "keeper", "person": "c"})
    return Organisation.model_validate({"people": OFFICE.people, "roles": roles})


def test_an_effect_for_somebody_who_cannot_be_found_is_a_trouble() -> None:
    steps = task_elsewhere("follow", assignee={"person": "stranger"}, args={"for": "{assignee.person}"})
    play = Instance(definition(steps), office=NOBODY)

    assert (play.effects, play.state.status) == ([], "troubled")
