"""Running instances and a new release: sorted as the corpus in `moves` says, moved, and played to their end."""

import pytest

from postroad.model.decision import Verdict
from postroad.model.move import Edition, Fitness
from postroad.process import rights
from postroad.process.renaming import FORGOTTEN, RENAMED, UNCHANGED
from postroad.process.state import State
from postroad.process.tree import Tree
from tests.process.moving import MoveCase, Mover, cases, codes, edition, played
from tests.process.staging import approval, definition, task_elsewhere

CORPUS = cases()
SAFE = {name: case for name, case in CORPUS.items() if case.expect.verdict is Fitness.SAFE}
REFUSED = {name: case for name, case in CORPUS.items() if name not in SAFE}


@pytest.mark.parametrize("case", CORPUS.values(), ids=list(CORPUS))
def test_an_instance_is_sorted_as_expected(case: MoveCase) -> None:
    considered = played(case).consider(case.after, case.mapping)

    reasons, changes = codes(considered)
    assert (considered.verdict, reasons) == (case.expect.verdict, case.expect.reasons)
    assert case.expect.changes in {None, changes}


@pytest.mark.parametrize("case", SAFE.values(), ids=list(SAFE))
def test_what_is_called_safe_moves_and_comes_to_its_end(case: MoveCase) -> None:
    mover = played(case)
    result = mover.move(case.after, case.mapping)
    asked, before = tuple(mover.asked), len(mover.asked_for)
    mover.finish()

    assert result.answer is not None
    assert result.answer.verdict is Verdict.ACCEPTED
    assert mover.state.outcome == case.outcome
    assert case.then in {None, asked}
    assert case.done in {None, tuple(key for key in mover.asked_for[before:] if not key.startswith("@"))}


@pytest.mark.parametrize("case", REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_move_stays_as_it_was_and_is_told_why(case: MoveCase) -> None:
    mover = played(case)
    before = mover.state.model_dump_json()

    result = mover.move(case.after, case.mapping)

    assert result.answer is not None
    assert result.answer.verdict is Verdict.FORBIDDEN
    assert all(
        reason.text.zh in result.answer.message.zh for reason in mover.consider(case.after, case.mapping).reasons
    )
    assert mover.state.model_dump_json() == before


def test_a_task_from_before_a_rename_still_counts_and_is_known_by_its_id() -> None:
    mover = Mover(edition(1, approval("one", "a")))
    before = mover.task_of("a")
    mover.move(edition(2, approval("first", "a"), approval("one", "b")), {"one": "first"})
    answer = mover.click("a", "approve", task=before)

    assert (answer.verdict, mover.tasks[before].node) == (Verdict.ACCEPTED, "first")
    assert mover.task_of("b") != before
    mover.finish()


def test_a_step_that_gets_the_name_of_another_never_shares_a_task_with_it() -> None:
    mover = Mover(edition(1, approval("one", "a"), approval("two", "b")))
    first = mover.task_of("a")
    mover.move(edition(2, approval("two", "a"), approval("one", "b")), {"one": "two", "two": "one"})
    mover.click("a", "approve", task=first)
    second = mover.task_of("b")
    mover.finish()

    assert first == "order:erp:O-1:1/one/1/1"
    assert second == "order:erp:O-1:1/one/2/1"


def test_there_and_back_again_leaves_the_instance_as_it_was() -> None:
    first, second = edition(1, approval("one", "a")), edition(2, approval("first", "a"))
    mover = Mover(first)
    task = mover.task_of("a")
    mover.move(second, {"one": "first"}, order="there")
    mover.move(first, {"first": "one"}, order="back")

    assert mover.click("a", "approve", task=task).verdict is Verdict.ACCEPTED
    assert mover.state.outcome == "approved"


def test_a_suspended_instance_moves_unless_steps_wait_for_its_resumption() -> None:
    before, after = edition(1, approval("boss", "a")), edition(2, approval("boss", "a"), approval("last", "b"))
    quiet, due = Mover(before), Mover(before)
    for mover in (quiet, due):
        mover.admin("suspend")
    due.admin("jump", node="boss")

    assert (quiet.consider(after).verdict, codes(due.consider(after))[0]) == (Fitness.SAFE, ("due",))


def test_an_order_is_carried_out_once_and_has_one_outcome() -> None:
    mover, to = Mover(edition(1, approval("one", "a"))), edition(2, approval("one", "a"), approval("two", "b"))
    first, before = mover.move(to), mover.state
    second = mover.move(to)

    assert (first.answer and first.answer.verdict, second.answer and second.answer.verdict) == (
        Verdict.ACCEPTED,
        Verdict.DUPLICATE,
    )
    assert mover.state is before


def test_the_story_says_who_moved_it_and_why() -> None:
    mover = Mover(edition(1, approval("one", "a")))
    mover.move(edition(2, approval("one", "a")))

    (line,) = [line for line in mover.lines if line.kind == "moved"]
    assert (line.person, line.text.zh) == ("admin", "迁移到新版本 order@2（原 order@1）：流程改版")


def test_only_tasks_that_look_different_are_shown_anew() -> None:
    mover = Mover(edition(1, {"parallel": "both", "branches": [[approval("one", "a")], [approval("two", "b")]]}))
    new = {"parallel": "both", "branches": [[approval("one", "a", allow=["transfer"])], [approval("two", "b")]]}
    result = mover.move(edition(2, new))

    assert result.record is not None
    assert [task.person for task in result.record.tasks] == ["a"]
    assert result.record.instance.release == "order@2"


def test_who_sees_other_fields_after_the_move_decides_on_the_form_as_it_is_shown_then() -> None:
    mover = Mover(edition(1, approval("one", "a")))
    seen = mover.tasks[mover.task_of("a")].form_hash
    mover.move(edition(2, approval("one", "a", fields={"amount": "hidden"})))
    stale = mover.click("a", "approve", form=seen)
    fresh = mover.click("a", "approve", form=mover.tasks[mover.task_of("a")].form_hash)

    assert (stale.verdict, fresh.verdict) == (Verdict.STALE_FORM, Verdict.ACCEPTED)


def test_what_was_done_at_a_step_that_is_gone_is_still_named_at_the_end() -> None:
    mover = Mover(edition(1, task_elsewhere("book"), approval("one", "a")))
    mover.confirm()
    mover.move(edition(2, approval("one", "a")))
    mover.admin("terminate")

    assert mover.said("stays") == ["保留在业务系统中，未撤销：“book”"]


def test_what_was_hidden_at_a_step_that_is_gone_stays_hidden() -> None:
    mover = Mover(edition(1, approval("one", "a", fields={"amount": "hidden"}), approval("two", "b")))
    task = mover.task_of("a")
    mover.click("a", "approve")
    mover.move(edition(2, approval("two", "b")))

    assert "hidden" in mover.tasks[task].fields.values()
    assert rights.at(Tree(mover.process), "one") == {"*": "hidden"}


def test_nobody_is_moved_while_an_approval_is_being_revoked() -> None:
    before = Edition(release="order@1", process=definition(approval("one", "a"), revoke="9d"))
    mover = Mover(before)
    mover.click("a", "approve")
    ended = mover.consider(edition(2, approval("one", "a"), approval("two", "b")))
    mover.click("li", "revoke", task=mover.state.instance)
    asked = mover.consider(edition(2, approval("one", "a"), approval("two", "b")))

    assert (codes(ended)[0], codes(asked)[0]) == (("over",), ("revoking",))


def test_every_field_of_the_state_is_moved_knowingly() -> None:
    assert UNCHANGED | set(RENAMED) | FORGOTTEN | {"release"} == set(State.model_fields)
