"""What administrators do about effects, in what the cases of tests/vectors cannot say."""

from postroad.model.decision import Verdict
from postroad.model.effect import EffectStatus
from tests.process.staging import Instance, approval, definition, task_elsewhere, write_back

NOTE = task_elsewhere("note", undo="cancel")
KEY = "order:erp:O-1:1:note:1"


def test_an_effect_that_is_retried_carries_the_same_key() -> None:
    play = Instance(definition(NOTE))
    intent = play.state.deeds["note/1"].intent
    play.refuse("note/1")
    play.admin("retry_effect", effect=KEY)

    assert (play.asked_for, play.state.deeds["note/1"].intent) == (["note/1", "note/1"], intent)
    assert (play.asked, play.state.troubles) == ([], {})


def test_an_effect_under_way_is_waited_for() -> None:
    play = Instance(definition(NOTE))

    for act in ("retry_effect", "skip_effect", "compensate"):
        assert play.admin(act, effect=KEY).message.zh == "“note”正在执行，请等待结果"


def test_an_effect_that_nobody_could_be_found_for_is_skipped_by_its_node() -> None:
    play = Instance(definition(task_elsewhere("note", args={"title": "{missing}"}), approval("boss", "a")))

    assert play.admin("skip_effect", effect="note").verdict is Verdict.ACCEPTED
    assert play.asked == ["boss:a"]


def test_an_effect_is_undone_on_behalf_of_the_administrator() -> None:
    play = Instance(definition(NOTE, approval("boss", "a")))
    play.confirm()
    play.admin("compensate", effect=KEY, by_name="管理员甲")
    actor = play.state.deeds["note/1:undo"].intent.actor

    assert actor is not None
    assert actor.name == "管理员甲"
    assert play.admin("compensate", effect=KEY).message.zh == "“note”正在撤销，请等待结果"


def test_what_was_undone_is_no_variable_any_more() -> None:
    play = Instance(definition(NOTE, approval("boss", "a")))
    play.confirm()
    play.admin("compensate", effect=KEY)
    play.confirm()

    assert ("note" in play.state.results, play.state.deeds["note/1"].status) == (False, EffectStatus.COMPENSATED)
    assert play.said("undone") == ["已撤销“note”"]


def test_of_two_things_done_to_the_document_one_is_waited_for() -> None:
    process = definition(write_back("first", undo="reopen"), write_back("second", undo="reopen"))
    play = Instance(process)
    play.confirm("first/1")
    answer = play.admin("compensate", effect="order:erp:O-1:1:first:1")

    assert answer.message.zh == "单据的另一操作正在进行，请等待结果"


def test_while_everything_is_undone_nothing_is_undone_by_hand() -> None:
    play = Instance(definition(NOTE, task_elsewhere("second", undo="cancel"), approval("boss", "a")))
    play.confirm()
    play.click("a", "reject", opinion="不行")

    assert play.admin("compensate", effect=KEY).verdict is Verdict.FORBIDDEN


def test_what_could_not_be_undone_and_was_skipped_stays_and_a_termination_says_so() -> None:
    play = Instance(definition(NOTE, approval("boss", "a")))
    play.confirm()
    play.admin("compensate", effect=KEY)
    play.refuse("note/1:undo")
    play.admin("skip_effect", effect=f"{KEY}:undo")
    play.admin("terminate")

    assert play.said("stays") == ["保留在业务系统中，未撤销：“note”"]
