"""A decision table as an Excel workbook that a business person edits."""

import io
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from postroad.exchange.layout import CASES, COLUMNS, GIVEN, GUIDE, INPUT, OUTPUT, RULES, TABLE, THEN, WHEN
from postroad.exchange.plain import NO, YES, written_values
from postroad.exchange.problem import NotATable, located
from postroad.exchange.to_sheets import sheets_of
from postroad.model.hit import HitPolicy
from postroad.model.sheet import Sheet
from postroad.model.table import ColumnType, OutputType, Status, Table

MOST_LETTERS = 32_767
"""Excel cuts off what is longer."""

_SPARE = 500
"""Below the last row so many have the choices too."""

_MOST_CHOICES = 255
_TITLES, _KEYS = 1, 2
_HEAD = PatternFill("solid", fgColor="DDEBF7")
_TOP = Alignment(vertical="top", wrap_text=True)

_GUIDE = [
    (
        "这本工作簿是一张规则表。改好后保存为 .xlsx，再导入系统。",
        "This workbook is one decision table; edit and import it.",
    ),
    (
        "“规则”：每行一条规则。空格子表示任意值；行号不能重复。",
        "规则: one rule in a row; an empty cell means any value.",
    ),
    ("条件写法：< 5000、[5000..50000]、(0..100]、甲, 乙、not(甲)、2026-01-01。", "Conditions are written like these."),
    ("[ ] 包含端点，( ) 不含；全角符号也可以。", "Square brackets include the end; full-width signs will do."),
    ("行号写“默认”的一行，是没有规则适用时的结果；列表表写“默认列表”。", "The row 默认 holds when no other does."),
    ("审批人等处理人这样写：role: buyer 或 department_head_of: applicant。", "People are said like role: buyer."),
    ("有效期两天都包含在内，例如 2026-12-31。", "valid_from and valid_to are both included."),
    ("“列”：要看哪些数据、得出什么结果；第二行的键不要改。", "列: inputs and outputs; leave the keys in row 2 alone."),
    ("“样例”：由业务负责人确认的例子，检查时逐条运行。", "样例: examples the owner signs off; every check plays them."),
    ("不要写公式，不要跨列合并单元格；文字以 json: 开头的按 JSON 原样读取。", "No formulas, no cells merged across."),
]


def workbook_of(table: Table) -> bytes:
    """The table as `.xlsx`: rules, columns, cases and how to edit them.

    Raises:
        NotATable: a text is longer than a cell of Excel holds.
    """
    book = _filled(sheets_of(table), _KEYS)
    for name, key, choices in _choices(table):
        _offer(book[name], key, choices)
    _explain(book.create_sheet(GUIDE))
    return _packed(book)


def plain_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Sheets as `.xlsx`, the headings of each in its first row, everything as text.

    Raises:
        NotATable: a text is longer than a cell of Excel holds.
    """
    return _packed(_filled(sheets, _TITLES))


def _filled(sheets: Sequence[Sheet], heads: int) -> Any:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet, heads)
    return book


def _packed(book: Any) -> bytes:
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _fill(shown: Any, sheet: Sheet, heads: int) -> None:
    for number, cells in enumerate(sheet.rows, start=1):
        for place, text in enumerate(cells, start=1):
            if len(text) > MOST_LETTERS:
                where = f"{sheet.name}!{get_column_letter(place)}{number}"
                zh, en = (
                    f"文字超过 {MOST_LETTERS} 个字，Excel 放不下",
                    f"longer than the {MOST_LETTERS} letters Excel holds",
                )
                raise NotATable("xlsx", [located(where, zh, en)])
            _write(shown.cell(number, place), text, is_head=number <= heads)
    for place in range(1, len(sheet.rows[0]) + 1):
        column = shown.column_dimensions[get_column_letter(place)]
        column.width = _width([row[place - 1] for row in sheet.rows])
        column.number_format = "@"
    shown.freeze_panes = shown.cell(heads + 1, 2)


def _write(cell: Any, text: str, *, is_head: bool) -> None:
    cell.number_format = "@"  # or else Excel takes what is typed here for a date or a formula
    cell.alignment = _TOP
    if text:
        cell.value = text
        cell.data_type = "s"
    if is_head:
        cell.font = Font(bold=cell.row == _TITLES, color="FF000000" if cell.row == _TITLES else "FF7F7F7F")
        cell.fill = _HEAD


def _width(texts: Sequence[str]) -> int:
    """As wide as the longest line, where a Chinese character takes two; neither a sliver nor half the screen."""
    longest = max((_letters(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest + 2, 10), 48)


def _letters(text: str) -> int:
    return sum(2 if ord(letter) > ord("ÿ") else 1 for letter in text)


def _choices(table: Table) -> Iterator[tuple[str, str, Sequence[str]]]:
    """The sheet, the key over the column, and what can be chosen there; anything else may be typed all the same."""
    for column in table.inputs:
        if column.type == "bool":
            yield RULES, f"{WHEN}{column.key}", (YES, NO)
        elif column.type == "enum" and isinstance(column.domain, tuple):
            yield RULES, f"{WHEN}{column.key}", column.domain
    for output in table.outputs:
        if output.type == "bool":
            yield RULES, f"{THEN}{output.key}", (YES, NO)
        elif output.values:
            yield RULES, f"{THEN}{output.key}", [written_values([value], output.type) for value in output.values]
    yield COLUMNS, "use", (TABLE, INPUT, GIVEN, OUTPUT)
    yield COLUMNS, "type", list(dict.fromkeys((*get_args(ColumnType), *get_args(OutputType), *HitPolicy)))
    yield CASES, "status", tuple(Status)
    yield CASES, "default", (YES, NO)


def _offer(shown: Any, key: str, choices: Sequence[str]) -> None:
    listed = ",".join(choices)
    if len(listed) > _MOST_CHOICES or any("," in choice or '"' in choice for choice in choices):
        return
    column = next(cell.column_letter for cell in shown[_KEYS] if str(cell.value).split(" ")[0] == key)
    offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
    offer.add(f"{column}{_KEYS + 1}:{column}{shown.max_row + _SPARE}")
    shown.add_data_validation(offer)


def _explain(shown: Any) -> None:
    for number, (zh, en) in enumerate(_GUIDE, start=1):
        shown.cell(number, 1, zh).alignment = _TOP
        shown.cell(number, 2, en).alignment = _TOP
    shown.column_dimensions["A"].width = shown.column_dimensions["B"].width = 64
