import pytest

from postroad.model.decision import Verdict
from postroad.model.task import TaskState
from tests.process.staging import Instance, approval, definition


@pytest.fixture
def play() -> Instance:
    return Instance(definition(approval("boss", "a", "b")))


def test_a_task_is_reassigned_with_a_reason_that_the_story_keeps(play: Instance) -> None:
    task = play.task_of("a")
    answer = play.admin("reassign", task=task, to="c", data={"to_name": "C"})

    assert (answer.verdict, play.asked) == (Verdict.ACCEPTED, ["boss:b", "boss:c"])
    assert (play.tasks[task].state, play.tasks[task].action) == (TaskState.CANCELLED, None)
    assert play.said("admin_reassign") == ["管理员：改派给 C（出差）"]


def test_one_from_whom_a_task_was_taken_is_told_so(play: Instance) -> None:
    task = play.task_of("a")
    play.admin("reassign", task=task, to="c")
    answer = play.click("a", "approve", task=task)

    assert (answer.verdict, answer.message.zh) == (Verdict.LATE, "管理员已改派")


def test_the_same_act_twice_is_done_once(play: Instance) -> None:
    task = play.task_of("a")
    play.admin("reassign", press="x", task=task, to="c")
    before = play.state
    again = play.admin("reassign", press="x", task=task, to="c")

    assert (again.verdict, again.first, play.state) == (Verdict.DUPLICATE, Verdict.ACCEPTED, before)


@pytest.mark.parametrize("to", ["a", "b", None])
def test_nobody_gets_a_task_that_he_has(play: Instance, to: str | None) -> None:
    assert play.admin("reassign", task=play.task_of("a"), to=to).verdict is Verdict.FORBIDDEN


def test_a_decided_task_cannot_be_reassigned(play: Instance) -> None:
    task = play.task_of("a")
    play.click("a", "approve")

    assert play.admin("reassign", task=task, to="c").verdict is Verdict.LATE
    assert play.admin("reassign", task="nonsense", to="c").verdict is Verdict.FORBIDDEN


def test_a_task_to_submit_again_can_be_given_to_somebody_who_is_there() -> None:
    play = Instance(definition(approval("boss", "a", reject="to_initiator")))
    play.click("a", "reject", opinion="改")
    play.confirm()
    play.admin("reassign", task=play.task_of("li"), to="c")
    play.click("c", "resubmit")
    play.confirm()

    assert play.asked == ["boss:a"]


@pytest.mark.parametrize("act", ["withdraw", "nudge", "reassign", "event"])
def test_after_the_end_every_act_is_late(play: Instance, act: str) -> None:
    play.click("a", "approve")
    play.click("b", "approve")

    assert play.admin(act).verdict is Verdict.LATE


def test_who_no_longer_asks_somebody_says_so_in_his_own_words(play: Instance) -> None:
    play.press("a", "add_signers", task=play.task_of("a"), signers={"place": "parallel", "people": ["c"]})
    play.press("a", "remove_signer", task=play.task_of("a"), to="c", opinion="不必了", channel="dingtalk")

    line = next(line for line in play.lines if line.kind == "removed")
    assert (line.person, line.data["opinion"], line.data["channel"]) == ("a", "不必了", "dingtalk")
