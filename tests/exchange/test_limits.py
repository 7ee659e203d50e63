import io
import zipfile

import pytest

from postroad.exchange.formats import MOST_BYTES, MOST_UNPACKED, Format, read_table, write_table
from postroad.exchange.problem import NotATable
from postroad.exchange.workbook import MOST_LETTERS
from postroad.files import FileRefused
from postroad.model.refusals import TooLarge
from postroad.model.table import Table


@pytest.mark.parametrize("written_in", list(Format))
def test_a_file_larger_than_any_table_is_not_looked_at(written_in: Format) -> None:
    with pytest.raises(TooLarge, match="超过 4 MB"):
        read_table("t", b" " * (MOST_BYTES + 1), written_in)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(MOST_UNPACKED + 1))

    with pytest.raises(FileRefused, match="解压后超过 32 MB"):
        read_table("t.xlsx", packed.getvalue(), Format.XLSX)


def test_a_text_that_excel_would_cut_off_is_refused_by_its_cell() -> None:
    table = Table.model_validate(
        {
            "table": "t",
            "hit": "first",
            "inputs": [{"key": "a", "type": "text"}],
            "outputs": [{"key": "b", "type": "text"}],
            "rows": [{"id": "r1", "then": {"b": "x" * (MOST_LETTERS + 1)}}],
        }
    )

    with pytest.raises(NotATable, match="规则!C3"):
        write_table(table, Format.XLSX)


def csv_with(cell: str, kind: str) -> bytes:
    """A table with one row that says what is in the cell."""
    quoted = cell.replace('"', '""')
    rules = f'# 规则\nid,when.a,then.b\nr1,,"{quoted}"\n'
    return f"{rules}# 列\nuse,key,type\n表,t,first\n输入,a,text\n输出,b,{kind}\n".encode()


@pytest.mark.parametrize("smuggled", [r'json:"\ud800"', r'json:"a\u0000b"', r'json:{"\u0000": 1}'])
def test_characters_that_cannot_be_kept_are_refused(smuggled: str) -> None:
    table = csv_with(smuggled, "json")

    with pytest.raises(NotATable, match="不能保存"):
        read_table("t", table, Format.CSV)


def test_a_backslash_before_zeros_is_an_ordinary_text() -> None:
    table = csv_with("\\u0000", "text")

    assert read_table("t", table, Format.CSV).rows[0].then == {"b": "\\u0000"}
