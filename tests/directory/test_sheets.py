import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from postroad import sheets
from postroad.files import FileRefused
from postroad.model.sheet import Sheet
from postroad.sheets import read_sheets

TEXT = '工号,姓名\r\n1,"张,\n三"\r\n'
ROWS = [["工号", "姓名"], ["1", "张,\n三"]]


def _file(folder: Path, content: bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _book(*rows: list[object], title: str = "人员") -> Workbook:
    book = Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def _saved(folder: Path, book: Workbook) -> Path:
    path = folder / "people.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_one_sheet(tmp_path: Path, encoding: str) -> None:
    assert read_sheets(_file(tmp_path, TEXT.encode(encoding))) == [Sheet("people", ROWS)]


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_columns_may_stand_between_commas_semicolons_or_tabs(tmp_path: Path, between: str) -> None:
    [sheet] = read_sheets(_file(tmp_path, f"工号{between}姓名\n1{between}a\n".encode()))

    assert sheet.rows == [["工号", "姓名"], ["1", "a"]]


def test_a_workbook_is_read_as_text(tmp_path: Path) -> None:
    row = [1001, 13800138000.0, 1.5, True, date(2026, 3, 2), datetime(2026, 3, 2, 8, 30), None, " x "]  # noqa: DTZ001 - Excel has no zones

    [sheet] = read_sheets(_saved(tmp_path, _book(row)))

    assert sheet.name == "人员"
    assert sheet.rows == [["1001", "13800138000", "1.5", "true", "2026-03-02", "2026-03-02T08:30:00", "", " x "]]


def test_sheets_that_are_hidden_are_not_read(tmp_path: Path) -> None:
    book = _book(["工号"])
    book.create_sheet("选项").sheet_state = "hidden"
    book.create_sheet("部门")

    assert [sheet.name for sheet in read_sheets(_saved(tmp_path, book))] == ["人员", "部门"]


def test_formulas_and_error_values_are_not_taken(tmp_path: Path) -> None:
    book = _book(["工号", "姓名"], ["=1+1", "#N/A"])

    [sheet] = read_sheets(_saved(tmp_path, book))

    assert sheet.rows[1] == []
    assert {place: why.zh for place, why in sheet.unreadable.items()} == {
        (2, 1): "单元格是公式，请粘贴为值",
        (2, 2): "单元格是错误值",
    }


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(sheets.MOST_UNPACKED + 1))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.xls", b"", "只读取 .csv 和 .xlsx"),
        ("people.xlsx", b"not a workbook", "不是有效的 xlsx"),
        ("people.xlsx", _bomb(), "解压后超过 200 MB"),
        ("people.csv", TEXT.encode("utf-16"), "UTF-8 或 GB18030"),
        ("people.csv", b"\xff\xff\xff", "UTF-8 或 GB18030"),
        ("people.csv", b" " * (sheets.MOST_BYTES + 1), "超过 20 MB"),
        ("people.csv", b"a\n" * (sheets.MOST_ROWS + 1), "超过 50000 行"),
        ("people.csv", b"a," * sheets.MOST_COLUMNS + b"b", "超过 100 列"),
        ("people.csv", b'a\n"' + b"x" * 200_000 + b'"\n', "不是有效的 CSV"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        read_sheets(_file(tmp_path, content, name))


def test_a_workbook_whose_xml_unfolds_to_billions_is_refused(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'
    plain, packed = io.BytesIO(), io.BytesIO()
    _book(["工号"]).save(plain)
    with zipfile.ZipFile(plain) as good, zipfile.ZipFile(packed, "w") as bad:
        for member in good.namelist():
            text = good.read(member).decode()
            if member == "xl/worksheets/sheet1.xml":
                text = doctype + text.replace("<sheetData>", "<sheetData><row><c t='str'><v>&l11;</v></c></row>")
            bad.writestr(member, text)

    with pytest.raises(FileRefused, match="不是有效的 xlsx"):
        read_sheets(_file(tmp_path, packed.getvalue(), "people.xlsx"))


def test_a_cell_far_below_or_far_right_is_refused(tmp_path: Path) -> None:
    below, right = _book(["工号"]), _book(["工号"])
    below["人员"].cell(sheets.MOST_ROWS + 1, 1, "x")
    right["人员"].cell(1, sheets.MOST_COLUMNS + 1, "x")

    for book, said in ((below, "超过 50000 行"), (right, "超过 100 列")):
        with pytest.raises(FileRefused, match=said):
            read_sheets(_saved(tmp_path, book))
