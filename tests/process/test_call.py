from typing import Any

import pytest

from postroad.model.call import Caller
from postroad.model.document import DocumentRef
from postroad.model.label import Label
from postroad.model.process import Process
from postroad.process.advance import advance, begin
from postroad.process.calling import DEEPEST
from postroad.process.commands import CallProcess
from postroad.process.events import CalledOff, Started
from postroad.process.sound import problems
from tests.process.staging import MONDAY, Instance, approval, definition, task_elsewhere

CALLER = Caller(
    instance="order:erp:O-1:1",
    key="quality/1",
    title=Label.of("采购"),
    document=DocumentRef(system="erp", kind="order", id="O-1"),
    depth=1,
    initiator="li",
)


def call(name: str = "quality", **more: Any) -> dict[str, Any]:
    return {"call": name, "process": "quality-check", **more}


def checked(*before: dict[str, Any], **more: Any) -> Process:
    """Something before, a quality check by another process, and an approval."""
    return definition(*before, call(**more), approval("last", "a"))


def asked_to_call(play: Instance) -> list[CallProcess]:
    return [command for command in play.state.pending.values() if isinstance(command, CallProcess)]


def test_a_process_is_called_with_what_it_is_to_know_and_waited_for() -> None:
    play = Instance(checked(document="{number}-Q", inputs={"supplier": "vendor.name"}), vendor={"name": "ACME"})
    (asked,) = asked_to_call(play)
    play.begun("quality/1")

    assert (asked.process, asked.document, asked.inputs) == ("quality-check", "O-1-Q", {"supplier": "ACME"})
    assert play.asked == []


def test_its_outcome_is_a_variable_from_then_on() -> None:
    passed = approval("release", "b", when={"quality.outcome": "passed"})
    play = Instance(definition(call(), passed))
    play.begun("quality/1")
    play.ended("quality/1", "passed")

    assert play.asked == ["release:b"]
    assert play.said("called") == ["已发起“quality”"]


def test_a_process_that_is_not_waited_for_holds_up_nothing() -> None:
    play = Instance(checked(document="{number}-Q", wait=False))
    play.begun("quality/1")

    assert play.asked == ["last:a"]
    assert play.state.variables["quality"] == {"instance": "called:quality/1"}


def test_an_end_that_is_told_twice_or_before_the_beginning_is_known_counts_once() -> None:
    play = Instance(checked())
    play.ended("quality/1", "passed")
    before = play.asked
    play.begun("quality/1")
    play.ended("quality/1", "passed")

    assert (before, play.asked) == ([], ["last:a"])
    assert len(play.said("call_over")) == 1


@pytest.mark.parametrize("how", ["not published", "failed"])
def test_a_process_that_cannot_begin_or_fails_is_a_trouble_with_a_way_on(how: str) -> None:
    play = Instance(checked())
    if how == "failed":
        play.begun("quality/1")
        play.ended("quality/1", failed=True, cause="terminated")
    else:
        play.fail("quality/1", "没有发布过流程 quality-check")
    asked = play.asked
    play.click("owner", "retry")
    again = [command.key for command in asked_to_call(play)]
    play.fail("quality/2")
    play.click("owner", "skip")

    assert (asked, again, play.asked) == (["quality!:owner"], ["quality/2"], ["last:a"])
    assert play.state.variables["quality"]["outcome"] == "skipped"


def test_the_way_back_waits_until_what_was_called_off_has_undone_what_it_did() -> None:
    fork = {"parallel": "fork", "branches": [[call()], [approval("beside", "b")]]}
    play = Instance(definition(approval("first", "a"), fork))
    play.click("a", "approve")
    play.begun("quality/1")
    play.press("b", "return", task=play.task_of("b"), target="first", opinion="重来")
    told = [*play.state.pending]
    play.told_off("quality/1:off")
    before = play.asked
    play.ended("quality/1", "called_off")

    assert (told, before, play.asked) == (["quality/1:off"], [], ["first:a"])


def test_a_process_that_begins_after_its_node_was_left_is_called_off_at_once() -> None:
    play = Instance(checked())
    play.withdraw()
    play.begun("quality/1")
    play.told_off("quality/1:off")
    before = play.outcome
    play.ended("quality/1", "called_off")
    play.confirm()

    assert (before, play.outcome) == (None, "withdrawn")


def test_branches_that_are_no_longer_needed_call_theirs_off_and_hold_up_nothing() -> None:
    fork = {"parallel": "fork", "join": "any", "branches": [[call()], [approval("beside", "b")]]}
    play = Instance(definition(fork, approval("last", "a")))
    play.begun("quality/1")
    play.click("b", "approve")

    assert play.asked == ["last:a"]
    assert play.said("called_off") == ["取消“quality”"]


