"""How far an instance has come on the picture of its process, told from what its stage says."""

from datetime import timedelta
from typing import Any

from postroad.model.calendar import WorkingCalendar
from postroad.model.case import Case
from postroad.model.effect import EffectStatus
from postroad.model.people import Organisation
from postroad.process.course import Course, Standing, Told, course
from postroad.process.play import Stage
from postroad.process.views import instance_view
from postroad.trial.world import World
from tests.process.staging import definition

PEOPLE = Organisation.model_validate(
    {
        "people": [{"id": one, "name": name} for one, name in (("li", "李四"), ("chen", "陈静"), ("wang", "王强"))],
        "roles": [{"role": "process_owner", "person": "wang"}, {"role": "process_admin", "person": "wang"}],
    }
)
Json = dict[str, Any]
APPROVE: Json = {"as": "chen", "do": "approve"}


def asked(name: str, person: str, **more: Any) -> Json:
    return {"approval": name, "title": f"{name} 审批", "who": {"person": person}, **more}


def played(*steps: Json, script: list[Json] | None = None, document: Json | None = None, **more: Any) -> Stage:
    said = {"name": "x", "start": {"initiator": "li", "document": document or {"amount": "100"}}, "expect": {}}
    case = Case.model_validate({**said, "script": script or [], **more})
    stage = World(definition(*steps), {}, PEOPLE, WorkingCalendar()).stage(case)
    for step in case.script:
        stage.play(step)
    return stage


def seen(stage: Stage) -> Course:
    effects = {deed.node: deed.status for deed in stage.state.deeds.values()}
    told = Told(instance_view(stage.process, stage.state), list(stage.tasks.values()), stage.lines, effects)
    return course(stage.process, told, stage.now)


def states(told: Course) -> dict[str, str]:
    return {one.at: one.state for one in told.nodes}


def node(told: Course, at: str) -> Standing:
    return next(one for one in told.nodes if one.at == at)


def test_it_says_who_holds_a_step_since_when_and_what_is_still_to_come() -> None:
    stage = played(asked("first", "chen"), asked("second", "wang"), script=[{"after": "26h"}])

    told = seen(stage)

    assert states(told) == {"first": "current", "second": "not_yet"}
    first = node(told, "first")
    assert [(one.name, one.state, one.until) for one in first.who] == [("陈静", "open", None)]
    assert (first.seconds, first.visits, told.current) == (26 * 3600, 1, ("first",))


def test_what_is_done_says_how_long_it_took_and_in_which_words() -> None:
    stage = played(asked("first", "chen"), asked("second", "wang"), script=[{"after": "2h"}, APPROVE, {"after": "1h"}])

    first = node(seen(stage), "first")

    assert (first.state, first.seconds, first.until) == ("done", 2 * 3600, stage.now - timedelta(hours=1))
    assert first.outcome is not None
    assert first.outcome.zh == "陈静 已同意"


def test_what_goes_another_way_is_passed_by() -> None:
    branch = {
        "branch": "size",
        "branches": [{"title": "大额", "when": {"amount": "> 5000"}, "steps": [asked("boss", "wang")]}],
        "otherwise": [asked("small", "chen")],
    }
    rare = asked("rare", "wang", when={"amount": "> 90000"})
    told = seen(played(branch, rare, asked("last", "wang"), script=[APPROVE]))

    assert states(told) == {"size": "done", "boss": "skipped", "small": "done", "rare": "skipped", "last": "current"}
    assert node(told, "size").ways == (1,)


def test_what_was_sent_back_is_to_come_again() -> None:
    script = [APPROVE, {"as": "wang", "do": "return", "target": "first", "reason": "补充"}]
    told = seen(played(asked("first", "chen"), asked("second", "wang"), asked("third", "wang"), script=script))

    assert states(told) == {"first": "current", "second": "returned", "third": "not_yet"}
    assert node(told, "first").visits == 2


