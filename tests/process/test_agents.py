"""R21: what people read and what other systems are told when somebody acts for another."""

from typing import Any

from postroad.model.absence import Absence
from postroad.model.decision import Signers, Verdict
from postroad.model.people import StandIn
from postroad.process.state import State
from tests.process.staging import MONDAY, Instance, approval, definition, duration, write_back

AWAY = {"from": MONDAY, "to": MONDAY + duration("7d")}
E = StandIn(person="e", name="E")


def _away(principal: str, agent: str) -> Absence:
    return Absence.model_validate({"id": principal, "principal": principal, "agent": agent, **AWAY})


def _asked(*people: str, absences: tuple[Absence, ...] = (_away("a", "e"),), **more: Any) -> Instance:
    return Instance(definition(approval("ask", *people, **more), write_back()), absences=absences)


def test_the_task_is_the_persons_and_says_who_may_act_for_them() -> None:
    play = _asked("a")
    task = play.tasks[play.task_of("a")]

    assert (task.person, task.agent, task.agent_name) == ("a", "e", "E")
    assert task.reason is not None
    assert task.reason.zh == "指定人员（E 代 A）"
    assert play.view.waiting_for == "A（E 代）：ask"


def test_the_story_says_who_may_act_for_those_who_are_reminded() -> None:
    play = _asked("a", "b", deadline={"after": "1d", "ladder": ["remind"]})
    play.click("li", "urge", task=play.state.instance)
    play.let_pass("1d")

    assert (play.said("urged"), play.said("reminded")) == (["催办 A（E 代）、B"], ["超时提醒 A（E 代）、B"])


def test_a_decision_by_the_agent_is_recorded_as_such() -> None:
    play = _asked("a")
    task = play.task_of("a")
    play.click("e", "approve", task=task, opinion="可以")

    assert (play.tasks[task].person, play.tasks[task].decided_by) == ("a", "e")
    line = next(line for line in play.lines if line.kind == "clicked")
    assert (line.person, line.text.zh, line.data["principal"]) == ("e", "代 A 已同意", "a")


def test_the_business_system_is_told_who_really_decided() -> None:
    play = _asked("a")
    play.click("e", "approve", task=play.task_of("a"), opinion="可以")
    actor = play.state.deeds["write/1"].intent.actor

    assert actor is not None
    assert (actor.person, actor.name) == ("e", "E 代 A")


def test_the_others_read_who_decided_for_whom() -> None:
    play = _asked("a", "b", mode="any")
    late = play.task_of("b")
    play.click("e", "approve", task=play.task_of("a"))

    assert str(play.tasks[late].cause) == "已由 E 代 A 决定"
    assert play.click("a", "approve", task="order:erp:O-1:1/ask/1/1").message.zh == "E 代 A 已同意，不能再改"


def test_an_agent_has_a_part_and_is_given_no_other() -> None:
    play = _asked("a", "b")

    assert play.admin("reassign", task=play.task_of("b"), to="e").verdict is Verdict.FORBIDDEN
    assert play.admin("reassign", task=play.task_of("a"), to="e").verdict is Verdict.ACCEPTED


def test_the_initiator_never_acts_for_one_who_is_drawn_in() -> None:
    play = _asked("b", absences=())
    task = play.task_of("b")
    play.press("b", "transfer", task=task, to="a", to_name="A", to_agent=StandIn(person="li", name="LI"))

    assert play.tasks[play.task_of("a")].agent is None


def test_those_who_are_added_have_agents_too() -> None:
    play = _asked("b", absences=())
    added = Signers(place="before", people=("a",), names={"a": "A"}, agents={"a": E})
    play.press("b", "add_signers", task=play.task_of("b"), signers=added)
    answer = play.click("e", "approve", task=play.task_of("a"))

    assert answer.verdict is Verdict.ACCEPTED


def test_an_absence_that_begins_gives_an_open_task_an_agent_until_it_ends() -> None:
    play = _asked("a", absences=())
    task = play.task_of("a")
    play.admin("stand_in", task=task, to="e", to_name="E")
    assert (play.tasks[task].agent, play.said("agent")) == ("e", ["E 代 A（出差）"])

    play.admin("stand_in", task=task)
    assert (play.tasks[task].agent, play.tasks[task].former_agents) == (None, ("e",))
    assert play.click("e", "approve", task=task).verdict is Verdict.FORBIDDEN


def test_an_agent_that_is_known_already_is_no_news() -> None:
    play = _asked("a")
    before = len(play.lines)
    play.admin("stand_in", task=play.task_of("a"), to="e", to_name="E")

    assert len(play.lines) == before


def test_nobody_becomes_an_agent_who_has_a_part_or_started_it() -> None:
    play = _asked("a", "b", absences=())

    for agent in ("a", "b", "li"):
        answer = play.admin("stand_in", task=play.task_of("a"), to=agent)
        assert answer.verdict is Verdict.FORBIDDEN


def test_what_goes_back_to_the_initiator_is_nobody_elses() -> None:
    play = _asked("a", absences=(), reject="to_initiator")
    play.click("a", "reject", opinion="再看")
    play.confirm()

    assert play.admin("stand_in", task=play.task_of("li"), to="e").verdict is Verdict.FORBIDDEN


def test_a_copy_is_the_persons_own() -> None:
    play = Instance(definition({"cc": "copy", "who": {"person": "a"}}), absences=(_away("a", "e"),))

    assert [task.agent for task in play.tasks.values()] == [None]


def test_who_acted_survives_as_json() -> None:
    play = _asked("a", "b")
    play.click("e", "approve", task=play.task_of("a"))

    assert State.model_validate_json(play.state.model_dump_json()) == play.state
