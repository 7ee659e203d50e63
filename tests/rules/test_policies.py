from typing import Any

import pytest

from postroad.model.hit import HitPolicy
from postroad.model.table import Evaluation, Status, Table
from postroad.rules.check import check
from postroad.rules.compile import compile_table
from postroad.rules.evaluate import evaluate

LEVEL = {"key": "level", "type": "enum", "values": ["high", "normal", "low"]}
FEE = {"key": "fee", "type": "money", "unit": "CNY"}


def table(hit: str, output: dict[str, Any], *rows: tuple[str, Any], **more: Any) -> Table:
    """Rows by cell of a number `x` and by what they say in the one output; named r1, r2, …"""
    written = [
        {"id": f"r{n}", "when": {"x": cell}, "then": {output["key"]: says}} for n, (cell, says) in enumerate(rows, 1)
    ]
    inputs = [{"key": "x", "type": "number"}]
    return Table.model_validate(
        {"table": "t", "hit": hit, "inputs": inputs, "outputs": [output], "rows": written, **more}
    )


def ask(asked: Table, x: Any) -> Evaluation:
    return evaluate(compile_table(asked), {"x": x})


def test_rows_that_agree_answer_together_under_any() -> None:
    got = ask(table("any", FEE, ("> 1", 5), ("> 2", "5.00"), ("> 9", 7)), 3)

    assert (got.status, got.rows, got.outcome) == (Status.OK, ["r1", "r2"], {"fee": 5})


def test_rows_that_disagree_are_a_conflict_under_any() -> None:
    got = ask(table("any", FEE, ("> 1", 5), ("> 2", 6)), 3)

    assert (got.status, got.rows, got.outcome) == (Status.CONFLICT, ["r1", "r2"], None)
    assert got.message is not None
    assert "结果却不相同" in got.message.zh


def test_the_most_important_value_wins_under_priority_whatever_its_place() -> None:
    got = ask(table("priority", LEVEL, ("> 1", "low"), ("> 2", "high"), ("> 0", "normal")), 3)

    assert (got.rows, got.outcome) == (["r2"], {"level": "high"})


def test_the_second_output_decides_among_rows_of_equal_importance() -> None:
    outputs = [LEVEL, {"key": "days", "type": "number", "values": [1, 3]}, {"key": "note", "type": "text"}]
    rows = [
        {"id": "a", "then": {"level": "high", "days": 3, "note": "a"}},
        {"id": "b", "then": {"level": "high", "days": 1, "note": "b"}},
        {"id": "c", "then": {"level": "high", "days": "1.0", "note": "c"}},
    ]
    inputs = [{"key": "x", "type": "number"}]
    two = Table.model_validate({"table": "t", "hit": "priority", "inputs": inputs, "outputs": outputs, "rows": rows})

    assert ask(two, 0).rows == ["b"]


@pytest.mark.parametrize(
    ("hit", "rows"),
    [("rule_order", ["r1", "r2", "r3"]), ("collect", ["r1", "r2", "r3"]), ("output_order", ["r2", "r3", "r1"])],
)
def test_lists_come_in_row_order_or_by_importance(hit: str, rows: list[str]) -> None:
    says = {"r1": "low", "r2": "high", "r3": "normal"}

    got = ask(table(hit, LEVEL, ("> 1", "low"), ("> 2", "high"), ("> 0", "normal")), 3)

    assert (got.rows, got.outcome) == (rows, [{"level": says[row]} for row in rows])


@pytest.mark.parametrize(
    ("hit", "outcome"),
    [
        ("collect_sum", "100000000000000000000000000000000.3"),
        ("collect_min", "0.1"),
        ("collect_max", "100000000000000000000000000000000"),
        ("collect_count", 3),
    ],
)
def test_figures_are_put_together_to_the_last_digit(hit: str, outcome: Any) -> None:
    got = ask(table(hit, FEE, ("> 1", "0.1"), ("> 2", "0.2"), ("> 9", 5), ("> 0", "1" + "0" * 32)), 3)

    assert (got.status, got.outcome) == (Status.OK, {"fee": outcome})


@pytest.mark.parametrize("hit", sorted({*HitPolicy} - {HitPolicy.COLLECT_COUNT}))
def test_no_row_and_no_default_is_never_taken_for_an_answer(hit: str) -> None:
    output = {"key": "fee", "type": "money", "unit": "CNY", "values": [5, 6]}

    assert ask(table(hit, output, ("> 1", 5)), 0).status is Status.NO_MATCH


def test_how_many_rows_apply_can_be_none() -> None:
    nobody = table("collect_count", FEE, ("> 1", 5))

    assert (ask(nobody, 0).status, ask(nobody, 0).outcome) == (Status.OK, {"fee": 0})
    assert (check(nobody).ok, len(check(nobody).by_default)) == (True, 1)


@pytest.mark.parametrize(("hit", "default"), [("rule_order", []), ("output_order", []), ("collect_sum", {"fee": 0})])
def test_a_default_says_openly_what_nothing_means(hit: str, default: Any) -> None:
    output = {"key": "fee", "type": "money", "unit": "CNY", "values": [0, 5, 6]}

    got = ask(table(hit, output, ("> 1", 5), default=default), 0)

    assert (got.status, got.outcome, got.used_default) == (Status.OK, default, True)


@pytest.mark.parametrize(
    ("hit", "output", "more", "code"),
    [
        ("priority", FEE, {}, "priority_missing"),
        ("output_order", FEE, {}, "priority_missing"),
        ("collect_sum", {"key": "fee", "type": "text"}, {}, "aggregate_type"),
        ("collect_max", LEVEL, {}, "aggregate_type"),
        ("unique", {**FEE, "values": [6]}, {}, "outside_values"),
        ("unique", {**FEE, "values": ["much", 5]}, {}, "output_error"),
        ("first", FEE, {"default": []}, "default_error"),
        ("collect_sum", FEE, {"default": []}, "default_error"),
        ("collect_count", FEE, {"default": {"fee": 1}}, "default_error"),
        ("unique", {**FEE, "values": [5]}, {"default": {"fee": 9}}, "outside_values"),
    ],
)
def test_what_a_policy_cannot_work_with_is_named(
    hit: str, output: dict[str, Any], more: dict[str, Any], code: str
) -> None:
    found = check(table(hit, output, ("> 1", 5), **more)).errors

    assert code in [problem.code for problem in found]


def test_several_outputs_do_not_add_up() -> None:
    content = table("collect_count", FEE, ("> 1", 5)).model_dump(mode="json")
    content["outputs"].append({"key": "note"})
    content["rows"][0]["then"]["note"] = "x"

    assert [problem.code for problem in check(Table.model_validate(content)).errors] == ["aggregate_outputs"]
