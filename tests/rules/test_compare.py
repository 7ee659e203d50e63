from collections.abc import Sequence
from typing import Any

import pytest

from postroad.model.refusals import Malformed
from postroad.model.table import Table
from postroad.rules.compare import Compared, Comparison, Recorded
from postroad.rules.compile import CompiledTable, compile_table


def table(*cells: tuple[str, str], **settings: Any) -> CompiledTable:
    """Rows r1, r2, … with the cell for the amount, and the role that is asked."""
    rows = [
        {"id": f"r{number}", "when": {"amount": cell}, "then": {"approver": {"role": role}}}
        for number, (cell, role) in enumerate(cells, start=1)
    ]
    told = {
        "table": "route",
        "hit": "unique",
        "inputs": [{"key": "amount", "type": "money", "unit": "CNY"}, {"key": "urgent", "type": "bool"}],
        "outputs": [{"key": "approver", "type": "who"}],
        "rows": rows,
    }
    return compile_table(Table.model_validate({**told, **settings}))


OLD = table(("< 5000", "buyer"), (">= 5000", "director"))
DRAFT = table(("< 9000", "buyer"), ("> 9000", "director"))


def compared(draft: CompiledTable, *amounts: object, old: CompiledTable = OLD, amount: str | None = None) -> Compared:
    comparison = Comparison(old, draft, lambda _: None, amount)
    for number, one in enumerate(amounts):
        comparison.add(Recorded(str(number), {"amount": one, "urgent": False}))
    return comparison.result()


def test_what_changes_is_counted_from_row_to_row_with_the_money_at_stake() -> None:
    result = compared(DRAFT, "100", "6000.50", "7000", "9000", "20000")

    assert (result.n, result.changed) == (5, 3)
    assert [(one.old, one.new, one.n, one.amount) for one in result.matrix] == [
        ("r2", "r1", 2, "13000.5"),
        ("r2", "NO_MATCH", 1, "9000"),
    ]
    assert (result.amount, result.unit, result.total, result.at_stake) == ("amount", "CNY", "42100.5", "22000.5")


def test_it_is_said_how_often_each_version_has_no_answer() -> None:
    result = compared(DRAFT, "9000", "1", "much")

    assert result.statuses == {
        "old": {"OK": 2, "INPUT_ERROR": 1},
        "new": {"NO_MATCH": 1, "OK": 1, "INPUT_ERROR": 1},
    }


def test_work_that_shifts_from_one_role_to_another_is_seen() -> None:
    result = compared(DRAFT, "100", "6000", "7000", "20000")

    assert [(one.who, one.old, one.new) for one in result.load] == [("role=buyer", 1, 3), ("role=director", 3, 1)]
    assert [one.spec for one in result.load] == [{"role": "buyer"}, {"role": "director"}]


def test_a_row_of_another_name_with_the_same_outcome_changes_nothing() -> None:
    assert (
        compared(table(("< 100", "buyer"), ("[100..5000)", "buyer"), (">= 5000", "director")), "50", "500").changed == 0
    )


def test_of_each_way_a_few_cases_are_shown() -> None:
    result = compared(DRAFT, *["6000"] * 10, "9000")

    assert [(one.id, one.old, one.new) for one in result.samples] == [
        ("0", "r2", "r1"),
        ("1", "r2", "r1"),
        ("2", "r2", "r1"),
        ("10", "r2", "NO_MATCH"),
    ]


def test_the_amount_is_a_column_of_figures() -> None:
    with pytest.raises(Malformed, match="urgent"):
        compared(DRAFT, "1", amount="urgent")


@pytest.mark.parametrize(("status", "rows", "reproduced"), [("OK", ["r1"], 1), ("OK", ["r2"], 0), ("NO_MATCH", [], 0)])
@pytest.mark.parametrize("maker", [OLD, DRAFT])
def test_what_was_decided_once_is_decided_again_by_the_version_that_did(
    maker: CompiledTable, status: str, rows: Sequence[str], reproduced: int
) -> None:
    comparison = Comparison(OLD, DRAFT, {OLD.sha256: OLD, DRAFT.sha256: DRAFT}.get)

    comparison.add(Recorded("d-1", {"amount": "1", "urgent": False}, None, maker.sha256, status, rows))

    result = comparison.result()
    assert (result.decided, result.reproduced, result.differing) == (1, reproduced, [] if reproduced else ["d-1"])


def test_a_case_whose_version_is_not_kept_is_not_reproduced() -> None:
    comparison = Comparison(OLD, DRAFT, lambda _: None)

    comparison.add(Recorded("d-1", {"amount": "1", "urgent": False}, None, "0" * 64, "OK", ["r1"]))

    assert comparison.result().differing == ["d-1"]