def test_one_that_goes_its_own_way_and_begins_when_its_caller_is_about_to_end_holds_it_up_no_longer() -> None:
    own = call(document="{number}-Q", wait=False)
    fork = {"parallel": "fork", "branches": [[own], [{"end": "stop", "outcome": "stopped"}]]}
    play = Instance(definition(fork))
    before = play.outcome
    play.begun("quality/1")

    assert (before, play.outcome) == (None, "stopped")


def test_one_that_goes_its_own_way_and_begins_when_something_went_back_past_it_holds_that_up_no_longer() -> None:
    own = call(document="{number}-Q", wait=False)
    fork = {"parallel": "fork", "branches": [[own], [approval("beside", "b")]]}
    play = Instance(definition(approval("first", "a"), fork))
    play.click("a", "approve")
    play.press("b", "return", task=play.task_of("b"), target="first", opinion="重来")
    before = play.asked
    play.begun("quality/1")

    assert (before, play.asked) == ([], ["first:a"])


def test_a_termination_calls_it_off_and_does_not_wait_for_it() -> None:
    play = Instance(checked())
    play.begun("quality/1")
    play.admin("terminate")
    play.told_off("quality/1:off")

    assert play.outcome == "terminated"


def test_nobody_takes_back_what_led_to_a_process_that_ended_well() -> None:
    play = Instance(definition(approval("first", "b"), call(), approval("last", "a"), take_back=True))
    play.click("b", "approve")
    task = play.task_of("b")
    play.begun("quality/1")
    play.ended("quality/1", "passed")

    assert play.click("b", "take_back", task=task).verdict == "late"


def test_a_process_that_is_over_before_it_is_told_off_holds_up_no_way_back() -> None:
    play = Instance(checked())
    play.begun("quality/1")
    play.withdraw()
    play.fail("quality/1:off", "no such workflow")
    play.confirm()

    assert play.outcome == "withdrawn"


def test_what_a_called_process_did_stands_once_somebody_confirms_it_and_it_is_not_called_again() -> None:
    play = Instance(checked(approval("first", "b")))
    play.click("b", "approve")
    play.begun("quality/1")
    play.ended("quality/1", "passed")
    back = {"target": "first", "opinion": "重来"}
    refused = play.press("a", "return", task=play.task_of("a"), **back)
    play.press("a", "return", task=play.task_of("a"), **back, confirmed=True)
    play.click("b", "approve")

    assert (refused.verdict, "quality" in refused.message.zh) == ("forbidden", True)
    assert play.asked == ["last:a"]
    assert play.state.variables["quality"]["outcome"] == "passed"


def test_where_the_process_says_so_it_is_called_again() -> None:
    play = Instance(checked(approval("first", "b"), repeat=True))
    play.click("b", "approve")
    play.begun("quality/1")
    play.ended("quality/1", "passed")
    play.press("a", "return", task=play.task_of("a"), target="first", opinion="重来", confirmed=True)
    play.click("b", "approve")

    assert [command.key for command in asked_to_call(play)] == ["quality/2"]


def test_one_that_was_rejected_left_nothing_behind_and_needs_no_confirmation() -> None:
    play = Instance(checked(approval("first", "b")))
    play.click("b", "approve")
    play.begun("quality/1")
    play.ended("quality/1", "rejected")
    play.press("a", "return", task=play.task_of("a"), target="first", opinion="重来")
    play.click("b", "approve")

    assert [command.key for command in asked_to_call(play)] == ["quality/2"]


def test_what_the_called_process_did_to_the_same_document_is_nobody_elses_doing() -> None:
    play = Instance(checked())
    play.begun("quality/1")
    play.change("approved")
    play.ended("quality/1", "passed", document_state="approved")

    assert (play.outcome, play.asked) == (None, ["last:a"])


def test_an_administrator_who_moves_on_past_a_call_has_it_called_off_and_its_outcome_is_skipped() -> None:
    play = Instance(definition(call(), approval("last", "a", when={"quality.outcome": "skipped"})))
    play.begun("quality/1")
    play.admin("jump", node="last")

    assert (play.asked, play.said("called_off")) == (["last:a"], ["取消“quality”"])


def test_an_administrator_who_moves_to_a_call_under_way_has_it_made_anew_once_the_first_is_over() -> None:
    play = Instance(checked())
    play.begun("quality/1")
    play.admin("jump", node="quality")
    play.told_off("quality/1:off")
    before = asked_to_call(play)
    play.ended("quality/1", "called_off")

    assert (before, [command.key for command in asked_to_call(play)]) == ([], ["quality/2"])


def test_what_ends_while_its_caller_is_suspended_is_followed_up_when_that_goes_on() -> None:
    play = Instance(checked())
    play.begun("quality/1")
    play.admin("suspend")
    play.ended("quality/1", "passed")
    before = play.asked
    play.admin("resume")

    assert (before, play.asked) == ([], ["last:a"])


