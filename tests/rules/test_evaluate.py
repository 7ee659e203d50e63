from decimal import Decimal
from typing import Any

import pytest

from postroad.model.table import Evaluation, Status, Table
from postroad.rules.canonical import canonical_json, sha256_of
from postroad.rules.compile import TableRefused, compile_table
from postroad.rules.evaluate import evaluate
from tests.rules.articles import article, one_column


def ask(table: Table, **inputs: Any) -> Evaluation:
    return evaluate(compile_table(table), inputs)


@pytest.mark.parametrize(
    ("amount", "material", "rows"),
    [
        ("4999.99", "office", ["r1"]),
        ("4999.9999999999999999", "production", ["r1"]),
        (5000, "production", ["r2"]),
        (Decimal("28000.00"), "production", ["r2"]),
        ({"amount": "50000.00", "currency": "CNY"}, "production", ["r2"]),
        ("100000.01", "service", ["r3"]),
    ],
)
def test_the_row_that_applies_is_found_to_the_cent(amount: Any, material: str, rows: list[str]) -> None:
    got = ask(article(), amount=amount, material=material)

    assert (got.status, got.rows) == (Status.OK, rows)


def test_the_answer_is_the_specification_of_people_as_written() -> None:
    got = ask(article(), amount="28000.00", material="production")

    assert got.outcome == {"approver": {"role": "buyer", "where": {"category": "{category}"}}}


def test_no_row_means_no_match_and_says_what_was_missing() -> None:
    got = ask(article(), amount=100000, material="production")

    assert (got.status, got.outcome, got.rows) == (Status.NO_MATCH, None, [])
    assert got.message is not None
    assert "r3 只差 amount：100000 不满足 > 100000" in got.message.zh


def test_the_default_answers_openly_when_no_row_does() -> None:
    got = ask(article(default={"approver": {"process_owner": True}}), amount=100000, material="office")

    assert (got.status, got.used_default, got.rows) == (Status.OK, True, [])
    assert got.outcome == {"approver": {"process_owner": True}}


def test_two_rows_of_a_unique_table_are_a_conflict_and_decide_nothing() -> None:
    got = ask(one_column({"type": "number"}, "> 1", "> 2"), x=3)

    assert (got.status, got.rows, got.outcome) == (Status.CONFLICT, ["r1", "r2"], None)


def test_the_first_row_wins_under_first() -> None:
    got = ask(one_column({"type": "number"}, "> 2", "> 1", "-", hit="first"), x=3)

    assert (got.rows, got.outcome) == (["r1"], {"y": 1})


def test_collect_gives_every_outcome_in_row_order() -> None:
    got = ask(one_column({"type": "number"}, "> 2", "> 9", "> 1", hit="collect"), x=3)

    assert (got.rows, got.outcome) == (["r1", "r3"], [{"y": 1}, {"y": 3}])


@pytest.mark.parametrize(("default", "outcome"), [([], []), ({"y": 0}, [{"y": 0}])])
def test_a_collect_table_may_say_openly_that_nothing_applies(default: Any, outcome: Any) -> None:
    got = ask(one_column({"type": "number"}, "> 2", hit="collect", default=default), x=1)

    assert (got.status, got.outcome, got.used_default) == (Status.OK, outcome, True)


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        (-1, "outside [0..)"),
        (None, "missing"),
        ("many", "not a number"),
        ("1e3", "not a number"),
        (True, "not a number"),
        (float("nan"), "not a number"),
        (float("-inf"), "not a number"),
        (Decimal("Infinity"), "not a number"),
        (Decimal("1E+999999"), "digits"),
        ([5], "not a number"),
        ({"amount": 5, "currency": "USD"}, "USD"),
    ],
)
def test_an_amount_that_cannot_be_meant_is_an_input_error(amount: Any, says: str) -> None:
    got = ask(article(), amount=amount, material="office")

    assert (got.status, got.outcome) == (Status.INPUT_ERROR, None)
    assert got.message is not None
    assert says in got.message.en


def test_every_bad_input_is_named_at_once() -> None:
    got = ask(article(), amount=-1, material="furniture")

    assert got.message is not None
    assert ("金额（amount）" in got.message.zh, "furniture" in got.message.zh) == (True, True)


def test_inputs_are_stored_as_exact_text_and_extra_ones_left_out() -> None:
    got = ask(article(), amount=Decimal("28000.50"), material="production", applicant="li")

    assert got.inputs == {"amount": "28000.5", "material": "production"}


def test_an_evaluation_names_a_few_rows_that_missed_by_one_cell() -> None:
    got = ask(article(), amount=28000, material="office")

    assert [(miss.row, miss.column, miss.value, miss.test) for miss in got.near] == [
        ("r1", "amount", "28000", "< 5000"),
        ("r2", "material", "office", "production"),
        ("r3", "amount", "28000", "> 100000"),
    ]


def test_an_evaluation_stays_small_for_a_large_table() -> None:
    table = one_column({"type": "number"}, *[f"[{n}..{n + 1})" for n in range(2000)])

    assert len(ask(table, x=-1).model_dump_json()) < 1500


def test_an_evaluation_survives_its_own_json() -> None:
    got = ask(article(), amount=5000, material="office")

    assert Evaluation.model_validate_json(got.model_dump_json()) == got


def test_equal_tables_have_one_hash_however_their_cells_were_written() -> None:
    as_number = one_column({"type": "number"}, 5000)
    as_text = one_column({"type": "number"}, " 5000 ")

    assert sha256_of(as_number) == sha256_of(as_text) == compile_table(as_text).sha256


def test_a_table_survives_its_canonical_json() -> None:
    assert Table.model_validate_json(canonical_json(article())) == article()


def test_one_changed_cell_changes_the_hash() -> None:
    assert sha256_of(one_column({"type": "number"}, 5000)) != sha256_of(one_column({"type": "number"}, 5001))


def test_a_table_with_errors_is_not_compiled() -> None:
    with pytest.raises(TableRefused, match=r"r1\.x") as refused:
        compile_table(one_column({"type": "number"}, "< < 5"))

    assert [problem.code for problem in refused.value.problems] == ["cell_error"]
