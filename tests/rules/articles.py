"""The purchase rules as the company first wrote them: three rows, two holes."""

from typing import Any

from postroad.model.table import Table

ARTICLE: dict[str, Any] = {
    "table": "purchase-route",
    "title": {"zh": "采购分派", "en": "Purchase routing"},
    "hit": "unique",
    "inputs": [
        {"key": "amount", "title": "金额", "type": "money", "unit": "CNY", "domain": "[0..)"},
        {"key": "material", "title": "物料类型", "type": "enum", "domain": ["production", "office", "service"]},
    ],
    "outputs": [{"key": "approver", "title": "审批人", "type": "who"}],
    "rows": [
        {"id": "r1", "when": {"amount": "< 5000"}, "then": {"approver": {"department_head_of": "applicant"}}},
        {
            "id": "r2",
            "when": {"material": "production", "amount": "[5000..50000]"},
            "then": {"approver": {"role": "buyer", "where": {"category": "{category}"}}},
        },
        {"id": "r3", "when": {"amount": "> 100000"}, "then": {"approver": {"role": "purchasing_director"}}},
    ],
}


def article(**changed: Any) -> Table:
    return Table.model_validate({**ARTICLE, **changed})


def one_column(column: dict[str, Any], *cells: Any, hit: str = "unique", **more: Any) -> Table:
    """A table of one input `x` with a row for each cell, named r1, r2, …, that says its number as `y`."""
    rows = [{"id": f"r{n}", "when": {"x": cell}, "then": {"y": n}} for n, cell in enumerate(cells, start=1)]
    return Table.model_validate(
        {"table": "t", "hit": hit, "inputs": [{"key": "x", **column}], "outputs": [{"key": "y"}], "rows": rows, **more}
    )