def test_a_new_submission_calls_again_what_came_to_nothing_and_not_what_ended_well() -> None:
    play = Instance(definition(call(), call("weight"), approval("last", "a", reject="to_initiator")))
    for node, outcome in (("quality", "passed"), ("weight", "rejected")):
        play.begun(f"{node}/1")
        play.ended(f"{node}/1", outcome)
    play.click("a", "reject", opinion="重来")
    play.confirm()
    play.click("li", "resubmit")
    play.confirm()

    assert [command.key for command in asked_to_call(play)] == ["weight/2"]


def test_every_item_of_a_list_may_have_a_process_of_its_own() -> None:
    each = {"each": "line", "items": "lines", "steps": [call(document="{line.sku}", inputs={"sku": "line.sku"})]}
    play = Instance(definition(each, approval("last", "a")), lines=[{"sku": "A"}, {"sku": "B"}])
    asked = [(command.key, command.document, command.inputs) for command in asked_to_call(play)]
    for key in ("quality-1/1", "quality-2/1"):
        play.begun(key)
        play.ended(key, "passed")

    assert asked == [("quality-1/1", "A", {"sku": "A"}), ("quality-2/1", "B", {"sku": "B"})]
    assert [one["quality"]["outcome"] for one in play.state.variables["line"]] == ["passed", "passed"]


def test_an_item_that_goes_back_calls_off_its_own_process_alone() -> None:
    fork = {"parallel": "fork", "branches": [[call(document="{line.sku}")], [approval("beside", "b")]]}
    each = {"each": "line", "items": "lines", "steps": [approval("first", "a"), fork]}
    play = Instance(definition(each), lines=[{"sku": "A"}, {"sku": "B"}])
    for _ in "AB":
        play.click("a", "approve")
    play.begun("quality-1/1")
    play.begun("quality-2/1")
    second = next(task.id for task in play.tasks.values() if task.node == "beside-2")
    play.press("b", "return", task=second, target="first-2", opinion="重来")
    told = [*play.state.pending]
    play.told_off("quality-2/1:off")
    play.ended("quality-2/1", "called_off")

    assert (told, play.asked) == (["quality-2/1:off"], ["beside-1:b", "first-2:a"])


def test_processes_that_call_each_other_in_a_circle_come_to_an_end_at_a_person() -> None:
    deep = begin("x", "order@1", CALLER.document, caller=CALLER.model_copy(update={"depth": DEEPEST}))
    play = Instance(checked(), state=deep)

    assert play.asked == ["quality!:owner"]
    assert f"{DEEPEST} 层" in str(play.tasks[play.task_of("owner")].cause)


def test_a_called_instance_knows_what_its_caller_gave_it() -> None:
    given = begin("x", "order@1", CALLER.document, caller=CALLER, inputs={"supplier": "ACME"})
    play = Instance(definition(approval("first", "a", when={"supplier": "ACME"})), state=given)

    assert play.asked == ["first:a"]


@pytest.mark.parametrize(("applicant", "expected"), [("wang", "wang"), ("", "li"), (None, "li")])
def test_who_initiated_the_caller_initiated_what_names_nobody_itself(applicant: str | None, expected: str) -> None:
    given = begin("x", "order@1", CALLER.document, caller=CALLER)
    play = Instance(definition(approval("first", "a")), state=given, applicant=applicant)

    assert play.state.initiator == expected


@pytest.mark.parametrize(("about", "told"), [("O-1", []), ("O-7", ["@withdrawn/1"])])
def test_called_off_it_undoes_what_it_did_and_takes_back_a_document_of_its_own_only(
    about: str, told: list[str]
) -> None:
    caller = CALLER.model_copy(update={"document": DocumentRef(system="erp", kind="order", id=about)})
    process = definition(task_elsewhere("book", undo="cancel"), approval("first", "a"))
    play = Instance(process, state=begin("x", "order@1", CALLER.document, caller=caller))
    play.confirm()
    play.feed(CalledOff(at=play.now, cause=Label.of("已退回")))
    play.confirm()

    assert (play.outcome, play.asked_for) == ("called_off", ["book/1", "book/1:undo", *told])


def test_called_off_before_it_began_it_never_begins() -> None:
    state = begin("x", "order@1", CALLER.document, caller=CALLER)
    off = advance(checked(), state, CalledOff(at=MONDAY, cause=Label.of("已退回"))).state
    started = advance(checked(), off, Started(at=MONDAY))

    assert (off.outcome, started.commands) == ("called_off", ())


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (call(process="order"), ("calls_itself", "steps[0].process")),
        (call(document="{number"), ("bad_template", "steps[0].document")),
        (call(inputs={"initiator": "buyer"}), ("taken_input", "steps[0].inputs.initiator")),
    ],
)
def test_a_call_that_cannot_be_meant_is_refused(step: dict[str, Any], expected: tuple[str, str]) -> None:
    assert [(one.code, one.place) for one in problems(definition(step), {})] == [expected]


def test_a_process_that_is_not_waited_for_needs_a_document_of_its_own() -> None:
    with pytest.raises(ValueError, match="needs a document of its own"):
        definition(call(wait=False))
