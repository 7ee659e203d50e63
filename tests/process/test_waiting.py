"""What people see of a task that is neither over nor their turn."""

from postroad.model.decision import Click, Signers
from postroad.model.task import TaskState
from postroad.process.events import Clicked
from tests.process.staging import Instance, approval, definition


def added(play: Instance, person: str, place: str, *people: str) -> None:
    signers = Signers.model_validate({"place": place, "people": people, "names": {one: one.upper() for one in people}})
    task = play.task_of(person)
    play.feed(
        Clicked(
            at=play.now,
            click=Click(id="add", task=task, actor=person, action="add_signers", signers=signers, at=play.now),  # type: ignore[arg-type]  # an enum by its value
        )
    )


def waits(play: Instance, task: str) -> tuple[TaskState, str]:
    return play.tasks[task].state, str(play.tasks[task].cause)


def test_in_a_sequence_the_later_ones_wait_and_are_not_on_the_list() -> None:
    play = Instance(definition(approval("line", "a", "b", mode="sequence")))

    assert play.asked == ["line:a"]
    assert waits(play, play.task_of("b")) == (TaskState.WAITING, "等待前面的人先决定")


def test_who_added_people_before_waits_for_them_by_name() -> None:
    play = Instance(definition(approval("boss", "a")))
    task = play.task_of("a")
    added(play, "a", "before", "c", "d")

    assert waits(play, task) == (TaskState.WAITING, "等待加签人 C、D")
    assert play.asked == ["boss:c", "boss:d"]


def test_who_approved_and_added_people_after_sees_for_whom_it_waits() -> None:
    play = Instance(definition(approval("boss", "a")))
    task = play.task_of("a")
    added(play, "a", "after", "c")
    play.click("a", "approve")

    assert waits(play, task) == (TaskState.WAITING, "已同意，等待加签人 C")


def test_who_asked_for_an_opinion_waits_for_it() -> None:
    play = Instance(definition(approval("boss", "a")))
    task = play.task_of("a")
    play.click("a", "delegate", to="c")

    assert waits(play, task) == (TaskState.WAITING, "等待 c 的意见")
    assert [str(action) for action in play.tasks[task].actions] == ["recall"]


def test_a_task_that_can_only_be_claimed_asks_for_no_words() -> None:
    play = Instance(definition(approval("pool", "a", "b", assign="claim")))
    before = play.tasks[play.task_of("a")].opinion_needed
    play.click("a", "claim")

    assert (before, play.tasks[play.task_of("a")].opinion_needed) == (False, True)


def test_a_claimed_task_tells_the_others_who_has_it() -> None:
    play = Instance(definition(approval("pool", "a", "b", assign="claim")))
    task = play.task_of("a")
    play.click("b", "claim")

    assert waits(play, task) == (TaskState.WAITING, "已由 B 认领")
