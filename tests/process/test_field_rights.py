"""R27 on the engine: what people fill in, what is dropped, and what is told of it."""

import pytest

from tests.process.staging import Instance, approval, definition, write_back
from tests.process.test_sound import found


def test_what_is_filled_in_reaches_the_next_effect_the_card_and_the_form() -> None:
    card = [{"field": "note", "title": "备注"}]
    process = definition(
        approval("ask", "a", fields={"note": "write"}), write_back(args={"note": "{note}"}), approval("pay", "b")
    )
    bound = process.document.model_validate({**process.document.model_dump(mode="json"), "card": card})
    instance = Instance(process.model_copy(update={"document": bound}))
    before = instance.state.form_hash

    instance.click("a", "approve", note="分两批")

    assert instance.state.deeds["write/1"].intent.args == {"note": "分两批"}
    assert instance.state.form_hash != before
    assert instance.said("filled") == ["A 填写 备注"]


def test_what_may_not_be_written_is_dropped_and_the_story_names_it_without_its_value() -> None:
    instance = Instance(definition(approval("ask", "a", fields={"cost": "hidden"})), cost="60")

    instance.click("a", "approve", cost="7331", other="7331")

    assert instance.said("fields_dropped") == ["A 不能填写 cost、other，已忽略"]
    assert "7331" not in "".join(line.model_dump_json() for line in instance.lines)
    assert instance.state.variables["cost"] == "60"


def test_what_comes_with_anything_but_a_decision_is_dropped() -> None:
    instance = Instance(definition(approval("ask", "a", fields={"note": "write"})))

    instance.click("a", "transfer", to="b", note="x")

    assert (instance.said("fields_dropped"), "note" in instance.state.variables) == (["A 不能填写 note，已忽略"], False)


def test_a_later_change_in_the_business_system_counts_and_is_said() -> None:
    instance = Instance(definition(approval("ask", "a", fields={"note": "write"}), approval("pay", "b")), note="old")
    instance.click("a", "approve", note="mine")

    instance.change(note="theirs")

    assert instance.state.variables["note"] == "theirs"
    assert instance.said("overruled") == ["“note”在业务系统中另有修改，以业务系统为准"]


def test_what_the_business_system_has_taken_over_is_no_other_word() -> None:
    instance = Instance(definition(approval("ask", "a", fields={"note": "write"}), approval("pay", "b")))
    instance.click("a", "approve", note="mine")
    form = instance.state.form_hash

    instance.change(note="mine")

    assert (instance.said("overruled"), instance.said("changed"), instance.state.form_hash) == ([], [], form)


def test_a_change_of_what_somebody_does_not_see_leaves_their_task_alone() -> None:
    instance = Instance(definition(approval("ask", "a", fields={"cost": "hidden"})), cost="60")
    seen = instance.tasks[instance.task_of("a")]

    instance.change(cost="70")

    assert instance.tasks[seen.id] == seen
    assert instance.click("a", "approve", form=seen.form_hash).verdict == "accepted"


def test_an_instance_of_old_keeps_what_is_filled_in_beside_the_document() -> None:
    process = definition({"work": "count", "who": {"person": "a"}, "fields": ["received"]}, approval("pay", "b"))
    instance = Instance(process, engine=1)

    instance.click("a", "complete", received=8, other=1)

    assert (instance.state.results, instance.state.filled) == ({"received": 8}, {})


@pytest.mark.parametrize(
    ("steps", "code", "place"),
    [
        ([approval("x", "a", fields={"applicant": "write"})], "fixed_field", "steps[0].fields.applicant"),
        ([approval("x", "a", fields={"number": "required"})], "fixed_field", "steps[0].fields.number"),
        ([approval("x", "a", fields={"y": "write"}), approval("y", "b")], "taken_field", "steps[0].fields.y"),
    ],
)
def test_what_nobody_can_fill_in_is_found_before_publishing(
    steps: list[dict[str, object]], code: str, place: str
) -> None:
    assert found(*steps) == [(code, place)]


@pytest.mark.parametrize("node", [
    approval("x", "a", fields={"*": "write"}),
    approval("x", "a", fields={"note": "must"}),
    {"cc": "x", "who": {"person": "a"}, "fields": {"note": "write"}},
])  # fmt: skip
def test_rights_that_make_no_sense_are_refused(node: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="fields"):
        definition(node)
