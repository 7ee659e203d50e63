import pytest
from hypothesis import given, settings

from postroad.exchange.csv_text import csv_of, sheets_in_csv
from postroad.exchange.formats import Format, read_table, write_table
from postroad.exchange.from_sheets import shape_of
from postroad.exchange.to_sheets import sheets_of
from postroad.exchange.workbook import workbook_of
from postroad.exchange.yaml_text import yaml_of
from postroad.files import load_yaml
from postroad.model.table import Table
from postroad.rules.canonical import sha256_of
from postroad.rules.check import check
from postroad.sheets import workbook_sheets
from tests.exchange.tables import shown_tables, tables


@pytest.mark.parametrize("written_in", [Format.YAML, Format.XLSX, Format.CSV])
@pytest.mark.parametrize("table", shown_tables(), ids=lambda table: table.table)
def test_a_table_comes_back_from_a_file_as_it_went(table: Table, written_in: Format) -> None:
    back = read_table("x", write_table(table, written_in), written_in)

    assert (back, sha256_of(back)) == (table, sha256_of(table))


@pytest.mark.parametrize("written_in", [Format.YAML, Format.XLSX, Format.CSV])
def test_the_cases_of_a_table_that_was_stored_pass_in_a_file_as_well(written_in: Format) -> None:
    stored = Table.model_validate(shown_tables()[0].model_dump(mode="json"))

    assert check(stored).cases == []
    assert check(read_table("x", write_table(stored, written_in), written_in)).cases == []


@given(tables())
@settings(max_examples=120, deadline=None)
def test_whatever_a_table_says_its_sheets_say_too(table: Table) -> None:
    assert sha256_of(shape_of("x", sheets_of(table))) == sha256_of(table)


@given(tables())
@settings(max_examples=80, deadline=None)
def test_whatever_a_table_says_csv_keeps(table: Table) -> None:
    assert sha256_of(shape_of("x", sheets_in_csv("x", csv_of(sheets_of(table))))) == sha256_of(table)


@given(tables())
@settings(max_examples=40, deadline=None)
def test_whatever_a_table_says_excel_keeps(table: Table) -> None:
    assert sha256_of(shape_of("x", workbook_sheets("x", workbook_of(table)))) == sha256_of(table)


@given(tables())
@settings(max_examples=80, deadline=None)
def test_whatever_a_table_says_yaml_keeps(table: Table) -> None:
    assert sha256_of(Table.model_validate(load_yaml(yaml_of(table).decode()))) == sha256_of(table)
