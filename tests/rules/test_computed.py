from typing import Any

import pytest
from pydantic import ValidationError

from postroad.model.table import Evaluation, Status, Table
from postroad.rules.check import check
from postroad.rules.compile import compile_table
from postroad.rules.evaluate import evaluate

AMOUNT = {"key": "amount", "type": "money", "unit": "CNY", "domain": "[0..)"}
BUDGET = {"key": "budget", "type": "money", "unit": "CNY"}
OVER = {"key": "over", "type": "bool", "is": {"left": "amount", "op": ">", "right": "budget"}}


def computed(column: dict[str, Any], *given: dict[str, Any], inputs: Any = (AMOUNT,)) -> Table:
    """One row for the column being true, one for false."""
    rows = [{"id": word, "when": {column["key"]: word}, "then": {"y": word}} for word in ("true", "false")]
    content = {"table": "t", "hit": "unique", "outputs": [{"key": "y", "type": "text"}], "rows": rows}
    return Table.model_validate({**content, "inputs": [*inputs, column], "given": list(given)})


def ask(table: Table, **inputs: Any) -> Evaluation:
    return evaluate(compile_table(table), inputs)


@pytest.mark.parametrize(
    ("amount", "budget", "row"), [("5000.01", 5000, "true"), (5000, "5000.00", "false"), (0, "0.01", "false")]
)
def test_an_amount_is_held_against_the_budget_to_the_cent(amount: Any, budget: Any, row: str) -> None:
    got = ask(computed(OVER, BUDGET), amount=amount, budget=budget)

    assert (got.status, got.rows) == (Status.OK, [row])
    assert got.inputs["over"] is (row == "true")
    assert {"amount", "budget"} <= got.inputs.keys()


def test_what_is_worked_out_cannot_be_given() -> None:
    assert ask(computed(OVER, BUDGET), amount=9, budget=5, over=False).rows == ["true"]
    assert ask(computed(OVER, BUDGET), amount=9, over=False).status is Status.INPUT_ERROR


@pytest.mark.parametrize(
    ("how", "given", "value", "row"),
    [
        ({"left": "due", "op": "<=", "value": "2026-12-01"}, {"key": "due", "type": "date"}, "2026-12-01", "true"),
        ({"left": "kind", "op": "!=", "value": "office"}, {"key": "kind", "type": "text"}, "office", "false"),
        ({"left": "paid", "op": "=", "value": False}, {"key": "paid", "type": "bool"}, False, "true"),
        ({"left": "n", "op": ">=", "value": 2.5}, {"key": "n", "type": "number"}, "2.50", "true"),
        ({"contains": {"list": "tags", "value": "VIP"}}, {"key": "tags", "type": "list"}, ["new", "VIP"], "true"),
        ({"contains": {"list": "tags", "value": "VIP"}}, {"key": "tags", "type": "list"}, [], "false"),
    ],
)
def test_a_truth_value_is_worked_out_from_one_input(how: Any, given: Any, value: Any, row: str) -> None:
    table = computed({"key": "x", "type": "bool", "is": how}, given, inputs=())

    assert ask(table, **{given["key"]: value}).rows == [row]


def test_a_list_is_searched_for_the_value_of_another_input() -> None:
    how = {"contains": {"list": "approved", "item": "supplier"}}
    given = ({"key": "approved", "type": "list"}, {"key": "supplier", "type": "text"})
    table = computed({"key": "known", "type": "bool", "is": how}, *given, inputs=())

    assert ask(table, approved=["S-1", 2], supplier="2").rows == ["true"]
    assert ask(table, approved="S-1", supplier="S-1").status is Status.INPUT_ERROR


def test_a_table_with_computed_columns_stays_analysable() -> None:
    open_one = computed(OVER, BUDGET)
    only_true = open_one.model_copy(update={"rows": open_one.rows[:1]})

    assert check(open_one).ok
    assert [gap.when for gap in check(only_true).gaps] == [{"over": "false"}]


def test_the_situation_that_falls_into_a_gap_says_what_it_would_be_worked_out_from() -> None:
    words = {"contains": {"list": "tags", "value": "VIP"}}
    new = {"contains": {"list": "tags", "item": "word"}}
    late = {"left": "due", "op": "<", "value": "2026-12-01"}
    columns = [("over", OVER["is"]), ("vip", words), ("known", new), ("late", late)]
    given = [BUDGET, {"key": "tags", "type": "list"}, {"key": "word", "type": "text"}, {"key": "due", "type": "date"}]
    table = Table.model_validate(
        {
            "table": "t",
            "hit": "unique",
            "inputs": [AMOUNT, *({"key": key, "type": "bool", "is": how} for key, how in columns)],
            "given": given,
            "outputs": [{"key": "y"}],
            "rows": [{"id": key, "when": {key: "true"}, "then": {"y": 1}} for key, _ in columns],
        }
    )
    report = check(table)
    shown = [(gap.witness, Status.NO_MATCH) for gap in report.gaps]
    shown += [(overlap.witness, Status.CONFLICT) for overlap in report.overlaps]

    assert len(shown) == 7
    assert [evaluate(compile_table(table), witness).status for witness, _ in shown] == [status for _, status in shown]


def test_where_columns_contradict_each_other_nothing_is_made_up() -> None:
    under = {"key": "under", "type": "bool", "is": {"left": "amount", "op": "<=", "right": "budget"}}
    both = computed(OVER, BUDGET, inputs=(AMOUNT, under))

    assert "budget" not in check(both.model_copy(update={"rows": ()})).gaps[0].witness


def test_a_table_survives_its_own_json() -> None:
    table = computed(OVER, BUDGET)

    assert Table.model_validate_json(table.model_dump_json()) == table


@pytest.mark.parametrize(
    ("column", "given", "code"),
    [
        ({**OVER, "type": "text"}, [BUDGET], "computed_type"),
        (OVER, [], "computed_error"),
        (OVER, [{**BUDGET, "unit": "USD"}], "computed_error"),
        (OVER, [{"key": "budget", "type": "date"}], "computed_error"),
        (OVER, [{"key": "budget", "type": "money"}], "unit_missing"),
        (OVER, [{"key": "budget", "type": "list"}], "computed_error"),
        (OVER, [BUDGET, {"key": "tags", "type": "list"}], "given_unused"),
        (OVER, [BUDGET, BUDGET], "duplicate_column"),
        ({**OVER, "is": {"left": "amount", "op": ">", "right": "over"}}, [], "computed_error"),
        ({**OVER, "is": {"left": "amount", "op": ">", "value": "much"}}, [], "computed_error"),
        (
            {**OVER, "is": {"left": "kind", "op": ">", "value": "a"}},
            [{"key": "kind", "type": "text"}],
            "computed_error",
        ),
        ({**OVER, "is": {"contains": {"list": "amount", "value": "a"}}}, [], "computed_error"),
    ],
)
def test_a_column_that_cannot_be_worked_out_is_named(column: Any, given: Any, code: str) -> None:
    assert code in [problem.code for problem in check(computed(column, *given)).errors]


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"left": "amount"},
        {"left": "amount", "op": ">"},
        {"left": "amount", "op": ">", "right": "budget", "value": 5},
        {"left": "amount", "op": "~", "right": "budget"},
        {"left": "amount", "contains": {"list": "tags", "value": "VIP"}},
        {"contains": {"list": "tags"}},
    ],
)
def test_only_a_comparison_or_a_search_can_be_worked_out(how: Any) -> None:
    with pytest.raises(ValidationError):
        computed({**OVER, "is": how})
