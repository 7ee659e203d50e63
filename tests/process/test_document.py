import pytest

from postroad.model.decision import Verdict
from postroad.model.event import ErpNews
from postroad.process.advance import advance, begin
from postroad.process.events import Heard, Started
from tests.process.staging import Instance, actions_of, approval, definition, task_elsewhere, write_back


@pytest.fixture
def play() -> Instance:
    return Instance(
        definition(approval("boss", "a", reject="to_initiator"), write_back(undo="reopen"), approval("last", "b"))
    )


def test_a_document_that_is_not_open_is_left_alone() -> None:
    play = Instance(definition(approval("boss", "a")), readings_wait=True)
    play.change("draft")
    play.read("@document/1")

    assert (play.outcome, play.asked) == ("not_open", [])


def test_a_document_that_is_not_there_ends_the_instance_and_says_so() -> None:
    play = Instance(definition(approval("boss", "a")), readings_wait=True)
    play.document = None
    play.read("@document/1")

    assert (play.state.status, play.outcome) == ("failed", "document_missing")


def test_a_document_that_vanishes_later_ends_it_too_after_undoing_what_was_done() -> None:
    play = Instance(definition(task_elsewhere("follow", undo="cancel"), approval("boss", "a")))
    play.confirm()
    play.document = None
    play.hear()
    play.confirm()

    assert (play.state.status, play.outcome, play.asked_for) == (
        "finished",
        "document_missing",
        ["follow/1", "follow/1:undo"],
    )


def test_a_document_that_cannot_be_read_for_now_is_the_owners_trouble_until_it_can() -> None:
    play = Instance(definition(approval("boss", "a")), readings_wait=True)
    play.fail("@document/1", "没有权限 / not permitted")
    trouble = play.task_of("owner")
    play.click("owner", "retry")
    play.read("@document/2")

    assert (str(play.tasks[trouble].cause), actions_of(play, trouble), play.asked) == ("没有权限", [], ["boss:a"])


def test_a_reading_that_fails_under_way_ends_nothing(play: Instance) -> None:
    play.readings_wait = True
    play.hear()
    play.fail("@document/2", "没有权限 / not permitted")

    assert (play.outcome, play.asked) == (None, ["boss:a", "@document!:owner"])


def test_people_who_still_have_to_decide_see_the_new_form(play: Instance) -> None:
    old = play.tasks[play.task_of("a")]
    play.change(amount="999")
    new = play.tasks[old.id]

    assert (new.revision > old.revision, new.form_hash != old.form_hash) == (True, True)
    assert play.said("changed") == ["单据已变更：amount"]


def test_a_change_of_fields_that_nobody_decides_on_is_passed_over() -> None:
    play = Instance(definition(approval("boss", "a")))
    process = play.process.model_copy(
        update={"document": play.process.document.model_copy(update={"ignore": ("printed",)})}
    )
    play = Instance(process)
    before = play.tasks[play.task_of("a")]
    play.change(printed=True)

    assert play.tasks[before.id] == before


def test_the_same_word_twice_is_one_word(play: Instance) -> None:
    play.hear("e-1")
    readings = play.state.epochs["@document"]
    play.hear("e-1")

    assert play.state.epochs["@document"] == readings


def test_a_word_during_the_first_reading_leads_to_a_second(play: Instance) -> None:
    play = Instance(play.process, readings_wait=True)
    play.change(amount="999")
    play.read("@document/1")

    assert list(play.state.pending)[-1] == "@document/2"


def test_words_that_pile_up_lead_to_one_more_reading(play: Instance) -> None:
    play.readings_wait = True
    for _ in range(5):
        play.hear()
    play.read("@document/2")

    assert [key for key in play.state.pending if key.startswith("@document")] == ["@document/3"]


@pytest.mark.parametrize(
    ("state", "outcome"), [("draft", "withdrawn"), ("approved", "decided_elsewhere"), ("rejected", "decided_elsewhere")]
)
def test_what_was_settled_in_the_erp_ends_the_instance_and_the_erp_is_not_told_again(
    play: Instance, state: str, outcome: str
) -> None:
    task = play.task_of("a")
    play.change(state)

    assert (play.outcome, play.asked_for) == (outcome, [])
    assert "业务系统" in str(play.tasks[task].cause)


