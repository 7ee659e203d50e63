import os
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import Workbook
from typer.testing import CliRunner

from api.__main__ import app

PEOPLE = Path(__file__).parents[2] / "processes" / "organisation.yaml"
CSV = "工号,姓名,部门,上级,工资\n1001,吴刚,公司,,1\n1002,陈静,公司/采购部,吴刚,1\n"


@pytest.fixture
def environment(database_url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POSTROAD_")}
    return kept | {"POSTROAD_DATABASE_URL": database_url}


def people(environment: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(app, ["people", *words], env=environment)


def _csv(folder: Path, text: str = CSV, encoding: str = "gb18030") -> str:
    path = folder / "people.csv"
    path.write_text(text, encoding=encoding)
    return str(path)


def test_people_are_loaded_from_a_csv_file(environment: dict[str, str], tmp_path: Path) -> None:
    loaded = people(environment, _csv(tmp_path))

    assert loaded.stdout == "未读取 / not read: 工资\n2 人 / people\n"


def test_people_are_loaded_from_a_workbook(environment: dict[str, str], tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (["id", "name"], ["li", "Li"]):
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")

    assert people(environment, str(tmp_path / "people.xlsx")).stdout == "1 人 / people\n"


def test_a_check_tells_what_would_change_and_writes_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    people(environment, _csv(tmp_path))
    moved = CSV.replace("公司/采购部", "公司").replace("1001", "1003")

    first, again = (people(environment, "--check", _csv(tmp_path, moved)) for _ in range(2))

    assert first.stdout == again.stdout
    told = first.stdout.splitlines()
    assert told[1] == "+ 1003 吴刚"
    assert told[2].startswith("~ 1002 陈静: department d-")
    assert told[2].endswith("superior 1001 → 1003")
    assert told[3:] == [
        "- 1001 吴刚",
        "新增 1 人，变更 1 人，移除 1 人；没有写入 / 1 new, 1 changed, 1 gone; nothing was written",
    ]


def test_a_check_of_what_is_loaded_finds_nothing(environment: dict[str, str]) -> None:
    people(environment, str(PEOPLE))

    assert people(environment, str(PEOPLE), "--check").stdout.startswith("新增 0 人，变更 0 人，移除 0 人；")


def test_what_is_wrong_is_listed_and_nothing_is_loaded(environment: dict[str, str], tmp_path: Path) -> None:
    people(environment, str(PEOPLE))

    refused = people(environment, _csv(tmp_path, CSV + "1002,,,老王,\n"))

    assert refused.exit_code == 1
    assert "people 第 4 行 “工号”：工号 1002 已在第 3 行" in str(refused.exception)
    assert "row 4 “上级”: 老王 is not in the list" in str(refused.exception)
    assert people(environment, str(PEOPLE), "--check").stdout.startswith("新增 0 人，变更 0 人，移除 0 人；")


def test_of_very_many_problems_the_first_are_listed(environment: dict[str, str], tmp_path: Path) -> None:
    refused = people(environment, _csv(tmp_path, CSV + "1002,a,,,\n" * 60))

    assert "有 60 处需要改正" in str(refused.exception)
    assert str(refused.exception).count("已在第 3 行") == 50


def test_a_file_of_another_kind_is_read_as_yaml(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "people.txt").write_text("people: [{id: li, name: 李四}]", encoding="utf-8")

    assert people(environment, str(tmp_path / "people.txt")).stdout == "1 人 / people\n"
