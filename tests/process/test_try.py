import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from postroad.__main__ import app

SHIPPED = Path("processes/purchase-approval")
START = "start: {initiator: li, document: {number: PR-1, amount: '3800', material: office, category: office}}"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(SHIPPED.parent / "organisation.yaml", tmp_path)
    return Path(shutil.copytree(SHIPPED, tmp_path / "purchase"))


def write_cases(folder: Path, *lines: str) -> Path:
    file = folder / "mine.yaml"
    file.write_text("\n".join(["organisation: ../organisation.yaml", "cases:", *lines]), encoding="utf-8")
    return file


def amend(file: Path, was: str, becomes: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(was, becomes), encoding="utf-8")


def test_the_cases_that_ship_are_as_their_owner_expects() -> None:
    result = run("try", SHIPPED)

    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "12 个案例，0 个未通过")


def test_in_json_each_step_is_one_object() -> None:
    steps: list[dict[str, Any]] = [
        json.loads(line) for line in run("try", SHIPPED / "process.yaml", "--json").output.splitlines()
    ]
    start, approved = steps[:2]

    assert start["open"] == [{"node": "approve", "person": "zhang", "name": "张伟", "agent": None, "state": "active"}]
    assert (approved["verdict"], approved["effects"], approved["outcome"]) == ("accepted", ["write_back"], "approved")


def test_an_end_that_is_not_as_expected_is_said_and_fails(folder: Path) -> None:
    cases = write_cases(folder, "  - name: 小额", f"    {START}", "    expect: {outcome: approved, waiting: [wang]}")
    result = run("try", folder, "--cases", cases)

    assert result.exit_code == 1
    assert "✗ 等待：期望 wang，实际 zhang" in result.output
    assert "✗ 结果：期望 approved，实际 —" in result.output


def test_a_verdict_that_is_not_as_expected_is_said_and_fails(folder: Path) -> None:
    step = "    script: [{as: zhou, do: approve, node: approve}]"
    cases = write_cases(folder, "  - name: 小额", f"    {START}", step, "    expect: {effects: []}")
    result = run("try", folder, "--cases", cases, "--lang", "en")

    assert result.exit_code == 1
    assert "✗ expected accepted, got forbidden" in result.output


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("    script: [{as: zhang, do: aprove}]", "cases.0.script.0.do"),
        ("    script: [{as: zhang}]", "每一步写 as+do、after、until、event、admin+of、called 或 set 之一"),
        ("    script: [{as: zhang, do: approve, stale: true}]", "单据没有变更过"),
    ],
)
def test_a_case_that_cannot_be_played_is_refused_with_the_reason(folder: Path, case: str, said: str) -> None:
    cases = write_cases(folder, "  - name: 小额", f"    {START}", case, "    expect: {}")
    result = run("try", folder, "--cases", cases)

    assert (result.exit_code, said in result.output) == (1, True)


def test_a_process_with_problems_is_not_played(folder: Path) -> None:
    definition = folder / "process.yaml"
    definition.write_text(
        definition.read_text(encoding="utf-8").replace("route.approver", "route.boss"), encoding="utf-8"
    )
    result = run("try", folder)

    assert (result.exit_code, "没有输出列 boss" in result.output) == (1, True)


def test_a_case_with_steps_that_could_not_be_published_is_not_played(folder: Path) -> None:
    steps = "    steps: [{approval: ask, who: {person: chen}, reject: {to_node: nowhere}}]"
    cases = write_cases(folder, "  - name: 小额", steps, f"    {START}", "    expect: {}")
    result = run("try", folder, "--cases", cases)

    assert result.exit_code == 1
    assert "小额" in result.output
    assert "驳回不能到 nowhere" in result.output


def test_checking_a_folder_names_what_is_wrong_with_the_process_in_it(folder: Path) -> None:
    amend(folder / "process.yaml", '"> 100000"', '"> "')
    result = run("check", folder, "--json")
    problem = json.loads(result.output)["findings"][0]

    assert (result.exit_code, problem["code"], problem["place"]) == (1, "bad_cell", "steps[2].when.amount")


def test_a_file_that_is_no_process_is_a_finding_and_not_a_crash(folder: Path) -> None:
    (folder / "process.yaml").write_text("process: [", encoding="utf-8")

    assert run("check", folder).exit_code == 1


def test_the_schema_is_printed_as_json() -> None:
    assert json.loads(run("schema").output)["title"] == "Process"


def test_a_case_is_decided_by_the_rows_of_its_day(folder: Path) -> None:
    table = folder / "purchase-route.table.yaml"
    amend(table, 'when: {amount: "< 5000"}', 'valid_to: 2026-12-31\n    when: {amount: "< 5000"}')
    end = "    expect: {waiting: [zhang]}"
    start = START.replace("}}", "}, at: AT}")

    cases = [
        f"  - name: {at}\n    {start.replace('AT', at)}\n{end}"
        for at in ("2026-12-31T15:59:00Z", "2026-12-31T16:00:00Z")
    ]
    result = run("try", folder, "--cases", write_cases(folder, *cases))

    assert "2 个案例，1 个未通过" in result.output, result.output
