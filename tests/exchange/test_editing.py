"""What people do to a workbook or a CSV file, and what they are told."""

from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from postroad.exchange.formats import Format, write_table
from postroad.exchange.from_sheets import table_of
from postroad.exchange.problem import NotATable
from postroad.exchange.to_sheets import sheets_of
from postroad.model.sheet import Sheet
from postroad.model.table import Table
from tests.exchange.books import complaints, edited, read
from tests.exchange.tables import TEXTS

FEES = Table.model_validate(
    {
        "table": "fees",
        "title": "费用",
        "hit": "first",
        "inputs": [
            {"key": "amount", "title": "金额", "type": "money", "unit": "CNY", "domain": "[0..)"},
            {"key": "kind", "title": "类别", "type": "enum", "domain": ["普通", "加急"]},
            {"key": "vip", "title": "重要客户", "type": "bool"},
            {"key": "due", "title": "到期日", "type": "date"},
        ],
        "outputs": [
            {"key": "rate", "title": "费率", "type": "number"},
            {"key": "who", "title": "审批人", "type": "who"},
        ],
        "rows": [
            {"id": "r1", "when": {"amount": "< 5000"}, "then": {"rate": 0, "who": {"role": "buyer"}}},
            {"id": "r2", "when": {"kind": "加急"}, "then": {"rate": 5, "who": {"role": "buyer"}}},
        ],
        "default": {"rate": 9, "who": {"process_owner": True}},
        "cases": [
            {"inputs": {"amount": 1, "kind": "普通", "vip": True, "due": "2026-01-05"}, "expect": {"rows": ["r1"]}}
        ],
    }
)


MARCH = datetime(2026, 3, 2)  # noqa: DTZ001 - Excel has no zones


def put(cell: str, value: Any, sheet: str = "规则", number_format: str | None = None) -> Any:
    def edit(book: Workbook) -> None:
        book[sheet][cell].value = value
        if number_format:
            book[sheet][cell].number_format = number_format

    return edit


@pytest.mark.parametrize(
    ("cell", "value", "row"),
    [
        ("B3", 5000, {"when": {"amount": "5000"}}),
        ("B3", 4999.99, {"when": {"amount": "4999.99"}}),
        ("B3", "（5000，50000】", {}),
        ("B3", " ≥ 5000 ", {"when": {"amount": "≥ 5000"}}),
        ("B3", "［5000..50000］", {"when": {"amount": "［5000..50000］"}}),
        ("B3", None, {"when": {}}),
        ("C3", "普通、加急", {"when": {"amount": "< 5000", "kind": "普通、加急"}}),
        ("D3", True, {"when": {"amount": "< 5000", "vip": "true"}}),
        ("D3", "否", {"when": {"amount": "< 5000", "vip": "false"}}),
        ("E3", MARCH, {"when": {"amount": "< 5000", "due": "2026-03-02"}}),
        ("E3", "[2026/3/2..2026年12月31日]", {"when": {"amount": "< 5000", "due": "[2026-03-02..2026-12-31]"}}),
        ("F3", 0.05, {"then": {"rate": "0.05", "who": {"role": "buyer"}}}),
        ("G3", "role：buyer，weight：2", {"then": {"rate": 0, "who": {"role": "buyer", "weight": 2}}}),
        ("I3", MARCH, {"valid_from": "2026-03-02"}),
        ("J3", "2026/12/31", {"valid_to": "2026-12-31"}),
    ],
)  # fmt: skip
def test_a_cell_means_what_a_person_means_by_it(cell: str, value: Any, row: dict[str, Any]) -> None:
    content = edited(FEES, put(cell, value))
    if not row:
        assert list(complaints(content)) == [f"规则!{cell}"]
        return

    found = read(content).rows[0].model_dump(mode="json")

    assert {key: found[key] for key in row} == row


