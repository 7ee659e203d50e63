"""R26 on the engine: what the story says of a change, what it leaves alone, and the corners of who is asked again."""

from typing import Any

import pytest

from tests.process.staging import Instance, approval, definition, task_elsewhere, write_back


def test_the_story_says_what_changed_and_who_is_asked_again_but_not_what_it_says_now() -> None:
    instance = Instance(definition(approval("ask", "a", "b")), price="1")
    instance.click("a", "approve")

    instance.change(price="7331")

    assert instance.said("changed") == ["单据已变更：price"]
    assert instance.said("asked_anew") == ["price 已变更，重新征求 A 的意见"]
    asked = next(line for line in instance.lines if line.kind == "asked_anew")
    assert (asked.data["changed"], "7331" in asked.model_dump_json()) == (["price"], False)


def test_the_new_task_says_why_and_the_old_decision_stays_in_the_story() -> None:
    instance = Instance(definition(approval("ask", "a", "b")))
    first = instance.task_of("a")
    instance.click("a", "approve", opinion="好")

    instance.change(amount="120")

    again = instance.tasks[instance.task_of("a")]
    assert (again.id == first, again.cause and again.cause.zh) == (False, "amount 已变更，请重新审批")
    assert (instance.tasks[first].action, instance.tasks[first].opinion) == ("approve", "好")


def test_fields_nobody_decides_on_ask_nobody_again() -> None:
    process = definition(approval("ask", "a", "b", fields={"printed": "write"}))
    bound = process.document.model_copy(update={"ignore": ("printed",)})
    instance = Instance(process.model_copy(update={"document": bound}))
    instance.click("a", "approve")

    instance.change(printed="1")
    instance.click("b", "approve", printed="2")

    assert (instance.outcome, instance.said("asked_anew")) == ("approved", [])


def test_an_approval_by_the_system_on_the_strength_of_an_earlier_one_is_asked_for_after_a_change() -> None:
    instance = Instance(definition(approval("first", "a"), approval("then", "a", "b", dedupe="consecutive")))
    instance.click("a", "approve")

    instance.change(amount="120")

    assert instance.asked == ["then:b", "then:a"]


def test_a_rejection_with_a_changed_form_is_not_asked_for_again() -> None:
    votes: dict[str, Any] = {"mode": "votes", "pass": "50%", "fields": {"note": "write"}}
    instance = Instance(definition(approval("ask", "a", "b", "c", "d", **votes)))
    instance.click("a", "approve")

    instance.click("b", "reject", opinion="太贵", note="超预算")

    assert sorted(instance.asked) == ["ask:a", "ask:c", "ask:d"]


def test_a_rejection_among_those_added_is_the_adders_and_both_stand() -> None:
    votes: dict[str, Any] = {"mode": "votes", "pass": "50%", "fields": {"note": "write"}}
    instance = Instance(definition(approval("ask", "a", "b", "c", **votes)))
    signers = {"place": "after", "people": ["d"]}
    instance.press("a", "add_signers", task=instance.task_of("a"), signers=signers)
    instance.click("a", "approve")

    instance.click("d", "reject", opinion="太贵", note="超预算")

    assert sorted(instance.asked) == ["ask:b", "ask:c"]


def test_while_it_is_with_the_initiator_a_change_asks_nobody() -> None:
    instance = Instance(definition(approval("ask", "a", "b"), reach="run"))
    instance.click("a", "approve")
    instance.press("b", "return", task=instance.task_of("b"), target="initiator", opinion="改")
    instance.confirm()

    instance.change(amount="120")

    assert (instance.asked, instance.said("asked_anew")) == (["@resubmit:li"], [])


def test_an_instance_of_old_lets_every_decision_stand() -> None:
    instance = Instance(definition(approval("ask", "a", "b")), engine=1)
    instance.click("a", "approve")

    instance.change(amount="120")

    assert (instance.asked, instance.said("changed")) == (["ask:b"], ["单据内容已变更"])


@pytest.mark.parametrize(("reach", "asked"), [("open", ["pay:c"]), ("run", ["price:a"])])
def test_a_step_that_was_passed_is_taken_up_again_only_where_the_process_reaches_back(
    reach: str, asked: list[str]
) -> None:
    steps = [approval("price", "a"), task_elsewhere("book", undo="cancel"), approval("pay", "c")]
    instance = Instance(definition(*steps, reach=reach))
    instance.click("a", "approve")
    instance.confirm()

    instance.change(amount="120")
    instance.confirm()

    assert instance.asked == asked


def test_what_is_filled_in_there_and_back_again_is_no_change_for_those_before() -> None:
    steps = [approval("price", "a"), approval("pay", "c", "d", fields={"note": "write"})]
    instance = Instance(definition(*steps, reach="run"), note="old")
    instance.click("a", "approve")

    instance.click("c", "approve", note="old")

    assert instance.asked == ["pay:d"]


def test_what_our_own_effect_wrote_into_the_document_is_nobodys_edit() -> None:
    steps = [
        {"parallel": "both", "branches": [[approval("first", "c"), write_back()], [approval("price", "a", "b")]]},
        approval("pay", "d"),
    ]
    instance = Instance(definition(*steps))
    instance.click("a", "approve", opinion="同意")
    instance.click("c", "approve", opinion="同意")
    instance.confirm()

    instance.change(note="同意")

    assert (instance.asked, instance.said("changed")) == (["price:b"], [])
    assert instance.click("b", "approve", form=instance.tasks[instance.task_of("b")].form_hash).verdict == "accepted"


def test_what_comes_straight_back_asks_again_only_those_who_saw_what_changed() -> None:
    one = approval("price", "a", "b", resubmit="direct", reject="to_initiator")
    other = approval("stock", "c", "d", fields={"amount": "hidden"})
    instance = Instance(definition({"parallel": "both", "branches": [[one], [other]]}))
    instance.click("a", "approve")
    instance.click("c", "approve")
    instance.click("b", "reject", opinion="改")
    instance.confirm()

    instance.change(amount="120")
    instance.click("li", "resubmit")
    instance.confirm()

    assert sorted(instance.asked) == ["price:a", "price:b", "stock:d"]
