"""What is proposed about a finding, and that carrying it out mends the table."""

from typing import Any

import pytest

from postroad.model.people import Organisation
from postroad.model.table import Table
from postroad.rules.check import check
from postroad.rules.differences import differences
from postroad.rules.findings import Finding, findings
from postroad.rules.mending import mended
from postroad.rules.outcome_words import output_says


def table(*cells: str, **settings: Any) -> Table:
    rows = [
        {"id": f"r{n}", "when": {"amount": cell}, "then": {"approver": {"role": f"role{n}"}}}
        for n, cell in enumerate(cells, start=1)
    ]
    given = {
        "table": "route",
        "hit": "unique",
        "inputs": [{"key": "amount", "title": "金额", "type": "money", "unit": "CNY", "domain": "[0..)"}],
        "outputs": [{"key": "approver", "title": "审批人", "type": "who"}],
        "rows": rows,
    }
    return Table.model_validate({**given, **settings})


def found(of: Table) -> list[Finding]:
    return findings(of, check(of))


def proposed(finding: Finding) -> list[str]:
    return [one.title.zh for one in finding.mendings]


def test_a_gap_is_closed_by_either_neighbour_a_row_or_the_default() -> None:
    gap = found(table("< 5000", "> 5000"))[0]

    assert gap.text.zh == "缺口：金额为 5,000 元，没有规则"
    assert proposed(gap) == [
        "第 1 行的金额改为“不超过 5,000 元”",
        "第 2 行的金额改为“不小于 5,000 元”",
        "补一行，先交流程负责人",
        "设默认行：其余交流程负责人",
    ]


def test_rows_that_meet_are_parted_at_either_bound_or_taken_in_turn() -> None:
    met = found(table("<= 5000", ">= 5000"))[0]

    assert (met.text.zh, met.rows) == ("第 1、2 行同时适用：金额为 5,000 元", ("r1", "r2"))
    assert proposed(met) == [
        "第 1 行的金额改为“小于 5,000 元”",
        "第 2 行的金额改为“大于 5,000 元”",
        "改为自上而下，第一条为准",
    ]


def test_a_hidden_row_moves_before_the_one_that_hides_it() -> None:
    dead = found(table("> 100", "> 500", "<= 100", hit="first"))[0]

    assert dead.text.zh == "第 2 行永远不会用到：已被第 1 行完全覆盖"
    assert proposed(dead) == ["移到第 1 行之前", "删除第 2 行"]


@pytest.mark.parametrize(
    "broken",
    [
        table("< 5000", "> 5000"),
        table("< 5000", "[6000..9000]", "> 9000"),
        table("<= 5000", ">= 5000"),
        table("<= 5000", "[3000..9000]", "> 9000"),
        table("< 0", ">= 0"),
        table("> 100", "> 500", "<= 100", hit="first"),
    ],
)
def test_whatever_is_proposed_mends_what_it_is_proposed_for(broken: Table) -> None:
    before = [one.text.zh for one in found(broken) if one.weight == "error"]
    assert before
    for finding in found(broken):
        for one in finding.mendings:
            left = [other.text.zh for other in found(mended(broken, one)) if other.weight == "error"]
            assert finding.text.zh not in left
            assert len(left) < len(before)


def test_a_cell_that_cannot_be_read_is_found_by_row_and_column() -> None:
    mistake = found(table("< 5000", "很多"))[0]

    assert (mistake.sort, mistake.rows, mistake.columns) == ("mistake", ("r2",), ("amount",))
    assert mistake.text.zh.startswith("第 2 行：")


def test_what_differs_between_versions_is_said_in_sentences() -> None:
    old = table("< 5000", ">= 5000")
    new = table("< 8000", "[8000..90000]", "> 90000", default={"approver": {"process_owner": True}})
    nobody = Organisation()
    told = differences(old, new, lambda output, value: output_says(output, value, nobody))

    assert [one.text.zh for one in told] == [
        "第 1 行的金额：小于 5,000 元 → 小于 8,000 元",
        "第 2 行的金额：不小于 5,000 元 → 8,000 至 90,000 元（含）",
        "新增第 3 行：金额 大于 90,000 元 → role3",
        "默认行：无 → 流程负责人",
    ]
