import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from postroad.__main__ import app

PROCESSES = Path(__file__).parents[2] / "processes"
SHIPPED = PROCESSES / "purchase-approval/purchase-route.table.yaml"


def postroad(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def unclosed(tmp_path: Path) -> Path:
    """The company's rules as first written: without a default, and without cases that rely on one."""
    text = SHIPPED.read_text(encoding="utf-8")
    kept = text[: text.index("# Closes, openly")]
    path = tmp_path / "purchase-route.table.yaml"
    path.write_text(kept, encoding="utf-8")
    return path


def test_the_shipped_rules_pass() -> None:
    result = postroad("check", SHIPPED)

    assert (result.exit_code, "1 个文件，0 个错误" in result.output) == (0, True)


def test_the_rules_as_first_written_show_exactly_two_holes_with_a_witness_each(unclosed: Path) -> None:
    result = postroad("check", unclosed, "--json")
    found = json.loads(result.output)

    assert (result.exit_code, found["ok"]) == (1, False)
    assert [(finding["code"], finding["witness"]) for finding in found["findings"]] == [
        ("gap", {"amount": "75000", "material": "production"}),
        ("gap", {"amount": "5000", "material": "office"}),
    ]


def test_holes_are_told_in_chinese_and_in_english(unclosed: Path) -> None:
    chinese, english = postroad("check", unclosed).output, postroad("check", unclosed, "--lang", "en").output

    assert "缺口，没有一行适用：金额大于 50,000、不超过 100,000 元，物料类型为 production" in chinese
    assert "gap, no row applies: Amount is 5,000 to 100,000 CNY inclusive, Material is office or service" in english


def test_a_folder_is_searched_for_tables(unclosed: Path) -> None:
    found = json.loads(postroad("check", unclosed.parent, unclosed, "--json").output)

    assert found["files"] == [str(unclosed)]


def test_a_folder_with_nothing_to_check_is_an_error(tmp_path: Path) -> None:
    result = postroad("check", tmp_path)

    assert (result.exit_code, "*.table.yaml" in result.output) == (1, True)


def test_a_table_that_cannot_be_read_is_a_finding_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "x.table.yaml"
    path.write_text("table: x\nhit: newest\n", encoding="utf-8")

    result = postroad("check", path, "--lang", "en")

    assert (result.exit_code, "hit: use one of 'unique', 'any'" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("inputs", "code", "says"),
    [
        ('{"amount": 28000.00, "material": "production"}', 0, "适用 r2"),
        ('{"amount": 100000, "material": "production"}', 0, "适用 默认值"),
        ('{"amount": 100000, "material": "production"}', 0, "最接近 r3 只差 amount：100000 不满足 > 100000"),
        ('{"amount": -1, "material": "production"}', 1, "-1 不在取值范围 [0..) 内"),
        ('{"amount": 1, "amount": 2}', 1, "键重复"),
        ('{"amount": NaN}', 1, "NaN 不是数字"),
        ("[1]", 1, "应为 JSON 对象"),
    ],
)
def test_one_decision_is_told_with_its_reasons(inputs: str, code: int, says: str) -> None:
    result = postroad("decide", SHIPPED, "--inputs", inputs)

    assert (result.exit_code, says in result.output) == (code, True), result.output


def test_a_decision_as_json_carries_the_whole_explanation() -> None:
    result = postroad("decide", SHIPPED, "--inputs", '{"amount": 4999.99, "material": "office"}', "--json")
    told: dict[str, Any] = json.loads(result.output)

    assert told["evaluation"]["outcome"] == {"approver": {"department_head_of": "applicant"}}
    assert [row["matched"] for row in told["rows"]] == [True, False, False]


def test_figures_in_inputs_are_never_rounded() -> None:
    exact = '{"amount": 4999.9999999999999999, "material": "office"}'

    assert "适用 r1" in postroad("decide", SHIPPED, "--inputs", exact).output


def test_a_decision_is_taken_for_the_day_that_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.table.yaml"
    path.write_text(
        "table: x\nhit: unique\ninputs: [{key: a, type: bool}]\noutputs: [{key: b}]\n"
        "rows: [{id: old, then: {b: 1}, valid_to: 2026-12-31}, {id: new, then: {b: 2}, valid_from: 2027-01-01}]\n",
        encoding="utf-8",
    )

    asked = [postroad("decide", path, "--inputs", '{"a": true}', *day) for day in ([], ["--on", "2027-01-01"])]

    assert [one.exit_code for one in asked] == [0, 0]
    assert ("2027-01-01 OK" in asked[1].output, "适用 new" in asked[1].output) == (True, True)


def test_a_gap_comes_with_the_row_that_would_close_it(unclosed: Path) -> None:
    row = '{id: "gap-1", when: {"amount": "(50000..100000]", "material": "production"}, then: …}'

    assert row in postroad("check", unclosed).output


def test_the_bounds_are_shown_to_those_who_ask() -> None:
    assert "→" not in postroad("check", SHIPPED).output
    assert "amount=5000, material=production → r2" in postroad("check", SHIPPED, "--boundaries").output


def test_the_module_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "postroad", "check", str(SHIPPED)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