def test_what_was_returned_to_the_initiator_is_asked_beside_the_way() -> None:
    script = [APPROVE, {"as": "wang", "do": "reject", "reason": "超预算"}]
    steps = (asked("first", "chen"), asked("second", "wang", reject="to_initiator"))
    told = seen(played(*steps, script=script))

    assert states(told) == {"first": "returned", "second": "returned"}
    assert [(one.kind, one.state, one.who[0].name) for one in told.beside] == [("resubmit", "current", "李四")]

    again = seen(played(*steps, script=[*script, {"as": "li", "do": "resubmit"}]))
    assert (states(again), again.beside) == ({"first": "current", "second": "returned"}, ())


def test_what_was_rejected_for_good_ends_it_all() -> None:
    told = seen(
        played(asked("first", "chen"), asked("second", "wang"), script=[{**APPROVE, "do": "reject", "reason": "不"}])
    )

    assert (states(told), told.current) == ({"first": "done", "second": "skipped"}, ())
    assert node(told, "first").who[0].opinion == "不"


def test_of_branches_at_once_each_is_where_it_is_and_the_one_around_them_is_under_way() -> None:
    both = {"parallel": "both", "branches": [[asked("one", "chen")], [asked("two", "wang"), asked("three", "chen")]]}
    told = seen(played(both, asked("last", "chen"), script=[{**APPROVE, "node": "one"}]))

    assert states(told) == {"both": "current", "one": "done", "two": "current", "three": "not_yet", "last": "not_yet"}
    assert told.current == ("both", "two")


def test_what_others_made_needless_is_cancelled() -> None:
    both = {"parallel": "both", "join": "any", "branches": [[asked("one", "chen")], [asked("two", "wang")]]}
    told = seen(played(both, asked("last", "chen"), script=[{**APPROVE, "node": "one"}]))

    assert states(told) == {"both": "done", "one": "done", "two": "cancelled", "last": "current"}


def test_every_item_of_a_list_stands_by_itself() -> None:
    each = {"each": "line", "items": "lines", "item_title": "{line.sku}", "steps": [asked("inspect", "chen")]}
    document = {"amount": "1", "lines": [{"sku": "A"}, {"sku": "B"}]}
    told = seen(played(each, asked("last", "wang"), document=document, script=[{**APPROVE, "node": "inspect-2"}]))

    assert states(told) == {"line": "current", "inspect-1": "current", "inspect-2": "done", "last": "not_yet"}
    assert [one.title.zh for one in told.nodes if one.node == "inspect"] == ["inspect 审批（A）", "inspect 审批（B）"]


def test_a_trouble_says_what_it_is_and_who_sees_to_it() -> None:
    effect = {"effect": "book", "connector": "erp", "entity": "requisition", "action": "approve"}
    told = seen(played(effect, asked("last", "wang"), fails=["book"]))

    book = node(told, "book")
    assert (book.state, told.current) == ("trouble", ("book",))
    assert book.cause is not None
    assert "按案例失败" in book.cause.zh


def test_an_effect_says_how_far_it_came() -> None:
    effect = {"effect": "book", "connector": "erp", "entity": "requisition", "action": "approve"}
    told = seen(played(effect, asked("last", "wang")))

    assert (node(told, "book").state, node(told, "book").effect) == ("done", EffectStatus.CONFIRMED)


def test_a_wait_waits_until_what_it_waits_for_has_come() -> None:
    wait = {"wait": "goods", "event": "arrived"}

    waiting = seen(played(wait, asked("last", "wang")))
    came = seen(played(wait, asked("last", "wang"), script=[{"event": "arrived"}]))

    assert (states(waiting), waiting.current) == ({"goods": "waiting", "last": "not_yet"}, ("goods",))
    assert states(came) == {"goods": "done", "last": "current"}


def test_a_called_process_is_waited_for() -> None:
    call = {"call": "quality", "process": "qc"}

    assert states(seen(played(call, asked("last", "wang"))))["quality"] == "waiting"
    assert states(seen(played(call, asked("last", "wang"), script=[{"called": "quality", "outcome": "approved"}]))) == {
        "quality": "done",
        "last": "current",
    }