def test_a_percentage_that_excel_knows_is_the_figure_and_one_in_words_is_refused() -> None:
    known = read(edited(FEES, put("F3", 0.05, number_format="0%"))).rows[0]

    assert known.then["rate"] == "0.05"
    assert list(complaints(edited(FEES, put("F3", "5%")))) == ["规则!F3"]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("规则", "B4", "5,000", "千位分隔符"),
        ("规则", "C4", "特急", "不在取值范围内"),
        ("规则", "B4", "=1+1", "公式"),
        ("规则", "F4", "#N/A", "错误值"),
        ("规则", "F4", "很贵", "不是数字"),
        ("规则", "F4", None, "缺少输出"),
        ("规则", "G4", "role buyer", "处理人"),
        ("规则", "G5", "{role: ", "无法读取"),
        ("规则", "A4", "r1", "重复"),
        ("规则", "A4", None, "缺少行号"),
        ("规则", "B5", "< 1", "默认行只写结果"),
        ("规则", "I4", "明天", "不是日期"),
        ("规则", "I4", 86400, "不是日期"),
        ("规则", "B2", "when.price", "没有 when.price"),
        ("规则", "B2", "when.kind enum", None),
        ("列", "D3", "best", "unique"),
        ("列", "D4", "figure", "number"),
        ("列", "E4", None, "币种"),
        ("列", "F5", None, "取值范围"),
        ("列", "A4", "别的", "用途"),
        ("列", "G6", "amount >", "写成"),
        ("列", "G6", "amount > price", "没有输入 price"),
        ("样例", "H3", None, "至少写一项"),
        ("样例", "G3", "perhaps", "OK"),
    ],
)
def test_a_mistake_is_pointed_at_by_sheet_and_cell(sheet: str, cell: str, value: Any, said: str | None) -> None:
    found = complaints(edited(FEES, put(cell, value, sheet)))

    assert any(place.startswith(f"{sheet}!") and (said is None or (place.endswith(cell) and said in why))
               for place, why in found.items()), found  # fmt: skip


def test_cells_merged_downwards_say_the_same_in_every_row() -> None:
    content = edited(FEES, lambda book: (put("C3", "普通")(book), book["规则"].merge_cells("C3:C4")))

    assert [row.when["kind"] for row in read(content).rows] == ["普通", "普通"]


def test_cells_merged_across_are_refused() -> None:
    assert complaints(edited(FEES, lambda book: book["规则"].merge_cells("B3:C3"))) == {
        "规则!B3": "请取消跨列的合并单元格"
    }


def test_columns_moved_blank_rows_and_a_column_of_ones_own_change_nothing() -> None:
    def edit(book: Workbook) -> None:
        book["规则"].insert_cols(1)
        book["规则"]["A3"] = "我的备注"
        book["规则"].insert_rows(4)
        book["规则"].insert_rows(1)

    assert read(edited(FEES, edit)) == FEES


def test_a_workbook_offers_words_and_yes_and_no_and_keeps_the_headings_in_sight() -> None:
    seen: dict[str, Any] = {}

    def look(book: Workbook) -> None:
        rules = book["规则"]
        seen["choices"] = {one.formula1 for one in rules.data_validations.dataValidation}
        seen["frozen"] = rules.freeze_panes
        seen["sheets"] = book.sheetnames

    edited(FEES, look)

    assert seen == {
        "choices": {'"普通,加急"', '"是,否"'},
        "frozen": "B3",
        "sheets": ["规则", "列", "样例", "说明"],
    }


def test_csv_that_excel_saved_in_chinese_is_read() -> None:
    text = write_table(FEES, Format.CSV).decode("utf-8-sig").replace("2026-01-05", "2026/1/5")

    assert read(text.encode("gb18030"), Format.CSV) == FEES


def test_a_mistake_in_csv_is_pointed_at_by_its_line() -> None:
    text = write_table(FEES, Format.CSV).decode("utf-8-sig")
    line = next(number for number, one in enumerate(text.splitlines(), start=1) if one.startswith("r2"))

    found = complaints(text.replace("r2,,加急", "r2,,特急").encode(), Format.CSV)

    assert list(found) == [f"规则!C{line}"]


def test_csv_holds_nothing_that_a_spreadsheet_would_run() -> None:
    note = {"note": '=HYPERLINK("http://x")', "when": {"amount": "= 5000"}}
    table = FEES.model_copy(update={"rows": (FEES.rows[0].model_validate({**FEES.rows[0].model_dump(), **note}),)})
    content = write_table(table, Format.CSV)

    assert not [bare for bare in ("\n=", ",=", ',"=') if bare in content.decode()]
    assert read(content, Format.CSV) == table


def test_a_workbook_without_rules_says_so() -> None:
    assert complaints(edited(FEES, lambda book: book.remove(book["规则"]))) == {"": "没有名为“规则”的工作表"}


SHEETS = sheets_of(FEES)
PLACES = [
    (sheet, row, column)
    for sheet, one in enumerate(SHEETS)
    for row, cells in enumerate(one.rows)
    for column in range(len(cells))
]


@given(
    st.sampled_from(PLACES), TEXTS | st.sampled_from(["json:{", "[1", "not(", "2026-13-45", "9" * 50, "a: {b", "输入"])
)
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_a_cell_is_read_or_refused(place: tuple[int, int, int], text: str) -> None:
    sheet, row, column = place
    rows = [[list(cells) for cells in one.rows] for one in SHEETS]
    rows[sheet][row][column] = text

    with suppress(NotATable):
        table_of("t", [Sheet(one.name, changed) for one, changed in zip(SHEETS, rows, strict=True)])
