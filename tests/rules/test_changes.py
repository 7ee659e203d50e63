from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from postroad.files import load_table
from postroad.model.table import Status
from postroad.rules.changes import changes
from postroad.rules.compile import compile_table
from postroad.rules.evaluate import evaluate

PURCHASE = compile_table(load_table(Path("processes/purchase-approval/purchase-route.table.yaml")))


def test_the_next_bounds_on_both_sides_would_change_the_answer() -> None:
    told = changes(PURCHASE, {"amount": 28000, "material": "production"})

    assert [(one.column, one.to, one.rows or "default") for one in told] == [
        ("amount", "[0..5000)", ["r1"]),
        ("amount", "(50000..100000]", "default"),
        ("amount", "> 100000", ["r3"]),
        ("material", "office, service", "default"),
    ]
    assert told[2].text.zh == "若 金额大于 100,000 元，则 r3"


def test_what_leads_to_the_same_answer_changes_nothing() -> None:
    assert {one.column for one in changes(PURCHASE, {"amount": 1, "material": "office"})} == {"amount"}


def test_of_bad_inputs_nothing_is_told() -> None:
    assert changes(PURCHASE, {"amount": "much"}) == []


@given(st.integers(0, 200_000), st.sampled_from(["production", "office", "service"]))
def test_whoever_follows_the_advice_gets_what_was_told(amount: int, material: str) -> None:
    for one in changes(PURCHASE, {"amount": amount, "material": material}):
        if one.column == "material":
            for value in one.to.split(", "):
                answer = evaluate(PURCHASE, {"amount": amount, "material": value})
                assert (answer.status, answer.rows, answer.outcome) == (Status.OK, one.rows, one.outcome)
