from postroad.model.table import Status
from postroad.rules.compile import compile_table
from postroad.rules.explain import explain
from tests.rules.articles import article


def test_every_cell_of_every_row_is_accounted_for() -> None:
    account = explain(compile_table(article()), {"amount": 28000, "material": "production"})

    assert [(row.row, row.matched) for row in account.rows] == [("r1", False), ("r2", True), ("r3", False)]
    assert [(cell.column, cell.value, cell.test, cell.holds) for cell in account.rows[0].cells] == [
        ("amount", "28000", "< 5000", False),
        ("material", "production", "-", True),
    ]


def test_the_short_account_has_only_what_stood_in_the_way() -> None:
    account = explain(compile_table(article()), {"amount": 28000, "material": "office"}, failing_only=True)

    assert [[cell.column for cell in row.cells] for row in account.rows] == [["amount"], ["material"], ["amount"]]


def test_the_nearest_miss_reads_as_a_sentence_in_both_languages() -> None:
    account = explain(compile_table(article()), {"amount": 100000, "material": "office"})

    assert [miss.text.zh for miss in account.nearest][-1] == "r3 只差 amount：100000 不满足 > 100000"
    assert [miss.text.en for miss in account.nearest][-1] == "r3 fails only on amount: 100000 is not > 100000"


def test_refused_inputs_are_explained_by_the_message_alone() -> None:
    account = explain(compile_table(article()), {"amount": "much", "material": "office"})

    assert (account.evaluation.status, account.rows) == (Status.INPUT_ERROR, [])