def test_a_return_in_the_erp_asks_for_a_new_submission(play: Instance) -> None:
    play.change("returned")

    assert (play.asked, play.asked_for) == (["@resubmit:li"], [])


def test_a_new_submission_in_the_erp_starts_the_second_walk(play: Instance) -> None:
    play.click("a", "reject", opinion="改")
    play.confirm()
    play.change("submitted", amount="50")

    assert (play.asked, play.asked_for) == (["boss:a"], ["@returned/1"])


def test_a_second_return_in_the_erp_is_noticed_as_well(play: Instance) -> None:
    for state in ("returned", "submitted", "returned"):
        play.change(state)

    assert play.asked == ["@resubmit:li"]


def test_a_change_while_it_is_with_the_initiator_is_not_a_submission(play: Instance) -> None:
    play.click("a", "reject", opinion="改")
    play.confirm()
    play.change(amount="50")

    assert play.asked == ["@resubmit:li"]


def test_the_echo_of_our_own_effect_means_nothing(play: Instance) -> None:
    play.click("a", "approve")
    play.confirm()
    play.hear()

    assert (play.asked, play.outcome) == (["last:b"], None)


def test_word_during_an_effect_of_ours_is_read_after_it(play: Instance) -> None:
    play.click("a", "approve")
    play.hear()
    assert list(play.state.pending) == ["write/1"]

    play.confirm()
    assert (play.state.epochs["@document"], play.asked) == (2, ["last:b"])


def test_a_reading_that_overlaps_an_effect_of_ours_is_made_anew(play: Instance) -> None:
    play.readings_wait = True
    play.hear()
    play.click("a", "approve")
    play.confirm("write/1")
    play.read("@document/3")

    assert (play.asked, play.outcome) == (["last:b"], None)


def test_an_effect_that_lost_the_race_finds_out_what_happened(play: Instance) -> None:
    play.click("a", "approve")
    play.document = play.document and play.document.model_copy(update={"state": "draft"})
    play.refuse("write/1")

    assert (play.outcome, play.asked) == ("withdrawn", [])


def test_what_the_erp_did_to_the_document_itself_is_not_undone(play: Instance) -> None:
    play.click("a", "approve")
    play.confirm()
    play.change("returned")
    play.click("li", "resubmit")
    play.confirm()
    play.click("a", "approve")
    play.confirm()

    assert play.asked_for == ["write/1", "@resubmitted/1", "write/2"]


def test_a_word_on_the_way_back_waits_until_it_is_over(play: Instance) -> None:
    play.readings_wait = True
    play.click("a", "reject", opinion="改")
    play.hear()
    assert list(play.state.pending) == ["@returned/1"]

    play.confirm()
    assert (play.asked, list(play.state.pending)) == (["@resubmit:li"], ["@document/2"])


def test_a_reading_that_arrives_on_the_way_back_begins_nothing_new() -> None:
    play = Instance(definition(task_elsewhere("follow", undo="cancel"), approval("boss", "a")))
    play.confirm()
    play.readings_wait = True
    play.change("returned")
    play.click("a", "reject", opinion="不行")
    play.read("@document/2")
    play.confirm()

    assert (play.outcome, play.asked) == ("rejected", [])


def test_a_document_of_no_known_state_is_only_shown_anew(play: Instance) -> None:
    play.change("printed", amount="7")

    assert play.asked == ["boss:a"]
    assert play.click("a", "approve").verdict is Verdict.ACCEPTED


def test_a_late_word_after_the_end_changes_nothing() -> None:
    play = Instance(definition({"end": "stop"}))
    play.change("draft")

    assert play.outcome == "approved"


def test_a_word_before_the_start_is_covered_by_the_first_reading(play: Instance) -> None:
    fresh = begin("order:2", "order@1", play.state.ref)
    after = advance(play.process, fresh, Heard(at=play.now, news=ErpNews(event_id="e-1", mode="updated")))

    assert (after.commands, after.record) == ((), None)


def test_starting_twice_starts_once(play: Instance) -> None:
    assert play.feed(Started(at=play.now)).commands == ()
    assert play.asked == ["boss:a"]
