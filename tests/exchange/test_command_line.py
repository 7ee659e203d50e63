from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from postroad.__main__ import app
from postroad.files import load_table
from tests.exchange.tables import SHIPPED


def convert(source: Path, target: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["convert", str(source), str(target), *more])


def test_a_table_goes_through_excel_and_csv_and_back(tmp_path: Path) -> None:
    way = [SHIPPED, tmp_path / "a.xlsx", tmp_path / "b.csv", tmp_path / "c.table.yaml"]

    told = [convert(source, target) for source, target in pairwise(way)]

    assert [one.exit_code for one in told] == [0, 0, 0]
    assert "规则表 purchase-route，3 行，11 个样例" in told[0].output
    assert load_table(way[-1]) == load_table(SHIPPED)


def test_one_of_several_tables_is_named(tmp_path: Path) -> None:
    source = Path(__file__).parent / "suite/TestCases/compliance-level-3/0001-beyond-tables/0001-beyond-tables.dmn"

    unnamed, named = convert(source, tmp_path / "a.xlsx"), convert(source, tmp_path / "a.xlsx", "--table", "Dependent")

    assert (unnamed.exit_code, "请指出要哪一张规则表" in unnamed.output) == (1, True)
    assert (named.exit_code, (tmp_path / "a.xlsx").exists()) == (0, True)


def test_mistakes_are_listed_cell_by_cell_and_nothing_is_written(tmp_path: Path) -> None:
    workbook, target = tmp_path / "a.xlsx", tmp_path / "a.table.yaml"
    convert(SHIPPED, workbook)
    book = load_workbook(workbook)
    book["规则"]["B3"], book["规则"]["C4"] = "5,000", "steel"
    book.save(workbook)

    chinese, english = convert(workbook, target), convert(workbook, target, "--lang", "en")

    assert (chinese.exit_code, english.exit_code, target.exists()) == (1, 1, False)
    assert "  规则!B3：" in chinese.output
    assert "  规则!C4: steel is not in the domain" in english.output


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.doc", b"", "不认识这种文件"),
        ("a.xlsx", b"no workbook", "不是有效的 xlsx"),
        ("a.csv", b"\xff\xff", "UTF-8 或 GB18030"),
        ("a.csv", b"a,b\n", "没有名为“列”的工作表"),
        ("a.table.yaml", b"\xff", "UTF-8"),
        ("a.table.yaml", b"table: [", "第 1 行第 9 列"),
        ("a.table.yaml", b"table: t\n", "inputs：缺少此项"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    source = tmp_path / name
    source.write_bytes(content)

    told = convert(source, tmp_path / "b.csv")

    assert (told.exit_code, said in told.output) == (1, True), told.output


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    told = convert(SHIPPED, tmp_path / "nowhere/b.csv")

    assert (told.exit_code, "无法写入" in told.output) == (1, True)
